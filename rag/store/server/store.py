"""Reads the served generation: the `Store` of a server, over `collection` and `points`."""

from collections.abc import Iterator, Sequence

import numpy as np
from qdrant_client import QdrantClient, models

from rag.errors import ArchiveNotFound
from rag.records import Article, Copy, Passage, SearchFilter
from rag.store import payloads
from rag.store.model import (
    BM25,
    MOST_SOURCES,
    SENTENCES,
    ArticleHead,
    Manifest,
    ScoredPassage,
    StoreQuery,
    Vectors,
)
from rag.store.server.collection import Collection, Server
from rag.store.server.failures import CollectionGone, translated
from rag.store.server.points import (
    copies_filter,
    of_articles,
    passage_query,
    term_query,
    vectors_of,
)


class ServerStore:
    """Reads the generation that was served when it was opened; closes the client it was given."""

    def __init__(self, client: QdrantClient, collection: str, location: str) -> None:
        self._server = Server(client, collection, location)
        self.location = location
        try:
            self._points, self.manifest = self._open()
        except BaseException:
            client.close()
            raise

    def _open(self) -> tuple[Collection, Manifest]:
        """Open the served generation; again if a newer one replaced it while we did."""
        while True:
            points = self._server.served()
            if points is None:
                raise ArchiveNotFound(
                    f"there is no archive named {self._server.alias} on {self.location}; make one "
                    f"with 'dateline ingest SOURCE --archive {self.location}', or set "
                    "DATELINE_COLLECTION to its name"
                )
            try:
                manifest = points.manifest()
                points.require(manifest)
            except CollectionGone:
                if self._server.served() == points:
                    raise
                continue
            return points, manifest

    def query(self, query: StoreQuery) -> list[ScoredPassage]:
        """Return the best passages, best first: DBSF of BM25 and sentence MaxSim in one query."""
        with translated(self.location):
            found = self._server.client.query_points(
                self._points.name,
                **passage_query(query),
                limit=query.limit,
                with_payload=True,
                with_vectors=[SENTENCES],
            )
        return [_scored(point) for point in found.points]

    def term_weights(self, terms: Sequence[int]) -> dict[int, float]:
        """Return the IDF of each term, taken from the server's own scoring of its best passage."""
        weights: dict[int, float] = {}
        if not terms:
            return weights
        requests = [term_query(term) for term in terms]
        with translated(self.location):
            answers = self._server.client.query_batch_points(self._points.name, requests)
        for term, answer in zip(terms, answers, strict=True):
            for point in answer.points:
                vector = vectors_of(point)[BM25]
                weights[term] = point.score / vector.values[vector.indices.index(term)]
        return weights

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the stored articles among `ids`."""
        return self._points.articles(ids)

    def copies(self, clusters: Sequence[str], where: SearchFilter) -> dict[str, list[Copy]]:
        """Return the articles of each cluster, in the order of publication."""
        if not clusters:
            return {}
        fields = payloads.COPY_FIELDS
        found = self._points.scroll(copies_filter(clusters, where), with_payload=fields)
        return payloads.sort_copies(record.payload or {} for record in found)

    def heads(self) -> Iterator[ArticleHead]:
        """Stream what every article is known by."""
        return (head for head in self._points.heads() if not head.withdrawn)

    def stored_vectors(self, article_id: str) -> dict[Passage, Vectors | None]:
        """Return the passages of an article with their sentence vectors, in their order."""
        found = self._points.scroll(
            of_articles([article_id]), with_payload=True, with_vectors=[SENTENCES]
        )
        vectors = {payloads.read_passage(r.payload or {}): _sentence_vectors(r) for r in found}
        return dict(sorted(vectors.items(), key=lambda item: item[0].start))

    def sources(self) -> dict[str, int]:
        """Return every outlet with its number of articles."""
        return self._points.facet("source", limit=MOST_SOURCES)

    def damage(self) -> list[str]:
        """Return the articles whose passages are there and they are not.

        A server checks its own files; that each article is as written, `Archive.damage` reads.
        """
        return [f"article {i!r} is gone, its passages are not" for i in self._points.orphans()]

    def is_current(self) -> bool:
        """Say whether no newer generation has been published."""
        return self._server.served() == self._points

    def close(self) -> None:
        """Close the client."""
        self._server.client.close()


def _scored(point: models.ScoredPoint) -> ScoredPassage:
    payload = point.payload or {}
    return ScoredPassage(
        passage=payloads.read_passage(payload),
        score=point.score,
        vectors=_sentence_vectors(point),
        cluster=payload.get("cluster", ""),
    )


def _sentence_vectors(point: models.ScoredPoint | models.Record) -> Vectors | None:
    vectors = vectors_of(point).get(SENTENCES)
    return None if vectors is None else np.asarray(vectors, dtype=np.float32)
