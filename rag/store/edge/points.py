"""Our records and queries as the engine's points, filters and requests; calls nothing.

Under `store` and `builder`, beside `shard`.
"""

from collections.abc import Sequence
from typing import Any

import qdrant_edge as edge

from rag.records import SearchFilter, TimeWindow
from rag.store import payloads
from rag.store.model import (
    ARTICLE,
    BM25,
    CANDIDATES,
    DENSE,
    SENTENCES,
    ArticleHead,
    FileMark,
    IndexedArticle,
    PassageVectors,
    StoreQuery,
)
from rag.store.payloads import Payload
from rag.terms import Terms

# Normalised scores rather than ranks: the stubs do not know that Dbsf is a Fusion.
_FUSION: Any = edge.Fusion.Dbsf()
# On an article that is being written or removed: its passages may not be all there.
WRITING = "writing"
INDEXED_FIELDS = {
    "kind": edge.PayloadSchemaType.Keyword,
    "article_id": edge.PayloadSchemaType.Keyword,
    "source": edge.PayloadSchemaType.Keyword,
    "cluster": edge.PayloadSchemaType.Keyword,
    "published": edge.PayloadSchemaType.Datetime,
    "known": edge.PayloadSchemaType.Datetime,
    "days[].first": edge.PayloadSchemaType.Datetime,
    "days[].last": edge.PayloadSchemaType.Datetime,
    "hidden_until": edge.PayloadSchemaType.Datetime,
    "hidden_from": edge.PayloadSchemaType.Datetime,
    "embedded": edge.PayloadSchemaType.Keyword,
    WRITING: edge.PayloadSchemaType.Keyword,
}
# By the vectors in it, a segment of what is written between two compactions is larger than this, so
# none is merged again: merging all of them each time takes twice the archive in memory.
_SEGMENT_KILOBYTES = 20_000


def config(dimension: int) -> edge.EdgeConfig:
    """Return what a shard is created with: everything on disk, pages cached by the system."""
    half, cold = edge.VectorStorageDatatype.Float16, edge.Memory.Cold
    return edge.EdgeConfig(
        vectors={
            DENSE: edge.EdgeVectorParams(dimension, edge.Distance.Dot, datatype=half, memory=cold),
            SENTENCES: edge.EdgeVectorParams(
                dimension,
                edge.Distance.Dot,
                datatype=half,
                memory=cold,
                multivector_config=edge.MultiVectorConfig(edge.MultiVectorComparator.MaxSim),
                # m=0: no graph. These vectors only rescore what the other two found.
                hnsw_config=edge.HnswIndexConfig(m=0, ef_construct=100, full_scan_threshold=10),
            ),
        },
        sparse_vectors={BM25: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf, memory=cold)},
        payload_memory=cold,
        optimizers=edge.EdgeOptimizersConfig(max_segment_size=_SEGMENT_KILOBYTES),
    )


def passage_points(entry: IndexedArticle) -> list[edge.Point]:
    """Return the passages of an article, found by their words."""
    return [
        edge.Point(
            indexed.passage.id,
            {BM25: _sparse(indexed.terms)},
            payloads.passage_payload(indexed.passage, entry.article),
        )
        for indexed in entry.passages
    ]


def article_point(entry: IndexedArticle) -> edge.Point:
    """Return an article as it is being written; it has no vectors, so no question finds it."""
    payload = payloads.article_payload(entry) | {WRITING: payloads.YES}
    return edge.Point(payloads.article_point_id(entry.article.id), {}, payload)


def withdrawn_point(head: ArticleHead) -> edge.Point:
    """Return what is left of a withdrawn article."""
    return edge.Point(payloads.article_point_id(head.id), {}, payloads.withdrawn_payload(head))


def file_point(mark: FileMark) -> edge.Point:
    """Return a file's mark."""
    return edge.Point(payloads.file_point_id(mark.path), {}, payloads.file_payload(mark))


def vectors_of(entry: PassageVectors) -> edge.PointVectors:
    """Return the vectors of a stored passage."""
    vectors: Any = {DENSE: entry.dense.tolist(), SENTENCES: entry.vectors.tolist()}
    return edge.PointVectors(entry.passage.id, vectors)


def passage_query(query: StoreQuery) -> edge.QueryRequest:
    """Return the request for a question's passages; the filter is in every branch."""
    where = search_filter(query.where)
    bm25 = edge.Query.Nearest(_sparse(query.terms), using=BM25)
    wanted: dict[str, Any] = {"with_payload": True, "with_vector": [SENTENCES]}
    if query.vector is None:
        return edge.QueryRequest(query.limit, query=bm25, filter=where, **wanted)
    dense = edge.Query.Nearest(query.vector.tolist(), using=DENSE)
    sentences = edge.Query.Nearest([query.vector.tolist()], using=SENTENCES)
    by_words = edge.Prefetch(CANDIDATES, query=bm25, filter=where)
    by_meaning = edge.Prefetch(CANDIDATES, query=dense, filter=where)
    rescored = edge.Prefetch(CANDIDATES, query=sentences, prefetches=[by_words, by_meaning])
    return edge.QueryRequest(query.limit, query=_FUSION, prefetches=[by_words, rescored], **wanted)


