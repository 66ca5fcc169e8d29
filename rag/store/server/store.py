"""Reads the served generation: the `Store` of a server, over `collection` and `points`."""

from collections.abc import Iterator, Sequence

import numpy as np
from qdrant_client import QdrantClient

from rag.errors import ArchiveNotFound
from rag.records import Article
from rag.store import model
from rag.store.model import BM25, SENTENCES, ArticleHead, Manifest, ScoredPassage, StoreQuery
from rag.store.server.collection import Collection, Server
from rag.store.server.failures import CollectionGone, translated
from rag.store.server.points import passage_query, term_query, vectors_of


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
        return [
            ScoredPassage(
                passage=model.read_passage(point.payload or {}),
                score=point.score,
                vectors=np.asarray(vectors_of(point)[SENTENCES], dtype=np.float32),
            )
            for point in found.points
        ]

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
        found = self._points.articles(ids, with_payload=True)
        return {payload["id"]: model.read_article(payload) for payload in found.values()}

    def heads(self) -> Iterator[ArticleHead]:
        """Stream what every article is known by."""
        return self._points.heads()

    def sources(self) -> dict[str, int]:
        """Return every outlet with its number of articles."""
        return self._points.sources()

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
