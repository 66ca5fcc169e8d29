"""Finds the times that the quotes of a sentence give.

These are the resolved times in the quotes, the times that the quotes count from others, and days of
publication. `dates` compares the times of the sentence with them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.records import Citation, EventTime
from rag.text.calendar import MONTH, WEEKDAY
from rag.text.clauses import WITHIN_CLAUSE
from rag.text.figures import Figure, find_figures
from rag.timex import TimeExpression, find_times
from rag.timex.values import moved

# An expression with one of these names a day. A plain hour has its day from elsewhere.
_DAY_WORD = re.compile(
    rf"\b(?:{MONTH}|{WEEKDAY}|today|yesterday|tomorrow|tonight|this|last)\b|\d{{4}}",
    re.IGNORECASE,
)
# The words of a time that counts from another time of the quote: "five days before that".
_COUNTED = re.compile(r"\s*(?:(before|earlier|prior|previously)|after|later)\b")
_DAY_BEFORE = re.compile(r"\b(?:night|day|evening) before\b|\bprevious (?:day|night|evening)\b")
_UNITS_COUNTED = frozenset("DWFMY")
_MOST_COUNTED = 1000
# The words before the day on which the outlet reported, which is not the day of an event.
_REPORTED_BEFORE = re.compile(
    r"\b(?:report(?:s|ed|ing)?|wr(?:ites|ote|itten)|publish(?:es|ed)|as of|by)\b"
    rf"{WITHIN_CLAUSE}{{0,24}}$"
)
_REPORTED_AFTER = re.compile(r"[^;]{0,30}?\b(?:report(?:s|ed)|wr(?:ites|ote|itten)|published)\b")
_REACH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTime:
    """A time that a quote gives: its TIMEX3 value, and its days, None if they are not known."""

    value: str
    first: date | None
    last: date | None

    @property
    def day(self) -> date | None:
        """The day, if the time is one day."""
        return self.first if self.first == self.last else None


def given_times(quotes: Sequence[Citation]) -> list[GivenTime]:
    """Return the times in the quotes, and the times that the quotes count from these."""
    return [time for quote in quotes for time in _times_of(quote)]


def days_published(
    quotes: Sequence[Citation], sentence: str, time: TimeExpression
) -> Iterator[GivenTime]:
    """Yield the days of publication that a time of the sentence can mean.

    It can mean one if the quote names no day of its own, or if the sentence says when something was
    reported.
    """
    before = sentence[max(0, time.start - _REACH) : time.start]
    is_reported = _REPORTED_BEFORE.search(before) or _REPORTED_AFTER.match(sentence, time.end)
    for quote in quotes:
        if quote.published and (is_reported or not any(t.day for t in _times_of(quote))):
            yield _on(quote.published)


def _times_of(quote: Citation) -> list[GivenTime]:
    times: Sequence[EventTime | TimeExpression] = quote.times
    offset = quote.start
    if not times:
        times, offset = find_times(quote.quote, quote.published), 0
    given = [
        _given(time, quote.quote[time.start - offset : time.end - offset], quote.published)
        for time in times
        if time.type in {"DATE", "TIME"}
    ]
    days = {time.day for time in given if time.day}
    days |= {quote.published} if quote.published else set()
    for time in times:
        link = _COUNTED.match(quote.quote, time.end - offset)
        if time.type == "DURATION" and link:
            words = quote.quote[time.start - offset : time.end - offset]
            given += _counted(days, find_figures(words), sign=-1 if link[1] else 1)
    if _DAY_BEFORE.search(quote.quote):
        given += [_on(day - timedelta(days=1)) for day in days if day > date.min]
    return given


def _given(time: EventTime | TimeExpression, words: str, published: date | None) -> GivenTime:
    """Return a time, without the day that a plain hour has only from the publication."""
    if time.type == "TIME" and time.first == published and not _DAY_WORD.search(words):
        return GivenTime(value=time.value, first=None, last=None)
    return GivenTime(value=time.value, first=time.first, last=time.last)


def _counted(days: Iterable[date], figures: Sequence[Figure], *, sign: int) -> list[GivenTime]:
    counted = [
        moved(day, sign * int(figure.low), figure.unit)
        for figure in figures
        # No day follows from "half a year" or "a year and a half".
        if figure.unit in _UNITS_COUNTED and figure.low < _MOST_COUNTED and figure.low % 1 == 0
        for day in days
    ]
    return [_on(day) for day in counted if day]


def _on(day: date) -> GivenTime:
    return GivenTime(value=day.isoformat(), first=day, last=day)
