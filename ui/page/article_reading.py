"""Describe one article for its page, as plain values for the page's script. No Streamlit here."""

import re
from dataclasses import dataclass, replace
from typing import Any

from rag.errors import DatelineError
from rag.question.as_of import require_version
from rag.records import Article, Citation, Copy
from rag.records.versions import article_at
from rag.text.sentences import Span
from ui.page.article_address import ArticleAddress, query_of
from ui.page.in_words import (
    format_day,
    name_copy,
    name_of,
    name_version,
    say_withheld,
    state_of,
    web_address,
)
from ui.page.library import Library
from ui.page.sources import version_days

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)
_NONE_NAMED = "This address names no article. Open one from an answer, or from the Archive page."
_UNKNOWN = "There is no article with this id in the archive."
_OUTSIDE = "The address names a place that this text does not have, so nothing is marked."
_NO_VERSION = "The archive has no such earlier text of this article, so its present one is shown."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article as its page shows it: the text of some time, perhaps with a place marked.

    `version` is the number of an earlier text, the oldest being 1, None for the present one.
    `problem` says in a sentence what of its address could not be followed.
    """

    article: Article
    present: Article
    place: Span | None
    version: int | None
    copies: tuple[Copy, ...]
    problem: str = ""

    @property
    def title(self) -> str:
        """The headline; without one, the id."""
        return name_of(Copy(**self.article.as_source))

    @property
    def citation(self) -> Citation | None:
        """The marked words as a citation; None if nothing is marked, or in an earlier text."""
        if self.place is None or self.version is not None:
            return None
        start, end = self.place
        article = self.article
        return Citation(
            number=1,
            quote=article.text[start:end],
            start=start,
            end=end,
            authors=article.authors,
            language=article.language,
            note=article.note,
            text_hash=article.text_hash,
            **article.as_source,
        )


def read_article(archive: Library, address: ArticleAddress) -> Reading | str:
    """Return the article that an address names, or in a sentence why there is none to show."""
    if not address.article_id:
        return _NONE_NAMED
    try:
        present = archive.article(address.article_id)
        copies = tuple(archive.copies(address.article_id))
    except KeyError:
        return _UNKNOWN
    except DatelineError as error:
        return str(error)
    reading = Reading(
        article=present,
        present=present,
        place=None,
        version=None,
        copies=copies,
        problem=address.problem,
    )
    if address.version is not None:
        return _with_version(reading, address.version)
    if address.as_of:
        return _as_of(reading, address.as_of)
    return _marked(reading, address.place)


def describe_reading(reading: Reading) -> dict[str, Any]:
    """Return what the script shows of an article, as plain values."""
    article, place = reading.article, reading.place or Span(0, 0)
    text = article.text
    return {
        "title": reading.title,
        "facts": _facts(article),
        "language": article.language if _LANGUAGE.fullmatch(article.language) else "",
        "state": state_of(article.title, article.note),
        "withheld": say_withheld(article.embargoed, article.expires),
        "note": article.note,
        "genre": article.genre,
        "version": _say_version(reading),
        "versions": _describe_versions(reading),
        "copies": [
            {"label": name_copy(copy), "query": query_of(copy.article_id)}
            for copy in reading.copies
        ],
        "address": web_address(article.url),
        "text": [text[: place.start], text[place.start : place.end], text[place.end :]],
    }


def _with_version(reading: Reading, number: int) -> Reading:
    if number > len(reading.present.versions):
        return replace(reading, problem=_NO_VERSION)
    return replace(reading, article=article_at(reading.present, number - 1), version=number)


def _as_of(reading: Reading, day: str) -> Reading | str:
    try:
        article = require_version(reading.present, day)
    except DatelineError as error:
        return str(error)
    is_present = len(article.versions) == len(reading.present.versions)
    number = None if is_present else len(article.versions) + 1
    return replace(reading, article=article, version=number)


def _marked(reading: Reading, place: Span | None) -> Reading:
    if place is None:
        return reading
    if place.end > len(reading.article.text):
        return replace(reading, problem=_OUTSIDE)
    return replace(reading, place=place)


def _facts(article: Article) -> list[str]:
    """Return who published an article and when, who wrote it, and where it stood."""
    changed = article.updated if article.updated != article.published else None
    facts = [
        article.source,
        format_day(article.published),
        f"changed on {format_day(changed)}" if changed else "",
        f"by {', '.join(article.authors)}" if article.authors else "",
        article.section,
        f"agency: {article.agency}" if article.agency else "",
    ]
    return [fact for fact in facts if fact]


def _say_version(reading: Reading) -> str:
    if reading.version is None:
        return ""
    return f"This is earlier text {reading.version} of {len(reading.present.versions)}."


def _describe_versions(reading: Reading) -> list[dict[str, Any]]:
    """Return the texts of an article that can be opened, but for the one that is shown."""
    article_id = reading.present.id
    shown: list[dict[str, Any]] = []
    if reading.version is not None:
        shown.append({"label": "The present text", "query": query_of(article_id)})
    for number, day in enumerate(version_days(reading.present), start=1):
        if number != reading.version:
            query = query_of(article_id, version=number)
            shown.append({"label": name_version(number, day), "query": query})
    return shown
