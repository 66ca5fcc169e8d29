"""What a caller gives beside a question -> the time it asks about and the filter of its search."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from rag.errors import QuestionError
from rag.question.asked_time import AskedTime, read_asked_time
from rag.records import SearchFilter, TimeWindow, parse_day

Day = str | date | None


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
