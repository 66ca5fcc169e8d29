"""An article -> when what it reports happened: its time expressions resolved by its own date.

Its date is the day on which the words were first published (see `anchors`).

Stored with each passage at ingest, so that a question about October finds what happened then,
whenever it was reported. A passage without a date of its own happens when its article's opening
does, or else on the day of publication.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date

from rag.dates.anchors import counted_from, counted_parts
from rag.records import Article, Days, EventTime, Passage
from rag.timex import TimeExpression, find_times

# Raise it when the tagger reads more or better: what is stored is then read again.
TAGGER = 5
# What stands between a time of day and its day: "at 00:00 Moscow time on 10 November".
_BESIDE = re.compile(r"[\s,]*(?:(?:local|[A-Z]\w+)\s+)?(?:time[\s,]*)?(?:on\s+)?(?:the\s+)?")
# A longer span, such as a decade, says nothing about when a passage's events were; one longer than
# a season (see `payloads`) only to a question about as long a time.
_LONGEST_DAYS = 400


def event_times(article: Article) -> tuple[EventTime, ...]:
    """Return the time expressions of an article's text, resolved against its publication."""
    times = [
        EventTime(
            start=found.start,
            end=found.end,
            type=found.type,
            value=found.value,
            rule=found.rule,
            first=found.first,
            last=found.last,
        )
        for found in _resolved(article)
    ]
    following = [*times[1:], None]
    return tuple(
        _dated_beside(time, after, article.text)
        for time, after in zip(times, following, strict=False)
    )


def _resolved(article: Article) -> list[TimeExpression]:
    """Return the expressions, each counted from the day on which its sentence was published."""
    parts = counted_parts(article)
    # The whole text each time, for what stands before an expression tells what it means.
    by_day = {day: find_times(article.text, day) for day in {part.day for part in parts}}
    return [
        found
        for part in parts
        for found in by_day[part.day]
        if part.start <= found.start and found.end <= part.end
    ]


def _dated_beside(time: EventTime, after: EventTime | None, text: str) -> EventTime:
    """Return a time of day with the day that is named right behind it: "at noon on 10 May"."""
    if time.type != "TIME" or after is None or after.type != "DATE" or after.first != after.last:
        return time
    if after.first is None or not _BESIDE.fullmatch(text, time.end, after.start):
        return time
    value = (
        f"{after.value}{time.value[time.value.find('T') :]}" if "T" in time.value else time.value
    )
    rule = "time of the day named behind it"
    return replace(time, value=value, rule=rule, first=after.first, last=after.last)


def with_times(article: Article, passages: Sequence[Passage]) -> list[Passage]:
    """Return an article's passages, each with its time expressions and the days of its events."""
    times = event_times(article)
    return [
        replace(passage, times=times_within(times, passage.start, passage.end), days=days)
        for passage, days in zip(passages, event_days(article, passages, times), strict=True)
    ]


def times_within(times: Sequence[EventTime], start: int, end: int) -> tuple[EventTime, ...]:
    """Return the expressions that lie in a part of the text."""
    return tuple(time for time in times if start <= time.start and time.end <= end)


def event_days(
    article: Article, passages: Sequence[Passage], times: Sequence[EventTime]
) -> list[tuple[Days, ...]]:
    """Return, for each passage of an article, the days on which its events happened."""
    own = [_days(times_within(times, passage.start, passage.end)) for passage in passages]
    first = counted_from(article, 0)
    published = ((first, first),) if first else ()
    opening = own[0] if own and own[0] else published
    return [days or opening for days in own]


def _days(times: Sequence[EventTime]) -> tuple[Days, ...]:
    """Return the days named, each once, those of lengths and of long spans left out."""
    named: dict[Days, None] = {}
    for time in times:
        span = _span(time)
        if span is not None:
            named[span] = None
    return tuple(sorted(named))


def _span(time: EventTime) -> tuple[date, date] | None:
    if time.type not in ("DATE", "TIME") or time.first is None or time.last is None:
        return None
    return (time.first, time.last) if (time.last - time.first).days <= _LONGEST_DAYS else None


def may_date(time: EventTime) -> bool:
    """Say whether a time may date something: no length, and not "now" or "the future"."""
    return time.type in ("DATE", "TIME") and not time.value.endswith("_REF")


def dating_times(times: Sequence[EventTime], years: Set[str]) -> list[EventTime]:
    """Return the times that may date what is asked about, given the years in the question.

    Not a year that only repeats one ("since the 2020 war"), and none where all are of other years.
    """
    named = [time for time in times if may_date(time) and time.value not in years]
    dated = [(t.first.year, t.last.year) for t in named if t.first and t.last]
    if years and dated and not any(a <= int(year) <= b for a, b in dated for year in years):
        return []
    return named
