"""Defines the places of an archive: a directory, a fake server, and a real one if there is one."""

import os
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import qdrant_edge as edge
from httpx import Headers
from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import UnexpectedResponse

from rag.records import Article
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.interface import Builder, Store
from rag.store.model import Manifest, Recipe
from rag.store.payloads import YES
from rag.store.points import article_point_id
from rag.store.server import ServerBuilder, ServerStore, connect
from tests.fakes import Backend, HashingEmbedder, index_article, write

EMBEDDER = HashingEmbedder()
RECIPE = Recipe(model=EMBEDDER.name, dimension=EMBEDDER.dimension, passage_words=40)
# Local mode compares everything with everything, so an index is nothing to it, and it says so once.
LOCAL_MODE_HAS_NO_INDEX = "ignore:Payload indexes have no effect in the local Qdrant:UserWarning"


class LocalServer(QdrantClient):
    """qdrant-client's local mode as a server: closing a connection to it does not end it."""

    def __init__(self) -> None:
        super().__init__(":memory:")

    def close(self, *args: Any, **kwargs: Any) -> None:
        pass

    def retrieve(self, collection_name: str, *args: Any, **kwargs: Any) -> list[models.Record]:
        """Read points; of a collection that is gone, say what a server says."""
        self._require(collection_name)
        return super().retrieve(collection_name, *args, **kwargs)

    def query_points(self, collection_name: str, *args: Any, **kwargs: Any) -> models.QueryResponse:
        """Search points; of a collection that is gone, say what a server says."""
        self._require(collection_name)
        return super().query_points(collection_name, *args, **kwargs)

    def query_batch_points(
        self, collection_name: str, *args: Any, **kwargs: Any
    ) -> list[models.QueryResponse]:
        """Search points many times; of a collection that is gone, say what a server says."""
        self._require(collection_name)
        return super().query_batch_points(collection_name, *args, **kwargs)

    def _require(self, collection_name: str) -> None:
        if not self.collection_exists(collection_name):
            raise UnexpectedResponse(404, "Not Found", b"", Headers())


class _Place:
    """What the two backends have in common: they close what was opened."""

    def __init__(self) -> None:
        self.opened = ExitStack()

    def store(self) -> Store:
        return self.opened.enter_context(closing(self._store()))

    def builder(self, recipe: Recipe | None = None) -> Builder:
        return self.opened.enter_context(closing(self._builder(recipe or RECIPE)))

    def publish(self, *articles: Article) -> Manifest:
        with closing(self._builder(RECIPE)) as builder:
            write(builder, *articles)
            return builder.publish()

    def _store(self) -> Store:
        raise NotImplementedError

    def _builder(self, recipe: Recipe) -> Builder:
        raise NotImplementedError


class EdgePlace(_Place):
    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root

    def _store(self) -> Store:
        return EdgeStore(self._root)

    def _builder(self, recipe: Recipe) -> Builder:
        return EdgeBuilder(self._root, recipe)

    def cut_off_writing(self, article: Article) -> None:
        shard = edge.EdgeShard.load(str(self._root / "generations" / "00000001.part" / "shard"))
        operations = edge.UpdateOperation
        shard.update(operations.set_payload([article_point_id(article.id)], {"writing": YES}))
        shard.update(operations.delete_points([index_article(article).passages[0].passage.id]))
        shard.flush()
        shard.close()


class ServerPlace(_Place):
    def __init__(self, url: str | None) -> None:
        super().__init__()
        self._url = url
        self._location = url or "http://double:6333"
        self._collection = f"test-{uuid.uuid4().hex[:12]}" if url else "dateline"
        self.client = connect(url, os.environ.get("QDRANT_API_KEY"), 60) if url else LocalServer()

    def _connection(self) -> QdrantClient:
        if self._url is None:
            return self.client
        return connect(self._url, os.environ.get("QDRANT_API_KEY"), 60)

    def _store(self) -> Store:
        return ServerStore(self._connection(), self._collection, self._location)

    def _builder(self, recipe: Recipe) -> Builder:
        return ServerBuilder(self._connection(), self._collection, recipe, self._location)

    def cut_off_writing(self, article: Article) -> None:
        name = f"{self._collection}-00000001"
        self.client.set_payload(name, {"writing": YES}, [article_point_id(article.id)])
        self.client.delete(name, [index_article(article).passages[0].passage.id])

    def close(self) -> None:
        for found in self.client.get_collections().collections:
            if found.name.startswith(self._collection):
                self.client.delete_collection(found.name)
        QdrantClient.close(self.client)


@contextmanager
def empty_place(kind: str, root: Path) -> Iterator[Backend]:
    if kind == "edge":
        directory = EdgePlace(root)
        with directory.opened:
            yield directory
        return
    server = ServerPlace(os.environ["QDRANT_URL"] if kind == "server" else None)
    with closing(server), server.opened:
        yield server


@pytest.fixture(
    scope="module",
    params=[
        "edge",
        pytest.param("double", marks=pytest.mark.filterwarnings(LOCAL_MODE_HAS_NO_INDEX)),
        pytest.param(
            "server",
            marks=[
                pytest.mark.server,
                pytest.mark.skipif(
                    not os.environ.get("QDRANT_URL"), reason="QDRANT_URL names no Qdrant server"
                ),
            ],
        ),
    ],
)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def library(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A place that the tests which only read share."""
    with empty_place(kind, tmp_path_factory.mktemp(kind) / "archive") as empty:
        yield empty


@pytest.fixture
def place(kind: str, tmp_path: Path) -> Iterator[Backend]:
    with empty_place(kind, tmp_path / "archive") as empty:
        yield empty


@pytest.fixture
def other_place(kind: str, tmp_path: Path) -> Iterator[Backend]:
    with empty_place(kind, tmp_path / "other") as empty:
        yield empty


@pytest.fixture
def local_server() -> Iterator[LocalServer]:
    client = LocalServer()
    yield client
    QdrantClient.close(client)
