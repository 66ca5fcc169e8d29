"""Finds pairs of time expressions that are the ends of a range: "from 3 to 5 May"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from rag.timex.expressions import TimeExpression

_LINK = re.compile(r"\s*(?P<dash>[-–—])\s*|,?\s+(?P<word>to|till|until|through|and)\s+(?:the\s+)?")
_OPENING = re.compile(r"\b(?P<word>from|between)\s+(?:the\s+)?$", re.IGNORECASE)
# How many characters before the first expression its "from" may begin.
_OPENING_CHARACTERS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRange:
    """Two expressions, and the days from the start of the first to the end of the second.

    `start` and `end` are character offsets. They include the "from" or "between" if there is one.
    """

    start: int
    end: int
    text: str
    begins: TimeExpression
    ends: TimeExpression
    first: date
    last: date


def find_ranges(text: str, times: Iterable[TimeExpression]) -> list[TimeRange]:
    """Return the ranges that time expressions of a text form, in order, not overlapping."""
    return list(_ranges(text, times))


def _ranges(text: str, times: Iterable[TimeExpression]) -> Iterator[TimeRange]:
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
