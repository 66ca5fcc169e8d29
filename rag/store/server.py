"""The server store: the same data model in a collection of a Qdrant server, behind an alias.

    dateline                the alias that readers look up, moved by one atomic request
    dateline-00000007       the served generation, opened under this name and never written again
    dateline-00000008       being built; stays after a kill, for the next run to go on with

One point of each collection, of its own `kind`, says what the collection is: `copying` until it
holds all that was served, `building`, and `manifest` once it is whole. A collection without such a
point is not ours and is left alone.

A server has no lock that spans machines: run one ingest at a time. Two that overlap are noticed
when they publish, not before. The generation before is dropped when a newer one is served, so a
reader of it is told to open the archive again. The only owner of `qdrant_client`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from json import JSONDecodeError
from typing import Any

import numpy as np

from rag.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveNotFound,
    ArchiveUnavailable,
    SettingsError,
)
from rag.records import Article, SearchFilter, derive_id
from rag.store import model
from rag.store.model import (
    BM25,
    CANDIDATES,
    DENSE,
    SENTENCES,
    ArticleHead,
    IndexedArticle,
    IndexedPassage,
    Manifest,
    Payload,
    Recipe,
    ScoredPassage,
    StoreQuery,
)
from rag.terms import Terms

try:
    import httpx
    from qdrant_client import QdrantClient, models
    from qdrant_client.common.client_exceptions import QdrantException
    from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse
except ModuleNotFoundError as error:
    raise SettingsError(
        f"the archive is on a Qdrant server, and {error.name} is not installed; "
        "run 'pip install dateline[server]' or name a directory"
    ) from error

_PAGE = 500
_COPY_PAGE = 50  # with vectors, about 4 MB of JSON
# A server refuses requests over 32 MB unless it is configured otherwise.
_REQUEST_BYTES = 8_000_000
_COPYING, _BUILDING = "copying", "building"
_MARKER = derive_id("manifest")
# Scheme, host, port and path: no user, password or query, which would show in messages.
_URL = re.compile(r"https?://([\w.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[\w./~-]*)?")
_INDEXED_FIELDS = {
    "kind": models.PayloadSchemaType.KEYWORD,
    "article_id": models.PayloadSchemaType.KEYWORD,
    "source": models.PayloadSchemaType.KEYWORD,
    "published": models.PayloadSchemaType.DATETIME,
}


class _CollectionGone(ArchiveUnavailable):
    """A collection is not on the server, or not any more."""


def connect(url: str, api_key: str | None, timeout_seconds: int) -> QdrantClient:
    """Return a client of the server at `url`; nothing is sent yet.

    Raises:
        SettingsError: the URL or the key cannot work; the message shows neither's secrets.
    """
    if not _URL.fullmatch(url):
        raise SettingsError(
            "the archive's URL has parts that a Qdrant server's has not; write it as "
            "http://host:6333, and a key in DATELINE_QDRANT_API_KEY"
        )
    if api_key is not None and not re.fullmatch(r"[!-~]+", api_key):
        raise SettingsError("DATELINE_QDRANT_API_KEY holds a space or a character that no key has")
    try:
        return QdrantClient(
            url=url, api_key=api_key, timeout=timeout_seconds, check_compatibility=False
        )
    except ValueError as error:
        raise SettingsError(f"the archive's URL {url} cannot be used: {error}") from error


class ServerStore:
    """Reads the generation that was served when it was opened; closes the client it was given."""

    def __init__(self, client: QdrantClient, collection: str, location: str) -> None:
        self._server = _Server(client, collection, location)
        self.location = location
        try:
            self._points, self.manifest = self._open()
        except BaseException:
            client.close()
            raise

    def _open(self) -> tuple["_Collection", Manifest]:
        """Open the served generation; again if a newer one replaced it while we did."""
        while True:
            points = self._server.served()
            if points is None:
                raise ArchiveNotFound(
                    f"there is no archive named {self._server.alias} on {self.location}; make one "
                    f"with 'dateline ingest SOURCE --archive {self.location}', or set "
                    "DATELINE_COLLECTION to its name"
                )
            try:
                manifest = points.manifest()
                points.require(manifest)
            except _CollectionGone:
                if self._server.served() == points:
                    raise
                continue
            return points, manifest

    def query(self, query: StoreQuery) -> list[ScoredPassage]:
        """Return the best passages, best first: DBSF of BM25 and sentence MaxSim in one query."""
        with _translated(self.location):
            found = self._server.client.query_points(
                self._points.name,
                **_request(query),
                limit=query.limit,
                with_payload=True,
                with_vectors=[SENTENCES],
            )
        return [
            ScoredPassage(
                passage=model.read_passage(point.payload or {}),
                score=point.score,
                vectors=np.asarray(_vectors(point)[SENTENCES], dtype=np.float32),
            )
            for point in found.points
        ]

    def term_weights(self, terms: Sequence[int]) -> dict[int, float]:
        """Return the IDF of each term, taken from the server's own scoring of its best passage."""
        weights: dict[int, float] = {}
        if not terms:
            return weights
        requests = [_term_request(term) for term in terms]
        with _translated(self.location):
            answers = self._server.client.query_batch_points(self._points.name, requests)
        for term, answer in zip(terms, answers, strict=True):
            for point in answer.points:
                vector = _vectors(point)[BM25]
                weights[term] = point.score / vector.values[vector.indices.index(term)]
        return weights

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the stored articles among `ids`."""
        found = self._points.articles(ids, with_payload=True)
        return {payload["id"]: model.read_article(payload) for payload in found.values()}

    def heads(self) -> Iterator[ArticleHead]:
        """Stream what every article is known by."""
        return self._points.heads()

    def damage(self) -> list[str]:
        """Return the articles whose passages are there and they are not.

        A server checks its own files; that each article is as written, `Archive.damage` reads.
        """
        return [f"article {i!r} is gone, its passages are not" for i in self._points.orphans()]

    def is_current(self) -> bool:
        """Say whether no newer generation has been published."""
        return self._server.served() == self._points

    def close(self) -> None:
        """Close the client."""
        self._server.client.close()


class ServerBuilder:
    """Builds the next generation beside the served one; resumable; closes the client it was given.

    Nothing keeps an ingest on another machine from going on with the same build: run one at a time.
    """

    def __init__(
        self, client: QdrantClient, collection: str, recipe: Recipe, location: str
    ) -> None:
        self._server = _Server(client, collection, location)
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
            _passage_point(indexed, entry.article)
            for entry in entries
            for indexed in entry.passages
        )
        build.upsert(_article_point(entry.article) for entry in entries)

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

    def _resume(self) -> "_Collection | None":
        """Return the build an earlier run left, ready to go on; drop what is of no more use."""
        build: _Collection | None = None
        for points in self._server.generations():
            if points == self._base:
                continue
            marker = points.marker()
            if build is None and self._can_resume(points, marker):
                build = points
            elif marker or points.is_empty():
                points.drop()
        if build:
            build.mark(_BUILDING, self._recipe)
            build.delete_passages(build.orphans())
        return build

    def _can_resume(self, points: "_Collection", marker: Payload) -> bool:
        """Say whether a collection is a whole start, made as this build will be."""
        return (
            points.name > (self._base.name if self._base else "")
            and marker.get("kind") in (_BUILDING, model.MANIFEST)
            and marker.get("recipe") == repr(self._recipe)
        )

    def _begin(self) -> "_Collection":
        """Return the collection being built, started as a copy of the served one on first use."""
        if self._build is None:
            build = self._server.create_next(self._recipe)
            if self._base:
                build.upsert(self._base.copies())
            build.mark(_BUILDING, self._recipe)
            self._build = build
        return self._build


@dataclass(frozen=True, slots=True)
class _Server:
    """The collections of one archive on a server, and the alias."""

    client: QdrantClient
    alias: str
    location: str

    def served(self) -> "_Collection | None":
        """Return the collection behind the alias, None if nothing was published yet."""
        try:
            with _translated(self.location):
                aliases = self.client.get_aliases().aliases
        except _CollectionGone as error:
            raise ArchiveUnavailable(_stranger(self.location)) from error
        names = [found.collection_name for found in aliases if found.alias_name == self.alias]
        return self._collection(names[0]) if names else None

    def generations(self) -> list["_Collection"]:
        """Return every collection named as a generation is, the newest first."""
        pattern = re.compile(re.escape(self.alias) + r"-[0-9]{8}")
        names = sorted(filter(pattern.fullmatch, self._names()), reverse=True)
        return [self._collection(name) for name in names]

    def create_next(self, recipe: Recipe) -> "_Collection":
        """Make the collection of the next generation, marked as not yet a whole start."""
        newest = next(iter(self.generations()), None)
        number = int(newest.name[-8:]) + 1 if newest else 1
        points = self._collection(f"{self.alias}-{number:08d}")
        with _translated(self.location):
            self.client.create_collection(points.name, **_config(recipe.dimension))
            points.mark(_COPYING, recipe)
            for field, schema in _INDEXED_FIELDS.items():
                self.client.create_payload_index(points.name, field, field_schema=schema)
        return points

    def serve(self, build: "_Collection", *, instead_of: "_Collection | None") -> None:
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
        with _translated(self.location):
            self.client.update_collection_aliases(moves)
        if self.served() != build:
            raise ArchiveUnavailable(
                f"{self.location} did not move the alias {self.alias}; run the ingest again"
            )

    def require_free_alias(self, served: "_Collection | None") -> None:
        """Refuse an alias that is the name of a collection, before hours of work for nothing."""
        if served is None and self.alias in self._names():
            raise SettingsError(
                f"{self.location} has a collection {self.alias}, which no ingest made; set "
                "DATELINE_COLLECTION to another name"
            )

    def _collection(self, name: str) -> "_Collection":
        return _Collection(self.client, name, self.location)

    def _names(self) -> list[str]:
        with _translated(self.location):
            return [found.name for found in self.client.get_collections().collections]


@dataclass(frozen=True, slots=True)
class _Collection:
    """One generation's points."""

    client: QdrantClient
    name: str
    location: str

    def marker(self) -> Payload:
        """Return the point that says what this is; empty if it is not ours."""
        with _translated(self.location):
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
        with _translated(self.location):
            return {
                kind: self.client.count(self.name, count_filter=_kind(kind), exact=True).count
                for kind in (model.ARTICLE, model.PASSAGE)
            }

    def is_empty(self) -> bool:
        """Say whether there is no point at all: an ingest was killed as it made this."""
        with _translated(self.location):
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
        with _translated(self.location):
            found = self.client.retrieve(self.name, points, with_payload=with_payload)
        return {record.id: record.payload or {} for record in found}

    def heads(self) -> Iterator[ArticleHead]:
        """Stream what every article is known by."""
        for record in self._scroll(_kind(model.ARTICLE), with_payload=model.HEAD_FIELDS):
            yield model.read_head(record.payload or {})

    def orphans(self) -> list[str]:
        """Return the articles whose passages were written and they were not."""
        known = {head.id for head in self.heads()}
        passages = self._scroll(_kind(model.PASSAGE), with_payload=["article_id"])
        return sorted({(record.payload or {})["article_id"] for record in passages} - known)

    def copies(self) -> Iterator[models.PointStruct]:
        """Stream every point but the marker, with its vectors, to be written elsewhere."""
        content = models.Filter(must_not=[models.HasIdCondition(has_id=[_MARKER])])
        for record in self._scroll(content, limit=_COPY_PAGE, with_vectors=True):
            yield models.PointStruct(id=record.id, vector=_vectors(record), payload=record.payload)

    def upsert(self, points: Iterable[models.PointStruct]) -> None:
        """Write points; returns when the server cannot lose them."""
        for request in _requests(points):
            with _translated(self.location):
                self.client.upsert(self.name, request, wait=True)

    def delete(self, selector: models.PointsSelector) -> None:
        """Delete points."""
        with _translated(self.location):
            self.client.delete(self.name, selector, wait=True)

    def delete_passages(self, article_ids: list[str]) -> None:
        """Delete the passages of articles."""
        for first in range(0, len(article_ids), _PAGE):
            wanted = models.MatchAny(any=article_ids[first : first + _PAGE])
            condition = models.FieldCondition(key="article_id", match=wanted)
            self.delete(models.FilterSelector(filter=models.Filter(must=[condition])))

    def drop(self) -> None:
        """Delete the collection."""
        with _translated(self.location):
            self.client.delete_collection(self.name)

    def _scroll(
        self, where: models.Filter, *, limit: int = _PAGE, **wanted: Any
    ) -> Iterator[models.Record]:
        offset = None
        while True:
            with _translated(self.location):
                records, offset = self.client.scroll(
                    self.name, scroll_filter=where, limit=limit, offset=offset, **wanted
                )
            yield from records
            if offset is None:
                return


