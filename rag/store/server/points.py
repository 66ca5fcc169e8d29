"""Our records and queries as Qdrant's points, filters and requests; sends nothing.

Under `collection`, `store` and `builder`, beside `failures`.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from qdrant_client import models

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
from rag.terms import Terms

# A server refuses requests over 32 MB unless it is configured otherwise.
_REQUEST_BYTES = 8_000_000
# On an article that is being written or removed: its passages may not be all there.
WRITING = "writing"
INDEXED_FIELDS = {
    "kind": models.PayloadSchemaType.KEYWORD,
    "article_id": models.PayloadSchemaType.KEYWORD,
    "source": models.PayloadSchemaType.KEYWORD,
    "cluster": models.PayloadSchemaType.KEYWORD,
    "published": models.PayloadSchemaType.DATETIME,
    "known": models.PayloadSchemaType.DATETIME,
    "days[].first": models.PayloadSchemaType.DATETIME,
    "days[].last": models.PayloadSchemaType.DATETIME,
    "hidden_until": models.PayloadSchemaType.DATETIME,
    "hidden_from": models.PayloadSchemaType.DATETIME,
    "embedded": models.PayloadSchemaType.KEYWORD,
    WRITING: models.PayloadSchemaType.KEYWORD,
}


def config(dimension: int) -> dict[str, Any]:
    """Return what a collection is created with."""
    half, dot = models.Datatype.FLOAT16, models.Distance.DOT
    max_sim = models.MultiVectorConfig(comparator=models.MultiVectorComparator.MAX_SIM)
    return {
        "vectors_config": {
            DENSE: models.VectorParams(size=dimension, distance=dot, datatype=half),
            SENTENCES: models.VectorParams(
                size=dimension,
                distance=dot,
                datatype=half,
                multivector_config=max_sim,
                # m=0: no graph. These vectors only rescore what the other two found.
                hnsw_config=models.HnswConfigDiff(m=0),
            ),
        },
        "sparse_vectors_config": {BM25: models.SparseVectorParams(modifier=models.Modifier.IDF)},
    }


def passage_points(entry: IndexedArticle) -> list[models.PointStruct]:
    """Return the passages of an article, found by their words."""
    return [
        models.PointStruct(
            id=indexed.passage.id,
            vector={BM25: _sparse(indexed.terms)},
            payload=payloads.passage_payload(indexed.passage, entry.article),
        )
        for indexed in entry.passages
    ]


def article_point(entry: IndexedArticle) -> models.PointStruct:
    """Return an article as it is being written; it has no vectors, so no question finds it."""
    point_id = payloads.article_point_id(entry.article.id)
    payload = payloads.article_payload(entry) | {WRITING: payloads.YES}
    return models.PointStruct(id=point_id, vector={}, payload=payload)


def withdrawn_point(head: ArticleHead) -> models.PointStruct:
    """Return what is left of a withdrawn article."""
    point_id = payloads.article_point_id(head.id)
    return models.PointStruct(id=point_id, vector={}, payload=payloads.withdrawn_payload(head))


def file_point(mark: FileMark) -> models.PointStruct:
    """Return a file's mark."""
    point_id = payloads.file_point_id(mark.path)
    return models.PointStruct(id=point_id, vector={}, payload=payloads.file_payload(mark))


def passage_vectors(entry: PassageVectors) -> models.PointVectors:
    """Return the vectors of a stored passage."""
    vectors: dict[str, Any] = {DENSE: entry.dense.tolist(), SENTENCES: entry.vectors.tolist()}
    return models.PointVectors(id=entry.passage.id, vector=vectors)


_Sent = TypeVar("_Sent", models.PointStruct, models.PointVectors)


def requests_of(points: Iterable[_Sent]) -> Iterator[list[_Sent]]:
    """Yield the points in lists that a server takes in one request."""
    request: list[_Sent] = []
    size = 0
    for point in points:
        grown = size + len(point.model_dump_json().encode())
        if request and grown > _REQUEST_BYTES:
            yield request
            request, grown = [], grown - size
        request.append(point)
        size = grown
    if request:
        yield request


