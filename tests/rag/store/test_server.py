"""Tests failures that only a server has, and tasks that only its builder has."""

import re
import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import MappingProxyType
from typing import Any

import pytest
from qdrant_client import QdrantClient, models

from rag.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveNotFound,
    ArchiveUnavailable,
    DatelineError,
    SettingsError,
    UnknownServer,
)
from rag.records import Article
from rag.settings import load_settings
from rag.store import open_builder, open_store
from rag.store.model import DENSE, SENTENCES, IndexedArticle, Recipe, StoreQuery
from rag.store.server import Layout, ServerBuilder, ServerStore, connect
from rag.text.terms import question_terms
from tests.fakes import HashingEmbedder, write
from tests.rag.store.conftest import LocalServer

EMBEDDER = HashingEmbedder()
RECIPE = Recipe(model=EMBEDDER.name, dimension=EMBEDDER.dimension, passage_words=40)
URL = "http://double:6333"
NEWS = Article(id="news", text="The bridge was opened. Trains cross it.")
MORE = Article(id="more", text="The bridge was closed. Trains wait.")
# Local mode compares everything with everything, so an index is nothing to it.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Payload indexes have no effect in the local Qdrant:UserWarning"
)


# -- faults -----------------------------------------------------------------------------------


class Answers(BaseHTTPRequestHandler):
    """Gives every request the one answer the test chose."""

    status = 200
    body = b""
    headers_sent: Mapping[str, str] = MappingProxyType({})

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(self.status)
        for name, value in {**self.headers_sent, "Content-Length": str(len(self.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.body)

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - the names http.server calls

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def stub(request: pytest.FixtureRequest) -> Iterator[str]:
    """Serve the parametrised (status, body, headers) on a free port."""
    status, body, headers = request.param
    chosen = {"status": status, "body": body, "headers_sent": headers}
    server = HTTPServer(("127.0.0.1", 0), type("Chosen", (Answers,), chosen))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def failure(url: str) -> DatelineError:
    settings = load_settings(archive=url, qdrant_timeout_seconds=1)
    with pytest.raises(DatelineError) as reading:
        open_store(settings)
    with pytest.raises(type(reading.value)) as writing:
        open_builder(settings, RECIPE)
    assert url in str(reading.value)
    assert str(writing.value) == str(reading.value)
    return reading.value


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed_soon:
        url = f"http://127.0.0.1:{closed_soon.getsockname()[1]}"
    error = failure(url)
    assert isinstance(error, ArchiveUnavailable)
    assert "cannot be reached" in str(error)
    assert "DATELINE_ARCHIVE" in str(error)


def test_a_server_that_never_answers_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        error = failure(f"http://127.0.0.1:{silent.getsockname()[1]}")
    assert isinstance(error, ArchiveUnavailable)
    assert "did not answer in time" in str(error)
    assert "DATELINE_QDRANT_TIMEOUT_SECONDS" in str(error)


@pytest.mark.parametrize(
    ("stub", "kind", "words"),
    [
        ((401, b"Must provide an API key", {}), SettingsError, "DATELINE_QDRANT_API_KEY"),
        ((403, b"Forbidden", {}), SettingsError, "DATELINE_QDRANT_API_KEY"),
        ((500, b"out of memory", {}), ArchiveUnavailable, "500 .*out of memory.* see its log"),
        ((503, b"", {}), ArchiveUnavailable, "503"),
        ((429, b"{}", {"Retry-After": "7"}), ArchiveUnavailable, "try again later"),
        ((429, b"{}", {"Retry-After": "soon"}), ArchiveUnavailable, "try again later"),
        ((404, b"no such page", {}), UnknownServer, "does not answer like a Qdrant server"),
        ((200, b"<html>", {}), UnknownServer, "does not answer like a Qdrant server"),
        ((200, b"{}", {}), UnknownServer, "does not answer like a Qdrant server"),
        ((200, b'{"result": 1}', {}), UnknownServer, "does not answer like a Qdrant server"),
        ((400, b"Wrong input", {}), ArchiveDamaged, "Wrong input.*'dateline doctor"),
        ((409, b"exists", {}), ArchiveBusy, "another ingest"),
        (
            (302, b"", {"Location": "https://desk.example/holm"}),
            ArchiveUnavailable,
            "a proxy answers at .*: it redirects to https://desk.example/holm",
        ),
        (
            (401, b"<html>", {"WWW-Authenticate": "Basic"}),
            SettingsError,
            "asks who you are .*DATELINE_QDRANT_API_KEY",
        ),
        (
            (502, b"<html>", {"Content-Type": "text/html"}),
            ArchiveUnavailable,
            "the server behind it does not",
        ),
    ],
    indirect=["stub"],
)
def test_an_answer_that_is_a_failure_says_who_can_act_on_it(
    stub: str, kind: type[DatelineError], words: str
) -> None:
    error = failure(stub)
    assert type(error) is kind
    assert re.search(words, str(error))


class Flickering(Answers):
    """Answers well, but for every other request, which it does not answer at all."""

    count = 0
    body = b'{"result": {"aliases": []}, "status": "ok", "time": 0.0}'

    def answer(self) -> None:
        type(self).count += 1
        if self.count % 2 == 0:
            self.close_connection = True
            return
        super().answer()

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - the names http.server calls


def test_a_node_that_loses_requests_is_asked_again() -> None:
    server = HTTPServer(("127.0.0.1", 0), Flickering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    with closing(connect(f"http://127.0.0.1:{server.server_port}", None, 5)) as client:
        assert [client.get_aliases().aliases for _ in range(3)] == [[], [], []]
    server.shutdown()
    thread.join()
    server.server_close()
    assert Flickering.count == 5


# The stub has no certificate, and qdrant-client rightly warns of a key sent in the clear.
@pytest.mark.filterwarnings("ignore:Api key is used with an insecure connection:UserWarning")
@pytest.mark.parametrize("stub", [(401, b"Invalid API key", {})], indirect=True)
def test_a_refused_key_is_not_shown(stub: str) -> None:
    settings = load_settings(archive=stub, qdrant_api_key="s3cret-key")
    with pytest.raises(SettingsError) as caught:
        open_store(settings)
    assert "s3cret-key" not in f"{caught.value!r} {settings!r}"


@pytest.mark.parametrize("key", ["s3cret key", "s3cret\n", "s3crét"])
def test_an_impossible_key_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(SettingsError, match="DATELINE_QDRANT_API_KEY") as caught:
        connect("https://host:6333", key, 1)
    assert "s3cr" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["http://user:s3cret@host:6333", "http://host:6333?api-key=s3cret", "http://", "http://a b"],
)
def test_an_impossible_url_is_refused_and_its_secret_not_shown(url: str) -> None:
    with pytest.raises(SettingsError, match="http://host:6333") as caught:
        open_store(load_settings(archive=url))
    assert "s3cret" not in str(caught.value)


def test_a_port_that_cannot_be_is_refused() -> None:
    with pytest.raises(SettingsError, match="http://host:99999 cannot be used"):
        connect("http://host:99999", None, 1)


def test_a_missing_package_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "rag.store.server")
    monkeypatch.setitem(sys.modules, "qdrant_client", None)
    with pytest.raises(
        SettingsError, match=r"qdrant_client is not installed; run .pip install qdrant-client"
    ):
        open_store(load_settings(archive="https://host:6333"))


# -- building ---------------------------------------------------------------------------------


def builder(client: QdrantClient) -> ServerBuilder:
    return ServerBuilder(client, "dateline", RECIPE, URL)


def publish(client: QdrantClient, *articles: Article) -> None:
    with closing(builder(client)) as building:
        write(building, *articles)
        building.publish()


def names(client: QdrantClient) -> list[str]:
    return sorted(found.name for found in client.get_collections().collections)


def payload(client: QdrantClient, name: str, kind: str) -> models.Payload:
    """Return the payload of the collection's one point of this kind."""
    match = models.FieldCondition(key="kind", match=models.MatchValue(value=kind))
    (record,), _ = client.scroll(name, scroll_filter=models.Filter(must=[match]))
    assert record.payload is not None
    return record.payload


def aliases(client: QdrantClient) -> dict[str, str]:
    found = client.get_aliases().aliases
    return {alias.alias_name: alias.collection_name for alias in found}


def test_the_served_generation_is_kept_with_the_one_before(local_server: QdrantClient) -> None:
    for article in (NEWS, MORE, replace(NEWS, text="The bridge fell.")):
        publish(local_server, article)
    assert names(local_server) == ["dateline-00000001", "dateline-00000002"]
    assert aliases(local_server) == {
        "dateline": "dateline-00000001",
        "dateline.00000003": "dateline-00000001",
        "dateline.00000002": "dateline-00000002",
    }


def test_a_collection_says_what_it_is(local_server: QdrantClient) -> None:
    building = builder(local_server)
    write(building, NEWS)
    assert payload(local_server, "dateline-00000001", "building")["recipe"] == repr(RECIPE)
    manifest = building.publish()
    assert payload(local_server, "dateline-00000001", "manifest")["json"] == manifest.to_json()


def test_a_copy_that_was_cut_off_is_begun_again(local_server: QdrantClient) -> None:
    publish(local_server, NEWS)
    write(builder(local_server), MORE)
    marker = payload(local_server, "dateline-00000002", "building")
    everything = models.FilterSelector(filter=models.Filter())
    local_server.set_payload("dateline-00000002", {**marker, "kind": "copying"}, everything)
    assert {head.id for head in builder(local_server).heads()} == {"news"}
    assert names(local_server) == ["dateline-00000001"]


def test_a_build_that_was_finished_but_not_served_is_served(local_server: QdrantClient) -> None:
    publish(local_server, NEWS)
    local_server.update_collection_aliases(
        [models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name="dateline"))]
    )
    assert builder(local_server).publish().articles == 1
    store = ServerStore(local_server, "dateline", URL)
    assert store.articles(["news"]) == {"news": NEWS}


