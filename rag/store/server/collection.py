"""The collections of an archive and its alias: every request but a question's is sent from here.

Under `store` and `builder`, over `points` and `failures`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qdrant_client import QdrantClient, models

from rag.errors import ArchiveBusy, ArchiveDamaged, ArchiveUnavailable, SettingsError
from rag.records import Article, derive_id
from rag.store import payloads
from rag.store.model import (
    ARTICLE,
    FILE,
    PASSAGE,
    WITHDRAWN,
    ArticleHead,
    FileMark,
    Manifest,
    Recipe,
    StoredArticle,
)
from rag.store.payloads import Payload
from rag.store.server.failures import CollectionGone, stranger, translated
from rag.store.server.points import (
    INDEXED_FIELDS,
    config,
    of_articles,
    of_kinds,
    requests_of,
    vectors_of,
)

COPYING, BUILDING = "copying", "building"
_MARKER = derive_id("manifest")
_PAGE = 500
_EVERY_VALUE = 1_000_000
_COPY_PAGE = 50  # with vectors, about 4 MB of JSON

# Ids, or a filter.
Points = list[models.ExtendedPointId] | models.Filter


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

    def describe(self, kind: str, recipe: Recipe, **more: str) -> None:
        """Write the point that says what this is."""
        payload = {"kind": kind, "recipe": repr(recipe), **more}
        self.upsert([models.PointStruct(id=_MARKER, vector={}, payload=payload)])

    def manifest(self) -> Manifest:
        """Return the manifest of a finished generation."""
        return Manifest.from_json(self.marker().get("json", ""), f"{self.name} on {self.location}")

    def counts(self) -> dict[str, int]:
        """Return the number of articles and of passages."""
        return {kind: self.count(of_kinds(kind)) for kind in (ARTICLE, PASSAGE)}

    def count(self, where: models.Filter | None = None) -> int:
        """Return the exact number of points that pass a filter."""
        with translated(self.location):
            return self.client.count(self.name, count_filter=where, exact=True).count

    def is_empty(self) -> bool:
        """Say whether there is no point at all: an ingest was killed as it made this."""
        return self.count() == 0

    def require(self, manifest: Manifest) -> None:
        """Refuse a collection that does not hold what its manifest says."""
        found = self.counts()
        if found != {ARTICLE: manifest.articles, PASSAGE: manifest.passages}:
            raise ArchiveDamaged(
                f"{self.name} on {self.location} holds {found[ARTICLE]} articles and "
                f"{found[PASSAGE]} passages, its manifest says {manifest.articles} and "
                f"{manifest.passages}; ingest into another DATELINE_COLLECTION, or restore it "
                "from a snapshot"
            )

    def articles(self, article_ids: Sequence[str]) -> dict[str, Article]:
        """Return the stored articles among `article_ids`, withdrawn ones left out."""
        found = self.payloads(article_ids, True)
        articles = (payloads.read_article(p) for p in found if p["kind"] == ARTICLE)
        return {article.id: article for article in articles}

    def payloads(self, article_ids: Sequence[str], fields: bool | list[str]) -> list[Payload]:
        """Return the payloads of the stored articles among `article_ids`, withdrawn ones too."""
        if not article_ids:
            return []
        points = [payloads.article_point_id(article_id) for article_id in article_ids]
        with translated(self.location):
            found = self.client.retrieve(self.name, points, with_payload=fields)
        return [record.payload or {} for record in found]

    def heads(self) -> Iterator[ArticleHead]:
        """Stream what every article is known by, withdrawn ones too."""
        fields = payloads.HEAD_FIELDS
        for record in self.scroll(of_kinds(ARTICLE, WITHDRAWN), with_payload=fields):
            yield payloads.read_head(record.payload or {})

    def marks(self) -> Iterator[FileMark]:
        """Stream the marks of files."""
        for record in self.scroll(of_kinds(FILE), limit=_COPY_PAGE, with_payload=True):
            yield payloads.read_mark(record.payload or {})

    def stored(self, where: models.Filter) -> Iterator[StoredArticle]:
        """Stream the articles that pass a filter, with their passages."""
        for record in self.scroll(where, limit=_COPY_PAGE, with_payload=True):
            article = payloads.read_article(record.payload or {})
            found = self.scroll(of_articles([article.id]), with_payload=True)
            passages = [payloads.read_passage(passage.payload or {}) for passage in found]
            passages.sort(key=lambda passage: passage.start)
            yield StoredArticle(article=article, passages=tuple(passages))

    def facet(self, field: str, *, limit: int = _EVERY_VALUE) -> dict[str, int]:
        """Return every value of a field of the articles, with the number that have it."""
        with translated(self.location):
            facet = self.client.facet(
                self.name, key=field, facet_filter=of_kinds(ARTICLE), limit=limit, exact=True
            )
        return {str(hit.value): hit.count for hit in facet.hits}

    def orphans(self) -> list[str]:
        """Return the articles whose passages were written and they were not."""
        known = {head.id for head in self.heads() if not head.withdrawn}
        passages = self.scroll(of_kinds(PASSAGE), with_payload=["article_id"])
        return sorted({(record.payload or {})["article_id"] for record in passages} - known)

    def copies(self) -> Iterator[models.PointStruct]:
        """Stream every point but the marker, with its vectors, to be written elsewhere."""
        content = models.Filter(must_not=[models.HasIdCondition(has_id=[_MARKER])])
        for record in self.scroll(content, limit=_COPY_PAGE, with_vectors=True):
            yield models.PointStruct(
                id=record.id, vector=vectors_of(record), payload=record.payload
            )

    def upsert(self, points: Iterable[models.PointStruct]) -> None:
        """Write points; returns when the server cannot lose them."""
        for request in requests_of(points):
            with translated(self.location):
                self.client.upsert(self.name, request, wait=True)

    def update_vectors(self, points: Iterable[models.PointVectors]) -> None:
        """Write vectors of points that there are."""
        for request in requests_of(points):
            with translated(self.location):
                self.client.update_vectors(self.name, request, wait=True)

    def set_payload(self, payload: Payload, points: Points) -> None:
        """Set fields of points, by their ids or by a filter."""
        with translated(self.location):
            self.client.set_payload(self.name, payload, points, wait=True)

    def delete_payload(self, fields: list[str], points: Points) -> None:
        """Delete fields of points, by their ids or by a filter."""
        with translated(self.location):
            self.client.delete_payload(self.name, fields, points, wait=True)

    def delete(self, points: Points) -> None:
        """Delete points, by their ids or by a filter."""
        with translated(self.location):
            self.client.delete(self.name, points, wait=True)

    def delete_passages(self, article_ids: Sequence[str]) -> None:
        """Delete the passages of articles."""
        for first in range(0, len(article_ids), _PAGE):
            self.delete(of_articles(article_ids[first : first + _PAGE]))

    def drop(self) -> None:
        """Delete the collection."""
        with translated(self.location):
            self.client.delete_collection(self.name)

    def scroll(
        self, where: models.Filter, *, limit: int = _PAGE, **wanted: Any
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
            points.describe(COPYING, recipe)
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