@contextmanager
def _translated(location: str) -> Iterator[None]:
    """Turn the client's exceptions into ours; a key is in none of the texts that are passed on."""
    try:
        yield
    except UnexpectedResponse as error:
        raise _refusal(error, location) from error
    except QdrantException as error:
        raise ArchiveUnavailable(f"{location} takes no more requests now; try later") from error
    except ResponseHandlingException as error:
        raise ArchiveUnavailable(_silence(error.source, location)) from error
    except (JSONDecodeError, UnicodeDecodeError, AssertionError) as error:
        # The client decodes an answer, and asserts that there is one, outside of its own errors.
        raise ArchiveUnavailable(_stranger(location)) from error


def _silence(source: Exception, location: str) -> str:
    """Return why no usable response came, and what to do."""
    if isinstance(source, httpx.TimeoutException):
        return (
            f"the Qdrant server {location} did not answer in time; see whether it is overloaded, "
            "or raise DATELINE_QDRANT_TIMEOUT_SECONDS"
        )
    if isinstance(source, httpx.TransportError):
        return (
            f"the Qdrant server {location} cannot be reached ({source}); start it, or correct "
            "--archive (DATELINE_ARCHIVE)"
        )
    return _stranger(location)


def _stranger(location: str) -> str:
    return (
        f"{location} does not answer as a Qdrant server does; correct --archive (DATELINE_ARCHIVE)"
    )


