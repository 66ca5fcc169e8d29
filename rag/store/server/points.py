"""Our records and queries as Qdrant's points, filters and requests; sends nothing.

Under `collection`, `store` and `builder`, beside `failures`.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from qdrant_client import models

from rag.records import Article, SearchFilter
from rag.store import model
from rag.store.model import BM25, CANDIDATES, DENSE, SENTENCES, IndexedPassage, StoreQuery
from rag.terms import Terms

# A server refuses requests over 32 MB unless it is configured otherwise.
_REQUEST_BYTES = 8_000_000
INDEXED_FIELDS = {
    "kind": models.PayloadSchemaType.KEYWORD,
    "article_id": models.PayloadSchemaType.KEYWORD,
    "source": models.PayloadSchemaType.KEYWORD,
    "published": models.PayloadSchemaType.DATETIME,
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


def passage_point(indexed: IndexedPassage, article: Article) -> models.PointStruct:
    """Return a passage with its three vectors."""
    vectors: dict[str, Any] = {
        BM25: _sparse(indexed.terms),
        DENSE: indexed.dense.tolist(),
        SENTENCES: indexed.vectors.tolist(),
    }
    payload = model.passage_payload(indexed.passage, article)
    return models.PointStruct(id=indexed.passage.id, vector=vectors, payload=payload)


def article_point(article: Article) -> models.PointStruct:
    """Return an article; it has no vectors, so no question finds it."""
    point_id = model.article_point_id(article.id)
    return models.PointStruct(id=point_id, vector={}, payload=model.article_payload(article))


def requests_of(points: Iterable[models.PointStruct]) -> Iterator[list[models.PointStruct]]:
    """Yield the points in lists that a server takes in one request."""
    request: list[models.PointStruct] = []
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
    where, by_words = _filter(query.where), _sparse(query.terms)
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


def of_kind(kind: str) -> models.Filter:
    """Return the filter that passes the points of one kind."""
    match = models.MatchValue(value=kind)
    return models.Filter(must=[models.FieldCondition(key="kind", match=match)])


def vectors_of(point: models.Record | models.ScoredPoint) -> dict[str, Any]:
    """Return a point's named vectors; an article has none."""
    return point.vector if isinstance(point.vector, dict) else {}


def _sparse(terms: Terms) -> models.SparseVector:
    return models.SparseVector(indices=terms.indices, values=terms.weights)


def _filter(where: SearchFilter) -> models.Filter | None:
    conditions: list[Any] = []
    if where.window:
        period = models.DatetimeRange(
            gte=_instant(where.window.since), lte=_instant(where.window.until)
        )
        conditions.append(models.FieldCondition(key="published", range=period))
    if where.sources is not None:
        wanted = models.MatchAny(any=list(where.sources))
        conditions.append(models.FieldCondition(key="source", match=wanted))
    return models.Filter(must=conditions) if conditions else None


def _instant(day: date | None) -> datetime | None:
    return datetime.fromisoformat(model.day_stamp(day)) if day else None