def test_a_generation_that_was_to_be_dropped_is_dropped_later(local_server: QdrantClient) -> None:
    publish(local_server, NEWS)
    write(builder(local_server), MORE)
    move = models.CreateAlias(collection_name="dateline-00000002", alias_name="dateline")
    local_server.update_collection_aliases([models.CreateAliasOperation(create_alias=move)])
    with pytest.raises(ArchiveDamaged, match="the manifest of dateline-00000002"):
        ServerStore(local_server, "dateline", URL)
    move.collection_name = "dateline-00000001"
    local_server.update_collection_aliases([models.CreateAliasOperation(create_alias=move)])
    assert builder(local_server).publish().articles == 2
    assert names(local_server) == ["dateline-00000001", "dateline-00000002"]
    assert aliases(local_server)["dateline"] == "dateline-00000002"


def test_what_an_ingest_did_not_make_is_left_alone(local_server: QdrantClient) -> None:
    local_server.create_collection("dateline-20201110", vectors_config={})
    local_server.upsert("dateline-20201110", [models.PointStruct(id=1, vector={}, payload={})])
    publish(local_server, NEWS)
    assert names(local_server) == ["dateline-20201110", "dateline-20201111"]


def test_a_collection_of_the_name_of_the_alias_is_refused(local_server: QdrantClient) -> None:
    local_server.create_collection("dateline", vectors_config={})
    with pytest.raises(SettingsError, match="DATELINE_COLLECTION"):
        builder(local_server)


