"""Builds the next generation on a server: the `Builder` of a Qdrant server."""

import dataclasses
from collections.abc import Mapping, Sequence

from qdrant_client import QdrantClient

from rag.records import Passage
from rag.store.building import GenerationBuilder
from rag.store.model import MANIFEST, Manifest, Recipe
from rag.store.payloads import Payload
from rag.store.points import article_point_id
from rag.store.server.alias import BUILDING, CATCHING_UP, SUPERSEDED, Server
from rag.store.server.collection import Collection
from rag.store.server.points import ONE_SERVER, Layout

_MOST_COMPLETE_FIRST = (MANIFEST, BUILDING, SUPERSEDED)


class ServerBuilder(GenerationBuilder[Collection]):
    """Builds the next generation beside the served one; resumable; closes the client it was given.

    It builds in the collection of the generation before the served one, if that is there, so that
    only changes are sent. An ingest on another machine could continue the same build, so run one
    ingest at a time.
    """

    def __init__(
        self,
        client: QdrantClient,
        collection: str,
        recipe: Recipe,
        location: str,
        *,
        layout: Layout = ONE_SERVER,
    ) -> None:
        super().__init__(recipe, location)
        self._server = Server(client, collection, location, layout)
        self._spare: Collection | None = None
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

    def set_paths(self, paths: Mapping[str, Sequence[str]]) -> None:
        """Replace the list of inputs that hold an article."""
        if paths:
            self._begin().note([article_point_id(article_id) for article_id in paths])
        super().set_paths(paths)

    def set_times(self, passages: Sequence[Passage]) -> None:
        """Write only the times of stored passages again."""
        self._begin().note([passage.id for passage in passages])
        super().set_times(passages)

    def compact(self) -> None:
        """Do nothing, because a server merges by itself."""

    def publish(self) -> Manifest:
        """Verify the build, then move the alias to it; nothing happens if nothing changed."""
        if self._build is None and self._base is not None:
            return self._base.manifest()
        build = self._begin()
        manifest = self._counted(build)
        self._describe(build, MANIFEST, json=manifest.to_json())
        build.require(manifest)
        served = self._server.serve(build, instead_of=self._base)
        before, self._base, self._build = self._base, served, None
        self._spare = self._supersede(before) if before else None
        return manifest

    def close(self) -> None:
        """Close the client; an unpublished build stays for the next run."""
        self._server.client.close()

    # -- the collections ----------------------------------------------------------------------

    def _describe(self, build: Collection, kind: str, **more: str) -> None:
        """Say what a collection is, and on which generation it is based."""
        build.describe(kind, self._recipe, before=self._base.name if self._base else "", **more)

    def _resume(self) -> Collection | None:
        """Return the build that an earlier run left, if usable; drop what is of no use.

        The generation before the served one stays, to build the next one in it.
        """
        build: Collection | None = None
        served = self._server.stored(self._base) if self._base else None
        others = [points for points in self._server.collections() if points != served]
        for points, marker in sorted(((p, p.marker()) for p in others), key=_completeness):
            if build is None and self._can_resume(marker):
                build = points
            elif self._spare is None and self._can_catch_up(points, marker):
                self._spare = points
            elif marker or points.is_empty():
                points.drop()
        if build:
            self._describe(build, BUILDING)
            return self._noting(build)
        return None

    def _can_resume(self, marker: Payload) -> bool:
        """Say whether a collection was started completely, as this build would be.

        Where nothing is served, the alias was lost, as when snapshots of collections are restored.
        """
        if marker.get("recipe") != repr(self._recipe):
            return False
        if self._base is None:
            return marker.get("kind") in _MOST_COMPLETE_FIRST
        is_build = marker.get("kind") in (BUILDING, MANIFEST)
        return is_build and marker.get("before") == self._base.name

    def _can_catch_up(self, points: Collection, marker: Payload) -> bool:
        """Say whether a collection is the generation before the served one, or a part newer."""
        if self._base is None or marker.get("recipe") != repr(self._recipe):
            return False
        if marker.get("kind") == CATCHING_UP:
            return marker.get("before") == self._base.name
        generation = self._server.as_generation(points)
        return (
            marker.get("kind") in (SUPERSEDED, MANIFEST)
            and generation != points
            and self._base.marker().get("before") == generation.name
        )

    def _start(self) -> Collection:
        """Return the collection of a new build, equal to the served one if there is one."""
        spare, self._spare = self._spare, None
        build = self._caught_up(spare) if spare else None
        if build is None:
            build = self._server.create_next(self._recipe, base=self._base)
            if self._base:
                build.copy_from(self._base)
        self._describe(build, BUILDING)
        return self._noting(build)

    def _caught_up(self, spare: Collection) -> Collection | None:
        """Return the collection of the generation before, equal to the served one.

        If it does not get equal, it is dropped and None is returned.
        """
        assert self._base is not None
        self._describe(spare, CATCHING_UP)
        self._server.hide(spare)
        spare.catch_up(self._base)
        if spare.counts() == self._base.counts():
            return spare
        spare.drop()
        return None

    def _noting(self, build: Collection) -> Collection:
        """Return a build that notes its changes, if the served generation may be built in next."""
        if self._base is None:
            return build
        return dataclasses.replace(build, changed=build.changed_points())

    def _supersede(self, before: Collection) -> Collection | None:
        """Keep the generation that was served before, for its readers and for the next build.

        Readers of a generation that an older Dateline made would see what is written into it.
        """
        kept = self._server.stored(before)
        if kept == before:
            kept.drop()
            return None
        marker = kept.marker()
        kept.describe(SUPERSEDED, self._recipe, before=marker["before"], json=marker["json"])
        return kept

    def _served(self) -> Collection | None:
        """Return the served collection; None if nothing was published yet."""
        return self._base


def _completeness(found: tuple[Collection, Payload]) -> int:
    kind = found[1].get("kind")
    order = _MOST_COMPLETE_FIRST
    return order.index(kind) if kind in order else len(order)
