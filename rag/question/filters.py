"""What a caller gives beside a question -> the time it asks about and the filter of its search."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypedDict

from rag.errors import QuestionError
from rag.question.asked_time import AskedTime, read_asked_time
from rag.records import SearchFilter, TimeWindow, parse_day

Day = str | date | None


class Filters(TypedDict, total=False):
    """What restricts a search, as keywords of `Archive.search`, `ask` and `stream`.

    `since` and `until` are days of publication, both included; articles without a date are found
    only without them. `sources` are outlets as the articles name them. With `as_of` only what was
    published by that day, and not changed since, is found. `now` is the day from which the
    question's times are read, today if not given; with `read_time=False` they are not read.
    """

    since: Day
    until: Day
    sources: Iterable[str] | None
    as_of: Day
    now: Day
    read_time: bool


def read_filters(question: str, filters: Filters) -> tuple[AskedTime, SearchFilter]:
    """Return the time a question asks about, and what its search is restricted to.

    Raises:
        QuestionError: a day is not one, the last is before the first, or the outlets are a string.
    """
    asked = read_time_of(
        question,
        now=filters.get("now"),
        as_of=filters.get("as_of"),
        read_time=filters.get("read_time", True),
    )
    where = make_filter(filters.get("since"), filters.get("until"), filters.get("sources"), asked)
    return asked, where


def check_filters(filters: Filters) -> Filters:
    """Return the filters, found to make sense before anything is asked.

    Raises:
        QuestionError: a day is not one, the last is before the first, or the outlets are a string.
    """
    _, where = read_filters("", {**filters, "read_time": False})
    # Read now: an iterator would be empty at the second question.
    return {**filters, "sources": where.sources}


def read_time_of(question: str, *, now: Day, as_of: Day, read_time: bool) -> AskedTime:
    """Return the time a question asks about, read on the day `now`; `as_of` is that of the caller.

    As of a day, that day is also the now from which "last week" is told.

    Raises:
        QuestionError: a day is not one.
    """
    try:
        limit, today = parse_day(as_of, name="as_of"), parse_day(now, name="now")
    except ValueError as error:
        raise QuestionError(str(error)) from error
    today = today or limit or datetime.now(UTC).date()
    asked = read_asked_time(question, today) if read_time else AskedTime()
    return replace(asked, as_of=limit) if limit else asked


def make_filter(
    since: Day, until: Day, sources: Iterable[str] | None, asked: AskedTime
) -> SearchFilter:
    """Return the filter of a search; the caller's days take the place of the question's.

    Raises:
        QuestionError: a day is not one, the last is before the first, or the outlets are a string.
    """
    if isinstance(sources, str):
        raise QuestionError(f"sources is the string {sources!r}; give a list of outlets")
    try:
        first, last = parse_day(since, name="since"), parse_day(until, name="until")
        window = TimeWindow(since=first, until=last) if first or last else None
    except ValueError as error:
        raise QuestionError(str(error)) from error
    events: TimeWindow | None = None
    if window is None and asked.applies_to == "published":
        window = asked.window
    elif window is None:
        events = asked.window
    # An empty list asks for no outlet at all, and fails closed; None asks for all.
    wanted = None if sources is None else tuple(sources)
    return SearchFilter(
        window=window, events=events, as_of=asked.as_of, sources=wanted, now=datetime.now(UTC)
    )
