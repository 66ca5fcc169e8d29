"""Reads the served generation from a server: the `Store` of a Qdrant server."""

from collections.abc import Sequence

from qdrant_client import QdrantClient

from rag.errors import ArchiveNotFound
from rag.store.model import BM25, SENTENCES, Manifest, ScoredPassage, StoreQuery
from rag.store.payloads import CELLS
from rag.store.points import in_order, scored_passage
from rag.store.served import ServedGeneration
from rag.store.server.alias import Server
from rag.store.server.collection import Collection
from rag.store.server.failures import CollectionGone, translated
from rag.store.server.points import (
    passage_query,
    sentence_vectors,
    term_query,
    terms_of,
    vectors_of,
)


class ServerStore(ServedGeneration[Collection]):
    """Reads the generation that was served when it was opened; closes the client it was given."""

    def __init__(self, client: QdrantClient, collection: str, location: str) -> None:
        self._server = Server(client, collection, location)
        self.location = location
        try:
            points, manifest, self._quantized, by_cells = self._open()
        except BaseException:
            client.close()
            raise
        super().__init__(points, manifest, location=location, by_cells=by_cells)

    @property
    def generation(self) -> str:
        """The name of the collection."""
        return self._points.name

    def _open(self) -> tuple[Collection, Manifest, bool, bool]:
        """Open the served generation; try again if a newer one replaced it meanwhile.

        With it comes whether its vectors are quantized, and whether its passages have cells.
        """
        while True:
            points = self._server.served()
            if points is None:
                raise ArchiveNotFound(
                    f"there is no archive named {self._server.alias} on {self.location}; create "
                    f"one with 'dateline ingest SOURCE --archive {self.location}', or set "
                    "DATELINE_COLLECTION to its name"
                )
            try:
                manifest = points.manifest()
                points.require(manifest)
                quantized, by_cells = points.is_quantized(), points.has_index(CELLS)
            except CollectionGone:
                if self._server.served() == points:
                    raise
                continue
            return points, manifest, quantized, by_cells

    def query(self, query: StoreQuery) -> list[ScoredPassage]:
        """Return candidates, best first, by one query with DBSF of BM25 and MaxSim."""
        with translated(self.location):
            found = self._server.client.query_points(
                self._points.name,
                **passage_query(query, quantized=self._quantized, by_cells=self._by_cells),
                limit=query.limit,
                with_payload=True,
                with_vectors=[SENTENCES, BM25],
            )
        return in_order(
            scored_passage(
                point.payload or {},
                point.score,
                vectors=sentence_vectors(point),
                terms=terms_of(point),
            )
            for point in found.points
        )

    def term_weights(self, terms: Sequence[int]) -> dict[int, float]:
        """Return the IDF of each term, from the server's own score of its best passage."""
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

    def damage(self) -> list[str]:
        """Return the articles that are missing although their passages exist.

        A server checks its own files. `Archive.damage` checks that each article is as written.
        """
        return [
            f"article {i!r} is missing, but its passages are there" for i in self._points.orphans()
        ]

    def is_current(self) -> bool:
        """Say whether no newer generation has been published."""
        return self._server.served() == self._points

    def close(self) -> None:
        """Close the client."""
        self._server.client.close()
