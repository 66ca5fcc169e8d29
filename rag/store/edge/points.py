"""Translates points, conditions and queries into those of the engine, without calling it.

`store`, `builder` and `shard` use it.
"""

from typing import Any

import numpy as np
import qdrant_edge as edge

from rag.models.vectors import Vectors
from rag.store.conditions import AnyOf, Between, Condition, Conditions, searched
from rag.store.model import BM25, DENSE, SENTENCES, PassageVectors, StoreQuery
from rag.store.payloads import Payload
from rag.store.points import Point
from rag.text.terms import Terms

# The fusion uses normalised scores and not ranks. The stubs do not know that Dbsf is a Fusion.
_FUSION: Any = edge.Fusion.Dbsf()
SCHEMAS = {"keyword": edge.PayloadSchemaType.Keyword, "datetime": edge.PayloadSchemaType.Datetime}
# The vectors written between two compactions make a segment larger than this, so it is not merged
# again. Merging all segments each time would take twice the archive in memory.
_SEGMENT_KILOBYTES = 20_000
# The numbers beyond this quantile are cut, so that the others are told apart more finely.
_INT8_QUANTILE = 0.99
# Twice as many passages are scored again as are wanted. Of 200,000 passages, 1.5 times as many have
# all of the best 100, and none scored again has 95 of them.
BY_ORIGINALS = edge.SearchParams(
    quantization=edge.QuantizationSearchParams(rescore=True, oversampling=2.0)
)


def config(dimension: int) -> edge.EdgeConfig:
    """Return the configuration of a shard: everything is on disk, and the system caches pages.

    The vectors of passages are there twice: in int8, which a search looks through, and as they
    are, by which it scores again what it found. Neither they nor those of sentences have a graph.
    """
    half, cold = edge.VectorStorageDatatype.Float16, edge.Memory.Cold
    return edge.EdgeConfig(
        vectors={
            DENSE: edge.EdgeVectorParams(
                dimension,
                edge.Distance.Dot,
                datatype=half,
                memory=cold,
                quantization_config=edge.ScalarQuantizationConfig(
                    edge.ScalarType.Int8, quantile=_INT8_QUANTILE, memory=cold
                ),
                hnsw_config=_without_graph(),
            ),
            SENTENCES: edge.EdgeVectorParams(
                dimension,
                edge.Distance.Dot,
                datatype=half,
                memory=cold,
                multivector_config=edge.MultiVectorConfig(edge.MultiVectorComparator.MaxSim),
                hnsw_config=_without_graph(),
            ),
        },
        sparse_vectors={BM25: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf, memory=cold)},
        payload_memory=cold,
        optimizers=edge.EdgeOptimizersConfig(max_segment_size=_SEGMENT_KILOBYTES),
    )


def _without_graph() -> edge.HnswIndexConfig:
    return edge.HnswIndexConfig(m=0, ef_construct=100, full_scan_threshold=10)


def engine_point(point: Point) -> edge.Point:
    """Return a point as the engine takes it."""
    vectors: Any = {} if point.terms is None else {BM25: _sparse(point.terms)}
    return edge.Point(point.id, vectors | point.rows, point.payload)


def vectors_of(entry: PassageVectors) -> edge.PointVectors:
    """Return the vectors of a stored passage."""
    vectors: Any = {DENSE: entry.dense.tolist(), SENTENCES: entry.vectors.tolist()}
    return edge.PointVectors(entry.passage.id, vectors)


def passage_query(
    query: StoreQuery, *, by_cells: bool = True, params: edge.SearchParams = BY_ORIGINALS
) -> edge.QueryRequest:
    """Return the request for a question's passages; the filter is in every branch.

    `by_cells` says that the passages have cells, and `params` how their vectors are searched.
    """
    conditions = searched(query.where, by_cells=by_cells)
    where = engine_filter(conditions) if conditions else None
    bm25 = edge.Query.Nearest(_sparse(query.terms), using=BM25)
    wanted: dict[str, Any] = {"with_payload": True, "with_vector": [SENTENCES, BM25]}
    if query.vector is None:
        # Twice the words: their scores are then on the scale of words with vectors, which the
        # confidence of answers is fitted to.
        most = max(query.candidates, query.limit)
        only_words = edge.Prefetch(most, query=bm25, filter=where)
        twice = [only_words, only_words]
        return edge.QueryRequest(query.limit, query=_FUSION, prefetches=twice, **wanted)
    dense = edge.Query.Nearest(query.vector.tolist(), using=DENSE)
    sentences = edge.Query.Nearest([query.vector.tolist()], using=SENTENCES)
    by_words = edge.Prefetch(query.candidates, query=bm25, filter=where)
    by_meaning = edge.Prefetch(query.candidates, query=dense, filter=where, params=params)
    rescored = edge.Prefetch(query.candidates, query=sentences, prefetches=[by_words, by_meaning])
    return edge.QueryRequest(query.limit, query=_FUSION, prefetches=[by_words, rescored], **wanted)


def term_query(term: int) -> edge.QueryRequest:
    """Return the request for the best passage of one term, with its BM25 vector."""
    query = edge.Query.Nearest(edge.SparseVector([term], [1.0]), using=BM25)
    return edge.QueryRequest(1, query=query, with_vector=[BM25])


def engine_filter(conditions: Conditions) -> edge.Filter:
    """Return conditions as the engine's filter."""
    return edge.Filter(
        must=[_condition(condition) for condition in conditions.must],
        must_not=[_condition(condition) for condition in conditions.must_not],
    )


def _condition(condition: Condition) -> Any:
    """Return one condition; the stubs know fewer kinds than the engine takes."""
    if isinstance(condition, AnyOf):
        match = edge.MatchAny(list(condition.values))
        return edge.FieldCondition(condition.field, match=match)
    if isinstance(condition, Between):
        period = edge.RangeDateTime(gte=condition.since, gt=condition.after, lte=condition.until)
        return edge.FieldCondition(condition.field, range=period)
    return edge.NestedCondition(condition.field, engine_filter(condition.conditions))


def _sparse(terms: Terms) -> edge.SparseVector:
    return edge.SparseVector(terms.indices, terms.weights)


def payload_of(point: edge.ScoredPoint | edge.Record) -> Payload:
    """Return a point's payload."""
    return point.payload or {}


def vector_of(point: edge.ScoredPoint | edge.Record, name: str) -> Any:
    """Return a named vector; None if the point lacks it; the stubs allow every kind everywhere."""
    vectors: Any = point.vector or {}
    return vectors.get(name)


def terms_of(point: edge.ScoredPoint) -> list[int]:
    """Return the hashes of a passage's words; none if it has stop words alone."""
    words = vector_of(point, BM25)
    return list(words.indices) if words else []


def sentence_vectors(point: edge.ScoredPoint | edge.Record) -> Vectors | None:
    """Return a passage's sentence vectors `(n, dim)` float32; None if it has none yet."""
    vectors = vector_of(point, SENTENCES)
    return None if vectors is None else np.asarray(vectors, dtype=np.float32)
