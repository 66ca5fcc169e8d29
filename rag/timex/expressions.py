"""Defines the record that `find_times` returns: a time expression."""

from dataclasses import dataclass
from datetime import date

from rag.timex.context import Type


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Words that name a time, and the time that they name.

    `text` is the text at the character offsets `start` to `end` (end exclusive). `type`, `value`
    and `mod` are those of TIMEX3. Values are 2020-11-10, 2020-W46, 2020-Q3, 2020-SU, 199 (the
    nineties), 2020-11-10TMO, P2D, XXXX-11-10 if no year is known, PAST_REF and so on. `rule` says
    in words how the value was found. `first` and `last` are the days that it covers. They are None
    if the value names no year, for sets, for fiscal quarters, and for durations, except those that
    an anchor places, such as "the past two weeks".
    """

    start: int
    end: int
    text: str
    type: Type
    value: str
    rule: str
    mod: str = ""
    first: date | None = None
    last: date | None = None
