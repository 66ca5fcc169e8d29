"""Tests that LlamaIndex's own vector store reads the collection of an archive on a server."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from llama_index.core import VectorStoreIndex
from llama_index.core.schema import NodeWithScore, TextNode
from llama_index.core.vector_stores import MetadataFilter, MetadataFilters
from llama_index.vector_stores.qdrant import QdrantVectorStore
from qdrant_client import QdrantClient

from rag.answering import Answering
from rag.archive import Archive
from rag.llamaindex import StoredPassages
from rag.records import Article
from rag.store.model import DENSE, Recipe
from rag.store.server import ServerBuilder, ServerStore
from tests.fakes import HashingEmbedder, write
from tests.rag.conftest import ARTICLES

pytestmark = [
    pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Payload indexes have no effect in the local Qdrant"),
]

EMBEDDER = HashingEmbedder(dimension=64)
HIDDEN = replace(
    ARTICLES[0],
    id="hidden",
    title="Truce in the north, not to be told yet",
    embargoed=datetime.now(UTC) + timedelta(days=1),
)


@pytest.fixture(scope="module")
def client() -> Iterator[QdrantClient]:
    client = QdrantClient(":memory:")
    recipe = Recipe(model=EMBEDDER.name, dimension=EMBEDDER.dimension, passage_words=150)
    builder = ServerBuilder(client, "dateline", recipe, "http://double:6333")
    write(builder, *ARTICLES, HIDDEN, embedder=EMBEDDER)
    builder.publish()
    yield client
    client.close()


@pytest.fixture(scope="module")
def archive(client: QdrantClient) -> Archive:
    store = ServerStore(client, "dateline", "http://double:6333")
    return Archive(Answering(store=store, embedder=EMBEDDER, threshold=0.05))


def index_of(client: QdrantClient, archive: Archive) -> VectorStoreIndex:
    """Return an index as docs/llamaindex.md makes it."""
    vectors = QdrantVectorStore(
        collection_name="dateline",
        client=client,
        dense_vector_name=DENSE,
        text_key="article_id",
    )
    return VectorStoreIndex.from_vector_store(vectors, embed_model=archive.as_embedding())


def test_the_collection_is_read_by_a_vector_store(client: QdrantClient, archive: Archive) -> None:
    retriever = index_of(client, archive).as_retriever(similarity_top_k=3)
    found = StoredPassages(archive.article).postprocess_nodes(retriever.retrieve("northern truce"))
    assert found
    ours = {node.node_id: node.node for node in archive.as_retriever(limit=9).retrieve("truce")}
    for node in found:
        place = node.node.metadata
        text = archive.article(place["article_id"]).text
        assert node.node.get_content() == text[place["start"] : place["end"]]
        assert node.node_id in ours
        assert node.node.metadata["title"] == ours[node.node_id].metadata["title"]
        assert node.node.metadata["times"] == ours[node.node_id].metadata["times"]
    assert any(node.node.metadata["times"] for node in found)
    again = StoredPassages(archive.article).postprocess_nodes(found)
    assert [node.node.metadata for node in again] == [node.node.metadata for node in found]
    assert [n.score for n in found] == sorted((n.score for n in found), reverse=True)  # type: ignore[type-var]


def test_what_is_under_embargo_is_left_out(client: QdrantClient, archive: Archive) -> None:
    nodes = index_of(client, archive).as_retriever(similarity_top_k=9).retrieve("northern truce")
    assert "hidden" in {node.node.metadata["article_id"] for node in nodes}
    whole = StoredPassages(archive.article).postprocess_nodes(nodes)
    assert "hidden" not in {node.node.metadata["article_id"] for node in whole}


def test_its_filters_are_those_of_the_payload(client: QdrantClient, archive: Archive) -> None:
    only = MetadataFilters(filters=[MetadataFilter(key="source", value="post.example")])
    retriever = index_of(client, archive).as_retriever(similarity_top_k=9, filters=only)
    assert {n.node.metadata["source"] for n in retriever.retrieve("truce")} == {"post.example"}


def test_the_payload_of_a_passage_has_what_the_documents_say(client: QdrantClient) -> None:
    found, _ = client.scroll("dateline", limit=99, with_payload=True)
    passages = [point.payload for point in found if (point.payload or {}).get("kind") == "passage"]
    assert passages
    for payload in passages:
        assert payload is not None
        assert {"kind", "article_id", "start", "end", "sentences"} <= payload.keys()
        assert "text" not in payload


def node_at(article: str, start: int, end: int) -> NodeWithScore:
    place: dict[str, Any] = {"article_id": article, "start": start, "end": end}
    return NodeWithScore(node=TextNode(text="", metadata=place), score=0.5)


def test_passages_of_articles_that_are_gone_or_shorter_now_are_left_out() -> None:
    known = Article(id="a", text="Short.")

    def article(article_id: str) -> Article:
        return {"a": known}[article_id]

    nodes = [node_at("a", 0, 6), node_at("a", 0, 60), node_at("b", 0, 6)]
    (kept,) = StoredPassages(article).postprocess_nodes(nodes)
    assert (kept.node.get_content(), kept.score) == ("Short.", 0.5)


def test_an_expired_article_is_left_out() -> None:
    old = Article(id="a", text="Short.", expires=datetime(2020, 1, 1, tzinfo=UTC))
    assert StoredPassages(lambda _: old).postprocess_nodes([node_at("a", 0, 6)]) == []


def test_the_embedding_is_that_of_the_archive(archive: Archive) -> None:
    model = archive.as_embedding()
    expected = EMBEDDER.embed(["northern truce"])[0].tolist()
    assert model.model_name == EMBEDDER.name
    assert model.get_query_embedding("northern truce") == expected
    assert model.get_text_embedding_batch(["northern truce"]) == [expected]
    assert asyncio.run(model.aget_query_embedding("northern truce")) == expected
