"""Finds pairs of time expressions that are the ends of a range: "from 3 to 5 May"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from rag.text.moving import is_moved_from

_LINK = re.compile(r"\s*(?P<dash>[-–—])\s*|,?\s+(?P<word>to|till|until|through|and)\s+(?:the\s+)?")
_OPENING = re.compile(r"\b(?P<word>from|between)\s+(?:the\s+)?$", re.IGNORECASE)
# How far around a time, in characters, the words may be that say that it was moved.
_MOVED_CHARACTERS = 120
# How many characters before the first expression its "from" may begin.
_OPENING_CHARACTERS = 16


class Dated(Protocol):
    """A time expression as a range needs it: its place in the text, and its days if known."""

    @property
    def start(self) -> int:
        """Where it starts."""

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""

    @property
    def first(self) -> date | None:
        """Its first day."""

    @property
    def last(self) -> date | None:
        """Its last day."""


_Time = TypeVar("_Time", bound=Dated)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRange(Generic[_Time]):
    """Two expressions, and the days from the start of the first to the end of the second.

    `start` and `end` are character offsets. They include the "from" or "between" if there is one.
    """

    start: int
    end: int
    text: str
    begins: _Time
    ends: _Time
    first: date
    last: date


def find_ranges(text: str, times: Iterable[_Time]) -> list[TimeRange[_Time]]:
    """Return the ranges that time expressions of a text form, in order, not overlapping."""
    return list(_ranges(text, times))


def is_old_time(text: str, time: Dated) -> bool:
    """Say whether something was moved from a time of a text to another one."""
    before = text[max(0, time.start - _MOVED_CHARACTERS) : time.start]
    return is_moved_from(before, text[time.end : time.end + _MOVED_CHARACTERS])


def _ranges(text: str, times: Iterable[_Time]) -> Iterator[TimeRange[_Time]]:
    taken = -1
    for begins, ends in pairwise(times):
        link = _LINK.fullmatch(text, begins.end, ends.start)
        if link is None or begins.start < taken:
            continue
        opening = _OPENING.search(text, max(0, begins.start - _OPENING_CHARACTERS), begins.start)
        said = opening["word"].lower() if opening else ""
        # "In 2019 and 2021" means two years, "between 2019 and 2021" means three.
        if (link["word"] == "and") != (said == "between"):
            continue
        first, last = begins.first, ends.last
        if first is None or last is None or first > last:
            continue
        if is_old_time(text, begins):
            continue
        start = opening.start() if opening else begins.start
        taken = ends.end
        yield TimeRange(
            start=start,
            end=ends.end,
            text=text[start : ends.end],
            begins=begins,
            ends=ends,
            first=first,
            last=last,
        )
