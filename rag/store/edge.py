"""The embedded store: Qdrant Edge in an archive directory; the only owner of `qdrant_edge` points.

The engine raises bare `Exception` for everything, and a panic as `BaseException`; both are
translated here.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import qdrant_edge as edge

from rag.errors import ArchiveDamaged, ArchiveError, ArchiveUnavailable
from rag.records import Article, SearchFilter
from rag.store import model
from rag.store.generations import ArchiveDirectory
from rag.store.model import (
    BM25,
    CANDIDATES,
    DENSE,
    SENTENCES,
    ArticleHead,
    IndexedArticle,
    IndexedPassage,
    Manifest,
    Payload,
    Recipe,
    ScoredPassage,
    StoreQuery,
)
from rag.terms import Terms

_PAGE = 500
# Normalised scores rather than ranks: the stubs do not know that Dbsf is a Fusion.
_FUSION: Any = edge.Fusion.Dbsf()
_INDEXED_FIELDS = {
    "kind": edge.PayloadSchemaType.Keyword,
    "article_id": edge.PayloadSchemaType.Keyword,
    "source": edge.PayloadSchemaType.Keyword,
    "published": edge.PayloadSchemaType.Datetime,
}


class EdgeStore:
    """Reads one generation of an archive directory through a view of its own."""

    def __init__(self, root: Path) -> None:
        self._directory = ArchiveDirectory(root)
        self._resources = ExitStack()
        self.location = str(root)
        self.generation, self.manifest, self._shard = self._open()

    def _open(self) -> tuple[str, Manifest, edge.EdgeShard]:
        """Open the served generation; again if a newer one replaced it while we did."""
        while True:
            generation = self._directory.require_served()
            try:
                manifest = self._directory.read_manifest(generation)
                view = self._resources.enter_context(self._directory.view(generation))
            except FileNotFoundError as error:
                if self._directory.served() != generation:
                    continue
                raise ArchiveDamaged(
                    f"generation {generation} of {self.location} is gone; delete the archive and "
                    "ingest again, or restore it from a backup"
                ) from error
            with _translated(self.location):
                shard = edge.EdgeShard.load(str(view))
            self._resources.callback(shard.close)
            _require_counts(shard, manifest, self.location)
            return generation, manifest, shard

    def query(self, query: StoreQuery) -> list[ScoredPassage]:
        """Return the best passages, best first: DBSF of BM25 and sentence MaxSim in one query."""
        with _translated(self.location):
            points = self._shard.query(_request(query))
        return [
            ScoredPassage(
                passage=model.read_passage(_payload(point)),
                score=point.score,
                vectors=np.asarray(_vector(point, SENTENCES), dtype=np.float32),
            )
            for point in points
        ]

    def term_weights(self, terms: Sequence[int]) -> dict[int, float]:
        """Return the IDF of each term, taken from the engine's own scoring of its best passage."""
        request = edge.QueryBatchRequest([_term_request(term) for term in terms])
        weights: dict[int, float] = {}
        with _translated(self.location):
            for term, points in zip(terms, self._shard.query_batch(request), strict=True):
                for point in points:
                    vector = _vector(point, BM25)
                    frequency = vector.values[vector.indices.index(term)]
                    weights[term] = point.score / frequency
        return weights

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the stored articles among `ids`."""
        points: list[int | UUID | str] = [model.article_point_id(i) for i in ids]
        with _translated(self.location):
            found = self._shard.retrieve(points, True, False)
        articles = (model.read_article(_payload(record)) for record in found)
        return {article.id: article for article in articles}

    def heads(self) -> Iterator[ArticleHead]:
        """Stream what every article is known by."""
        return _heads(self._shard, self.location)

    def sources(self) -> dict[str, int]:
        """Return every outlet with its number of articles."""
        request = edge.FacetRequest(
            "source", limit=model.MOST_SOURCES, exact=True, filter=_kind(model.ARTICLE)
        )
        with _translated(self.location):
            return {str(hit.value): hit.count for hit in self._shard.facet(request).hits}

    def is_current(self) -> bool:
        """Say whether no newer generation has been published."""
        return self._directory.served() == self.generation

    def damage(self) -> list[str]:
        """Return what is wrong with the stored files, read in full; empty if nothing is.

        Raises:
            ArchiveUnavailable: a newer generation was published meanwhile; open it again.
        """
        files = list(self._directory.damaged_files(self.generation, self.manifest))
        if files and not self.is_current():
            raise ArchiveUnavailable(
                f"a newer generation of {self.location} was published; open it again to check it"
            )
        return [f"{name} is not what was written" for name in files]

    def close(self) -> None:
        """Close the shard and remove the view."""
        self._resources.close()


class EdgeBuilder:
    """Builds the next generation of an archive directory; one at a time, resumable."""

    def __init__(self, root: Path, recipe: Recipe) -> None:
        self._directory = ArchiveDirectory(root)
        self._recipe = recipe
        self._resources = ExitStack()
        self.location = str(root)
        self._resources.enter_context(self._directory.writing())
        try:
            self._base = self._directory.served()
            if self._base:
                manifest = self._directory.read_manifest(self._base)
                manifest.recipe.require(recipe, self.location)
            self._build: Path | None
            self._shard: edge.EdgeShard | None
            self._build, self._shard = self._resume()
        except BaseException:
            self._resources.close()
            raise

    def contents(self) -> dict[str, ArticleHead]:
        """Return what is completely written so far, by article id."""
        if self._shard is not None:
            return {head.id: head for head in _heads(self._shard, self.location)}
        if self._base is None:
            return {}
        store = EdgeStore(Path(self.location))
        try:
            return {head.id: head for head in store.heads()}
        finally:
            store.close()

    def put(self, entries: Sequence[IndexedArticle]) -> None:
        """Write articles, each point of an article last: without it the rest does not count."""
        if not entries:
            return
        shard = self._begin()
        self.remove([entry.article.id for entry in entries])
        passages = [
            _passage_point(indexed, entry.article)
            for entry in entries
            for indexed in entry.passages
        ]
        articles = [_article_point(entry.article) for entry in entries]
        with _translated(self.location):
            for points in (passages, articles):
                if points:
                    shard.update(edge.UpdateOperation.upsert_points(points))

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles and their passages, the article points first."""
        if not article_ids:
            return
        shard = self._begin()
        with _translated(self.location):
            known = shard.retrieve([model.article_point_id(i) for i in article_ids], ["id"], False)
            if not known:
                return
            ids = [_payload(record)["id"] for record in known]
            shard.update(edge.UpdateOperation.delete_points([record.id for record in known]))
            _delete_passages(shard, ids)

    def publish(self) -> Manifest:
        """Index, flush and verify the build, then serve it; nothing happens if nothing changed."""
        if self._shard is None or self._build is None:
            if self._base is None:
                self._begin()
                return self.publish()
            return self._directory.read_manifest(self._base)
        with _translated(self.location):
            self._shard.flush()
            self._shard.optimize()
            self._shard.flush()
            counts = _counts(self._shard)
            self._shard.close()
        self._shard = None
        build, self._build = self._build, None
        manifest = Manifest(
            recipe=self._recipe,
            articles=counts[model.ARTICLE],
            passages=counts[model.PASSAGE],
            files=self._directory.checked_files(build / "shard"),
        )
        self._directory.publish(build, manifest)
        self._base = self._directory.served()
        EdgeStore(Path(self.location)).close()  # opening it checks it
        return manifest

    def close(self) -> None:
        """Stop; an unpublished build stays for the next run."""
        if self._shard is not None:
            with _translated(self.location):
                self._shard.flush()
                self._shard.close()
            self._shard = None
        self._resources.close()

    def _resume(self) -> tuple[Path, edge.EdgeShard] | tuple[None, None]:
        """Return the build an earlier run left and its shard, if it can be gone on with.

        One that was made otherwise, or that cannot be loaded, is begun anew: it was never served.
        """
        build = self._directory.unfinished(self._base)
        if build is None:
            return None, None
        recipe = build / "recipe"
        if recipe.exists() and recipe.read_text() == repr(self._recipe):
            with suppress(ArchiveDamaged):
                return build, self._load(build)
        self._directory.discard_build(build)
        return None, None

    def _begin(self) -> edge.EdgeShard:
        """Return the shard being built, started from the served generation on first use."""
        if self._shard is None:
            self._build = self._directory.start_build(self._base, prepare=self._prepare)
            self._shard = self._load(self._build)
        return self._shard

    def _prepare(self, build: Path) -> None:
        """Complete the start of a build: its recipe, and an empty shard if it copies none.

        A shard that a kill left half created cannot be loaded, so it is made before the build is
        given its name.
        """
        (build / "recipe").write_text(repr(self._recipe))
        path = build / "shard"
        if path.exists():
            return
        path.mkdir()
        with _translated(self.location):
            shard = edge.EdgeShard.create(str(path), _config(self._recipe.dimension))
            for name, kind in _INDEXED_FIELDS.items():
                shard.update(edge.UpdateOperation.create_field_index(name, kind))
            shard.flush()
            shard.close()

    def _load(self, build: Path) -> edge.EdgeShard:
        with _translated(self.location):
            shard = edge.EdgeShard.load(str(build / "shard"))
            _remove_orphans(shard, self.location)
            return shard


