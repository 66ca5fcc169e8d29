"""Gathers the citations of an answer by their articles; each article gives one reference."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rag.export.links import is_web_page
from rag.records import Citation
from rag.text.folding import without_accents
from rag.text.outlets import outlet_name

# Characters that end a line or that no text shows; half a character cannot be written in UTF-8.
_NOT_IN_LINES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
# What no address holds as it is, and what ends one in BibTeX and Markdown.
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>\"'\\^`{}|()\[\]*\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article that is cited, as a reference has it.

    `key` names it among the references of one answer. `url` is empty if it is no web page.
    `quotes` are what was cited of it, each in one line. `accessed` is the day on which a person
    opened the page, if that is known.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    outlet: str
    published: date | None
    url: str
    language: str
    quotes: tuple[str, ...]
    accessed: date | None = None

    @property
    def note(self) -> str:
        """The quotes, in quotation marks."""
        return " ".join(f"“{quote}”" for quote in self.quotes)


def gather_entries(citations: Iterable[Citation], *, accessed: date | None = None) -> list[Entry]:
    """Return one entry for each article, in the order of the citations."""
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    return [_entry(cited, accessed) for cited in by_article.values()]


def in_one_line(text: str) -> str:
    """Return a text in one line, without characters that nobody sees and programs obey."""
    return " ".join(_NOT_IN_LINES.sub(" ", text).split())


def safe_address(url: str) -> str:
    """Return the address of a web page, with what could end it encoded; empty if it is no page."""
    if not is_web_page(url):
        return ""
    return _UNSAFE_IN_ADDRESS.sub(_encoded, url.strip())


def _encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


def _entry(citations: list[Citation], accessed: date | None) -> Entry:
    first = citations[0]
    return Entry(
        key=_key(first),
        title=in_one_line(first.title),
        authors=tuple(name for author in first.authors if (name := in_one_line(author))),
        outlet=in_one_line(first.source),
        published=first.published,
        url=safe_address(first.url),
        language=in_one_line(first.language),
        quotes=tuple(dict.fromkeys(in_one_line(citation.quote) for citation in citations)),
        accessed=accessed,
    )


def _key(citation: Citation) -> str:
    """Return a key that every reference manager takes: outlet, year and number of the quote."""
    outlet = re.sub(r"[^a-z0-9]", "", without_accents(outlet_name(citation.source)).lower())
    year = f"{citation.published:%Y}" if citation.published else "undated"
    return f"{outlet or 'article'}-{year}-{citation.number}"
