"""Tests that an archive behind HTTP does what the same archive does in this process."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import uvicorn

from api.app import Limits, create_app
from api.keys import KeyFile
from rag import connect
from rag.archive import Archive
from rag.errors import ArchiveUnavailable, QuestionError, SettingsError
from rag.records import AnswerSentence, QuotedAnswer
from rag.remote import RemoteArchive
from tests.api.serving import ARTICLE, SlowArchive, client_of
from tests.fakes import HashingEmbedder, open_small

QUESTION = "When did the ceasefire take effect?"

Either = Archive | RemoteArchive


class _Server(uvicorn.Server):
    """A server in a thread of this process."""

    def __init__(self, archive: Archive, keys: KeyFile) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        limits = Limits(requests_per_minute=0)
        app = create_app(lambda: archive, keys=keys, limits=limits)
        super().__init__(uvicorn.Config(app, log_level="critical", lifespan="off"))
        self.thread = threading.Thread(target=self.run, args=([self.socket],))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Either]]:
    """The same archive, opened here and served."""
    folder: Path = tmp_path_factory.mktemp("remote")
    archive = open_small(folder / "archive", ARTICLE, embedder=HashingEmbedder(), threshold=0)
    keys = KeyFile(folder / "keys.json")
    _, secret = keys.add("a test", ("ask", "read"))
    server = _Server(archive, keys)
    server.thread.start()
    while not server.started:
        time.sleep(0.01)
    with connect(server.address, key=secret) as remote:
        yield {"here": archive, "served": remote}
    server.should_exit = True
    server.thread.join()
    archive.close()


@pytest.fixture(params=["here", "served"])
def archive(both: dict[str, Either], request: pytest.FixtureRequest) -> Either:
    return both[request.param]


def test_an_answer_has_the_exact_quote(archive: Either) -> None:
    answer = archive.ask(QUESTION)
    (citation, *_) = answer.citations
    assert archive.article(citation.article_id).text[citation.start : citation.end] == (
        citation.quote
    )


def test_both_give_the_same_answer(both: dict[str, Either]) -> None:
    here, served = (both[name].ask(QUESTION, now="2024-01-01") for name in ("here", "served"))
    assert (here.text, here.citations) == (served.text, served.citations)
    assert (here.values, here.when) == (served.values, served.when)


def test_a_stream_ends_with_the_answer(archive: Either) -> None:
    *_, answer = archive.stream(QUESTION)
    assert getattr(answer, "status", "") == "answered"


def test_a_stream_tells_the_quotes_before_what_a_model_writes() -> None:
    with client_of(SlowArchive()) as client:
        quoted, sentence, answer = RemoteArchive(client).stream(QUESTION)
    assert isinstance(quoted, QuotedAnswer)
    assert isinstance(sentence, AnswerSentence)
    assert quoted.answer == answer


def test_a_chat_remembers(archive: Either) -> None:
    chat = archive.chat()
    chat.ask(QUESTION)
    assert chat.ask("And who was hurt?", as_written=True).carried == ()
    assert len(chat.turns) == 2


def test_a_search_is_filtered(archive: Either) -> None:
    (hit,) = archive.search(QUESTION, limit=1, since=date(2020, 1, 1))
    assert hit.article_id == ARTICLE.id
    assert archive.search(QUESTION, sources=["other.example"]) == []


def test_a_timeline_a_place_and_a_recheck(archive: Either) -> None:
    assert archive.timeline("ceasefire")[0].first == date(2020, 11, 10)
    assert archive.locate(ARTICLE.text[:58])[0].verbatim
    assert archive.recheck(archive.ask(QUESTION)).stands


def test_what_it_holds(archive: Either) -> None:
    assert (archive.sources(), archive.sections()) == ({"courier.example": 1}, {})


@pytest.mark.parametrize(
    "filters", [{"since": "2021-01-01", "until": "2020-01-01"}, {"since": "soon"}, {"sources": "a"}]
)
def test_a_filter_that_makes_no_sense_is_an_error(
    archive: Either, filters: dict[str, object]
) -> None:
    with pytest.raises(QuestionError):
        archive.ask(QUESTION, **filters)  # type: ignore[arg-type]
    with pytest.raises(QuestionError):
        list(archive.stream(QUESTION, **filters))  # type: ignore[arg-type]


def test_an_empty_question_is_an_error(archive: Either) -> None:
    with pytest.raises(QuestionError):
        archive.ask("")


def test_an_unknown_article_is_an_error(archive: Either) -> None:
    with pytest.raises(KeyError):
        archive.article("nothing")


def test_a_wrong_key_says_which_variable_to_set(both: dict[str, Either]) -> None:
    with connect(both["served"].location, key="dl_wrong") as remote:
        with pytest.raises(SettingsError, match="DATELINE_SERVER_KEY"):
            remote.ask(QUESTION)
        with pytest.raises(SettingsError):
            list(remote.stream(QUESTION))


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
    with connect(address) as remote, pytest.raises(ArchiveUnavailable, match="dateline serve"):
        remote.sources()


@pytest.mark.parametrize("address", ["archive", "ftp://127.0.0.1", "http://", "http://[::1"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(SettingsError):
        connect(address)
