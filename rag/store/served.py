"""Reads a served generation, with the code that the stores of both engines share.

Each engine finds and opens its generation and asks it questions in its own way.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Generic, TypeVar

from rag.models.vectors import Vectors
from rag.records import Article, Copy, Passage, SearchFilter
from rag.store.conditions import of_kinds
from rag.store.interface import MOST_SOURCES
from rag.store.model import ArticleFacts, ArticleHead, Hidden, Manifest
from rag.store.points import Point, Points

_Points = TypeVar("_Points", bound=Points)


class ServedGeneration(Generic[_Points]):
    """One whole generation, with the points that its manifest promises.

    `by_cells` says that its passages have cells, by which their days are found.
    """

    def __init__(
        self, points: _Points, manifest: Manifest, *, location: str, by_cells: bool
    ) -> None:
        self.location = location
        self.manifest = manifest
        self._points = points
        self._by_cells = by_cells

    @property
    def ingested(self) -> datetime | None:
        """When this generation was made, which only a directory knows."""
        return None

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the stored articles among `ids`."""
        return self._points.articles(ids)

    def withdrawn(self, ids: Sequence[str]) -> dict[str, str]:
        """Return those of `ids` that are articles which their outlet took back, with its words."""
        return self._points.withdrawn(ids)

    def copies(self, clusters: Sequence[str], where: SearchFilter) -> dict[str, list[Copy]]:
        """Return the articles of each cluster, in the order of publication."""
        return self._points.copies(clusters, where)

    def heads(self) -> Iterator[ArticleHead]:
        """Stream the heads of all articles."""
        return (head for head in self._points.heads() if not head.withdrawn)

    def whole_points(self, *kinds: str) -> Iterator[Point]:
        """Stream the points of some kinds with all that is stored of them, by their ids."""
        return self._points.whole(of_kinds(*kinds))

    def stored_vectors(self, article_id: str) -> dict[Passage, Vectors | None]:
        """Return the passages of an article with their sentence vectors, in their order."""
        return self._points.stored_vectors(article_id)

    def count_searched(self, where: SearchFilter) -> int | None:
        """Return how many articles a search looks at; None if that would take too long."""
        return self._points.count_searched(where, by_cells=self._by_cells)

    def newest(self, where: SearchFilter, *, first: int, limit: int) -> list[str]:
        """Return the ids of articles from a place on, the newest first and undated ones last."""
        return self._points.newest(where, first=first, limit=limit)

    def facts_of(self, ids: Sequence[str]) -> list[ArticleFacts]:
        """Return the facts of the stored articles among `ids`, in no particular order."""
        return self._points.facts_of(ids)

    def kinds(self, where: SearchFilter) -> Iterator[ArticleFacts]:
        """Stream id, day, outlet, section and language of each article that a search looks at."""
        return self._points.kinds(where)

    def changed_since(self, where: SearchFilter, day: date) -> int:
        """Return how many articles a search as of a day misses only because they changed since."""
        return self._points.changed_since(where, day)

    def hidden(self, now: datetime) -> Hidden:
        """Return how many articles are hidden at a time."""
        return self._points.hidden(now)

    def hidden_by_source(self, now: datetime) -> dict[str, int]:
        """Return how many articles of each outlet are hidden at a time."""
        return self._points.hidden_by_source(now)

    def sources(self) -> dict[str, int]:
        """Return every outlet with its number of articles."""
        return self._points.facet("source", limit=MOST_SOURCES)

    def sections(self) -> dict[str, int]:
        """Return every section with its number of articles."""
        if self._points.has_index("section"):
            return self._points.facet("section", limit=MOST_SOURCES)
        # Archives of older versions have no index of sections, and the engine counts by index only.
        sections = (facts.section for facts in self.kinds(SearchFilter()))
        return dict(Counter(section for section in sections if section))
