"""Tests that what was opened before an ingest finds what is served after it."""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from qdrant_client import QdrantClient

from ingest.command import ingest_into
from rag.answering import Answering
from rag.archive import Archive
from rag.errors import ArchiveError, ArchiveMismatch
from rag.records import Article
from rag.settings import load_settings
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.following import OpenStore
from rag.store.model import Recipe
from rag.store.server import ServerBuilder, ServerStore
from tests.fakes import HashingEmbedder, write
from tests.rag.conftest import ARTICLES
from tests.rag.store.conftest import LOCAL_MODE_HAS_NO_INDEX, LocalServer

EMBEDDER = HashingEmbedder(dimension=64)
pytestmark = pytest.mark.filterwarnings(LOCAL_MODE_HAS_NO_INDEX)
RECIPE = Recipe(model=EMBEDDER.name, dimension=EMBEDDER.dimension, passage_words=150)
QUESTION = "When did the southern truce take effect?"


class Place:
    """A place with an archive, and a clock that only tests move."""

    def __init__(self, open_store: Callable[[], Any], open_builder: Callable[[], Any]) -> None:
        self.opened = ExitStack()
        self.now = 100.0
        self._open_store = open_store
        self._open_builder = open_builder

    def put(self, *articles: Article) -> None:
        with closing(self._open_builder()) as builder:
            write(builder, *articles, embedder=EMBEDDER)
            builder.publish()

    def withdraw(self, article_id: str) -> None:
        with closing(self._open_builder()) as builder:
            builder.withdraw([head for head in builder.heads() if head.id == article_id])
            builder.publish()

    def archive(self, *, follow: bool = True) -> Archive:
        store = self._open_store()
        opened = OpenStore(store, reopen=self._open_store, follow=follow, clock=lambda: self.now)
        answering = Answering(store=store, embedder=EMBEDDER, threshold=0.05)
        return self.opened.enter_context(Archive(answering, opened=opened))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the four articles, to be copied."""
    root = tmp_path_factory.mktemp("follows") / "archive"
    with closing(EdgeBuilder(root, RECIPE)) as builder:
        write(builder, *ARTICLES, embedder=EMBEDDER)
        builder.publish()
    return root


@pytest.fixture
def directory(small: Path, tmp_path: Path) -> Iterator[Place]:
    root = shutil.copytree(small, tmp_path / "archive")
    place = Place(lambda: EdgeStore(root), lambda: EdgeBuilder(root, RECIPE))
    with place.opened:
        yield place


@pytest.fixture
def server() -> Iterator[Place]:
    """A stand-in for a server, which builds in what it does not serve any more."""
    client, name, url = LocalServer(), "small", "http://double:6333"
    place = Place(
        lambda: ServerStore(client, name, url), lambda: ServerBuilder(client, name, RECIPE, url)
    )
    place.put(*ARTICLES)
    with place.opened:
        yield place
    QdrantClient.close(client)


def found(archive: Archive) -> set[str]:
    return {hit.article_id for hit in archive.search(QUESTION)}


@pytest.mark.parametrize("kind", ["directory", "server"])
def test_a_withdrawn_article_is_not_found_by_what_was_opened_before(
    request: pytest.FixtureRequest, kind: str
) -> None:
    place: Place = request.getfixturevalue(kind)
    archive = place.archive()
    retriever, engine = archive.as_retriever(), archive.as_query_engine()
    assert "southern" in found(archive)
    place.withdraw("southern")
    place.now += 1
    assert "southern" not in found(archive)
    for nodes in (retriever.retrieve(QUESTION), engine.query(QUESTION).source_nodes):
        assert nodes
        assert "southern" not in {node.metadata["article_id"] for node in nodes}
    assert archive.with_threshold(0.9).manifest.articles == len(ARTICLES) - 1
    with pytest.raises(KeyError):
        archive.article("southern")


def test_an_archive_that_does_not_follow_is_refreshed_by_hand(directory: Place) -> None:
    archive = directory.archive(follow=False)
    directory.withdraw("southern")
    directory.now += 60
    assert "southern" in found(archive)
    assert not archive.is_current()
    assert archive.refresh()
    assert "southern" not in found(archive)
    assert archive.is_current()
    assert not archive.refresh()


def test_a_chat_and_a_timeline_follow_too(server: Place) -> None:
    archive = server.archive()
    chat = archive.chat()
    assert "southern" in {hit.article_id for hit in chat.ask(QUESTION).answer.nearest}
    server.withdraw("southern")
    server.now += 1
    assert "southern" not in {hit.article_id for hit in chat.ask(QUESTION).answer.nearest}
    entries = archive.timeline("southern truce")
    assert "southern" not in {entry.citation.article_id for entry in entries}


def test_a_generation_that_a_server_builds_in_is_replaced_before_the_next_check(
    server: Place,
) -> None:
    archive = server.archive()
    found(archive)
    for name in ("later", "latest"):
        server.put(Article(id=name, text="A later truce took effect in the east. It held."))
    assert "latest" in found(archive)  # the clock stands still, so nothing was looked for


def test_nothing_fails_while_generations_are_replaced(directory: Place) -> None:
    archive, failures = directory.archive(), []
    is_over = threading.Event()

    def ask() -> None:
        while not is_over.is_set():
            directory.now += 1
            try:
                answer = archive.ask(QUESTION)
                assert answer.status == "answered"
            except Exception as error:  # noqa: BLE001 - shown by the test
                failures.append(error)

    askers = [threading.Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    for number in range(2):
        directory.put(Article(id=f"later-{number}", text=f"Truce {number} held. It was long."))
    is_over.set()
    for asker in askers:
        asker.join()
    assert failures == []
    # The askers may have asked nothing since the last article came.
    directory.now += 1
    assert archive.manifest.articles == len(ARTICLES) + 2


def test_a_generation_is_left_when_the_last_who_reads_it_has_finished(
    directory: Place, tmp_path: Path
) -> None:
    archive = directory.archive()
    reading = archive.articles()
    first = next(reading)
    directory.withdraw("southern")
    directory.now += 1
    assert "southern" not in found(archive)
    assert len(list((tmp_path / "archive" / "views").glob("*.lock"))) == 2
    assert {article.id for article in (first, *reading)} == {a.id for a in ARTICLES}
    assert len(list((tmp_path / "archive" / "views").glob("*.lock"))) == 1


def test_a_closed_archive_says_so(directory: Place) -> None:
    archive = directory.archive()
    retriever = archive.as_retriever()
    archive.close()
    archive.close()
    uses: list[Callable[[], object]] = [
        lambda: archive.ask(QUESTION),
        lambda: retriever.retrieve(QUESTION),
        lambda: archive.article("southern"),
        lambda: next(archive.articles()),
        archive.sources,
        archive.refresh,
        archive.is_current,
    ]
    for use in uses:
        with pytest.raises(ArchiveError, match=r"was closed; open it again with Archive\.open"):
            use()


def test_an_archive_opened_by_its_place_follows_an_ingest(tmp_path: Path) -> None:
    settings = load_settings(archive=str(tmp_path / "archive"))
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    record = {"id": "bridge", "text": "The old bridge closed on Monday. Boats carry the people."}
    _write(inbox / "1.jsonl", record, {"id": "ferry", "text": "The ferry carries the people."})
    ingest_into(settings, [inbox])
    with (
        Archive.open(settings=settings) as archive,
        Archive.open(settings=settings, follow=False) as kept,
    ):
        _write(inbox / "2.jsonl", {"id": "bridge", "version": 2, "pubstatus": "stat:canceled"})
        ingest_into(settings, [inbox])
        for opened, is_there in ((archive, False), (kept, True)):
            hits = {hit.article_id for hit in opened.search("When did the old bridge close?")}
            assert "ferry" in hits
            assert ("bridge" in hits) == is_there


def test_a_newest_generation_that_cannot_be_opened_is_told(server: Place) -> None:
    archive = server.archive()

    def mismatch() -> Any:
        raise ArchiveMismatch("made with another model")

    archive._opened._reopen = mismatch
    server.withdraw("southern")
    server.now += 1
    for _ in range(2):
        with pytest.raises(ArchiveMismatch):
            found(archive)


def _write(path: Path, *records: dict[str, object]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
