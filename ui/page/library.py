"""Defines what the pages beside the conversation need of an `Archive`."""

from typing import Protocol, Unpack

from rag.browsing import Coverage, Listing
from rag.question.filters import Day, Filters, TopicFilters
from rag.records import Copy
from rag.timeline.build import TimelineEntry
from ui.page.conversation import Readable


class Library(Readable, Protocol):
    """An archive that can be browsed beside being asked."""

    def browse(
        self, about: str = "", *, first: int = 0, limit: int = 20, **filters: Unpack[Filters]
    ) -> Listing:
        """Return a page of the articles under the filters."""

    def coverage(self, **filters: Unpack[Filters]) -> Coverage:
        """Return what the articles under the filters cover."""

    def copies(self, article_id: str) -> list[Copy]:
        """Return the other articles of an article's story."""

    def timeline_with_notes(
        self,
        topic: str,
        since: Day = None,
        until: Day = None,
        *,
        limit: int = 30,
        **filters: Unpack[TopicFilters],
    ) -> tuple[list[TimelineEntry], list[str]]:
        """Return what happened in a story, in the order of the events, and notes on it."""
