"""The collections of an archive and its alias: every request but a question's is sent from here.

Under `store` and `builder`, over `points` and `failures`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qdrant_client import QdrantClient, models

from rag.errors import ArchiveBusy, ArchiveDamaged, ArchiveUnavailable, SettingsError
from rag.records import derive_id
from rag.store import model
from rag.store.model import ArticleHead, Manifest, Payload, Recipe
from rag.store.server.failures import CollectionGone, stranger, translated
from rag.store.server.points import INDEXED_FIELDS, config, of_kind, requests_of, vectors_of

COPYING, BUILDING = "copying", "building"
_MARKER = derive_id("manifest")
_PAGE = 500
_COPY_PAGE = 50  # with vectors, about 4 MB of JSON


@dataclass(frozen=True, slots=True)
class Collection:
    """One generation's points."""

    client: QdrantClient
    name: str
    location: str

    def marker(self) -> Payload:
        """Return the point that says what this is; empty if it is not ours."""
        with translated(self.location):
            found = self.client.retrieve(self.name, [_MARKER], with_payload=True)
        return next((record.payload or {} for record in found), {})

    def mark(self, kind: str, recipe: Recipe, **more: str) -> None:
        """Write the point that says what this is."""
        payload = {"kind": kind, "recipe": repr(recipe), **more}
        self.upsert([models.PointStruct(id=_MARKER, vector={}, payload=payload)])

    def manifest(self) -> Manifest:
        """Return the manifest of a finished generation."""
        return Manifest.from_json(self.marker().get("json", ""), f"{self.name} on {self.location}")

    def counts(self) -> dict[str, int]:
        """Return the number of articles and of passages."""
        with translated(self.location):
            return {
                kind: self.client.count(self.name, count_filter=of_kind(kind), exact=True).count
                for kind in (model.ARTICLE, model.PASSAGE)
            }

    def is_empty(self) -> bool:
        """Say whether there is no point at all: an ingest was killed as it made this."""
        with translated(self.location):
            return self.client.count(self.name, exact=True).count == 0

    def require(self, manifest: Manifest) -> None:
        """Refuse a collection that does not hold what its manifest says."""
        found = self.counts()
        if found != {model.ARTICLE: manifest.articles, model.PASSAGE: manifest.passages}:
            raise ArchiveDamaged(
                f"{self.name} on {self.location} holds {found[model.ARTICLE]} articles and "
                f"{found[model.PASSAGE]} passages, its manifest says {manifest.articles} and "
                f"{manifest.passages}; ingest into another DATELINE_COLLECTION, or restore it "
                "from a snapshot"
            )

    def articles(
        self, article_ids: Sequence[str], *, with_payload: bool | list[str]
    ) -> dict[models.ExtendedPointId, Payload]:
        """Return the payloads of the stored articles among `article_ids`, by point id."""
        if not article_ids:
            return {}
        points = [model.article_point_id(article_id) for article_id in article_ids]
        with translated(self.location):
            found = self.client.retrieve(self.name, points, with_payload=with_payload)
        return {record.id: record.payload or {} for record in found}

    def heads(self) -> Iterator[ArticleHead]:
        """Stream what every article is known by."""
        for record in self._scroll(of_kind(model.ARTICLE), with_payload=model.HEAD_FIELDS):
            yield model.read_head(record.payload or {})

    def sources(self) -> dict[str, int]:
        """Return every outlet with its number of articles."""
        with translated(self.location):
            facet = self.client.facet(
                self.name,
                key="source",
                facet_filter=of_kind(model.ARTICLE),
                limit=model.MOST_SOURCES,
                exact=True,
            )
        return {str(hit.value): hit.count for hit in facet.hits}

    def orphans(self) -> list[str]:
        """Return the articles whose passages were written and they were not."""
        known = {head.id for head in self.heads()}
        passages = self._scroll(of_kind(model.PASSAGE), with_payload=["article_id"])
        return sorted({(record.payload or {})["article_id"] for record in passages} - known)

    def copies(self) -> Iterator[models.PointStruct]:
        """Stream every point but the marker, with its vectors, to be written elsewhere."""
        content = models.Filter(must_not=[models.HasIdCondition(has_id=[_MARKER])])
        for record in self._scroll(content, limit=_COPY_PAGE, with_vectors=True):
            yield models.PointStruct(
                id=record.id, vector=vectors_of(record), payload=record.payload
            )

    def upsert(self, points: Iterable[models.PointStruct]) -> None:
        """Write points; returns when the server cannot lose them."""
        for request in requests_of(points):
            with translated(self.location):
                self.client.upsert(self.name, request, wait=True)

    def delete(self, selector: models.PointsSelector) -> None:
        """Delete points."""
        with translated(self.location):
            self.client.delete(self.name, selector, wait=True)

    def delete_passages(self, article_ids: list[str]) -> None:
        """Delete the passages of articles."""
        for first in range(0, len(article_ids), _PAGE):
            wanted = models.MatchAny(any=article_ids[first : first + _PAGE])
            condition = models.FieldCondition(key="article_id", match=wanted)
            self.delete(models.FilterSelector(filter=models.Filter(must=[condition])))

    def drop(self) -> None:
        """Delete the collection."""
        with translated(self.location):
            self.client.delete_collection(self.name)

    def _scroll(
        self, where: models.Filter, *, limit: int = _PAGE, **wanted: Any
    ) -> Iterator[models.Record]:
        offset = None
        while True:
            with translated(self.location):
                records, offset = self.client.scroll(
                    self.name, scroll_filter=where, limit=limit, offset=offset, **wanted
                )
            yield from records
            if offset is None:
                return


