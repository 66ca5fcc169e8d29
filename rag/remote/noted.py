"""Defines what a server sends of a search or a timeline with its notes."""

from dataclasses import dataclass

from rag.records import Hit
from rag.timeline.build import TimelineEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedHits:
    """What a search found, and notes on what it looked at."""

    hits: tuple[Hit, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedEntries:
    """A timeline, and notes on what it was made of."""

    entries: tuple[TimelineEntry, ...]
    notes: tuple[str, ...]
