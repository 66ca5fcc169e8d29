"""Reads and writes one collection, which has the points of one generation.

All requests for points are sent from here, except the query of a question.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from qdrant_client import QdrantClient, models

from rag.errors import ArchiveDamaged
from rag.models.vectors import Vectors
from rag.records import derive_id
from rag.store.conditions import Conditions, Selection, of_articles, of_kinds
from rag.store.model import ARTICLE, PASSAGE, SENTENCES, Manifest, PassageVectors, Recipe
from rag.store.payloads import Payload
from rag.store.points import PAGE, TEXT_PAGE, Point, Points, article_point_id, stored_point
from rag.store.server.failures import translated
from rag.store.server.points import (
    client_filter,
    client_point,
    is_quantized,
    passage_vectors,
    requests_of,
    sentence_vectors,
    vectors_of,
)

_MARKER = derive_id("manifest")
# A point that lists the ids of points which were changed since the generation before.
_CHANGES = "changes"
_EVERY_VALUE = 1_000_000


@dataclass(frozen=True, slots=True)
class Collection(Points):
    """The points of one generation.

    `name` is that of the collection, or an alias of it. With `changed`, which holds ids of points,
    each write first notes in the collection which points it is about to change.
    """

    client: QdrantClient
    name: str
    location: str
    changed: set[str] | None = field(default=None, compare=False)

    def marker(self) -> Payload:
        """Return the point that says what this is; empty if it does not belong to Dateline."""
        with translated(self.location):
            found = self.client.retrieve(self.name, [_MARKER], with_payload=True)
        return next((record.payload or {} for record in found), {})

    def describe(self, kind: str, recipe: Recipe, **more: str) -> None:
        """Write the point that says what this is."""
        payload = {"kind": kind, "recipe": repr(recipe), **more}
        self._send([models.PointStruct(id=_MARKER, vector={}, payload=payload)])

    def manifest(self) -> Manifest:
        """Return the manifest of a finished generation."""
        return Manifest.from_json(self.marker().get("json", ""), f"{self.name} on {self.location}")

    def count(self, where: Conditions | None = None) -> int:
        """Return the exact number of all points, or of those that meet conditions."""
        counted = client_filter(where) if where else None
        with translated(self.location):
            return self.client.count(self.name, count_filter=counted, exact=True).count

    def is_empty(self) -> bool:
        """Say whether there are no points at all, as after a kill while it was made."""
        return self.count() == 0

    def require(self, manifest: Manifest) -> None:
        """Refuse a collection that does not hold what its manifest says."""
        found = self.counts()
        if found != {ARTICLE: manifest.articles, PASSAGE: manifest.passages}:
            raise ArchiveDamaged(
                f"{self.name} on {self.location} holds {found[ARTICLE]} articles and "
                f"{found[PASSAGE]} passages, but its manifest says {manifest.articles} and "
                f"{manifest.passages}; ingest into another DATELINE_COLLECTION, or restore it "
                "from a snapshot"
            )

    def whole(self, where: Conditions) -> Iterator[Point]:
        """Stream points with all that is stored of them, in the order of their ids."""
        found = self.scroll(
            client_filter(where), limit=TEXT_PAGE, with_payload=True, with_vectors=True
        )
        return (stored_point(r.id, r.payload or {}, vectors_of(r)) for r in found)

    def payloads(
        self, article_ids: Sequence[str], fields: list[str] | None = None
    ) -> list[Payload]:
        """Return the payloads of the stored articles among some, also of withdrawn ones."""
        if not article_ids:
            return []
        points = [article_point_id(article_id) for article_id in article_ids]
        wanted = True if fields is None else fields
        with translated(self.location):
            found = self.client.retrieve(self.name, points, with_payload=wanted)
        return [record.payload or {} for record in found]

    def contents(
        self, where: Conditions, fields: list[str] | None = None, *, page: int = PAGE
    ) -> Iterator[Payload]:
        """Stream the payloads of points, or some fields of them, in the order of their ids."""
        wanted = True if fields is None else fields
        found = self.scroll(client_filter(where), limit=page, with_payload=wanted)
        return (record.payload or {} for record in found)

    def latest(self, where: Conditions, *, limit: int) -> list[str]:
        """Return the ids of articles that have a day of publication, the latest first."""
        with translated(self.location):
            found, _ = self.client.scroll(
                self.name,
                scroll_filter=client_filter(where),
                order_by=models.OrderBy(key="published", direction=models.Direction.DESC),
                limit=limit,
                with_payload=["id"],
            )
        return [(record.payload or {})["id"] for record in found]

    def with_vectors(self, where: Conditions) -> Iterator[tuple[Payload, Vectors | None]]:
        """Stream the payloads of passages and their sentence vectors, None if there are none."""
        for record in self.scroll(
            client_filter(where), with_payload=True, with_vectors=[SENTENCES]
        ):
            yield record.payload or {}, sentence_vectors(record)

    def has_index(self, field: str) -> bool:
        """Say whether a field has an index."""
        with translated(self.location):
            return field in self.client.get_collection(self.name).payload_schema

    def is_quantized(self) -> bool:
        """Say whether the vectors of passages are searched in a shortened form."""
        with translated(self.location):
            return is_quantized(self.client.get_collection(self.name))

    def facet(self, field: str, *, limit: int | None = None) -> dict[str, int]:
        """Return the values of a field of articles with counts, all or the most frequent ones."""
        most = _EVERY_VALUE if limit is None else limit
        articles = client_filter(of_kinds(ARTICLE))
        with translated(self.location):
            facet = self.client.facet(
                self.name, key=field, facet_filter=articles, limit=most, exact=True
            )
        return {str(hit.value): hit.count for hit in facet.hits}

    def orphans(self) -> list[str]:
        """Return the ids of articles that are missing although their passages exist."""
        known = {head.id for head in self.heads() if not head.withdrawn}
        passages = self.contents(of_kinds(PASSAGE), ["article_id"])
        return sorted({payload["article_id"] for payload in passages} - known)

    def copy_from(self, other: "Collection") -> None:
        """Write every point of another generation, with its vectors, but without its notes."""
        changes = client_filter(of_kinds(_CHANGES))
        content = models.Filter(must_not=[models.HasIdCondition(has_id=[_MARKER]), changes])
        found = other.scroll(content, limit=TEXT_PAGE, with_payload=True, with_vectors=True)
        for request in requests_of(map(_stored, found)):
            self._send(request)

    def changed_points(self) -> set[str]:
        """Return the ids of the points that were changed since the generation before."""
        found = self.contents(of_kinds(_CHANGES), page=TEXT_PAGE)
        return {point for payload in found for point in payload["points"]}

    def catch_up(self, newer: "Collection") -> None:
        """Become equal to the generation after this one, by what was changed in that."""
        changed = sorted(newer.changed_points())
        self.delete(of_kinds(_CHANGES))
        for first in range(0, len(changed), TEXT_PAGE):
            points = changed[first : first + TEXT_PAGE]
            with translated(self.location):
                found = self.client.retrieve(
                    newer.name, points, with_payload=True, with_vectors=True
                )
            gone = {*points} - {str(record.id) for record in found}
            if gone:
                self.delete(sorted(gone))
            for request in requests_of(map(_stored, found)):
                self._send(request)

    def note(self, points: Selection) -> None:
        """Remember which points are about to be changed, for the generation after this one."""
        if self.changed is None:
            return
        if isinstance(points, Conditions):
            found = self.scroll(client_filter(points), with_payload=False)
            points = [str(record.id) for record in found]
        new = [point for point in dict.fromkeys(points) if point not in self.changed]
        for first in range(0, len(new), PAGE):
            payload = {"kind": _CHANGES, "points": new[first : first + PAGE]}
            # A point is noted once, so the first one names the note.
            note = derive_id(_CHANGES, new[first])
            self._send([models.PointStruct(id=note, vector={}, payload=payload)])
        self.changed.update(new)

    def upsert(self, points: Iterable[Point]) -> None:
        """Write points; when this returns, the server cannot lose them."""
        for request in requests_of(client_point(point) for point in points):
            self.note([str(point.id) for point in request])
            self._send(request)

    def _send(self, request: list[models.PointStruct]) -> None:
        with translated(self.location):
            self.client.upsert(self.name, request, wait=True)

    def update_vectors(self, entries: Iterable[PassageVectors]) -> None:
        """Write the vectors of stored passages."""
        for request in requests_of(passage_vectors(entry) for entry in entries):
            self.note([str(point.id) for point in request])
            with translated(self.location):
                self.client.update_vectors(self.name, request, wait=True)

    def set_payload(self, payload: Payload, points: Selection) -> None:
        """Set fields of points, which are chosen by their ids or by conditions."""
        self.note(points)
        with translated(self.location):
            self.client.set_payload(self.name, payload, _selected(points), wait=True)

    def delete_payload(self, fields: list[str], points: Selection) -> None:
        """Delete fields of points, which are chosen by their ids or by conditions."""
        self.note(points)
        with translated(self.location):
            self.client.delete_payload(self.name, fields, _selected(points), wait=True)

    def delete(self, points: Selection) -> None:
        """Delete points, which are chosen by their ids or by conditions."""
        self.note(points)
        with translated(self.location):
            self.client.delete(self.name, _selected(points), wait=True)

    def delete_passages(self, article_ids: Sequence[str]) -> None:
        """Delete the passages of articles, in requests of a bounded size."""
        for first in range(0, len(article_ids), PAGE):
            self.delete(of_articles(article_ids[first : first + PAGE]))

    def drop(self) -> None:
        """Delete the collection."""
        with translated(self.location):
            self.client.delete_collection(self.name)

    def scroll(
        self, where: models.Filter, *, limit: int = PAGE, **wanted: Any
    ) -> Iterator[models.Record]:
        """Stream the points that pass a filter, in the order of their ids."""
        offset = None
        while True:
            with translated(self.location):
                records, offset = self.client.scroll(
                    self.name, scroll_filter=where, limit=limit, offset=offset, **wanted
                )
            yield from records
            if offset is None:
                return


def _stored(record: models.Record) -> models.PointStruct:
    """Return a point that was read, to be written as it is."""
    return models.PointStruct(id=record.id, vector=vectors_of(record), payload=record.payload)


def _selected(points: Selection) -> list[models.ExtendedPointId] | models.Filter:
    return client_filter(points) if isinstance(points, Conditions) else list(points)
