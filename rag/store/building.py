"""Writes the next generation of an archive, with the code that the builders of both engines share.

A change to an article first marks its point as being written, and at the end removes the mark. If a
run is killed in between, the next run sees the mark, and the point still has the whole text. Each
engine decides where it keeps a generation, how it begins one and how it serves it.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Generic, TypeVar

from rag.records import Article, Passage
from rag.store import payloads
from rag.store.conditions import flagged, of_articles, of_kinds
from rag.store.model import (
    ARTICLE,
    PASSAGE,
    ArticleHead,
    FileMark,
    Hidden,
    IndexedArticle,
    Manifest,
    PassageVectors,
    Recipe,
    StoredArticle,
)
from rag.store.points import (
    Point,
    Points,
    article_point,
    article_point_id,
    file_point,
    file_point_id,
    passage_points,
    withdrawn_point,
)

_Points = TypeVar("_Points", bound=Points)


class GenerationBuilder(ABC, Generic[_Points]):
    """Reads and writes a build, which its first change starts as a copy of what is served."""

    def __init__(self, recipe: Recipe, location: str) -> None:
        self.location = location
        self._recipe = recipe
        self._build: _Points | None = None
        self._unwritten_marks: list[FileMark] = []

    @abstractmethod
    def _served(self) -> _Points | None:
        """Return the points of the served generation; None if there is none."""

    @abstractmethod
    def _start(self) -> _Points:
        """Return the points of a new build, which is a copy of the served generation if any."""

    @property
    def unpublished(self) -> bool:
        """Whether something was written that is not served yet."""
        return self._build is not None

    # -- reading ------------------------------------------------------------------------------

    def heads(self) -> Iterator[ArticleHead]:
        """Stream what is written so far, withdrawn articles too."""
        points = self._written()
        return points.heads() if points else iter(())

    def marks(self) -> Iterator[FileMark]:
        """Stream the marks of the files read so far."""
        points = self._written()
        return points.marks() if points else iter(())

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the articles among `ids` that are written so far."""
        points = self._written()
        return points.articles(ids) if points else {}

    def whole_points(self, *kinds: str) -> Iterator[Point]:
        """Stream the points of some kinds so far with all that is stored of them, by their ids."""
        points = self._written()
        return points.whole(of_kinds(*kinds)) if points else iter(())

    def hidden(self, now: datetime) -> Hidden:
        """Return how many articles so far no search finds at a time."""
        points = self._written()
        return points.hidden(now) if points else Hidden()

    def waiting(self) -> int:
        """Return how many articles have no vectors yet."""
        points = self._written()
        return points.count(flagged("embedded", value=False)) if points else 0

    def without_vectors(self) -> Iterator[StoredArticle]:
        """Stream the articles that have no vectors yet; vectors may be added meanwhile."""
        return self._begin().stored(flagged("embedded", value=False))

    def everything(self) -> Iterator[StoredArticle]:
        """Stream all articles with their passages; their times may be set meanwhile."""
        return self._begin().stored(of_kinds(ARTICLE))

    # -- writing ------------------------------------------------------------------------------

    def put(self, entries: Sequence[IndexedArticle]) -> None:
        """Write articles without vectors, replacing those of the same id."""
        if not entries:
            return
        build = self._begin()
        ids = [entry.article.id for entry in entries]
        replaced = build.known(ids)
        build.upsert(article_point(entry) for entry in entries)
        build.delete_passages(replaced)
        build.upsert(point for entry in entries for point in passage_points(entry))
        build.delete_payload([payloads.WRITING], _point_ids(ids))

    def put_whole(self, points: Sequence[Point]) -> None:
        """Write points of another archive as they were there, with cells if they had none."""
        if points:
            self._begin().upsert(
                replace(point, payload=payloads.with_cells(point.payload)) for point in points
            )

    def remove_points(self, ids: Sequence[str]) -> None:
        """Remove points by their own ids, whatever they are."""
        if ids:
            self._begin().delete(ids)

    def withdraw(self, heads: Sequence[ArticleHead]) -> None:
        """Remove articles with their history and remember that they were withdrawn."""
        if heads:
            build = self._begin()
            _take_out(build, build.known([head.id for head in heads]))
            build.upsert(withdrawn_point(head) for head in heads)

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles and their passages."""
        points = self._written()
        known = points.known(article_ids) if points else []
        if known:
            build = self._begin()
            _take_out(build, build.known(known))
            build.delete(_point_ids(known))

    def set_paths(self, paths: Mapping[str, Sequence[str]]) -> None:
        """Replace the list of inputs that hold an article."""
        for article_id, places in paths.items():
            self._begin().set_payload({"paths": list(places)}, _point_ids([article_id]))

    def set_clusters(self, clusters: Mapping[str, str]) -> None:
        """Put articles into clusters, by their ids; an empty cluster takes them out of theirs."""
        members: dict[str, list[str]] = {}
        for article_id, cluster in clusters.items():
            members.setdefault(cluster, []).append(article_id)
        for cluster, ids in members.items():
            build = self._begin()
            for points in (of_articles(ids), _point_ids(ids)):
                if cluster:
                    build.set_payload({"cluster": cluster}, points)
                else:
                    build.delete_payload(["cluster"], points)

    def mark(self, marks: Sequence[FileMark]) -> None:
        """Remember files as read, which alone is no reason for a new generation."""
        if self._build is None:
            self._unwritten_marks += marks
        else:
            self._build.upsert(file_point(mark) for mark in marks)

    def unmark(self, paths: Sequence[str]) -> None:
        """Forget files."""
        if paths:
            self._begin().delete([file_point_id(path) for path in paths])

    def add_vectors(self, entries: Sequence[Sequence[PassageVectors]]) -> None:
        """Write the vectors of all passages of each article."""
        passages = [passage for entry in entries for passage in entry]
        if passages:
            build = self._begin()
            build.update_vectors(passages)
            ids = list(dict.fromkeys(passage.passage.article_id for passage in passages))
            build.set_payload({"embedded": payloads.YES}, _point_ids(ids))

    def set_times(self, passages: Sequence[Passage]) -> None:
        """Write only the times of stored passages again."""
        build = self._begin()
        for passage in passages:
            build.set_payload(payloads.times_payload(passage), [passage.id])

    # -- the build ----------------------------------------------------------------------------

    def _written(self) -> _Points | None:
        """Return the points that are written so far: the build, else the served ones, else None."""
        return self._build or self._served()

    def _begin(self) -> _Points:
        """Return the build, which is started on first use."""
        if self._build is None:
            self._build = self._start()
            marks, self._unwritten_marks = self._unwritten_marks, []
            self.mark(marks)
        return self._build

    def _counted(self, points: _Points) -> Manifest:
        """Return the manifest of a finished build, without its files."""
        counts, clusters = points.counts(), points.facet("cluster")
        return Manifest(
            recipe=self._recipe,
            articles=counts[ARTICLE],
            passages=counts[PASSAGE],
            embedded=points.count(flagged("embedded", value=True)),
            copies=sum(clusters.values()) - len(clusters),
            clusters=len(clusters),
        )


def _take_out(build: Points, known: Sequence[str]) -> None:
    """Delete the passages of stored articles, whose points stay marked until they are deleted."""
    if known:
        build.set_payload({payloads.WRITING: payloads.YES}, _point_ids(known))
        build.delete_passages(known)


def _point_ids(article_ids: Sequence[str]) -> list[str]:
    return [article_point_id(article_id) for article_id in article_ids]
