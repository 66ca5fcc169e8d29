"""Defines the records of this package: the time a question asks about, and the steps to it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rag.records import TimeWindow

# How many characters around an expression are read. They cover its clause, and keep the work on a
# long text linear.
NEAR = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTime:
    """The time that a question asks about.

    `window` holds the days, or None if the question names no known ones. `applies_to` says whether
    they are days of the event or of publication. `wants_present` says that the question asks for
    the present state. `as_of` says that only what was published by that day counts. `text` holds
    the question's words for these, and `unresolved` the expressions that set no filter.
    `lacks_year` says that the window's days have no year in the question and do not count from now,
    as in "in March". `counted_from` is the day from which their year was told, if it is not today.
    `read_as` says in words how a time was read that is not plain: an event's day, which the archive
    knows, or a date in figures whose day may be its month.
    """

    window: TimeWindow | None = None
    applies_to: Literal["event", "published"] = "event"
    wants_present: bool = False
    as_of: date | None = None
    text: str = ""
    unresolved: tuple[str, ...] = ()
    lacks_year: bool = False
    counted_from: date | None = None
    read_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time expression, or a range of two: its place in the question and the days it covers."""

    start: int
    end: int
    text: str
    first: date
    last: date
    # TIMEX3's modifier of a single expression, or HOUR for a time of day.
    mod: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the filter gets from a stretch, and the place of the words that say so."""

    start: int
    end: int
    window: TimeWindow | None = None
    as_of: date | None = None
    is_published: bool = False
