"""Turns the arguments beside a question into the time it asks about and the filter of its search.

To add a filter, change `Filters` and `make_filter`.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypedDict

from rag.errors import QuestionError
from rag.question.arguments import read_day, refuse_string
from rag.question.asked_time import AskedTime, read_asked_time
from rag.question.kinds import years_in
from rag.question.phrases import read_phrases
from rag.records import SearchFilter, TimeWindow
from rag.text.calendar import SEASON, WHOLE_WEEKDAY
from rag.timex import find_times

Day = str | date | None

_YEAR_FROM_NOW = re.compile(
    rf"\b(?:next|last|this|past|coming|previous)\s+(?:year|{SEASON})\b", re.IGNORECASE
)
# A year by itself is a time after these, and not in "the 2030 target".
_IN_YEAR = re.compile(r"\b(?:in|during|of)\s+$", re.IGNORECASE)
_MONTH = re.compile(r"\d{4}-\d\d\b")
_WEEKDAY = re.compile(WHOLE_WEEKDAY, re.IGNORECASE)
_THE_WEEKDAY = re.compile(
    rf"(?:on\s+)?(?:the|that)\s+{WHOLE_WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?",
    re.IGNORECASE,
)


class Filters(TypedDict, total=False):
    """The keywords of `Archive.search`, `ask` and `stream` that restrict a search.

    `since` and `until` are days of publication, both included. If one of them is given, articles
    without a date are not found. `sources` are outlets and `sections` parts of the newspaper, named
    as the articles name them, but for case and accents. With `as_of`, a search finds only what was
    published by that day and has not changed since. `now` is the day from which the question's
    times are read; it is today if it is not given. With `read_time=False` the question's times are
    not read, and with `read_outlets=False` neither are the outlets that it names.
    """

    since: Day
    until: Day
    sources: Iterable[str] | None
    sections: Iterable[str] | None
    as_of: Day
    now: Day
    read_time: bool
    read_outlets: bool


class TopicFilters(TypedDict, total=False):
    """The keywords of `Archive.timeline` that restrict it, which mean the same as in a search."""

    sources: Iterable[str] | None
    as_of: Day
    now: Day
    read_time: bool
    read_outlets: bool


def as_filters(filters: TopicFilters, *, since: Day, until: Day) -> Filters:
    """Return the filters of a timeline with the days of its events.

    Raises:
        TypeError: a timeline has no such filter.
    """
    if unknown := sorted(filters.keys() - TopicFilters.__annotations__.keys()):
        known = ", ".join(TopicFilters.__annotations__)
        raise TypeError(f"a timeline has no filter {', '.join(unknown)}; its filters are {known}")
    return Filters(since=since, until=until, sections=None, **filters)


def read_filters(
    question: str, filters: Filters, *, carried: Sequence[str] = (), earlier: Sequence[str] = ()
) -> tuple[AskedTime, SearchFilter]:
    """Return the time that a question asks about, and the filter of its search.

    `carried` are words of earlier turns, and `earlier` are the texts of these turns, if they are
    known. A carried year that was a time there is that of a month or a day without one: after a
    question about October 2020, "And in November?" means November 2020, and "on the 4th" is of that
    October. By itself it sets no filter, because what follows may have happened later.

    Raises:
        TypeError: there is no such filter. An unknown one never widens a search.
        QuestionError: a day is not one, the last is before the first, or the outlets or the
            sections are a string.
    """
    if unknown := sorted(filters.keys() - Filters.__annotations__.keys()):
        known = ", ".join(Filters.__annotations__)
        raise TypeError(f"there is no filter {', '.join(unknown)}; the filters are {known}")
    asked = read_time_of(
        question,
        now=filters.get("now"),
        as_of=filters.get("as_of"),
        read_time=filters.get("read_time", True),
    )
    asked = _in_carried_year(question, asked, carried, earlier)
    where = make_filter(
        filters.get("since"),
        filters.get("until"),
        filters.get("sources"),
        asked,
        sections=filters.get("sections"),
        phrases=read_phrases(question).texts,
    )
    return asked, where


def _in_carried_year(
    question: str, asked: AskedTime, carried: Sequence[str], earlier: Sequence[str]
) -> AskedTime:
    """Return the time, of the year that was carried if it has none; weekdays belong to no year."""
    years = {year for words in carried for year in years_in(words)}
    if not years or not asked.lacks_year or has_weekday(asked.text):
        return asked
    told = [
        value
        for text in earlier or [f"in {words}" for words in carried]
        for value in _dates_in(text)
        if value[:4] in years
    ]
    if len({value[:4] for value in told}) != 1:
        return asked
    if not any(time.value.startswith("XXXX-XX") for time in find_times(asked.text)):
        last_day = date(int(told[0][:4]), 12, 31)
        return replace(read_asked_time(question, last_day), lacks_year=False, as_of=asked.as_of)
    months = {value[:7] for value in told if _MONTH.match(value)}
    return _in_month(question, asked, months.pop()) if len(months) == 1 else asked


def _dates_in(text: str) -> list[str]:
    """Return the values of the times with a year in a text, but not of "the 2030 target"."""
    return [
        time.value
        for time in find_times(text)
        if len(time.text) > len("2030") or _IN_YEAR.search(text, 0, time.start)
    ]


def _in_month(question: str, asked: AskedTime, month: str) -> AskedTime:
    """Return the time of "the 4th" or "the end of the month" in a month, such as 2020-10."""
    middle = date.fromisoformat(f"{month}-15")
    # The tense may look back from the end of the month. With no tense, what is nearest is meant.
    for day in (middle.replace(day=monthrange(middle.year, middle.month)[1]), middle):
        read = read_asked_time(question, day)
        limit = read.window and (read.window.since or read.window.until)
        if limit and limit.isoformat().startswith(month):
            return replace(read, lacks_year=False, as_of=asked.as_of)
    return asked


def has_weekday(text: str) -> bool:
    """Say whether a time names a weekday."""
    return _WEEKDAY.search(text) is not None


def is_weekday_of_a_story(text: str) -> bool:
    """Say whether a time is a weekday that a story has told of: "on the Monday"."""
    return _THE_WEEKDAY.fullmatch(text.strip()) is not None


def counts_years_from_now(text: str) -> bool:
    """Say whether a time is a year or a season that is counted from today: "next year"."""
    return _YEAR_FROM_NOW.search(text) is not None


def check_filters(filters: Filters) -> Filters:
    """Return the filters after checking that they make sense, before anything is asked.

    Raises:
        QuestionError: a day is not one, the last is before the first, or the outlets or the
            sections are a string.
    """
    _, where = read_filters("", {**filters, "read_time": False})
    # These are read now, because an iterator would be empty at the second question.
    return {**filters, "sources": where.sources, "sections": where.sections}


def read_time_of(question: str, *, now: Day, as_of: Day, read_time: bool) -> AskedTime:
    """Return the time that a question asks about, read on the day `now`.

    `as_of` is the day that the caller gave. If there is no `now`, words such as "last week" count
    from that day too.

    Raises:
        QuestionError: a day is not one.
    """
    limit, today = read_day(as_of, name="as_of"), read_day(now, name="now")
    today = today or limit or datetime.now(UTC).date()
    asked = read_asked_time(question, today) if read_time else AskedTime()
    return replace(asked, as_of=limit) if limit else asked


def make_filter(
    since: Day,
    until: Day,
    sources: Iterable[str] | None,
    asked: AskedTime,
    *,
    sections: Iterable[str] | None = None,
    phrases: tuple[str, ...] = (),
) -> SearchFilter:
    """Return the filter of a search; days that the caller gave replace those of the question.

    Raises:
        QuestionError: a day is not one, the last is before the first, or the outlets or the
            sections are a string.
    """
    refuse_string(sources, name="sources", wanted="outlets")
    refuse_string(sections, name="sections", wanted="sections")
    first, last = read_day(since, name="since"), read_day(until, name="until")
    try:
        window = TimeWindow(since=first, until=last) if first or last else None
    except ValueError as error:
        raise QuestionError(str(error)) from error
    events: TimeWindow | None = None
    if window is None and asked.applies_to == "published":
        window = asked.window
    elif window is None:
        events = asked.window
    # An empty list asks for no outlet at all and finds nothing; None asks for all outlets.
    return SearchFilter(
        window=window,
        events=events,
        phrases=phrases,
        as_of=asked.as_of,
        sources=None if sources is None else tuple(sources),
        sections=None if sections is None else tuple(sections),
        now=datetime.now(UTC),
    )
