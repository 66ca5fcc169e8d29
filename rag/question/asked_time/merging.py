"""Makes one window of several times: it covers them all, or one of them cuts another short."""

import re
from datetime import timedelta
from itertools import pairwise

from rag.question.asked_time.model import Asked
from rag.records import TimeWindow

_SIDE_BY_SIDE = re.compile(r"\s+(?:of\s+)?")


def merged(question: str, asked: list[Asked]) -> TimeWindow | None:
    """Return the window that covers all closed ones and obeys all open ones; None if none does."""
    windows = _distinct(question, asked)
    closed = [w for w in windows if w.since and w.until]
    since = [w.since for w in windows if w.since and not w.until]
    until = [w.until for w in windows if w.until and not w.since]
    if closed:
        since.append(min(w.since for w in closed if w.since))
        until.append(max(w.until for w in closed if w.until))
    first, last = max(since, default=None), min(until, default=None)
    if not windows or (first and last and first > last):
        return None
    return TimeWindow(since=first, until=last)


def _distinct(question: str, asked: list[Asked]) -> list[TimeWindow]:
    """Return the windows, with one instead of two where words side by side name one time.

    "On 25 December in 2020" keeps the shorter window. If the shorter is not part of the longer, the
    longer is kept: in "on Monday in May 2020", the Monday was counted from now.
    """
    dropped = set()
    for pair in pairwise(asked):
        are_closed = all(_length(reading) < timedelta.max for reading in pair)
        if are_closed and _SIDE_BY_SIDE.fullmatch(question, pair[0].end, pair[1].start):
            short, long = sorted(pair, key=_length)
            dropped.add((long if _is_inside(short.window, long.window) else short).start)
    return [r.window for r in asked if r.window and r.start not in dropped]


def _length(asked: Asked) -> timedelta:
    window = asked.window
    return (
        window.until - window.since if window and window.until and window.since else timedelta.max
    )


def _is_inside(short: TimeWindow | None, long: TimeWindow | None) -> bool:
    """Say whether a window lies in another; any window limits one that has an open end."""
    if not (short and long and short.since and short.until and long.since and long.until):
        return True
    return long.since <= short.since and short.until <= long.until
