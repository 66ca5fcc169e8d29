"""Gathers the citations of an answer by their articles; each article gives one reference."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rag.export.links import is_web_page
from rag.export.values import say_value
from rag.records import Citation, Value, hash_text
from rag.text.folding import without_accents
from rag.text.outlets import outlet_name

# Characters that end a line or that no text shows; half a character cannot be written in UTF-8.
_NOT_IN_LINES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
# What no address holds as it is, and what ends one in BibTeX and Markdown.
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>\"'\\^`{}|()\[\]*\x00-\x1f\x7f-\x9f\ud800-\udfff]")

# What ends a note as a sentence ends.
_ENDS = ".!?…”\"')"
# Two articles share so many less often than once in a million times.
_KEY_LETTERS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article that is cited, as a reference has it.

    `key` names it, and is the same in the references of every answer. `numbers` are those of its
    quotes in the answer. `title` is empty if it has no headline; then its `article_id` tells which
    article is meant. `url` is empty if it is no web page. `quotes` are what was cited of it, each
    in one line, and `remarks` what a reader of them must know: that it is opinion, what does not
    hold any more, and what its editors say. `accessed` is the day on which a person opened the
    page, if there is one and the day is known.
    """

    key: str
    article_id: str
    numbers: tuple[int, ...]
    title: str
    authors: tuple[str, ...]
    outlet: str
    published: date | None
    url: str
    language: str
    quotes: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    accessed: date | None = None

    @property
    def name(self) -> str:
        """The headline, or else the id of the article, so that it can be traced."""
        return self.title or self.article_id

    @property
    def notes(self) -> tuple[str, ...]:
        """The quotes, in quotation marks, and the remarks."""
        return (*(f"“{quote}”" for quote in self.quotes), *self.remarks)

    @property
    def note(self) -> str:
        """The quotes and the remarks in one line."""
        return " ".join(self.notes)


def gather_entries(
    citations: Iterable[Citation],
    *,
    values: Iterable[Value] = (),
    accessed: date | None = None,
) -> list[Entry]:
    """Return one entry for each article, in the order of the citations.

    `values` are those of the answer, which tell what of the quotes does not hold any more.
    """
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    outdated = [value for value in values if not value.stands]
    return [_entry(cited, outdated, accessed) for cited in by_article.values()]


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


def _entry(citations: list[Citation], outdated: list[Value], accessed: date | None) -> Entry:
    first = citations[0]
    url = safe_address(first.url)
    return Entry(
        key=_key(first),
        article_id=in_one_line(first.article_id),
        numbers=tuple(citation.number for citation in citations),
        title=in_one_line(first.title),
        authors=tuple(name for author in first.authors if (name := in_one_line(author))),
        outlet=in_one_line(first.source),
        published=first.published,
        url=url,
        language=in_one_line(first.language),
        quotes=tuple(dict.fromkeys(in_one_line(citation.quote) for citation in citations)),
        remarks=tuple(dict.fromkeys(map(in_one_line, _remarks(citations, outdated)))),
        accessed=accessed if url else None,
    )


def _remarks(citations: list[Citation], outdated: list[Value]) -> Iterator[str]:
    """Yield what a reader of the quotes of an article must know, each as a sentence."""
    numbers = {citation.number for citation in citations}
    for citation in citations:
        if citation.genre:
            yield f"This is {citation.genre}."
    for value in outdated:
        if numbers & {*value.citations}:
            yield f"Does not hold any more: {say_value(value)}."
    for citation in citations:
        if note := in_one_line(citation.note):
            yield f"Note: {note}{'' if note[-1] in _ENDS else '.'}"


def _key(citation: Citation) -> str:
    """Return a key that every reference manager takes: outlet, day, and letters of the article.

    The letters are of the hash of its id, so that the same article has the same key everywhere.
    """
    outlet = re.sub(r"[^a-z0-9]", "", without_accents(outlet_name(citation.source)).lower())
    day = citation.published.isoformat() if citation.published else "undated"
    letters = hash_text(citation.article_id)[:_KEY_LETTERS]
    return f"{outlet or 'article'}-{day}-{letters}"
