"""Finds the timeline of a topic, and whether it has more entries than are listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Unpack

from rag.question.filters import Day, TopicFilters
from rag.timeline.build import TimelineEntry

# A server lists no more at once.
_MOST_LISTED = 1000


class Chronicle(Protocol):
    """What `find_timeline` needs of an archive."""

    def timeline_with_notes(
        self,
        topic: str,
        since: Day = None,
        until: Day = None,
        *,
        limit: int = 30,
        **filters: Unpack[TopicFilters],
    ) -> tuple[list[TimelineEntry], list[str]]:
        """Return what happened in a story, in the order of the events, and notes on the topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTimeline:
    """The entries that fit a topic best, in the order of the events, and whether there are more.

    `notes` say what restricted it.
    """

    entries: Sequence[TimelineEntry]
    has_more: bool = False
    notes: Sequence[str] = ()

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
    limit: int = 30,
    **filters: Unpack[TopicFilters],
) -> FoundTimeline:
    """Return at most `limit` entries about a topic; a full list is compared with a longer one.

    Raises:
        DatelineError: what `Archive.timeline` raises.
    """
    sources = filters.get("sources")
    filters["sources"] = list(sources) if sources is not None else None
    found, notes = archive.timeline_with_notes(topic, since, until, limit=limit, **filters)
    has_more = False
    if limit <= len(found) and limit < _MOST_LISTED:
        longer, _ = archive.timeline_with_notes(topic, since, until, limit=limit + 1, **filters)
        has_more = len(longer) > len(found)
    return FoundTimeline(entries=found, has_more=has_more, notes=notes)
