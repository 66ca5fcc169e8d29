"""Reads one generation of an archive directory: the `Store` of the embedded engine."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import qdrant_edge as edge

from rag.errors import ArchiveDamaged, ArchiveUnavailable
from rag.store.directory import ArchiveDirectory
from rag.store.edge.points import (
    passage_query,
    payload_of,
    sentence_vectors,
    term_query,
    terms_of,
    vector_of,
)
from rag.store.edge.shard import Shard, translated
from rag.store.model import ARTICLE, BM25, PASSAGE, Manifest, ScoredPassage, StoreQuery
from rag.store.payloads import CELLS
from rag.store.points import in_order, scored_passage
from rag.store.served import ServedGeneration


class EdgeStore(ServedGeneration[Shard]):
    """Reads one generation of an archive directory through a view of its own."""

    def __init__(self, root: Path) -> None:
        self._directory = ArchiveDirectory(root)
        self._resources = ExitStack()
        self.location = str(root)
        self.generation, manifest, shard = self._open()
        super().__init__(shard, manifest, location=self.location, by_cells=shard.has_index(CELLS))

    @property
    def shard(self) -> Shard:
        """The open shard."""
        return self._points

    @property
    def ingested(self) -> datetime | None:
        """When this generation was made; None if an ingest has removed its directory since."""
        return self._directory.made(self.generation)

    def _open(self) -> tuple[str, Manifest, Shard]:
        """Open the served generation; try again if a newer one replaced it meanwhile."""
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
            shard = Shard(view, self.location)
            self._resources.callback(shard.engine.close)
            require_counts(shard, manifest, self.location)
            return generation, manifest, shard

    def query(self, query: StoreQuery) -> list[ScoredPassage]:
        """Return candidates, best first, by one query with DBSF of BM25 and MaxSim."""
        with translated(self.location):
            points = self.shard.engine.query(passage_query(query, by_cells=self._by_cells))
        return in_order(
            scored_passage(
                payload_of(point),
                point.score,
                vectors=sentence_vectors(point),
                terms=terms_of(point),
            )
            for point in points
        )

    def term_weights(self, terms: Sequence[int]) -> dict[int, float]:
        """Return the IDF of each term, from the engine's own score of its best passage."""
        request = edge.QueryBatchRequest([term_query(term) for term in terms])
        weights: dict[int, float] = {}
        with translated(self.location):
            for term, points in zip(terms, self.shard.engine.query_batch(request), strict=True):
                for point in points:
                    vector = vector_of(point, BM25)
                    frequency = vector.values[vector.indices.index(term)]
                    weights[term] = point.score / frequency
        return weights

    def is_current(self) -> bool:
        """Say whether no newer generation has been published."""
        return self._directory.served() == self.generation

    def damage(self) -> list[str]:
        """Return what is damaged, after reading all stored files in full; empty if nothing is.

        Raises:
            ArchiveUnavailable: a newer generation was published meanwhile; open it again.
        """
        files = list(self._directory.damaged_files(self.generation, self.manifest))
        if files and not self.is_current():
            raise ArchiveUnavailable(
                f"a newer generation of {self.location} was published; open it again to check it"
            )
        return [f"{name} has changed since it was written" for name in files]

    def close(self) -> None:
        """Close the shard and remove the view."""
        self._resources.close()


def require_counts(shard: Shard, manifest: Manifest, location: str) -> None:
    """Refuse a shard that lost points, since the engine loads a damaged one as a smaller one."""
    found = shard.counts()
    if found != {ARTICLE: manifest.articles, PASSAGE: manifest.passages}:
        raise ArchiveDamaged(
            f"{location} holds {found[ARTICLE]} articles and {found[PASSAGE]} "
            f"passages, but its manifest says {manifest.articles} and {manifest.passages}; ingest "
            "again into a new archive, or restore it from a backup"
        )
