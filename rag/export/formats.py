"""Writes an answer in the format that a person takes away; to add a format, add it to `FORMATS`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from rag.errors import QuestionError
from rag.export.citing.bibtex import write_bibtex
from rag.export.citing.csl import write_csl
from rag.export.citing.entries import Entry, gather_entries
from rag.export.citing.footnotes import write_footnotes
from rag.export.citing.ris import write_ris
from rag.export.html_pages import write_html
from rag.export.markdown import write_markdown
from rag.export.packs import EvidencePack
from rag.records import Answer, parse_day

ExportFormat = Literal["markdown", "html", "json", "csl-json", "bibtex", "ris", "footnotes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: how its files end, what they are, and what writes a pack or references in it."""

    suffix: str
    media_type: str
    pack: Callable[[EvidencePack], str] | None = None
    references: Callable[[Iterable[Entry]], str] | None = None


# The longest suffix first, since `.json` ends `.csl.json` too.
FORMATS: Mapping[ExportFormat, Format] = {
    "csl-json": Format(
        suffix=".csl.json",
        media_type="application/vnd.citationstyles.csl+json",
        references=write_csl,
    ),
    "json": Format(
        suffix=".json",
        media_type="application/json",
        pack=lambda pack: pack.to_json(indent=2) + "\n",
    ),
    "html": Format(suffix=".html", media_type="text/html", pack=write_html),
    "markdown": Format(suffix=".md", media_type="text/markdown", pack=write_markdown),
    "bibtex": Format(suffix=".bib", media_type="application/x-bibtex", references=write_bibtex),
    "ris": Format(
        suffix=".ris", media_type="application/x-research-info-systems", references=write_ris
    ),
    "footnotes": Format(suffix=".txt", media_type="text/plain", references=write_footnotes),
}


def export_answer(
    answer: Answer, wanted: ExportFormat, *, accessed: str | date | None = None
) -> str:
    """Return an answer as an evidence pack, or its articles as references.

    `accessed` is the day on which a person opened the pages, for references.

    Raises:
        QuestionError: there is no such format, or `accessed` is no day.
    """
    if wanted not in FORMATS:
        known = ", ".join(get_args(ExportFormat))
        raise QuestionError(f"there is no export format {wanted!r}; the formats are {known}")
    chosen, day = FORMATS[wanted], _read_day(accessed)
    if chosen.pack:
        return chosen.pack(EvidencePack.of(answer))
    assert chosen.references is not None
    return chosen.references(gather_entries(answer.sources, values=answer.values, accessed=day))


def _read_day(accessed: str | date | None) -> date | None:
    try:
        return parse_day(accessed, name="accessed")
    except ValueError as error:
        raise QuestionError(str(error)) from error


def format_of(name: str) -> ExportFormat:
    """Return the format that a file of this name has.

    Raises:
        QuestionError: no format has its suffix.
    """
    for known, described in FORMATS.items():
        if name.lower().endswith(described.suffix):
            return known
    suffixes = ", ".join(described.suffix for described in FORMATS.values())
    raise QuestionError(f"{name!r} does not say what to write; end its name in one of {suffixes}")
