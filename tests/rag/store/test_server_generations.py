"""Tests that only changes are sent to a server, and that a kill anywhere makes no difference."""

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from qdrant_client import QdrantClient, models

from rag.errors import ArchiveUnavailable
from rag.records import Article
from rag.store.model import ArticleHead, FileMark, Recipe
from rag.store.server import ServerBuilder, ServerStore
from tests.fakes import HashingEmbedder, index_article, write
from tests.rag.store.conftest import LOCAL_MODE_HAS_NO_INDEX, LocalServer

EMBEDDER = HashingEmbedder()
RECIPE = Recipe(model=EMBEDDER.name, dimension=EMBEDDER.dimension, passage_words=40)
URL = "http://double:6333"
pytestmark = pytest.mark.filterwarnings(LOCAL_MODE_HAS_NO_INDEX)

FERRY = Article(id="ferry", source="wire", text="The ferry sailed at dawn. Forty were aboard.")
BRIDGE = Article(id="bridge", source="post", text="The bridge opened on Monday. Trains cross it.")
MILL = Article(id="mill", source="post", text="The mill burned down. Nobody was hurt.")
MARKET = Article(id="market", source="wire", text="The market was closed. It rained.")

Change = Callable[[ServerBuilder], object]


def changed_ferry(builder: ServerBuilder) -> None:
    write(builder, replace(FERRY, text="The ferry sailed at noon. Fifty were aboard. It sank."))


def new_market_without_vectors(builder: ServerBuilder) -> None:
    builder.put([index_article(MARKET)])


def new_times(builder: ServerBuilder) -> None:
    passages = [passage for stored in builder.everything() for passage in stored.passages]
    day = date(2021, 5, 3)
    builder.set_times([replace(passage, days=((day, day),)) for passage in passages])


def head_of(builder: ServerBuilder, article_id: str) -> ArticleHead:
    return next(head for head in builder.heads() if head.id == article_id)


# Every way to change an archive, in one generation after another.
CHANGES: Sequence[Change] = (
    lambda builder: write(builder, FERRY, BRIDGE, MILL),
    changed_ferry,
    lambda builder: builder.set_clusters({"ferry": "ferry", "bridge": "ferry"}),
    lambda builder: builder.remove(["mill"]),
    new_market_without_vectors,
    lambda builder: builder.set_paths({"ferry": ["a.jsonl"], "bridge": ["a.jsonl", "b.jsonl"]}),
    lambda builder: builder.withdraw([head_of(builder, "bridge")]),
    lambda builder: write(builder, MARKET),
    new_times,
    lambda builder: (builder.set_clusters({"ferry": ""}), builder.unmark(["0.jsonl"])),
    lambda builder: write(builder, BRIDGE),
)


def next_generation(client: QdrantClient, number: int) -> None:
    with closing(ServerBuilder(client, "dateline", RECIPE, URL)) as builder:
        CHANGES[number](builder)
        builder.mark([FileMark(path=f"{number}.jsonl", state="1", gave={})])
        builder.publish()


def content(client: QdrantClient) -> dict[str, str]:
    """Return all points of the served generation with their vectors, without the notes on it."""
    records, _ = client.scroll("dateline", limit=10_000, with_payload=True, with_vectors=True)
    return {
        str(record.id): json.dumps(record.model_dump(mode="json"), sort_keys=True)
        for record in records
        if (record.payload or {})["kind"] not in ("manifest", "changes")
    }


def served(client: QdrantClient) -> str:
    """Return the name of the collection that is served."""
    found = client.get_aliases().aliases
    return next(a.collection_name for a in found if a.alias_name == "dateline")


@pytest.fixture(scope="module")
def wanted() -> Iterator[list[dict[str, str]]]:
    """What each generation holds if it is made from a copy of the whole one before."""
    client = LocalServer()
    found = []
    for number in range(len(CHANGES)):
        next_generation(client, number)
        found.append(content(client))
        for collection in client.get_collections().collections:
            if collection.name != served(client):
                client.delete_collection(collection.name)
    yield found
    QdrantClient.close(client)


def test_each_generation_is_as_if_it_were_copied_whole(
    local_server: LocalServer, wanted: list[dict[str, str]]
) -> None:
    for number in range(len(CHANGES)):
        next_generation(local_server, number)
        assert content(local_server) == wanted[number]
        assert len(local_server.get_collections().collections) <= 2