def term_query(term: int) -> edge.QueryRequest:
    """Return the request for the best passage of one term, with its BM25 vector."""
    query = edge.Query.Nearest(edge.SparseVector([term], [1.0]), using=BM25)
    return edge.QueryRequest(1, query=query, with_vector=[BM25])


def search_filter(where: SearchFilter) -> edge.Filter | None:
    """Return the filter of a search: every part must hold, what is hidden now must not be."""
    wanted: list[Any] = []
    if where.window:
        since, until = where.window.since, where.window.until
        period = edge.RangeDateTime(
            gte=payloads.day_stamp(since) if since else None,
            lte=payloads.day_stamp(until) if until else None,
        )
        wanted.append(edge.FieldCondition("published", range=period))
    if where.events:
        wanted.append(_overlapping(where.events))
    wanted += _known(where)
    if where.sources is not None:
        match = edge.MatchAny(list(where.sources))
        wanted.append(edge.FieldCondition("source", match=match))
    hidden = _hidden(where)
    return edge.Filter(must=wanted, must_not=hidden) if wanted or hidden else None


def copies_filter(clusters: Sequence[str], where: SearchFilter) -> edge.Filter:
    """Return the filter that passes the articles of clusters which are not hidden now."""
    wanted: list[Any] = [_is("kind", ARTICLE), _any("cluster", clusters), *_known(where)]
    return edge.Filter(must=wanted, must_not=_hidden(where))


def of_kinds(*kinds: str) -> edge.Filter:
    """Return the filter that passes the points of some kinds."""
    return edge.Filter(must=[_any("kind", kinds)])


def of_articles(article_ids: Sequence[str]) -> edge.Filter:
    """Return the filter that passes the passages of articles."""
    return edge.Filter(must=[_any("article_id", article_ids)])


def flagged(name: str, *, value: bool) -> edge.Filter:
    """Return the filter that passes the articles on which a flag is set, or is not."""
    flag: list[Any] = [edge.FieldCondition(name, match=edge.MatchValue(payloads.YES))]
    article: list[Any] = [_is("kind", ARTICLE)]
    if value:
        return edge.Filter(must=[*article, *flag])
    return edge.Filter(must=article, must_not=flag)


def _known(where: SearchFilter) -> list[Any]:
    """Return the condition that something was published, as it is, by the day of `as_of`."""
    if where.as_of is None:
        return []
    by_then = edge.RangeDateTime(lte=payloads.day_stamp(where.as_of))
    return [edge.FieldCondition("known", range=by_then)]


def _overlapping(window: TimeWindow) -> Any:
    """Return the condition that one of a passage's spans of days has a day of the window."""
    spans: list[Any] = []
    if window.until:
        first = edge.RangeDateTime(lte=payloads.day_stamp(window.until))
        spans.append(edge.FieldCondition("first", range=first))
    if window.since:
        last = edge.RangeDateTime(gte=payloads.day_stamp(window.since))
        spans.append(edge.FieldCondition("last", range=last))
    short = not payloads.is_long(window.since, window.until)
    return edge.NestedCondition(
        "days", edge.Filter(must=spans, must_not=[_is("long", payloads.YES)] if short else [])
    )


def _hidden(where: SearchFilter) -> list[Any]:
    if where.now is None:
        return []
    now = payloads.instant_stamp(where.now)
    return [
        edge.FieldCondition("hidden_until", range=edge.RangeDateTime(gt=now)),
        edge.FieldCondition("hidden_from", range=edge.RangeDateTime(lte=now)),
    ]


def _is(field: str, value: str) -> Any:
    return edge.FieldCondition(field, match=edge.MatchValue(value))


def _any(field: str, values: Sequence[str]) -> Any:
    return edge.FieldCondition(field, match=edge.MatchAny(list(values)))


def _sparse(terms: Terms) -> edge.SparseVector:
    return edge.SparseVector(terms.indices, terms.weights)


def payload_of(point: edge.ScoredPoint | edge.Record) -> Payload:
    """Return a point's payload."""
    return point.payload or {}


def vector_of(point: edge.ScoredPoint | edge.Record, name: str) -> Any:
    """Return a named vector, None if the point lacks it; the stubs allow every kind everywhere."""
    vectors: Any = point.vector or {}
    return vectors.get(name)