def _refusal(error: UnexpectedResponse, location: str) -> ArchiveError | SettingsError:
    """Return what an answer other than success means; its class says who can act on it."""
    status = error.status_code or 0
    said = f"{status} {error.reason_phrase}: {error.content[:200].decode('utf-8', 'replace')}"
    if status in (401, 403):
        return SettingsError(
            f"the Qdrant server {location} refused access ({status}); set DATELINE_QDRANT_API_KEY "
            "to a key that may do this"
        )
    if status == 404:
        return _CollectionGone(
            f"the archive that was open on {location} is gone: a newer one was published, or it "
            "was deleted; open it again"
        )
    if status == 409:
        return ArchiveBusy(f"another ingest is writing to {location} ({said}); wait for it to end")
    if status in (400, 422):
        return ArchiveDamaged(
            f"the Qdrant server {location} cannot use what is stored ({said}); run "
            f"'dateline doctor --archive {location}'"
        )
    return ArchiveUnavailable(f"the Qdrant server {location} failed ({said}); see its log")


def _config(dimension: int) -> dict[str, Any]:
    half, dot = models.Datatype.FLOAT16, models.Distance.DOT
    max_sim = models.MultiVectorConfig(comparator=models.MultiVectorComparator.MAX_SIM)
    return {
        "vectors_config": {
            DENSE: models.VectorParams(size=dimension, distance=dot, datatype=half),
            SENTENCES: models.VectorParams(
                size=dimension,
                distance=dot,
                datatype=half,
                multivector_config=max_sim,
                # m=0: no graph. These vectors only rescore what the other two found.
                hnsw_config=models.HnswConfigDiff(m=0),
            ),
        },
        "sparse_vectors_config": {BM25: models.SparseVectorParams(modifier=models.Modifier.IDF)},
    }


