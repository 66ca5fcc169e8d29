"""Manages the collections of an archive, and the alias by which readers find the served one."""

import re
from dataclasses import dataclass
from typing import Any

from qdrant_client import QdrantClient, models

from rag.errors import ArchiveBusy, ArchiveUnavailable, SettingsError
from rag.store.model import Recipe
from rag.store.points import INDEXED_FIELDS
from rag.store.server.collection import Collection
from rag.store.server.failures import CollectionGone, stranger, translated
from rag.store.server.points import config

COPYING, BUILDING = "copying", "building"


@dataclass(frozen=True, slots=True)
class Server:
    """The collections of one archive on a server, and the alias."""

    client: QdrantClient
    alias: str
    location: str

    def served(self) -> Collection | None:
        """Return the collection behind the alias; None if nothing was published yet."""
        try:
            with translated(self.location):
                aliases = self.client.get_aliases().aliases
        except CollectionGone as error:
            raise ArchiveUnavailable(stranger(self.location)) from error
        names = [found.collection_name for found in aliases if found.alias_name == self.alias]
        return self._collection(names[0]) if names else None

    def generations(self) -> list[Collection]:
        """Return every collection with the name of a generation, the newest first."""
        pattern = re.compile(re.escape(self.alias) + r"-[0-9]{8}")
        names = sorted(filter(pattern.fullmatch, self._names()), reverse=True)
        return [self._collection(name) for name in names]

    def create_next(self, recipe: Recipe) -> Collection:
        """Make the collection of the next generation, marked as not completely started."""
        newest = next(iter(self.generations()), None)
        number = int(newest.name[-8:]) + 1 if newest else 1
        points = self._collection(f"{self.alias}-{number:08d}")
        with translated(self.location):
            self.client.create_collection(points.name, **config(recipe.dimension))
            points.describe(COPYING, recipe)
            for field, schema in INDEXED_FIELDS.items():
                kind = models.PayloadSchemaType(schema)
                self.client.create_payload_index(points.name, field, field_schema=kind)
        return points

    def serve(self, build: Collection, *, instead_of: Collection | None) -> None:
        """Move the alias to a finished build.

        Raises:
            ArchiveBusy: the alias was moved since this ingest read it.
        """
        if self.served() != instead_of:
            raise ArchiveBusy(
                f"another ingest has published {self.alias} on {self.location} since this one "
                "began; run it again, and it continues from there"
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
        """Refuse an alias that is the name of a collection, before hours of work are wasted."""
        if served is None and self.alias in self._names():
            raise SettingsError(
                f"{self.location} has a collection {self.alias}, which was not made by an ingest; "
                "set DATELINE_COLLECTION to another name"
            )

    def _collection(self, name: str) -> Collection:
        return Collection(self.client, name, self.location)

    def _names(self) -> list[str]:
        with translated(self.location):
            return [found.name for found in self.client.get_collections().collections]
