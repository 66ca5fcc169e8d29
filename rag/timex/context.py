"""Keeps what a rule says about its tokens, and what earlier tokens tell at a place in a text."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rag.timex.events import Events
from rag.timex.tokens import Tokens
from rag.timex.values import DaySpan, covered_days, is_day

Type = Literal["DATE", "TIME", "DURATION", "SET"]

_YEARLESS_DAY = re.compile(r"XXXX-(\d\d)-(\d\d)")
# The periods that a company reports on besides its quarter.
_LONGER_PERIODS = frozenset({"P1Y", "P6M", "P9M"})
# "Late Friday" is a Friday, but "about ten days later" is not a known day.
_EXACT_MODS = frozenset({"", "START", "MID", "END"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeReading:
    """What a rule says about the tokens that it matched: a TIMEX3 type, value and modifier."""

    type: Type
    value: str
    # How the value was found, if the name of the rule does not say it.
    rule: str = ""
    mod: str = ""
    # The days of "the past two weeks", which its value P2W does not tell.
    days: DaySpan | None = None
    # Whether it is a fiscal quarter, whose days are not those of a calendar quarter.
    is_fiscal: bool = False
    # Whether it is only said for comparison. Later expressions do not count from it.
    is_aside: bool = False
    # Where the expression ends or starts, in tokens, if that differs from the match.
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Context:
    """What is known at a place in a text: its tokens, its day, and the expressions before it."""

    tokens: Tokens
    anchor: date | None
    # The last value that names a day, a month, a year and so on.
    reference: str | None = None
    # The last value at least as fine as a day, a week and so on. "The next day" counts from it.
    references: dict[int, str] = field(default_factory=dict)
    # Month and day of the last date, if it had no year.
    yearless: tuple[int, int] | None = None
    # The quarter or half that the text reports on as "the quarter": the first one that is over.
    quarter: str | None = None
    # The days of quarters that are not calendar quarters; None if only that much is known.
    fiscal_days: dict[str, DaySpan | None] = field(default_factory=dict)
    # Whether the figures at this place belong to that quarter, as does "a year earlier" then.
    is_quarterly: bool = False
    # The months of a year that figures cover, as in "the nine months"; empty if there are none.
    period: str = ""
    # The last length of time, and where it ends. "During that time" means it.
    length: tuple[str, int] = ("", 0)
    # Days that had a year, by month and day. If they come again without it, they are the same.
    known_days: dict[tuple[int, int], str] = field(default_factory=dict)
    # The last day or month that had a year, and where it ends.
    dated: tuple[date, int] | None = None
    # The events whose day the text has told.
    events: Events = field(default_factory=Events)
    # The token of the last day.
    day_place: int = -1
    previous: TimeReading | None = None
    previous_end: int = 0

    def add(self, reading: TimeReading, *, start: int, end: int) -> None:
        """Note the reading of tokens `start` to `end`, so that later ones can count from it."""
        self.previous, self.previous_end = reading, end
        self._note_period(reading)
        if reading.type == "DURATION":
            self.length = reading.value, end
        if reading.is_aside or reading.type not in {"DATE", "TIME"}:
            return
        value = reading.value
        if self.dated and self.dated[1] != end:
            self.dated = None
        yearless = _YEARLESS_DAY.match(value)
        if yearless:
            self.yearless = int(yearless[1]), int(yearless[2])
        if not value[:2].isdigit():
            return
        self.yearless = None
        self._note_day(value, start, end, is_vague=reading.mod not in _EXACT_MODS)
        self.reference = value[:10] if is_day(value) else value
        for level in range(fineness(value), len(_LEVELS)):
            # "That quarter" is the quarter that was named, not the quarter of the day it ended.
            if (
                level != _UNIT_LEVELS["Q"]
                or _is_part_of_year(value)
                or level not in self.references
            ):
                self.references[level] = self.reference
        if _is_part_of_year(value) and self._is_reported(value):
            self.quarter = value

    def _note_day(self, value: str, start: int, end: int, *, is_vague: bool) -> None:
        """Note where a day was named, and which event was on it."""
        if is_day(value):
            self.day_place = start
        days = covered_days(value)
        if days and not is_vague:
            self.events.note(self.tokens, start, end, days=days)

    def _note_period(self, reading: TimeReading) -> None:
        """Note whether figures are of a quarter, and the days of one not in the calendar."""
        value = reading.value
        if _is_part_of_year(value) or value == "P1Q":
            self.is_quarterly, self.period = True, ""
        elif value in _LONGER_PERIODS or (value.isdigit() and len(value) == 4):
            self.is_quarterly = False
            self.period = value if value in {"P6M", "P9M"} else ""
        if _is_part_of_year(value) and (reading.is_fiscal or reading.days):
            self.fiscal_days[value] = reading.days or self.fiscal_days.get(value)

    def reference_for(self, unit: str) -> str:
        """Return the last value that is no coarser than a unit; the empty string without one."""
        return self.references.get(_UNIT_LEVELS[unit], "")

    def _is_reported(self, value: str) -> bool:
        """Say whether figures are of this quarter: it has begun, or it is over and later."""
        days = covered_days(value)
        if self.quarter is None or days is None:
            return days is not None and (self.anchor is None or days.first <= self.anchor)
        return value > self.quarter and self.anchor is not None and days.last < self.anchor


# The forms of values, the finest first: a day, a week, a month, a part of a year.
_LEVELS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\d{4}-\d\d-\d\d.*",
        r"\d{4}-W.*",
        r"\d{4}-\d\d.*",
        r"\d{4}-.*",
        r"\d{4}",
        r".*",
    )
)
_UNIT_LEVELS = {"D": 0, "W": 1, "F": 1, "M": 2, "Q": 3, "Y": 4, "E": 5, "C": 5}


def fineness(value: str) -> int:
    """Return how coarse a date value is, from 0 for a day and 1 for a week to 5 for a decade."""
    return next(level for level, form in enumerate(_LEVELS) if form.fullmatch(value))


def _is_part_of_year(value: str) -> bool:
    return value[4:6] in {"-Q", "-H"}