def passage_query(query: StoreQuery) -> dict[str, Any]:
    """Return the arguments that ask for a question's passages; the filter is in every branch."""
    where, by_words = search_filter(query.where), _sparse(query.terms)
    if query.vector is None:
        return {"query": by_words, "using": BM25, "query_filter": where}
    vector = query.vector.tolist()
    words = models.Prefetch(query=by_words, using=BM25, filter=where, limit=CANDIDATES)
    meaning = models.Prefetch(query=vector, using=DENSE, filter=where, limit=CANDIDATES)
    rescored = models.Prefetch(
        query=[vector], using=SENTENCES, prefetch=[words, meaning], limit=CANDIDATES
    )
    fusion = models.FusionQuery(fusion=models.Fusion.DBSF)
    return {"query": fusion, "prefetch": [words, rescored]}


def term_query(term: int) -> models.QueryRequest:
    """Return the request for the best passage of one term, with its BM25 vector."""
    query = models.SparseVector(indices=[term], values=[1.0])
    return models.QueryRequest(query=query, using=BM25, limit=1, with_vector=[BM25])


def of_kinds(*kinds: str) -> models.Filter:
    """Return the filter that passes the points of some kinds."""
    return models.Filter(must=[_any("kind", kinds)])


def of_articles(article_ids: Sequence[str]) -> models.Filter:
    """Return the filter that passes the passages of articles."""
    return models.Filter(must=[_any("article_id", article_ids)])


def flagged(name: str, *, value: bool) -> models.Filter:
    """Return the filter that passes the articles on which a flag is set, or is not."""
    flag = models.FieldCondition(key=name, match=models.MatchValue(value=payloads.YES))
    article = _any("kind", [ARTICLE])
    if value:
        return models.Filter(must=[article, flag])
    return models.Filter(must=[article], must_not=[flag])


def copies_filter(clusters: Sequence[str], where: SearchFilter) -> models.Filter:
    """Return the filter that passes the articles of clusters which are not hidden now."""
    wanted: list[Any] = [_any("kind", [ARTICLE]), _any("cluster", clusters), *_known(where)]
    return models.Filter(must=wanted, must_not=_hidden(where))


def search_filter(where: SearchFilter) -> models.Filter | None:
    """Return the filter of a search: every part must hold, what is hidden now must not be."""
    wanted: list[Any] = []
    if where.window:
        period = models.DatetimeRange(gte=_day(where.window.since), lte=_day(where.window.until))
        wanted.append(models.FieldCondition(key="published", range=period))
    if where.events:
        wanted.append(_overlapping(where.events))
    wanted += _known(where)
    if where.sources is not None:
        wanted.append(_any("source", where.sources))
    hidden = _hidden(where)
    return models.Filter(must=wanted, must_not=hidden) if wanted or hidden else None


def vectors_of(point: models.Record | models.ScoredPoint) -> dict[str, Any]:
    """Return a point's named vectors; an article has none."""
    return point.vector if isinstance(point.vector, dict) else {}


def _sparse(terms: Terms) -> models.SparseVector:
    return models.SparseVector(indices=terms.indices, values=terms.weights)


def _known(where: SearchFilter) -> list[Any]:
    """Return the condition that something was published, as it is, by the day of `as_of`."""
    if where.as_of is None:
        return []
    by_then = models.DatetimeRange(lte=_day(where.as_of))
    return [models.FieldCondition(key="known", range=by_then)]


def _overlapping(window: TimeWindow) -> models.NestedCondition:
    """Return the condition that one of a passage's spans of days has a day of the window."""
    spans: list[Any] = []
    if window.until:
        first = models.DatetimeRange(lte=_day(window.until))
        spans.append(models.FieldCondition(key="first", range=first))
    if window.since:
        last = models.DatetimeRange(gte=_day(window.since))
        spans.append(models.FieldCondition(key="last", range=last))
    short = not payloads.is_long(window.since, window.until)
    long = models.FieldCondition(key="long", match=models.MatchValue(value=payloads.YES))
    where = models.Filter(must=spans, must_not=[long] if short else None)
    nested = models.Nested(key="days", filter=where)
    return models.NestedCondition(nested=nested)


def _hidden(where: SearchFilter) -> list[Any]:
    if where.now is None:
        return []
    now = datetime.fromisoformat(payloads.instant_stamp(where.now))
    return [
        models.FieldCondition(key="hidden_until", range=models.DatetimeRange(gt=now)),
        models.FieldCondition(key="hidden_from", range=models.DatetimeRange(lte=now)),
    ]


def _any(field: str, values: Sequence[str]) -> models.FieldCondition:
    return models.FieldCondition(key=field, match=models.MatchAny(any=list(values)))


def _day(day: date | None) -> datetime | None:
    return datetime.fromisoformat(payloads.day_stamp(day)) if day else None
