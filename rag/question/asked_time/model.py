"""The records of reading a question's time: what it asks, and the steps that lead there."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rag.records import TimeWindow

# How many characters around an expression are read: its clause, and linear work on long text.
NEAR = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTime:
    """The time that a question asks about.

    `window` are the days, None if it names none that are known, and `applies_to` whether they are
    the event's or the publication's. `wants_present` says that it asks for the state of now,
    `as_of` that only what was published by that day counts. `text` are the question's words for
    these, `unresolved` its expressions that ask nothing of the filter.
    """

    window: TimeWindow | None = None
    applies_to: Literal["event", "published"] = "event"
    wants_present: bool = False
    as_of: date | None = None
    text: str = ""
    unresolved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time expression or a range of two: its place in the question and the days it covers."""

    start: int
    end: int
    text: str
    first: date
    last: date
    # TIMEX3's modifier of a single expression, HOUR for a time of day.
    mod: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a stretch asks of the filter, with the words around it that say so."""

    start: int
    end: int
    window: TimeWindow | None = None
    as_of: date | None = None
    is_published: bool = False
