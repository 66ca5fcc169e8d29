"""Writes the next generation of an archive directory: the `Builder` of the embedded engine.

Every change to an article begins with its point marked as being written and ends with the mark
taken off, so a kill in between is seen by the next run, and the point still has the whole text.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import qdrant_edge as edge

from rag.errors import ArchiveDamaged
from rag.records import Article, Passage
from rag.store import payloads
from rag.store.edge.points import (
    WRITING,
    article_point,
    file_point,
    flagged,
    of_articles,
    of_kinds,
    passage_points,
    vectors_of,
    withdrawn_point,
)
from rag.store.edge.shard import Shard
from rag.store.edge.store import EdgeStore
from rag.store.generations import ArchiveDirectory
from rag.store.model import (
    ARTICLE,
    PASSAGE,
    ArticleHead,
    FileMark,
    IndexedArticle,
    Manifest,
    PassageVectors,
    Recipe,
    StoredArticle,
)

_Update = edge.UpdateOperation
# What is written between two merges, in passages; it decides how much memory a merge takes. With
# 25,000 an ingest of 178,000 passages stays under 1 GB, merged once at the end it takes 2.8 GB.
_COMPACT_PASSAGES = 25_000
# Free space that must be left: the engine takes files in pieces of 32 MB, several at a time, and is
# killed by the system where a piece has no room.
_RESERVE_BYTES = 128 * 1024 * 1024
# A merge writes a segment anew beside what it replaces.
_MERGE_BYTES = 2 * 200 * 1024 * 1024


class EdgeBuilder:
    """Builds the next generation of an archive directory; one at a time, resumable."""

    def __init__(self, root: Path, recipe: Recipe) -> None:
        self._directory = ArchiveDirectory(root)
        self._recipe = recipe
        self._resources = ExitStack()
        self.location = str(root)
        self._shard: Shard | None = None
        self._served: EdgeStore | None = None
        self._unwritten_marks: list[FileMark] = []
        self._since_compaction = 0
        self._resources.enter_context(self._directory.writing())
        try:
            self._base = self._directory.served()
            if self._base:
                manifest = self._directory.read_manifest(self._base)
                manifest.recipe.require(recipe, self.location)
            self._build: Path | None = self._resume()
            self.resumed = self._build is not None
        except BaseException:
            self._resources.close()
            raise

    @property
    def has_served(self) -> bool:
        """Whether there is a generation that is served."""
        return self._base is not None

    @property
    def unpublished(self) -> bool:
        """Whether something was written that is not served yet."""
        return self._shard is not None

    # -- reading ------------------------------------------------------------------------------

    def heads(self) -> Iterator[ArticleHead]:
        """Stream what is written so far, withdrawn articles too."""
        shard = self._readable()
        return shard.heads() if shard else iter(())

    def marks(self) -> Iterator[FileMark]:
        """Stream the marks of the files read so far."""
        shard = self._readable()
        return shard.marks() if shard else iter(())

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the articles among `ids` that are written so far."""
        shard = self._readable()
        return shard.articles(ids) if shard else {}

    def waiting(self) -> int:
        """Return how many articles have no vectors yet."""
        shard = self._readable()
        return shard.count(flagged("embedded", value=False)) if shard else 0

    def without_vectors(self) -> Iterator[StoredArticle]:
        """Stream the articles that have no vectors yet; vectors may be added meanwhile."""
        return self._begin().stored(flagged("embedded", value=False))

    # -- writing ------------------------------------------------------------------------------

    def put(self, entries: Sequence[IndexedArticle]) -> None:
        """Write articles without vectors, replacing those of the same id."""
        if not entries:
            return
        text = sum(len(entry.article.text) for entry in entries)
        self._directory.require_free(_RESERVE_BYTES + 8 * text)
        shard = self._begin()
        ids = [entry.article.id for entry in entries]
        replaced = self._known(shard, ids)
        shard.update(_Update.upsert_points([article_point(entry) for entry in entries]))
        _delete_passages(shard, replaced)
        passages = [point for entry in entries for point in passage_points(entry)]
        if passages:
            shard.update(_Update.upsert_points(passages))
        shard.update(_Update.delete_payload(_points(ids), [WRITING]))
        self._since_compaction += len(passages)

    def withdraw(self, heads: Sequence[ArticleHead]) -> None:
        """Remove articles with their history and remember that they were withdrawn."""
        if not heads:
            return
        shard = self._begin()
        self._take_out(shard, [head.id for head in heads])
        shard.update(_Update.upsert_points([withdrawn_point(head) for head in heads]))

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles and their passages."""
        readable = self._readable()
        known = self._known(readable, article_ids) if readable else []
        if known:
            shard = self._begin()
            self._take_out(shard, known)
            shard.update(_Update.delete_points(_points(known)))

    def set_paths(self, paths: Mapping[str, Sequence[str]]) -> None:
        """Say anew which inputs hold an article."""
        if paths:
            shard = self._begin()
            for article_id, places in paths.items():
                payload = {"paths": list(places)}
                shard.update(_Update.set_payload(_points([article_id]), payload))

    def set_clusters(self, clusters: Mapping[str, str]) -> None:
        """Put articles into clusters, by their ids; into none where the cluster is empty."""
        members: dict[str, list[str]] = {}
        for article_id, cluster in clusters.items():
            members.setdefault(cluster, []).append(article_id)
        for cluster, ids in members.items():
            shard = self._begin()
            passages, articles = of_articles(ids), _points(ids)
            if cluster:
                payload = {"cluster": cluster}
                shard.update(_Update.set_payload_by_filter(passages, payload))
                shard.update(_Update.set_payload(articles, payload))
            else:
                shard.update(_Update.delete_payload_by_filter(passages, ["cluster"]))
                shard.update(_Update.delete_payload(articles, ["cluster"]))

    def mark(self, marks: Sequence[FileMark]) -> None:
        """Remember files as read; alone they are no reason for a new generation."""
        if self._shard is None:
            self._unwritten_marks += marks
        elif marks:
            self._shard.update(_Update.upsert_points([file_point(mark) for mark in marks]))

    def unmark(self, paths: Sequence[str]) -> None:
        """Forget files."""
        if paths:
            points: list[Any] = [payloads.file_point_id(path) for path in paths]
            self._begin().update(_Update.delete_points(points))

    def add_vectors(self, entries: Sequence[Sequence[PassageVectors]]) -> None:
        """Write the vectors of all passages of each article."""
        passages = [passage for entry in entries for passage in entry]
        if not passages:
            return
        size = sum(passage.vectors.nbytes for passage in passages)
        self._directory.require_free(_RESERVE_BYTES + 2 * size)
        shard = self._begin()
        shard.update(_Update.update_vectors([vectors_of(passage) for passage in passages]))
        ids = list(dict.fromkeys(passage.passage.article_id for passage in passages))
        shard.update(_Update.set_payload(_points(ids), {"embedded": payloads.YES}))
        self._since_compaction += len(passages)

    def compact(self) -> None:
        """Merge what was written if it is much, to bound the memory."""
        if self._shard and self._build and self._since_compaction >= _COMPACT_PASSAGES:
            self._since_compaction = 0
            self._directory.require_free(_RESERVE_BYTES + self._merge_bytes(self._build))
            self._shard.compact()

    def everything(self) -> Iterator[StoredArticle]:
        """Stream all articles with their passages; their times may be set meanwhile."""
        return self._begin().stored(of_kinds(ARTICLE))

    def set_times(self, passages: Sequence[Passage]) -> None:
        """Write the times of stored passages anew, and nothing else of them."""
        shard = self._begin()
        for passage in passages:
            shard.update(_Update.set_payload([passage.id], payloads.times_payload(passage)))

    def publish(self) -> Manifest:
        """Index, flush and verify the build, then serve it; nothing happens if nothing changed."""
        if self._shard is None or self._build is None:
            if self._base is None:
                self._begin()
                return self.publish()
            return self._directory.read_manifest(self._base)
        self._directory.require_free(_RESERVE_BYTES + self._merge_bytes(self._build))
        self._shard.settle()
        counts = self._shard.counts()
        embedded = self._shard.count(flagged("embedded", value=True))
        clusters = self._shard.facet("cluster")
        self._shard.close()
        self._shard = None
        build, self._build = self._build, None
        manifest = Manifest(
            recipe=self._recipe,
            articles=counts[ARTICLE],
            passages=counts[PASSAGE],
            embedded=embedded,
            copies=sum(clusters.values()) - len(clusters),
            clusters=len(clusters),
            files=self._directory.checked_files(build / "shard"),
        )
        self._forget_served()
        self._directory.publish(build, manifest)
        self._base = self._directory.served()
        EdgeStore(Path(self.location)).close()  # opening it checks it
        return manifest

    def close(self) -> None:
        """Stop; an unpublished build stays for the next run."""
        try:
            self._forget_served()
            if self._shard is not None:
                self._shard.close()
                self._shard = None
        finally:
            self._resources.close()

    # -- the build ----------------------------------------------------------------------------

    def _resume(self) -> Path | None:
        """Return the build an earlier run left, opened, if it can be gone on with.

        One that was made otherwise, or that cannot be loaded, is begun anew: it was never served.
        """
        build = self._directory.unfinished(self._base)
        if build is None:
            return None
        recipe = build / "recipe"
        if recipe.exists() and recipe.read_text(encoding="utf-8") == repr(self._recipe):
            with suppress(ArchiveDamaged):
                self._shard = Shard(build / "shard", self.location)
                return build
        self._directory.discard_build(build)
        return None

    def _begin(self) -> Shard:
        """Return the shard being built, started from the served generation on first use."""
        if self._shard is None:
            self._forget_served()
            if self._base:
                self._directory.require_sound(self._base)
                size = self._directory.size(self._base)
                self._directory.require_free(_RESERVE_BYTES + size)
            self._build = self._directory.start_build(self._base, prepare=self._prepare)
            self._shard = Shard(self._build / "shard", self.location)
            marks, self._unwritten_marks = self._unwritten_marks, []
            self.mark(marks)
        return self._shard

    def _prepare(self, build: Path) -> None:
        """Complete the start of a build: its recipe, and an empty shard if it copies none.

        A shard that a kill left half created cannot be loaded, so it is made before the build is
        given its name.
        """
        (build / "recipe").write_text(repr(self._recipe), encoding="utf-8")
        path = build / "shard"
        if not path.exists():
            path.mkdir()
            Shard.create(path, self._recipe.dimension, self.location)

    def _readable(self) -> Shard | None:
        """Return what is written so far: the build, else what is served, else None."""
        if self._shard is None and self._base is not None and self._served is None:
            self._served = EdgeStore(Path(self.location))
        return self._shard or (self._served.shard if self._served else None)

    def _forget_served(self) -> None:
        if self._served is not None:
            self._served.close()
            self._served = None

    def _known(self, shard: Shard, ids: Sequence[str]) -> list[str]:
        points = [payloads.article_point_id(article_id) for article_id in ids]
        return [payload["id"] for payload in shard.payloads(points, ["id"])]

    def _take_out(self, shard: Shard, ids: Sequence[str]) -> None:
        """Delete the passages of articles, whose points are marked until they are gone too."""
        known = self._known(shard, ids)
        if known:
            shard.update(_Update.set_payload(_points(known), {WRITING: payloads.YES}))
            _delete_passages(shard, known)

    def _merge_bytes(self, build: Path) -> int:
        return min(self._directory.size(build.name), _MERGE_BYTES)


def _points(article_ids: Sequence[str]) -> list[Any]:
    return [payloads.article_point_id(article_id) for article_id in article_ids]


def _delete_passages(shard: Shard, article_ids: Sequence[str]) -> None:
    if article_ids:
        shard.update(_Update.delete_points_by_filter(of_articles(article_ids)))
