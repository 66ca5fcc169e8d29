"""Finds the days on which the events of an article happened, from its time expressions.

The expressions count from the day on which their words were first published (see `anchors`).

The ingest stores these days with each passage. A question about October then finds what happened in
October, whenever it was reported. A passage without a date of its own has the days of the article's
opening, or else the day of publication. It has that day too if it names only years long before
or after: "the first such cut since 2011" does not say when the cut was made.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date, timedelta

from rag.dates.anchors import Counted, counted_from, counted_parts
from rag.dates.entry_days import ENTRY_TIME, DatedEntry, entry_at
from rag.records import Article, Days, EventTime, Passage
from rag.timex import TimeExpression, find_times

# Raise this number when the tagger reads more or better. The next ingest then reads the times of
# stored articles again.
TAGGER = 14
# The words between a time of day and its day: "at 00:00 Moscow time on 10 November".
_BESIDE = re.compile(
    r"(?:\s?\([^()]{1,20}\)|\))?[\s,]*(?:(?:local|[A-Z]\w+)\s+)?(?:time[\s,]*)?(?:on\s+)?(?:the\s+)?"
)
# A longer span, such as a decade, does not say when the events of a passage happened. One that is
# longer than a season (see `payloads`) says so only to a question about a time of such a length.
_LONGEST_DAYS = 400
# News is about what happened so shortly before its publication, or will happen so shortly after.
_ABOUT_THEN = timedelta(days=31)
# What is told with a whole year, "the first cut since 2011", is mostly background.
_BACKGROUND_DAYS = 300
# A month that news names in passing: "nurses in Holm accepted 6 per cent last month".
_MONTH_DAYS = 28


def event_times(article: Article) -> tuple[EventTime, ...]:
    """Return the time expressions of an article's text, counted from its publication."""
    times = _resolved(article)
    # Between an hour and its day, the hour of another zone may stand in brackets.
    return tuple(
        _dated_beside(time, times[place + 1 : place + 3], article.text)
        for place, time in enumerate(times)
    )


def _resolved(article: Article) -> list[EventTime]:
    """Return the expressions, each counted from the day on which its sentence was published."""
    parts = counted_parts(article)
    # The whole text is read for each day, because the meaning of an expression depends on what is
    # before it. An entry of a live blog is read alone, because it does not follow the one above it.
    days = {part.day for part in parts if part.entry is None}
    by_day = {day: find_times(article.text, day) for day in days}
    return [
        time
        for part in parts
        for time in (
            [_time(found) for found in by_day[part.day] if _is_within(found, part)]
            if part.entry is None
            else _times_of_entry(article.text, part.entry)
        )
    ]


def _is_within(found: TimeExpression, part: Counted) -> bool:
    return part.start <= found.start and found.end <= part.end


def _times_of_entry(text: str, dated: DatedEntry) -> list[EventTime]:
    """Return the time at which an entry was written, and the expressions in its words."""
    body, end = dated.entry.body, dated.entry.end
    found = find_times(text[body:end], dated.day)
    return [dated.time, *(_time(expression, after=body) for expression in found)]


def _time(found: TimeExpression, *, after: int = 0) -> EventTime:
    """Return an expression as it is stored, found in the text that begins at `after`."""
    return EventTime(
        start=found.start + after,
        end=found.end + after,
        type=found.type,
        value=found.value,
        rule=found.rule,
        first=found.first,
        last=found.last,
    )


def _dated_beside(time: EventTime, following: Sequence[EventTime], text: str) -> EventTime:
    """Return a time of day, with the day that is named right after it: "at noon on 10 May"."""
    if time.type != "TIME" or time.rule == ENTRY_TIME:
        return time
    days = (after for after in following if after.type == "DATE" and after.first == after.last)
    after = next((d for d in days if _BESIDE.fullmatch(text, time.end, d.start)), None)
    if after is None or after.first is None:
        return time
    value = (
        f"{after.value}{time.value[time.value.find('T') :]}" if "T" in time.value else time.value
    )
    rule = "time on the day named after it"
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
    # The end of a long entry has no days of the opening, but that of the entry.
    entries = (entry_at(article, passage.start) for passage in passages)
    around = [((e.day, e.day),) if e and e.day else opening for e in entries]
    found = [days or other for days, other in zip(own, around, strict=True)]
    if first is None:
        return found
    return [
        tuple(sorted((*days, (first, first)))) if _is_of(first, days, passage, times) else days
        for days, passage in zip(found, passages, strict=True)
    ]


def _is_of(
    published: date, days: tuple[Days, ...], passage: Passage, times: Sequence[EventTime]
) -> bool:
    """Say whether a passage tells of the day of its publication too.

    It does if it only compares that with a year long ago, or if it begins without a time and names
    a month that was over further down.
    """
    opening = passage.sentences[0]
    begins_undated = not times_within(times, opening.start, opening.end)
    for first, last in days:
        length = (last - first).days + 1
        if first <= published + _ABOUT_THEN and published - _ABOUT_THEN <= last:
            is_background = begins_undated and last < published and length >= _MONTH_DAYS
        else:
            is_background = length > _BACKGROUND_DAYS
        if not is_background:
            return False
    return True


def _days(times: Sequence[EventTime]) -> tuple[Days, ...]:
    """Return the named days, each once, without those of lengths of time and of long spans."""
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
    """Say whether a time may date something; lengths, "now" and "the future" do not."""
    return time.type in ("DATE", "TIME") and not time.value.endswith("_REF")


def dating_times(times: Sequence[EventTime], years: Set[str]) -> list[EventTime]:
    """Return the times that may date what is asked about, given the years in the question.

    A year that only repeats one of these ("since the 2020 war") is left out. If all times are of
    other years, there are none.
    """
    named = [time for time in times if may_date(time) and time.value not in years]
    dated = [(t.first.year, t.last.year) for t in named if t.first and t.last]
    if years and dated and not any(a <= int(year) <= b for a, b in dated for year in years):
        return []
    return named