class KilledServer(LocalServer):
    """Local mode that ends the run before a request to write, or notes how many there are."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 1_000_000

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt


def _counted(name: str) -> Callable[..., Any]:
    def request(self: KilledServer, *args: Any, **kwargs: Any) -> Any:
        self._step()
        return getattr(LocalServer, name)(self, *args, **kwargs)

    return request


for _name in (
    *("upsert", "update_vectors", "set_payload", "delete_payload", "delete"),
    *("create_collection", "delete_collection", "update_collection_aliases"),
):
    setattr(KilledServer, _name, _counted(_name))


@pytest.mark.parametrize("last", range(1, len(CHANGES)))
def test_a_run_killed_at_any_request_and_gone_on_with_ends_as_an_undisturbed_one(
    wanted: list[dict[str, str]], last: int
) -> None:
    before = KilledServer()
    for number in range(last):
        next_generation(before, number)
    for steps in range(1_000):
        client = copy.deepcopy(before)
        client.left = steps
        with suppress(KeyboardInterrupt):
            next_generation(client, last)
        killed = client.left < 0
        # Whoever asks meanwhile sees the whole generation before, or already the whole next one.
        assert content(client) in (wanted[last - 1], wanted[last])
        client.left = 1_000_000
        next_generation(client, last)
        assert content(client) == wanted[last], steps
        QdrantClient.close(client)
        if not killed:
            assert steps > 5
            return


# -- what is sent ---------------------------------------------------------------------------------


class MeasuringServer(LocalServer):
    """Local mode that counts the points which are sent with their contents."""

    def __init__(self) -> None:
        super().__init__()
        self.points: list[models.PointStruct] = []

    def upsert(self, collection_name: str, points: Any, **options: Any) -> models.UpdateResult:
        self.points += points
        return super().upsert(collection_name, points, **options)


def test_unchanged_points_are_sent_again_only_for_the_second_generation() -> None:
    client = MeasuringServer()
    many = [replace(FERRY, id=f"ferry-{n}", text=f"{FERRY.text} It is {n}.") for n in range(40)]
    sent = []
    for articles in (many, [BRIDGE], [MILL], [MARKET]):
        client.points = []
        with closing(ServerBuilder(client, "dateline", RECIPE, URL)) as builder:
            write(builder, *articles)
            builder.publish()
        kinds = ("article", "passage")
        sent.append(sum((point.payload or {})["kind"] in kinds for point in client.points))
    # An article is two points, or three with a second passage. The last two also send the one
    # before.
    assert sent[0] == 120
    assert sent[1:] == [122, 4, 4]
    QdrantClient.close(client)


# -- readers --------------------------------------------------------------------------------------


def test_a_reader_keeps_its_generation_until_the_next_one_but_one_is_built(
    local_server: LocalServer,
) -> None:
    next_generation(local_server, 0)
    store = ServerStore(local_server, "dateline", URL)
    next_generation(local_server, 1)
    assert not store.is_current()
    assert store.articles(["ferry"]) == {"ferry": FERRY}
    with closing(ServerBuilder(local_server, "dateline", RECIPE, URL)) as builder:
        assert store.articles(["ferry"]) == {"ferry": FERRY}
        write(builder, MARKET)
        with pytest.raises(ArchiveUnavailable, match="open it again"):
            store.articles(["ferry"])


def test_what_an_older_dateline_served_is_not_built_in(local_server: LocalServer) -> None:
    next_generation(local_server, 0)
    alias = models.DeleteAlias(alias_name="dateline.00000001")
    local_server.update_collection_aliases([models.DeleteAliasOperation(delete_alias=alias)])
    store = ServerStore(local_server, "dateline", URL)
    next_generation(local_server, 1)
    with pytest.raises(ArchiveUnavailable, match="open it again"):
        store.articles(["ferry"])
    assert served(local_server) == "dateline-00000002"


def test_without_the_alias_the_newest_whole_generation_is_served_again(
    local_server: LocalServer, wanted: list[dict[str, str]]
) -> None:
    for number in range(3):
        next_generation(local_server, number)
    assert served(local_server) == "dateline-00000001"
    gone = [alias.alias_name for alias in local_server.get_aliases().aliases]
    local_server.update_collection_aliases(
        [
            models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=name))
            for name in gone
        ]
    )
    with closing(ServerBuilder(local_server, "dateline", RECIPE, URL)) as builder:
        builder.publish()
    assert content(local_server) == wanted[2]


def test_a_generation_that_does_not_get_equal_is_copied_whole(
    local_server: LocalServer, wanted: list[dict[str, str]]
) -> None:
    for number in range(2):
        next_generation(local_server, number)
    articles = models.FieldCondition(key="kind", match=models.MatchValue(value="article"))
    local_server.delete("dateline-00000001", models.Filter(must=[articles]))
    next_generation(local_server, 2)
    assert served(local_server) == "dateline-00000003"
    assert content(local_server) == wanted[2]
