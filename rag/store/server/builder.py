"""Builds the next generation on a server: the `Builder` of a Qdrant server."""

from qdrant_client import QdrantClient

from rag.store.building import GenerationBuilder
from rag.store.model import MANIFEST, Manifest, Recipe
from rag.store.payloads import Payload
from rag.store.server.alias import BUILDING, Server
from rag.store.server.collection import Collection


class ServerBuilder(GenerationBuilder[Collection]):
    """Builds the next generation beside the served one; resumable; closes the client it was given.

    An ingest on another machine could continue the same build, so run one ingest at a time.
    """

    def __init__(
        self, client: QdrantClient, collection: str, recipe: Recipe, location: str
    ) -> None:
        super().__init__(recipe, location)
        self._server = Server(client, collection, location)
        try:
            self._base = self._server.served()
            if self._base:
                self._base.manifest().recipe.require(recipe, location)
            self._server.require_free_alias(self._base)
            self._build = self._resume()
            self.resumed = self._build is not None
        except BaseException:
            client.close()
            raise

    @property
    def has_served(self) -> bool:
        """Whether there is a generation that is served."""
        return self._base is not None

    def compact(self) -> None:
        """Do nothing, because a server merges by itself."""

    def publish(self) -> Manifest:
        """Verify the build, then move the alias to it; nothing happens if nothing changed."""
        if self._build is None and self._base is not None:
            return self._base.manifest()
        build = self._begin()
        manifest = self._counted(build)
        build.describe(MANIFEST, self._recipe, json=manifest.to_json())
        build.require(manifest)
        self._server.serve(build, instead_of=self._base)
        before, self._base, self._build = self._base, build, None
        if before:
            before.drop()
        return manifest

    def close(self) -> None:
        """Close the client; an unpublished build stays for the next run."""
        self._server.client.close()

    def _resume(self) -> Collection | None:
        """Return the build that an earlier run left, if usable; drop those that are not."""
        build: Collection | None = None
        for points in self._server.generations():
            if points == self._base:
                continue
            marker = points.marker()
            if build is None and self._can_resume(points, marker):
                build = points
            elif marker or points.is_empty():
                points.drop()
        if build:
            build.describe(BUILDING, self._recipe)
        return build

    def _can_resume(self, points: Collection, marker: Payload) -> bool:
        """Say whether a collection was started completely, with the recipe of this build."""
        return (
            points.name > (self._base.name if self._base else "")
            and marker.get("kind") in (BUILDING, MANIFEST)
            and marker.get("recipe") == repr(self._recipe)
        )

    def _start(self) -> Collection:
        """Return the collection of a new build, a copy of the served one if there is one."""
        build = self._server.create_next(self._recipe)
        if self._base:
            build.copy_from(self._base)
        build.describe(BUILDING, self._recipe)
        return build

    def _served(self) -> Collection | None:
        """Return the served collection; None if nothing was published yet."""
        return self._base
