"""Writes the next generation: the `Builder` of a server, over `collection` and `points`."""

from collections.abc import Sequence

from qdrant_client import QdrantClient, models

from rag.store import model
from rag.store.model import ArticleHead, IndexedArticle, Manifest, Payload, Recipe
from rag.store.server.collection import BUILDING, Collection, Server
from rag.store.server.points import article_point, passage_point


class ServerBuilder:
    """Builds the next generation beside the served one; resumable; closes the client it was given.

    Nothing keeps an ingest on another machine from going on with the same build: run one at a time.
    """

    def __init__(
        self, client: QdrantClient, collection: str, recipe: Recipe, location: str
    ) -> None:
        self._server = Server(client, collection, location)
        self._recipe = recipe
        self.location = location
        try:
            self._base = self._server.served()
            if self._base:
                self._base.manifest().recipe.require(recipe, location)
            self._server.require_free_alias(self._base)
            self._build = self._resume()
        except BaseException:
            client.close()
            raise

    def contents(self) -> dict[str, ArticleHead]:
        """Return what is completely written so far, by article id."""
        points = self._build or self._base
        return {head.id: head for head in points.heads()} if points else {}

    def put(self, entries: Sequence[IndexedArticle]) -> None:
        """Write articles, each point of an article last: without it the rest does not count."""
        if not entries:
            return
        build = self._begin()
        self.remove([entry.article.id for entry in entries])
        build.upsert(
            passage_point(indexed, entry.article) for entry in entries for indexed in entry.passages
        )
        build.upsert(article_point(entry.article) for entry in entries)

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles and their passages, the article points first."""
        points = self._build or self._base
        known = points.articles(article_ids, with_payload=["id"]) if points else {}
        if known:
            build = self._begin()
            build.delete(models.PointIdsList(points=list(known)))
            build.delete_passages([payload["id"] for payload in known.values()])

    def publish(self) -> Manifest:
        """Verify the build, then move the alias to it; nothing happens if nothing changed."""
        if self._build is None and self._base is not None:
            return self._base.manifest()
        build = self._begin()
        counts = build.counts()
        manifest = Manifest(
            recipe=self._recipe,
            articles=counts[model.ARTICLE],
            passages=counts[model.PASSAGE],
        )
        build.mark(model.MANIFEST, self._recipe, json=manifest.to_json())
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
        """Return the build an earlier run left, ready to go on; drop what is of no more use."""
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
            build.mark(BUILDING, self._recipe)
            build.delete_passages(build.orphans())
        return build

    def _can_resume(self, points: Collection, marker: Payload) -> bool:
        """Say whether a collection is a whole start, made as this build will be."""
        return (
            points.name > (self._base.name if self._base else "")
            and marker.get("kind") in (BUILDING, model.MANIFEST)
            and marker.get("recipe") == repr(self._recipe)
        )

    def _begin(self) -> Collection:
        """Return the collection being built, started as a copy of the served one on first use."""
        if self._build is None:
            build = self._server.create_next(self._recipe)
            if self._base:
                build.upsert(self._base.copies())
            build.mark(BUILDING, self._recipe)
            self._build = build
        return self._build
