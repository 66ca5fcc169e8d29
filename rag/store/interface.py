"""Defines what every store and every builder does, whichever engine it uses.

A `Store` reads what is served, and a `Builder` writes what is served next.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from rag.models.vectors import Vectors
from rag.records import Article, Copy, Passage, SearchFilter
from rag.store.model import (
    ArticleFacts,
    ArticleHead,
    FileMark,
    Hidden,
    IndexedArticle,
    Manifest,
    PassageVectors,
    ScoredPassage,
    StoredArticle,
    StoreQuery,
)
from rag.store.points import Point

# How many outlets are listed by name. If an archive has more, users type their names to filter.
MOST_SOURCES = 10_000


class Store(Protocol):
    """One whole archive that can only be read."""

    @property
    def location(self) -> str:
        """Where the archive is, for messages."""

    @property
    def generation(self) -> str:
        """The name of the generation that is open."""

    @property
    def manifest(self) -> Manifest:
        """What the archive holds."""

    @property
    def ingested(self) -> datetime | None:
        """When the generation that is open was made; None if the store does not know."""

    def query(self, query: StoreQuery) -> list[ScoredPassage]:
        """Return candidates, best first, by one query with BM25 and sentence MaxSim."""

    def term_weights(self, terms: Sequence[int]) -> dict[int, float]:
        """Return the IDF of each term; terms that are in no passage are missing."""

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the stored articles among `ids`."""

    def withdrawn(self, ids: Sequence[str]) -> dict[str, str]:
        """Return those of `ids` that are articles which their outlet took back, with its words."""

    def copies(self, clusters: Sequence[str], where: SearchFilter) -> dict[str, list[Copy]]:
        """Return the visible articles of each cluster, in the order of publication.

        Only `now` and `as_of` of `where` count, because copies are named whatever outlet or day the
        search is restricted to.
        """

    def heads(self) -> Iterator[ArticleHead]:
        """Stream the head of every article, in no particular order."""

    def whole_points(self, *kinds: str) -> Iterator[Point]:
        """Stream the points of some kinds with all that is stored of them, by their ids."""

    def stored_vectors(self, article_id: str) -> dict[Passage, Vectors | None]:
        """Return the passages of an article with their sentence vectors, in their order."""

    def sources(self) -> dict[str, int]:
        """Return every outlet with its number of articles, at most MOST_SOURCES of them."""

    def sections(self) -> dict[str, int]:
        """Return every section with its number of articles, at most MOST_SOURCES of them."""

    def count_searched(self, where: SearchFilter) -> int | None:
        """Return how many articles a search looks at: those that its filter lets through.

        It is None only if the filter has `events` or `articles`, and to count would take too long.
        """

    def newest(self, where: SearchFilter, *, first: int, limit: int) -> list[str]:
        """Return the ids of articles from a place on, the newest first and undated ones last."""

    def facts_of(self, ids: Sequence[str]) -> list[ArticleFacts]:
        """Return the facts of the stored articles among `ids`, in no particular order."""

    def kinds(self, where: SearchFilter) -> Iterator[ArticleFacts]:
        """Stream id, day, outlet, section and language of each article that a search looks at."""

    def changed_since(self, where: SearchFilter, day: date) -> int:
        """Return how many articles a search as of a day misses only because they changed since."""

    def hidden(self, now: datetime) -> Hidden:
        """Return how many articles no search finds at a time: expired, or under embargo."""

    def hidden_by_source(self, now: datetime) -> dict[str, int]:
        """Return how many articles of each outlet no search finds at a time."""

    def damage(self) -> list[str]:
        """Return what is damaged, after reading everything stored; empty if nothing is."""

    def is_current(self) -> bool:
        """Say whether this is still the served generation."""

    def close(self) -> None:
        """Release the resources of the store, which cannot be used afterwards."""


class Builder(Protocol):
    """Writes the next generation of an archive; readers see none of it before `publish`.

    When a method returns, a kill cannot lose what it wrote. The next run continues an unfinished
    build.
    """

    @property
    def resumed(self) -> bool:
        """Whether this continues a build that an earlier run left."""

    @property
    def has_served(self) -> bool:
        """Whether there is a generation that is served."""

    @property
    def unpublished(self) -> bool:
        """Whether something was written that is not served yet."""

    def heads(self) -> Iterator[ArticleHead]:
        """Stream the heads of all articles so far, also withdrawn and half-written ones."""

    def marks(self) -> Iterator[FileMark]:
        """Stream the marks of the files read so far."""

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the articles among `ids` that are written so far."""

    def whole_points(self, *kinds: str) -> Iterator[Point]:
        """Stream the points of some kinds so far with all that is stored of them, by their ids."""

    def put(self, entries: Sequence[IndexedArticle]) -> None:
        """Write articles without vectors, replacing any of the same id, also withdrawn ones."""

    def put_whole(self, points: Sequence[Point]) -> None:
        """Write points of another archive as they were there."""

    def remove_points(self, ids: Sequence[str]) -> None:
        """Remove points by their own ids, whatever they are."""

    def withdraw(self, heads: Sequence[ArticleHead]) -> None:
        """Remove articles with their history and remember that they were withdrawn."""

    def set_paths(self, paths: Mapping[str, Sequence[str]]) -> None:
        """Replace the list of inputs that hold an article, by its id."""

    def set_clusters(self, clusters: Mapping[str, str]) -> None:
        """Put articles into clusters, by their ids; an empty cluster takes them out of theirs."""

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles and their passages."""

    def mark(self, marks: Sequence[FileMark]) -> None:
        """Remember files as read, which alone is no reason for a new generation."""

    def unmark(self, paths: Sequence[str]) -> None:
        """Forget files."""

    def hidden(self, now: datetime) -> Hidden:
        """Return how many articles so far no search finds at a time."""

    def waiting(self) -> int:
        """Return how many articles have no vectors yet."""

    def without_vectors(self) -> Iterator[StoredArticle]:
        """Stream the articles that have no vectors yet; vectors may be added meanwhile."""

    def everything(self) -> Iterator[StoredArticle]:
        """Stream all articles with their passages; their times may be set meanwhile."""

    def set_times(self, passages: Sequence[Passage]) -> None:
        """Write only the times of stored passages again."""

    def add_vectors(self, entries: Sequence[Sequence[PassageVectors]]) -> None:
        """Write the vectors of all passages of each article."""

    def compact(self) -> None:
        """Merge what was written if it is much, to limit the memory; may take half a minute."""

    def publish(self) -> Manifest:
        """Verify what was written, then serve it instead of the generation before."""

    def close(self) -> None:
        """Stop; an unpublished build stays for the next run to continue."""
