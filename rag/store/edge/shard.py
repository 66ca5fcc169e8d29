"""Uses one open shard of the engine, for the store and for the builder.

The engine raises bare `Exception` for everything, and `BaseException` for a panic. Both are
translated here.
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import qdrant_edge as edge

from rag.errors import ArchiveDamaged, ArchiveError, ArchiveUnavailable
from rag.models.vectors import Vectors
from rag.store.conditions import Conditions, Selection, of_articles, of_kinds
from rag.store.edge.points import (
    SCHEMAS,
    config,
    engine_filter,
    engine_point,
    payload_of,
    sentence_vectors,
    vectors_of,
)
from rag.store.model import ARTICLE, SENTENCES, PassageVectors
from rag.store.payloads import Payload
from rag.store.points import (
    INDEXED_FIELDS,
    PAGE,
    TEXT_PAGE,
    Point,
    Points,
    article_point_id,
    stored_point,
)

_EVERY_VALUE = 10_000_000
_Update = edge.UpdateOperation


class Shard(Points):
    """An open shard, and the place that messages name."""

    def __init__(self, folder: Path, location: str) -> None:
        self.folder = folder
        self._location = location
        with translated(location):
            self.engine = edge.EdgeShard.load(str(folder))

    @staticmethod
    def create(folder: Path, dimension: int, location: str) -> None:
        """Make an empty shard with its indexes in an empty folder, and close it."""
        with translated(location):
            engine = edge.EdgeShard.create(str(folder), config(dimension))
            for name, kind in INDEXED_FIELDS.items():
                engine.update(_Update.create_field_index(name, SCHEMAS[kind]))
            engine.flush()
            engine.close()

    def compact(self) -> None:
        """Merge and index what was written, and give back the memory that this took.

        The pages of the files count as memory of the process until the files are closed.
        """
        self.settle()
        with translated(self._location):
            self.engine.close()
            _give_memory_back()
            self.engine = edge.EdgeShard.load(str(self.folder))

    def settle(self) -> None:
        """Merge and index what was written, and put all of it on the disk."""
        with translated(self._location):
            self.engine.flush()
            self.engine.optimize()
            self.engine.flush()

    def close(self) -> None:
        """Put everything on the disk and close."""
        with translated(self._location):
            self.engine.flush()
            self.engine.close()

    # -- reading ------------------------------------------------------------------------------

    def count(self, where: Conditions) -> int:
        """Return the exact number of points that meet conditions."""
        request = edge.CountRequest(exact=True, filter=engine_filter(where))
        with translated(self._location):
            return self.engine.count(request)

    def has_index(self, field: str) -> bool:
        """Say whether a field has an index."""
        with translated(self._location):
            return field in self.engine.info().payload_schema

    def facet(self, field: str, *, limit: int | None = None) -> dict[str, int]:
        """Return the values of a field of articles with counts, all or the most frequent ones."""
        most = _EVERY_VALUE if limit is None else limit
        articles = engine_filter(of_kinds(ARTICLE))
        request = edge.FacetRequest(field, limit=most, exact=True, filter=articles)
        with translated(self._location):
            return {str(hit.value): hit.count for hit in self.engine.facet(request).hits}

    def scroll(
        self,
        where: Conditions,
        fields: list[str] | None = None,
        *,
        page: int = PAGE,
        vectors: list[str] | bool = False,
    ) -> Iterator[edge.Record]:
        """Stream points, or some fields of them, in the order of their ids."""
        wanted = True if fields is None else fields
        passing, offset = engine_filter(where), None
        while True:
            request = edge.ScrollRequest(
                offset=offset,
                limit=page,
                filter=passing,
                with_payload=wanted,
                with_vector=vectors,
            )
            with translated(self._location):
                records, offset = self.engine.scroll(request)
            yield from records
            if offset is None:
                return

    def contents(
        self, where: Conditions, fields: list[str] | None = None, *, page: int = PAGE
    ) -> Iterator[Payload]:
        """Stream the payloads of points, or some fields of them, in the order of their ids."""
        return (payload_of(record) for record in self.scroll(where, fields, page=page))

    def latest(self, where: Conditions, *, limit: int) -> list[str]:
        """Return the ids of articles that have a day of publication, the latest first."""
        request = edge.ScrollRequest(
            limit=limit,
            filter=engine_filter(where),
            with_payload=["id"],
            order_by=edge.OrderBy("published", edge.Direction.Desc),
        )
        with translated(self._location):
            records, _ = self.engine.scroll(request)
        return [payload_of(record)["id"] for record in records]

    def with_vectors(self, where: Conditions) -> Iterator[tuple[Payload, Vectors | None]]:
        """Stream the payloads of passages and their sentence vectors, None if there are none."""
        for record in self.scroll(where, vectors=[SENTENCES]):
            yield payload_of(record), sentence_vectors(record)

    def whole(self, where: Conditions) -> Iterator[Point]:
        """Stream points with all that is stored of them, in the order of their ids."""
        for record in self.scroll(where, page=TEXT_PAGE, vectors=True):
            vectors: Any = record.vector or {}  # the stubs allow every kind everywhere
            yield stored_point(record.id, payload_of(record), vectors)

    def payloads(
        self, article_ids: Sequence[str], fields: list[str] | None = None
    ) -> list[Payload]:
        """Return the payloads of the stored articles among some, also of withdrawn ones."""
        if not article_ids:
            return []
        points: list[Any] = [article_point_id(article_id) for article_id in article_ids]
        wanted = True if fields is None else fields
        with translated(self._location):
            return [payload_of(record) for record in self.engine.retrieve(points, wanted, False)]

    # -- writing ------------------------------------------------------------------------------

    def update(self, operation: edge.UpdateOperation) -> None:
        """Apply an operation; when this returns, a kill cannot lose it."""
        with translated(self._location):
            self.engine.update(operation)

    def upsert(self, points: Iterable[Point]) -> None:
        """Write points in one operation."""
        if written := [engine_point(point) for point in points]:
            self.update(_Update.upsert_points(written))

    def update_vectors(self, entries: Iterable[PassageVectors]) -> None:
        """Write the vectors of stored passages."""
        self.update(_Update.update_vectors([vectors_of(entry) for entry in entries]))

    def set_payload(self, payload: Payload, points: Selection) -> None:
        """Set fields of points, which are chosen by their ids or by conditions."""
        if isinstance(points, Conditions):
            self.update(_Update.set_payload_by_filter(engine_filter(points), payload))
        else:
            self.update(_Update.set_payload(list(points), payload))

    def delete_payload(self, fields: list[str], points: Selection) -> None:
        """Delete fields of points, which are chosen by their ids or by conditions."""
        if isinstance(points, Conditions):
            self.update(_Update.delete_payload_by_filter(engine_filter(points), fields))
        else:
            self.update(_Update.delete_payload(list(points), fields))

    def delete(self, points: Selection) -> None:
        """Delete points, which are chosen by their ids or by conditions."""
        if isinstance(points, Conditions):
            self.update(_Update.delete_points_by_filter(engine_filter(points)))
        else:
            self.update(_Update.delete_points(list(points)))

    def delete_passages(self, article_ids: Sequence[str]) -> None:
        """Delete the passages of articles in one operation."""
        if article_ids:
            self.delete(of_articles(article_ids))


def _give_memory_back() -> None:
    """Return freed memory to the system, because glibc keeps hundreds of MB after a merge."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


@contextmanager
def translated(location: str) -> Iterator[None]:
    """Turn the bare exceptions and panics of the engine into errors of Dateline."""
    try:
        yield
    except (ArchiveError, OSError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        if "No space left" in reason or "Read-only" in reason:
            raise ArchiveUnavailable(f"cannot write to {location}: {reason}") from error
        raise ArchiveDamaged(
            f"the engine cannot use {location}: {reason}; "
            f"run 'dateline doctor --archive {location}'"
        ) from error
