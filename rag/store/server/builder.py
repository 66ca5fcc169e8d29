"""Writes the next generation: the `Builder` of a server, over `collection` and `points`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from qdrant_client import QdrantClient
from qdrant_client.models import ExtendedPointId

from rag.records import Article, Passage
from rag.store import payloads
from rag.store.model import (
    ARTICLE,
    MANIFEST,
    PASSAGE,
    ArticleHead,
    FileMark,
    IndexedArticle,
    Manifest,
    PassageVectors,
    Recipe,
    StoredArticle,
)
from rag.store.payloads import Payload
from rag.store.server.collection import BUILDING, Collection, Server
from rag.store.server.points import (
    WRITING,
    article_point,
    file_point,
    flagged,
    of_articles,
    of_kinds,
    passage_points,
    passage_vectors,
    withdrawn_point,
)


class ServerBuilder:
    """Builds the next generation beside the served one; resumable; closes the client it was given.

    Nothing keeps an ingest on another machine from going on with the same build: run one at a time.
    """

    def __init__(
        self, client: QdrantClient, collection: str, recipe: Recipe, location: str
    ) -> None:
        self._server = Server(client, collection, location)
        self._recipe = recipe
        self.location = location
        self._unwritten_marks: list[FileMark] = []
        try:
            self._base = self._server.served()
            if self._base:
                self._base.manifest().recipe.require(recipe, location)
            self._server.require_free_alias(self._base)
            self._build = self._resume()
            self.resumed = self._build is not None
        except BaseException:
            client.close()
            raise

    @property
    def has_served(self) -> bool:
        """Whether there is a generation that is served."""
        return self._base is not None

    @property
    def unpublished(self) -> bool:
        """Whether something was written that is not served yet."""
        return self._build is not None

    # -- reading ------------------------------------------------------------------------------

    def heads(self) -> Iterator[ArticleHead]:
        """Stream what is written so far, withdrawn articles too."""
        points = self._build or self._base
        return points.heads() if points else iter(())

    def marks(self) -> Iterator[FileMark]:
        """Stream the marks of the files read so far."""
        points = self._build or self._base
        return points.marks() if points else iter(())

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the articles among `ids` that are written so far."""
        points = self._build or self._base
        return points.articles(ids) if points else {}

    def waiting(self) -> int:
        """Return how many articles have no vectors yet."""
        points = self._build or self._base
        return points.count(flagged("embedded", value=False)) if points else 0

    def without_vectors(self) -> Iterator[StoredArticle]:
        """Stream the articles that have no vectors yet; vectors may be added meanwhile."""
        return self._begin().stored(flagged("embedded", value=False))

    # -- writing ------------------------------------------------------------------------------

    def put(self, entries: Sequence[IndexedArticle]) -> None:
        """Write articles without vectors, replacing those of the same id."""
        if not entries:
            return
        build = self._begin()
        ids = [entry.article.id for entry in entries]
        replaced = _ids(build.payloads(ids, ["id"]))
        build.upsert(article_point(entry) for entry in entries)
        build.delete_passages(replaced)
        build.upsert(point for entry in entries for point in passage_points(entry))
        build.delete_payload([WRITING], _points(ids))

    def withdraw(self, heads: Sequence[ArticleHead]) -> None:
        """Remove articles with their history and remember that they were withdrawn."""
        if heads:
            build = self._begin()
            self._take_out(build, [head.id for head in heads])
            build.upsert(withdrawn_point(head) for head in heads)

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles and their passages."""
        points = self._build or self._base
        known = _ids(points.payloads(article_ids, ["id"])) if points else []
        if known:
            build = self._begin()
            self._take_out(build, known)
            build.delete(_points(known))

    def set_paths(self, paths: Mapping[str, Sequence[str]]) -> None:
        """Say anew which inputs hold an article."""
        for article_id, places in paths.items():
            self._begin().set_payload({"paths": list(places)}, _points([article_id]))

    def set_clusters(self, clusters: Mapping[str, str]) -> None:
        """Put articles into clusters, by their ids; into none where the cluster is empty."""
        members: dict[str, list[str]] = {}
        for article_id, cluster in clusters.items():
            members.setdefault(cluster, []).append(article_id)
        for cluster, ids in members.items():
            build = self._begin()
            for points in (of_articles(ids), _points(ids)):
                if cluster:
                    build.set_payload({"cluster": cluster}, points)
                else:
                    build.delete_payload(["cluster"], points)

    def mark(self, marks: Sequence[FileMark]) -> None:
        """Remember files as read; alone they are no reason for a new generation."""
        if self._build is None:
            self._unwritten_marks += marks
        else:
            self._build.upsert(file_point(mark) for mark in marks)

    def unmark(self, paths: Sequence[str]) -> None:
        """Forget files."""
        if paths:
            self._begin().delete([payloads.file_point_id(path) for path in paths])

    def add_vectors(self, entries: Sequence[Sequence[PassageVectors]]) -> None:
        """Write the vectors of all passages of each article."""
        passages = [passage for entry in entries for passage in entry]
        if passages:
            build = self._begin()
            build.update_vectors(passage_vectors(passage) for passage in passages)
            ids = list(dict.fromkeys(passage.passage.article_id for passage in passages))
            build.set_payload({"embedded": payloads.YES}, _points(ids))

    def everything(self) -> Iterator[StoredArticle]:
        """Stream all articles with their passages; their times may be set meanwhile."""
        return self._begin().stored(of_kinds(ARTICLE))

    def set_times(self, passages: Sequence[Passage]) -> None:
        """Write the times of stored passages anew, and nothing else of them."""
        build = self._begin()
        for passage in passages:
            build.set_payload(payloads.times_payload(passage), [passage.id])

    def compact(self) -> None:
        """Nothing: a server merges by itself."""

    def publish(self) -> Manifest:
        """Verify the build, then move the alias to it; nothing happens if nothing changed."""
        if self._build is None and self._base is not None:
            return self._base.manifest()
        build = self._begin()
        counts, clusters = build.counts(), build.facet("cluster")
        manifest = Manifest(
            recipe=self._recipe,
            articles=counts[ARTICLE],
            passages=counts[PASSAGE],
            embedded=build.count(flagged("embedded", value=True)),
            copies=sum(clusters.values()) - len(clusters),
            clusters=len(clusters),
        )
        build.describe(MANIFEST, self._recipe, json=manifest.to_json())
        build.require(manifest)
        self._server.serve(build, instead_of=self._base)
        before, self._base, self._build = self._base, build, None
        if before:
            before.drop()
        return manifest

    def close(self) -> None:
        """Close the client; an unpublished build stays for the next run."""
        self._server.client.close()

    def _resume(self) -> Collection | None:
        """Return the build an earlier run left, ready to go on; drop what is of no more use."""
        build: Collection | None = None
        for points in self._server.generations():
            if points == self._base:
                continue
            marker = points.marker()
            if build is None and self._can_resume(points, marker):
                build = points
            elif marker or points.is_empty():
                points.drop()
        if build:
            build.describe(BUILDING, self._recipe)
        return build

    def _can_resume(self, points: Collection, marker: Payload) -> bool:
        """Say whether a collection is a whole start, made as this build will be."""
        return (
            points.name > (self._base.name if self._base else "")
            and marker.get("kind") in (BUILDING, MANIFEST)
            and marker.get("recipe") == repr(self._recipe)
        )

    def _begin(self) -> Collection:
        """Return the collection being built, started as a copy of the served one on first use."""
        if self._build is None:
            build = self._server.create_next(self._recipe)
            if self._base:
                build.upsert(self._base.copies())
            build.describe(BUILDING, self._recipe)
            self._build = build
            marks, self._unwritten_marks = self._unwritten_marks, []
            self.mark(marks)
        return self._build

    def _take_out(self, build: Collection, ids: Sequence[str]) -> None:
        """Delete the passages of articles, whose points are marked until they are gone too."""
        known = _ids(build.payloads(ids, ["id"]))
        if known:
            build.set_payload({WRITING: payloads.YES}, _points(known))
            build.delete_passages(known)


def _ids(found: Iterable[Payload]) -> list[str]:
    return [payload["id"] for payload in found]


def _points(article_ids: Sequence[str]) -> list[ExtendedPointId]:
    return [payloads.article_point_id(article_id) for article_id in article_ids]
