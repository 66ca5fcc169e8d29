"""Writes an evidence pack as Markdown (CommonMark with tables)."""

import re
from collections.abc import Iterable, Iterator

from rag.export.citing.entries import in_one_line, safe_address
from rag.export.facts import (
    Fact,
    facts_of_answer,
    facts_of_quote,
    rows_of_reports,
    rows_of_values,
    say_certainty,
    source_line,
)
from rag.export.packs import EvidencePack
from rag.records import Citation, Hit

# Marks that mean something inside a line. Each text here stands behind a mark of ours, so that it
# begins no heading, list or quote. Addresses would become links in some programs.
_MARKS = re.compile(r"[\\`*_\[\]<>&|~$^#!]|:(?=//)|(?<=www)\.|(?<=\w)@(?=\w)")
_MOST_NEAREST = 5


def write_markdown(pack: EvidencePack) -> str:
    """Return a pack as a Markdown text that ends with a line end."""
    return "\n".join(_lines(pack)) + "\n"


def escape(text: str) -> str:
    r"""Return a text in one line, so that Markdown shows it letter for letter."""
    return _MARKS.sub(r"\\\g<0>", in_one_line(text))


def _lines(pack: EvidencePack) -> Iterator[str]:
    answer = pack.answer
    yield from (f"# {escape(answer.question)}", "")
    if answer.short:
        yield from (f"**{escape(answer.short)}**", "")
    if certainty := say_certainty(answer):
        yield from (certainty, "")
    if any(sentence.supported for sentence in answer.sentences):
        yield from ("*A language model wrote this text; each sentence was checked.*", "")
    for line in answer.text.split("\n"):
        yield from (f"> {escape(line)}", ">")
    yield ""
    if rows := rows_of_values(answer):
        yield from ("## What was reported, newest first", "")
        yield from _table(("Value", "Reported", "Sources", "Quotes"), rows)
    if answer.sources:
        yield from ("## Quotes", "")
        for citation in answer.sources:
            yield from _quote(citation, pack)
    elif answer.nearest:
        yield from ("## Nearest, but not an answer", "")
        yield from (_nearest(hit) for hit in answer.nearest[:_MOST_NEAREST])
        yield ""
    if reports := rows_of_reports(answer):
        yield from ("## Reports that are not quoted above", "")
        yield from _table(("Value", "Reported by", "Quote", "Place and hash"), reports)
    yield from ("## How this was made", "")
    yield from _facts(facts_of_answer(answer))


def _quote(citation: Citation, pack: EvidencePack) -> Iterator[str]:
    title = escape(citation.title or citation.article_id)
    yield f"### \\[{citation.number}\\] {title}"
    yield ""
    yield f"> “{escape(citation.quote)}”"
    yield ""
    yield f"— {escape(source_line(citation))}"
    yield ""
    if address := safe_address(citation.link or citation.url):
        yield f"[Open the page at the quote](<{address}>)"
        yield ""
    yield from _facts(facts_of_quote(citation, pack))


def _facts(facts: Iterable[Fact]) -> Iterator[str]:
    yield from (f"- {name}: {escape(value)}" for name, value in facts)
    yield ""


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(head)
    yield f"| {' | '.join(names)} |"
    yield f"|{' --- |' * len(names)}"
    yield from (f"| {' | '.join(escape(cell) for cell in row)} |" for row in rows)
    yield ""


def _nearest(hit: Hit) -> str:
    return f"- {escape(hit.byline)}: “{escape(hit.text)}”"
