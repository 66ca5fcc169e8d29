"""Say in words what the page shows of sources: days, bylines, addresses, and what became of them.

Everything here is plain text for the scripts of the page, which set it with `textContent`.
"""

import re
from datetime import UTC, date, datetime
from typing import Literal
from urllib.parse import urlsplit

from rag.records import Citation, Copy, EventTime
from rag.records.sources import Source
from rag.text.calendar import MONTH, day_in_words
from rag.text.retractions import (
    announced_in,
    find_retractions,
    is_correction,
    tells_correction,
    tells_withdrawal,
)

# What became of an article by its notes: its page says so before anything else.
ArticleState = Literal["", "corrected", "withdrawn"]

_SPACES = re.compile(r"\s+")
# Words that name their day themselves: with a year, or with a month and a day.
_NAMES_DAY = re.compile(rf"\b\d{{4}}\b|\b(?:{MONTH})\b", re.IGNORECASE)
_MOST_DAYS = 2


def format_day(day: date | None) -> str:
    """Return a day as a newspaper prints it, such as 10 November 2020."""
    return day_in_words(day) if day else "no date"


def byline(item: Source) -> str:
    """Return the outlet and the day of an article in one line."""
    return " · ".join(part for part in (item.source, format_day(item.published)) if part)


def name_of(item: Source) -> str:
    """Return the headline of an article; without one, its id."""
    return item.title or item.article_id


def name_copy(copy: Copy) -> str:
    """Return the outlet of a copy, or else its id, with the day."""
    return f"{copy.source or copy.article_id} ({format_day(copy.published)})"


def name_version(number: int, day: date | None) -> str:
    """Return what an earlier text is called, by its day or else by its number, from 1."""
    return f"Text of {format_day(day)}" if day else f"Text {number}, no date"


def shortened(text: str, most: int) -> str:
    """Return text on one line, cut after a word where it is longer than `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    # In a script without spaces between words it is cut anywhere.
    return f"{line[:most].rsplit(' ', 1)[0]} …"


def web_address(url: str) -> dict[str, str] | None:
    """Return an address that may be opened and its host; None if it is not http or https."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return {"href": parts.geturl(), "host": host}


def mark_quote(quote: str, highlight: tuple[int, int] | None) -> list[str]:
    """Return a quote on one line in three parts: what is before the mark, in it, and after it.

    `highlight` are offsets in the quote as it is stored. The parts are cut before white space is
    collapsed, and are text rather than offsets, which a browser would count in UTF-16.
    """
    before, marked, after = split_quote(quote, highlight)
    if not marked:
        return [" ".join(quote.split()), "", ""]
    return [_SPACES.sub(" ", part) for part in (before.lstrip(), marked, after.rstrip())]


def split_quote(quote: str, highlight: tuple[int, int] | None) -> tuple[str, str, str]:
    """Return a quote letter for letter in three parts: before the mark, in it, and after it."""
    start, end = highlight or (0, 0)
    marked = quote[start:end].strip()
    if not marked:
        return quote, "", ""
    # White space at the edges of the mark goes to its sides, else it would be there twice.
    start = quote.index(marked, start)
    return quote[:start], marked, quote[start + len(marked) :]


def state_of(title: str, note: str) -> ArticleState:
    """Return what became of an article, by its headline and by the lines of its notes."""
    lines = note.splitlines()
    if announced_in(title) == "withdrawn" or any(tells_withdrawal(line) for line in lines):
        return "withdrawn"
    is_corrected = is_correction(title) or any(tells_correction(line) for line in lines)
    return "corrected" if is_corrected or find_retractions(note, all_items=True) else ""


def say_withheld(
    embargoed: datetime | None, expires: datetime | None, *, now: datetime | None = None
) -> list[str]:
    """Return why no search finds an article now: it is under embargo, or it has expired.

    `now` is the instant at which it is looked at, the present one if not given.
    """
    at = now or datetime.now(UTC)
    said = []
    if embargoed is not None and embargoed > at:
        said.append(f"Under embargo until {_instant_in_words(embargoed)}.")
    if expires is not None and expires <= at:
        said.append(f"Expired on {_instant_in_words(expires)}.")
    return said


def _instant_in_words(instant: datetime) -> str:
    return f"{day_in_words(instant)}, {instant:%H:%M} {instant.tzname()}"


def say_event_days(citation: Citation) -> list[str]:
    """Return which days the words of a quote mean: “Monday” is 9 November 2020.

    Days that the quote names itself need no saying, and neither does the day of publication.
    """
    meant: dict[date, str] = {}
    for time in citation.times:
        if time.first is None or time.first != time.last or time.first == citation.published:
            continue
        words = words_of(time, citation)
        if words and not _NAMES_DAY.search(words):
            meant.setdefault(time.first, f"“{words}” is {day_in_words(time.first)}")
    return list(meant.values())[:_MOST_DAYS]


def words_of(time: EventTime, citation: Citation) -> str:
    """Return the words of a time expression in a quote, on one line."""
    start, end = time.start - citation.start, time.end - citation.start
    return " ".join(citation.quote[start:end].split()) if start >= 0 else ""


def say_number(count: int, name: str) -> str:
    """Return a number with what it counts, such as "1 source" and "2 sources"."""
    return f"{count:,} {name}{'' if count == 1 else 's'}"