def _passage_point(indexed: IndexedPassage, article: Article) -> models.PointStruct:
    vectors: dict[str, Any] = {
        BM25: _sparse(indexed.terms),
        DENSE: indexed.dense.tolist(),
        SENTENCES: indexed.vectors.tolist(),
    }
    payload = model.passage_payload(indexed.passage, article)
    return models.PointStruct(id=indexed.passage.id, vector=vectors, payload=payload)


def _article_point(article: Article) -> models.PointStruct:
    point_id = model.article_point_id(article.id)
    return models.PointStruct(id=point_id, vector={}, payload=model.article_payload(article))


def _sparse(terms: Terms) -> models.SparseVector:
    return models.SparseVector(indices=terms.indices, values=terms.weights)


def _requests(points: Iterable[models.PointStruct]) -> Iterator[list[models.PointStruct]]:
    """Yield the points in lists that a server takes in one request."""
    request: list[models.PointStruct] = []
    size = 0
    for point in points:
        grown = size + len(point.model_dump_json().encode())
        if request and grown > _REQUEST_BYTES:
            yield request
            request, grown = [], grown - size
        request.append(point)
        size = grown
    if request:
        yield request


def _request(query: StoreQuery) -> dict[str, Any]:
    where, by_words = _filter(query.where), _sparse(query.terms)
    if query.vector is None:
        return {"query": by_words, "using": BM25, "query_filter": where}
    vector = query.vector.tolist()
    words = models.Prefetch(query=by_words, using=BM25, filter=where, limit=CANDIDATES)
    meaning = models.Prefetch(query=vector, using=DENSE, filter=where, limit=CANDIDATES)
    rescored = models.Prefetch(
        query=[vector], using=SENTENCES, prefetch=[words, meaning], limit=CANDIDATES
    )
    fusion = models.FusionQuery(fusion=models.Fusion.DBSF)
    return {"query": fusion, "prefetch": [words, rescored]}


def _term_request(term: int) -> models.QueryRequest:
    query = models.SparseVector(indices=[term], values=[1.0])
    return models.QueryRequest(query=query, using=BM25, limit=1, with_vector=[BM25])


def _filter(where: SearchFilter) -> models.Filter | None:
    conditions: list[Any] = []
    if where.window:
        period = models.DatetimeRange(
            gte=_instant(where.window.since), lte=_instant(where.window.until)
        )
        conditions.append(models.FieldCondition(key="published", range=period))
    if where.sources is not None:
        wanted = models.MatchAny(any=list(where.sources))
        conditions.append(models.FieldCondition(key="source", match=wanted))
    return models.Filter(must=conditions) if conditions else None


def _instant(day: date | None) -> datetime | None:
    return datetime.fromisoformat(model.day_stamp(day)) if day else None


def _kind(kind: str) -> models.Filter:
    match = models.MatchValue(value=kind)
    return models.Filter(must=[models.FieldCondition(key="kind", match=match)])


def _vectors(point: models.Record | models.ScoredPoint) -> dict[str, Any]:
    """Return a point's named vectors; an article has none."""
    return point.vector if isinstance(point.vector, dict) else {}
