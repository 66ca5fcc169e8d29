"""Finds the timeline of a topic, and whether it has more entries than are listed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.question.filters import Day
from rag.timeline.build import TimelineEntry

# A server lists no more at once.
_MOST_LISTED = 1000


class Chronicle(Protocol):
    """What `find_timeline` needs of an archive."""

    def timeline(
        self,
        topic: str,
        since: Day = None,
        until: Day = None,
        *,
        sources: Iterable[str] | None = None,
        limit: int = 30,
        as_of: Day = None,
        now: Day = None,
    ) -> list[TimelineEntry]:
        """Return what happened in a story, in the order of the events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTimeline:
    """The entries that fit a topic best, in the order of the events, and whether there are more."""

    entries: Sequence[TimelineEntry]
    has_more: bool = False

    @property
    def remark(self) -> str:
        """That there are more entries, in a sentence; empty if there are none."""
        if not self.has_more:
            return ""
        number = len(self.entries)
        best = "This is the entry that fits" if number == 1 else f"These are the {number} that fit"
        return f"{best} best; there are more."

    @property
    def mark(self) -> str:
        """The part of a file's name that says the same; empty if there are no more entries."""
        return f"-best-{len(self.entries)}" if self.has_more else ""


def find_timeline(
    archive: Chronicle,
    topic: str,
    *,
    since: Day = None,
    until: Day = None,
    sources: Iterable[str] | None = None,
    as_of: Day = None,
    limit: int = 30,
) -> FoundTimeline:
    """Return at most `limit` entries about a topic; a full list is compared with a longer one.

    Raises:
        DatelineError: what `Archive.timeline` raises.
    """
    named = list(sources) if sources is not None else None

    def entries(most: int) -> list[TimelineEntry]:
        return archive.timeline(topic, since, until, sources=named, limit=most, as_of=as_of)

    found = entries(limit)
    is_full = len(found) >= limit
    has_more = is_full and limit < _MOST_LISTED and len(entries(limit + 1)) > len(found)
    return FoundTimeline(entries=found, has_more=has_more)