@contextmanager
def _translated(location: str) -> Iterator[None]:
    """Turn the engine's bare exceptions and panics into ours."""
    try:
        yield
    except (ArchiveError, OSError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        if "No space left" in reason or "Read-only" in reason:
            raise ArchiveUnavailable(f"cannot write to {location}: {reason}") from error
        raise ArchiveDamaged(
            f"the engine cannot use {location}: {reason}; "
            f"run 'dateline doctor --archive {location}'"
        ) from error


def _config(dimension: int) -> edge.EdgeConfig:
    half = edge.VectorStorageDatatype.Float16
    return edge.EdgeConfig(
        vectors={
            DENSE: edge.EdgeVectorParams(dimension, edge.Distance.Dot, datatype=half),
            SENTENCES: edge.EdgeVectorParams(
                dimension,
                edge.Distance.Dot,
                datatype=half,
                multivector_config=edge.MultiVectorConfig(edge.MultiVectorComparator.MaxSim),
                # m=0: no graph. These vectors only rescore what the other two found.
                hnsw_config=edge.HnswIndexConfig(m=0, ef_construct=100, full_scan_threshold=10),
            ),
        },
        sparse_vectors={BM25: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
    )


def _passage_point(indexed: IndexedPassage, article: Article) -> edge.Point:
    vectors = {
        BM25: _sparse(indexed.terms),
        DENSE: indexed.dense.tolist(),
        SENTENCES: indexed.vectors.tolist(),
    }
    payload = model.passage_payload(indexed.passage, article)
    return edge.Point(indexed.passage.id, vectors, payload)


def _article_point(article: Article) -> edge.Point:
    return edge.Point(model.article_point_id(article.id), {}, model.article_payload(article))


def _sparse(terms: Terms) -> edge.SparseVector:
    return edge.SparseVector(terms.indices, terms.weights)


def _request(query: StoreQuery) -> edge.QueryRequest:
    where = _filter(query.where)
    bm25 = edge.Query.Nearest(_sparse(query.terms), using=BM25)
    wanted: dict[str, Any] = {"with_payload": True, "with_vector": [SENTENCES]}
    if query.vector is None:
        return edge.QueryRequest(query.limit, query=bm25, filter=where, **wanted)
    dense = edge.Query.Nearest(query.vector.tolist(), using=DENSE)
    sentences = edge.Query.Nearest([query.vector.tolist()], using=SENTENCES)
    by_words = edge.Prefetch(CANDIDATES, query=bm25, filter=where)
    by_meaning = edge.Prefetch(CANDIDATES, query=dense, filter=where)
    rescored = edge.Prefetch(CANDIDATES, query=sentences, prefetches=[by_words, by_meaning])
    return edge.QueryRequest(
        query.limit,
        query=_FUSION,
        prefetches=[by_words, rescored],
        **wanted,
    )


def _term_request(term: int) -> edge.QueryRequest:
    query = edge.Query.Nearest(edge.SparseVector([term], [1.0]), using=BM25)
    return edge.QueryRequest(1, query=query, with_vector=[BM25])


def _filter(where: SearchFilter) -> edge.Filter | None:
    conditions: list[Any] = []
    if where.window:
        since, until = where.window.since, where.window.until
        period = edge.RangeDateTime(
            gte=model.day_stamp(since) if since else None,
            lte=model.day_stamp(until) if until else None,
        )
        conditions.append(edge.FieldCondition("published", range=period))
    if where.sources is not None:
        wanted = edge.MatchAny(list(where.sources))
        conditions.append(edge.FieldCondition("source", match=wanted))
    return edge.Filter(must=conditions) if conditions else None


def _payload(point: edge.ScoredPoint | edge.Record) -> Payload:
    return point.payload or {}


def _vector(point: edge.ScoredPoint, name: str) -> Any:
    """Return a named vector: the stubs allow every kind of vector everywhere."""
    vectors: Any = point.vector
    return vectors[name]


def _kind(kind: str) -> edge.Filter:
    return edge.Filter(must=[edge.FieldCondition("kind", match=edge.MatchValue(kind))])


def _counts(shard: edge.EdgeShard) -> dict[str, int]:
    return {
        kind: shard.count(edge.CountRequest(exact=True, filter=_kind(kind)))
        for kind in (model.ARTICLE, model.PASSAGE)
    }


def _require_counts(shard: edge.EdgeShard, manifest: Manifest, location: str) -> None:
    """Refuse a shard that lost points: the engine loads a damaged one as a smaller one."""
    wanted = {model.ARTICLE: manifest.articles, model.PASSAGE: manifest.passages}
    with _translated(location):
        found = _counts(shard)
    if found != wanted:
        raise ArchiveDamaged(
            f"{location} holds {found[model.ARTICLE]} articles and {found[model.PASSAGE]} "
            f"passages, its manifest says {manifest.articles} and {manifest.passages}; ingest "
            "again into a new archive, or restore it from a backup"
        )


def _scroll(shard: edge.EdgeShard, kind: str, fields: list[str]) -> Iterator[edge.Record]:
    offset = None
    while True:
        request = edge.ScrollRequest(
            offset=offset, limit=_PAGE, filter=_kind(kind), with_payload=fields, with_vector=False
        )
        records, offset = shard.scroll(request)
        yield from records
        if offset is None:
            return


def _heads(shard: edge.EdgeShard, location: str) -> Iterator[ArticleHead]:
    with _translated(location):
        for record in _scroll(shard, model.ARTICLE, model.HEAD_FIELDS):
            yield model.read_head(_payload(record))


def _remove_orphans(shard: edge.EdgeShard, location: str) -> None:
    """Remove passages whose article point was never written: a kill came between the two."""
    known = {head.id for head in _heads(shard, location)}
    found = {_payload(r)["article_id"] for r in _scroll(shard, model.PASSAGE, ["article_id"])}
    _delete_passages(shard, sorted(found - known))


def _delete_passages(shard: edge.EdgeShard, article_ids: list[str]) -> None:
    if not article_ids:
        return
    of_articles = edge.FieldCondition("article_id", match=edge.MatchAny(article_ids))
    shard.update(edge.UpdateOperation.delete_points_by_filter(edge.Filter(must=[of_articles])))