def test_an_archive_in_another_collection_is_another_archive(local_server: QdrantClient) -> None:
    publish(local_server, NEWS)
    with pytest.raises(ArchiveNotFound, match="DATELINE_COLLECTION"):
        ServerStore(local_server, "dateline-2", URL)
    ServerBuilder(local_server, "dateline-2", RECIPE, URL).publish()
    assert names(local_server) == ["dateline-00000001", "dateline-2-00000001"]


def test_an_ingest_that_overtook_this_one_is_noticed(local_server: QdrantClient) -> None:
    slow = builder(local_server)
    write(slow, NEWS)
    publish(local_server, MORE)
    with pytest.raises(ArchiveBusy, match="run it again"):
        slow.publish()
    assert {head.id for head in builder(local_server).heads()} == {"news", "more"}


def test_a_collection_that_lost_points_is_damaged(local_server: QdrantClient) -> None:
    publish(local_server, NEWS)
    passages = models.FieldCondition(key="article_id", match=models.MatchValue(value="news"))
    local_server.delete("dateline", models.Filter(must=[passages]))
    with pytest.raises(ArchiveDamaged, match=r"holds 1 articles and 0 passages, .* says 1 and 1"):
        ServerStore(local_server, "dateline", URL)


def test_passages_without_their_article_are_damage(local_server: QdrantClient) -> None:
    publish(local_server, NEWS)
    store = ServerStore(local_server, "dateline", URL)
    articles = models.FieldCondition(key="id", match=models.MatchValue(value="news"))
    local_server.delete("dateline", models.Filter(must=[articles]))
    assert store.damage() == ["article 'news' is missing, but its passages are there"]


