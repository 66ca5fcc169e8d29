"""Reads and writes the part of an address that names an article and a place in it.

    /article?id=ID&at=START-END     an article, with the characters from START to END marked
    /article?id=ID&version=N        its Nth earlier text, the oldest being 1
    /article?id=ID&as_of=DAY        its text of a day, which may be written in any usual way

No Streamlit here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rag.text.sentences import Span

# An offset has no more digits than a text of a gigabyte needs.
_AT = re.compile(r"([0-9]{1,9})-([0-9]{1,9})", re.ASCII)
_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAddress:
    """The article that an address names; `problem` says in a sentence what it names wrongly."""

    article_id: str
    place: Span | None = None
    version: int | None = None
    as_of: str = ""
    problem: str = ""


def query_of(
    article_id: str, start: int | None = None, end: int | None = None, *, version: int | None = None
) -> dict[str, str]:
    """Return the arguments of an article's address, with a place in it or an earlier text of it."""
    query = {"id": article_id}
    if start is not None and end is not None:
        query["at"] = f"{start}-{end}"
    if version is not None:
        query["version"] = str(version)
    return query


def read_query(query: Mapping[str, str]) -> ArticleAddress:
    """Return the article that the arguments of an address name."""
    at, version = query.get("at", ""), query.get("version", "")
    found = _AT.fullmatch(at)
    place = Span(int(found[1]), int(found[2])) if found else None
    if place and place.start >= place.end:
        place = None
    problem = ""
    if at and place is None:
        problem = "The address names no place that can be marked, so nothing is marked."
    number = int(version) if _NUMBER.fullmatch(version) else None
    if version and number is None:
        problem = "The address names no earlier text of this article, so its present one is shown."
    return ArticleAddress(
        article_id=query.get("id", ""),
        place=place,
        version=number,
        as_of=query.get("as_of", ""),
        problem=problem,
    )
