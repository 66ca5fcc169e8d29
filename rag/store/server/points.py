"""Translates points, conditions and queries into those of Qdrant, without sending anything.

`collection`, `store` and `builder` use it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import numpy as np
from qdrant_client import models

from rag.models.vectors import Vectors
from rag.store.conditions import AnyOf, Between, Condition, Conditions, searched
from rag.store.model import BM25, CANDIDATES, DENSE, SENTENCES, PassageVectors, StoreQuery
from rag.store.points import Point
from rag.text.terms import Terms

# A server refuses requests over 32 MB unless it is configured differently.
_REQUEST_BYTES = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Over how many shards of a cluster a collection is spread, and how many have each point.

    With 0 shards, the server decides.
    """

    shards: int = 0
    replicas: int = 1

    def arguments(self) -> dict[str, int]:
        """Return what a new collection is told; nothing if it is on one server.

        A write is acknowledged when all replicas have it. So any of them can be read, and what an
        ingest has written outlives the loss of a node.
        """
        shards = {"shard_number": self.shards} if self.shards else {}
        if self.replicas == 1:
            return shards
        both = {"replication_factor": self.replicas, "write_consistency_factor": self.replicas}
        return shards | both


ONE_SERVER = Layout()


def config(dimension: int, layout: Layout = ONE_SERVER) -> dict[str, Any]:
    """Return the configuration of a collection."""
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
                # With m=0 there is no graph. These vectors only rescore what the other two found.
                hnsw_config=models.HnswConfigDiff(m=0),
            ),
        },
        "sparse_vectors_config": {BM25: models.SparseVectorParams(modifier=models.Modifier.IDF)},
        **layout.arguments(),
    }


def client_point(point: Point) -> models.PointStruct:
    """Return a point as the client takes it."""
    vectors: Any = {} if point.terms is None else {BM25: _sparse(point.terms)}
    return models.PointStruct(id=point.id, vector=vectors | point.rows, payload=point.payload)


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
    """Return the arguments of a query for passages; the filter is in every branch."""
    conditions, by_words = searched(query.where), _sparse(query.terms)
    where = client_filter(conditions) if conditions else None
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


def client_filter(conditions: Conditions) -> models.Filter:
    """Return conditions as the client's filter."""
    return models.Filter(
        must=[_condition(condition) for condition in conditions.must],
        must_not=[_condition(condition) for condition in conditions.must_not],
    )


def _condition(condition: Condition) -> models.Condition:
    if isinstance(condition, AnyOf):
        match = models.MatchAny(any=list(condition.values))
        return models.FieldCondition(key=condition.field, match=match)
    if isinstance(condition, Between):
        period = models.DatetimeRange(
            gte=_instant(condition.since),
            gt=_instant(condition.after),
            lte=_instant(condition.until),
        )
        return models.FieldCondition(key=condition.field, range=period)
    nested = client_filter(condition.conditions)
    return models.NestedCondition(nested=models.Nested(key=condition.field, filter=nested))


def vectors_of(point: models.Record | models.ScoredPoint) -> dict[str, Any]:
    """Return a point's named vectors; an article has none."""
    return point.vector if isinstance(point.vector, dict) else {}


def sentence_vectors(point: models.ScoredPoint | models.Record) -> Vectors | None:
    """Return a passage's sentence vectors `(n, dim)` float32; None if it has none yet."""
    vectors = vectors_of(point).get(SENTENCES)
    return None if vectors is None else np.asarray(vectors, dtype=np.float32)


def _sparse(terms: Terms) -> models.SparseVector:
    return models.SparseVector(indices=terms.indices, values=terms.weights)


def _instant(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None
