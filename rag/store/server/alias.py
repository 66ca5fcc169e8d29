"""Manages the collections of an archive, and the aliases by which readers find generations."""

import re
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from qdrant_client import QdrantClient, models

from rag.errors import ArchiveBusy, ArchiveUnavailable, SettingsError
from rag.store.model import Recipe
from rag.store.payloads import CELLS
from rag.store.points import INDEXED_FIELDS
from rag.store.server.collection import Collection
from rag.store.server.failures import CollectionGone, stranger, translated
from rag.store.server.points import ONE_SERVER, Layout, config

# What a collection is; MANIFEST, once it is complete.
COPYING, BUILDING = "copying", "building"
SUPERSEDED, CATCHING_UP = "superseded", "catching up"


@dataclass(frozen=True, slots=True)
class Server:
    """The collections of one archive on a server, and the aliases."""

    client: QdrantClient
    alias: str
    location: str
    layout: Layout = ONE_SERVER

    # -- reading ------------------------------------------------------------------------------

    def served(self) -> Collection | None:
        """Return the generation behind the alias; None if nothing was published yet."""
        aliases = self._aliases()
        name = aliases.get(self.alias)
        return None if name is None else self._as_generation(name, aliases)

    def as_generation(self, points: Collection) -> Collection:
        """Return a collection under the alias that only its present generation has.

        Readers use it, and it is taken away before anything is written into the collection. One
        that an older Dateline served has no such alias.
        """
        return self._as_generation(points.name, self._aliases())

    def stored(self, generation: Collection) -> Collection:
        """Return a generation under the name of its collection."""
        return self._collection(self._aliases().get(generation.name, generation.name))

    def collections(self) -> list[Collection]:
        """Return every collection with the name of one of this archive, the newest first."""
        pattern = re.compile(re.escape(self.alias) + r"-[0-9]{8}")
        names = sorted(filter(pattern.fullmatch, self._names()), reverse=True)
        return [self._collection(name) for name in names]

    # -- writing ------------------------------------------------------------------------------

    def create_next(self, recipe: Recipe, *, base: Collection | None = None) -> Collection:
        """Make one more collection, marked as not completely started.

        It gets no index of cells if the passages of its base, which it will hold, have none.
        """
        without = {CELLS} if base is not None and not base.has_index(CELLS) else set()
        newest = next(iter(self.collections()), None)
        number = int(newest.name[-8:]) + 1 if newest else 1
        points = self._collection(f"{self.alias}-{number:08d}")
        with translated(self.location):
            self.client.create_collection(points.name, **config(recipe.dimension, self.layout))
            points.describe(COPYING, recipe)
            for field, schema in INDEXED_FIELDS.items():
                if field not in without:
                    kind = models.PayloadSchemaType(schema)
                    self.client.create_payload_index(points.name, field, field_schema=kind)
        return points

    def serve(self, build: Collection, *, instead_of: Collection | None) -> Collection:
        """Move the alias to a finished build, and return that under the alias of its generation.

        Raises:
            ArchiveBusy: the alias was moved since this ingest read it.
        """
        if self.served() != instead_of:
            raise ArchiveBusy(
                f"another ingest has published {self.alias} on {self.location} since this one "
                "began; run it again, and it continues from there"
            )
        number = int(instead_of.name[-8:]) + 1 if instead_of else int(build.name[-8:])
        generation = self._collection(f"{self.alias}.{number:08d}")
        # An alias of this number can be there if somebody took the archive's alias away.
        gone = {self.alias, generation.name} & self._aliases().keys()
        self._change_aliases(delete=gone, create={self.alias, generation.name}, of=build)
        if self.served() != generation:
            raise ArchiveUnavailable(
                f"{self.location} did not move the alias {self.alias}; run the ingest again"
            )
        return generation

    def hide(self, points: Collection) -> None:
        """Take the aliases away under which readers may have opened a collection."""
        names = {alias for alias, name in self._aliases().items() if name == points.name}
        if names:
            self._change_aliases(delete=names, of=points)

    def require_free_alias(self, served: Collection | None) -> None:
        """Refuse an alias that is the name of a collection, before hours of work are wasted."""
        if served is None and self.alias in self._names():
            raise SettingsError(
                f"{self.location} has a collection {self.alias}, which was not made by an ingest; "
                "set DATELINE_COLLECTION to another name"
            )

    # -- the client ---------------------------------------------------------------------------

    def _as_generation(self, name: str, aliases: dict[str, str]) -> Collection:
        pattern = re.compile(re.escape(self.alias) + r"\.[0-9]{8}")
        found = (a for a, target in aliases.items() if target == name and pattern.fullmatch(a))
        return self._collection(max(found, default=name))

    def _aliases(self) -> dict[str, str]:
        """Return the name of the collection behind each alias."""
        try:
            with translated(self.location):
                aliases = self.client.get_aliases().aliases
        except CollectionGone as error:
            raise stranger(self.location) from error
        return {found.alias_name: found.collection_name for found in aliases}

    def _change_aliases(
        self, *, delete: Set[str], create: Set[str] = frozenset(), of: Collection
    ) -> None:
        """Delete aliases and create those of a collection, in one atomic request."""
        changes: list[Any] = [
            models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=name))
            for name in sorted(delete)
        ]
        for name in sorted(create):
            made = models.CreateAlias(collection_name=of.name, alias_name=name)
            changes.append(models.CreateAliasOperation(create_alias=made))
        with translated(self.location):
            self.client.update_collection_aliases(changes)

    def _collection(self, name: str) -> Collection:
        return Collection(self.client, name, self.location)

    def _names(self) -> list[str]:
        with translated(self.location):
            return [found.name for found in self.client.get_collections().collections]
