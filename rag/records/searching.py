"""Defines the records of a search: the days that it is about, and what it is restricted to."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWindow:
    """The days that a question or a filter asks about, both included; None leaves a side open."""

    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since {self.since} is after until {self.until}")

    def __str__(self) -> str:
        if self.since and self.until:
            return f"{self.since} to {self.until}"
        return f"since {self.since}" if self.since else f"until {self.until}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """What a search is restricted to; a filter that matches nothing gives no hits.

    `window` limits the days of publication, and `events` the days on which something happened.
    `as_of` is the day by which an article must have been published, without a change since.
    `sources` None means every outlet, and an empty tuple means none; `sections` are the parts of
    the newspaper, likewise. `phrases` are words that an article must have word for word. A store
    does not know them: `articles` are the ids of those that have them. Articles that are under
    embargo at the instant `now`, or have expired by then, are never found. With None as `now` they
    are found, for those who keep the archive.
    """

    window: TimeWindow | None = None
    events: TimeWindow | None = None
    as_of: date | None = None
    sources: tuple[str, ...] | None = None
    sections: tuple[str, ...] | None = None
    phrases: tuple[str, ...] = ()
    articles: tuple[str, ...] | None = None
    now: datetime | None = None