@dataclass(frozen=True, slots=True)
class Server:
    """The collections of one archive on a server, and the alias."""

    client: QdrantClient
    alias: str
    location: str

    def served(self) -> Collection | None:
        """Return the collection behind the alias, None if nothing was published yet."""
        try:
            with translated(self.location):
                aliases = self.client.get_aliases().aliases
        except CollectionGone as error:
            raise ArchiveUnavailable(stranger(self.location)) from error
        names = [found.collection_name for found in aliases if found.alias_name == self.alias]
        return self._collection(names[0]) if names else None

    def generations(self) -> list[Collection]:
        """Return every collection named as a generation is, the newest first."""
        pattern = re.compile(re.escape(self.alias) + r"-[0-9]{8}")
        names = sorted(filter(pattern.fullmatch, self._names()), reverse=True)
        return [self._collection(name) for name in names]

    def create_next(self, recipe: Recipe) -> Collection:
        """Make the collection of the next generation, marked as not yet a whole start."""
        newest = next(iter(self.generations()), None)
        number = int(newest.name[-8:]) + 1 if newest else 1
        points = self._collection(f"{self.alias}-{number:08d}")
        with translated(self.location):
            self.client.create_collection(points.name, **config(recipe.dimension))
            points.mark(COPYING, recipe)
            for field, schema in INDEXED_FIELDS.items():
                self.client.create_payload_index(points.name, field, field_schema=schema)
        return points

    def serve(self, build: Collection, *, instead_of: Collection | None) -> None:
        """Move the alias to a finished build.

        Raises:
            ArchiveBusy: the alias is not where this ingest found it.
        """
        if self.served() != instead_of:
            raise ArchiveBusy(
                f"another ingest has published {self.alias} on {self.location} since this one "
                "began; run it again: it goes on from there"
            )
        create = models.CreateAlias(collection_name=build.name, alias_name=self.alias)
        moves: list[Any] = [models.CreateAliasOperation(create_alias=create)]
        if instead_of:
            delete = models.DeleteAlias(alias_name=self.alias)
            moves.insert(0, models.DeleteAliasOperation(delete_alias=delete))
        with translated(self.location):
            self.client.update_collection_aliases(moves)
        if self.served() != build:
            raise ArchiveUnavailable(
                f"{self.location} did not move the alias {self.alias}; run the ingest again"
            )

    def require_free_alias(self, served: Collection | None) -> None:
        """Refuse an alias that is the name of a collection, before hours of work for nothing."""
        if served is None and self.alias in self._names():
            raise SettingsError(
                f"{self.location} has a collection {self.alias}, which no ingest made; set "
                "DATELINE_COLLECTION to another name"
            )

    def _collection(self, name: str) -> Collection:
        return Collection(self.client, name, self.location)

    def _names(self) -> list[str]:
        with translated(self.location):
            return [found.name for found in self.client.get_collections().collections]