class SearchedServer(LocalServer):
    """Local mode that notes how wide each search by vectors is."""

    def __init__(self) -> None:
        super().__init__()
        self.searched: list[models.SearchParams | None] = []

    def query_points(self, collection_name: str, *args: Any, **kwargs: Any) -> models.QueryResponse:
        words_and_rescored = kwargs["prefetch"]
        self.searched.append(words_and_rescored[1].prefetch[1].params)
        return super().query_points(collection_name, *args, **kwargs)


def search(server: QdrantClient) -> list[str]:
    question = "Which trains cross the bridge?"
    asked = StoreQuery(
        terms=question_terms(question), vector=EMBEDDER.embed([question])[0], limit=10
    )
    found = ServerStore(server, "dateline", URL).query(asked)
    return [hit.passage.article_id for hit in found]


def test_vectors_in_int8_are_searched_widely_and_scored_again_by_the_originals() -> None:
    exact, short = SearchedServer(), SearchedServer()
    for server, layout in ((exact, Layout()), (short, Layout(int8=True))):
        with closing(ServerBuilder(server, "dateline", RECIPE, URL, layout=layout)) as building:
            write(building, NEWS, MORE)
            building.publish()
    assert search(exact) == search(short) != []
    assert exact.searched == [None]
    again = models.QuantizationSearchParams(rescore=True, oversampling=16.0)
    assert short.searched == [models.SearchParams(hnsw_ef=4096, quantization=again)]


def test_what_makes_memory_short_is_told_when_a_collection_is_made(
    local_server: QdrantClient,
) -> None:
    with closing(
        ServerBuilder(local_server, "dateline", RECIPE, URL, layout=Layout(int8=True))
    ) as building:
        write(building, NEWS)
        building.publish()
    vectors = local_server.get_collection("dateline").config.params.vectors
    assert isinstance(vectors, dict)
    passages, sentences = vectors[DENSE], vectors[SENTENCES]
    assert isinstance(passages.quantization_config, models.ScalarQuantization)
    assert passages.quantization_config.scalar.type == models.ScalarType.INT8
    assert passages.quantization_config.scalar.always_ram is True
    # The vectors of sentences rescore a few, so they are exact, and wait on the disk.
    assert sentences.quantization_config is None
    assert (passages.on_disk, sentences.on_disk) == (True, True)


class MeasuringServer(LocalServer):
    """Local mode that notes how long each request to write points is."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[int] = []

    def upsert(
        self, collection_name: str, points: Any, *args: Any, **options: Any
    ) -> models.UpdateResult:
        self.sizes.append(sum(len(point.model_dump_json()) for point in points))
        return super().upsert(collection_name, points, *args, **options)


def test_large_articles_are_sent_in_requests_a_server_takes() -> None:
    server = MeasuringServer()
    articles = [Article(id=str(n), text="a word " * 400_000) for n in range(4)]
    with closing(builder(server)) as building:
        building.put([IndexedArticle(article=article, passages=()) for article in articles])
        assert building.publish().articles == 4
    assert max(server.sizes) < 8_000_000 < sum(server.sizes)
