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
from rag.store.model import BM25, DENSE, SENTENCES, PassageVectors, StoreQuery
from rag.store.points import Point
from rag.text.terms import Terms

# A server refuses requests over 32 MB unless it is configured differently.
_REQUEST_BYTES = 8_000_000
# What int8 vectors need to find what exact ones do: on 1,100,598 passages, a graph that is searched
# this widely and 16 times as many candidates, scored again by the originals, have .947 of the exact
# result (docs/scale.md).
_INT8_EF, _INT8_OVERSAMPLING = 4096, 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a server keeps a new collection.

    Attributes:
        shards: over how many parts it is spread; with 0, the server decides.
        replicas: how many nodes of a cluster have each point.
        int8: whether memory holds the vectors of passages in int8 alone. The originals, which
            score again what those find, and the vectors of sentences are then read from disk.
    """

    shards: int = 0
    replicas: int = 1
    int8: bool = False

    def spread(self) -> dict[str, int]:
        """Return what a new collection is told of the nodes; nothing if it is on one server.

        A write is acknowledged when all replicas have it. So any of them can be read, and what an
        ingest has written outlives the loss of a node.
        """
        shards = {"shard_number": self.shards} if self.shards else {}
        if self.replicas == 1:
            return shards
        both = {"replication_factor": self.replicas, "write_consistency_factor": self.replicas}
        return shards | both

    def passages(self) -> dict[str, Any]:
        """Return what a new collection is told of the vectors of passages."""
        if not self.int8:
            return {}
        # One number in a hundred is cut off, or a few large ones make all others coarse.
        scalar = models.ScalarQuantizationConfig(
            type=models.ScalarType.INT8, quantile=0.99, always_ram=True
        )
        return {"quantization_config": models.ScalarQuantization(scalar=scalar), "on_disk": True}


ONE_SERVER = Layout()


def config(dimension: int, layout: Layout = ONE_SERVER) -> dict[str, Any]:
    """Return the configuration of a collection."""
    half, dot = models.Datatype.FLOAT16, models.Distance.DOT
    max_sim = models.MultiVectorConfig(comparator=models.MultiVectorComparator.MAX_SIM)
    return {
        "vectors_config": {
            DENSE: models.VectorParams(
                size=dimension, distance=dot, datatype=half, **layout.passages()
            ),
            SENTENCES: models.VectorParams(
                size=dimension,
                distance=dot,
                datatype=half,
                multivector_config=max_sim,
                # With m=0 there is no graph. These vectors only rescore what the other two found.
                hnsw_config=models.HnswConfigDiff(m=0),
                on_disk=True if layout.int8 else None,
            ),
        },
        "sparse_vectors_config": {BM25: models.SparseVectorParams(modifier=models.Modifier.IDF)},
        **layout.spread(),
    }


def is_quantized(collection: models.CollectionInfo) -> bool:
    """Say whether the vectors of passages are searched in a shortened form."""
    vectors = collection.config.params.vectors
    passages = vectors.get(DENSE) if isinstance(vectors, dict) else None
    own = passages and passages.quantization_config
    return bool(own or collection.config.quantization_config)


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


def passage_query(query: StoreQuery, *, quantized: bool, by_cells: bool) -> dict[str, Any]:
    """Return the arguments of a query for passages; the filter is in every branch.

    Vectors that are `quantized` are searched more widely, and scored again by the originals.
    `by_cells` says that the passages have cells.
    """
    conditions = searched(query.where, by_cells=by_cells)
    by_words = _sparse(query.terms)
    where = client_filter(conditions) if conditions else None
    fusion = models.FusionQuery(fusion=models.Fusion.DBSF)
    if query.vector is None:
        # Twice the words: their scores are then on the scale of words with vectors, which the
        # confidence of answers is fitted to.
        most = max(query.candidates, query.limit)
        only_words = models.Prefetch(query=by_words, using=BM25, filter=where, limit=most)
        return {"query": fusion, "prefetch": [only_words, only_words]}
    vector = query.vector.tolist()
    words = models.Prefetch(query=by_words, using=BM25, filter=where, limit=query.candidates)
    meaning = models.Prefetch(
        query=vector,
        using=DENSE,
        filter=where,
        limit=query.candidates,
        params=_widely() if quantized else None,
    )
    rescored = models.Prefetch(
        query=[vector], using=SENTENCES, prefetch=[words, meaning], limit=query.candidates
    )
    return {"query": fusion, "prefetch": [words, rescored]}


def _widely() -> models.SearchParams:
    again = models.QuantizationSearchParams(rescore=True, oversampling=_INT8_OVERSAMPLING)
    return models.SearchParams(hnsw_ef=_INT8_EF, quantization=again)


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


def terms_of(point: models.ScoredPoint) -> list[int]:
    """Return the hashes of a passage's words; none if it has stop words alone."""
    words = vectors_of(point).get(BM25)
    return list(words.indices) if words else []


def sentence_vectors(point: models.ScoredPoint | models.Record) -> Vectors | None:
    """Return a passage's sentence vectors `(n, dim)` float32; None if it has none yet."""
    vectors = vectors_of(point).get(SENTENCES)
    return None if vectors is None else np.asarray(vectors, dtype=np.float32)


def _sparse(terms: Terms) -> models.SparseVector:
    return models.SparseVector(indices=terms.indices, values=terms.weights)


def _instant(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None
