"""Tests that an archive behind HTTP does what the same archive does in this process."""

import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.app import Limits, create_app
from api.keys import KeyFile
from rag import connect
from rag.archive import Archive
from rag.errors import ArchiveUnavailable, QuestionError, SettingsError, UnknownServer
from rag.records import AnswerSentence, QuotedAnswer
from rag.remote import RemoteArchive, is_dateline
from rag.store.model import Hidden
from tests.api.serving import ARTICLE, SlowArchive, listening
from tests.fakes import HashingEmbedder, open_small

QUESTION = "When did the ceasefire take effect?"

Either = Archive | RemoteArchive


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Either]]:
    """The same archive, opened here and served."""
    folder: Path = tmp_path_factory.mktemp("remote")
    archive = open_small(folder / "archive", ARTICLE, embedder=HashingEmbedder(), threshold=0)
    keys = KeyFile(folder / "keys.json")
    _, secret = keys.add("a test", ("ask", "read"))
    limits = Limits(requests_per_minute=0)
    with (
        archive,
        listening(create_app(lambda: archive, keys=keys, limits=limits)) as address,
        connect(address, key=secret) as remote,
    ):
        yield {"here": archive, "served": remote}


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
    assert served.provenance
    assert served.provenance.archive == both["served"].location


def test_a_stream_ends_with_the_answer(archive: Either) -> None:
    *_, answer = archive.stream(QUESTION)
    assert getattr(answer, "status", "") == "answered"


def test_a_stream_tells_the_quotes_before_what_a_model_writes() -> None:
    slow = SlowArchive()
    with listening(create_app(lambda: slow)) as address, connect(address) as remote:
        quoted, sentence, answer = remote.stream(QUESTION)
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


def test_how_much_is_held_and_hidden(archive: Either) -> None:
    assert (archive.count(), archive.count(until="2020-01-01")) == (1, 0)
    assert (archive.hidden(), archive.hidden_by_source()) == (Hidden(), {})
    assert archive.copies(ARTICLE.id) == []


def test_what_it_holds_is_listed_and_counted(archive: Either) -> None:
    (newest,) = archive.browse(since="2020-11-01").articles
    (found,) = archive.browse("ceasefire", sources=["courier.example"]).articles
    assert (newest.article_id, found.article_id) == (ARTICLE.id, ARTICLE.id)
    assert archive.browse(first=5).total == 1
    coverage = archive.coverage()
    assert (coverage.first, coverage.outlets) == (ARTICLE.published, {"courier.example": 1})


def test_words_in_quotes_are_looked_for_and_counted(archive: Either) -> None:
    hits, notes = archive.search_with_notes('"took effect at midnight"')
    assert hits[0].marks
    assert notes == archive.describe_phrases('"took effect at midnight"')
    assert archive.search_with_notes("ceasefire")[1] == []


def test_what_restricted_a_search_and_a_timeline_is_told(archive: Either) -> None:
    said = "“in 1950” restricted the search to what happened 1950-01-01 to 1950-12-31"
    assert archive.search_with_notes("ceasefire in 1950")[1] == [said]
    assert archive.browse("ceasefire in 1950").notes == (said,)
    assert archive.timeline_with_notes("ceasefire in 1950") == ([], [said])
    (entry, *_), notes = archive.timeline_with_notes("ceasefire in 1950", read_time=False)
    assert (entry.first, notes) == (date(2020, 11, 10), [])
    assert archive.timeline("ceasefire in 1950", read_time=False)[0] == entry


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
    with pytest.raises(KeyError):
        archive.copies("nothing")


def test_a_wrong_key_says_which_variable_to_set(both: dict[str, Either]) -> None:
    with connect(both["served"].location, key="dl_wrong") as remote:
        with pytest.raises(SettingsError, match="DATELINE_API_KEY"):
            remote.ask(QUESTION)
        with pytest.raises(SettingsError):
            list(remote.stream(QUESTION))


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
    with connect(address) as remote, pytest.raises(ArchiveUnavailable, match="dateline serve"):
        remote.sources()


@pytest.mark.parametrize(
    "address",
    [
        "archive",
        "http://me:secret@127.0.0.1",
        "http://a/?k=secret",
        "ftp://127.0.0.1",
        "http://",
        "http://[::1",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(SettingsError) as error:
        connect(address)
    assert "secret" not in str(error.value)


def test_the_key_of_the_environment_is_used_and_one_that_is_none_is_refused(
    both: dict[str, Either], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_API_KEY", "dl_wrong")
    with connect(both["served"].location) as remote, pytest.raises(SettingsError):
        remote.sources()
    with pytest.raises(SettingsError) as error:
        connect(both["served"].location, key="two words")
    assert "two words" not in str(error.value)


def test_a_server_says_whether_it_is_one_of_dateline(both: dict[str, Either]) -> None:
    assert is_dateline(both["served"].location)


def test_another_server_is_none_of_dateline() -> None:
    async def other(scope: Scope, receive: Receive, send: Send) -> None:
        await JSONResponse({"title": "another"})(scope, receive, send)

    with listening(other) as address:
        assert not is_dateline(address)


def proxy(reply: Response) -> ASGIApp:
    """Return what says alone that it is alive, and gives one reply to everything else."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        is_health = scope["path"] == "/health"
        said = JSONResponse({"service": "dateline"}) if is_health else reply
        await said(scope, receive, send)

    return answer


@pytest.mark.parametrize(
    "reply", [HTMLResponse("<html>Sign in to Holm</html>"), Response(b"\xff", 200)]
)
def test_a_sign_in_page_is_told_as_what_it_is(reply: Response) -> None:
    with listening(proxy(reply)) as address, connect(address) as remote:
        assert is_dateline(address)
        with pytest.raises(ArchiveUnavailable, match="something other than JSON, perhaps the sign"):
            remote.sources()
        with pytest.raises(ArchiveUnavailable, match="something other than JSON, perhaps the sign"):
            list(remote.stream(QUESTION))


@pytest.mark.parametrize(
    ("reply", "kind", "told"),
    [
        (RedirectResponse("https://login.example/in"), ArchiveUnavailable, "https://login.example"),
        (HTMLResponse("<html>", 401), SettingsError, "asks who you are"),
        (HTMLResponse("<html>", 502), ArchiveUnavailable, "the server behind it does not"),
    ],
)
def test_a_proxy_that_lets_nobody_through_is_named(
    reply: Response, kind: type[Exception], told: str
) -> None:
    with listening(proxy(reply)) as address, connect(address) as remote:
        with pytest.raises(kind, match=f"a proxy answers at {address}.*{told}"):
            remote.sources()
        with pytest.raises(kind, match=f"a proxy answers at {address}.*{told}"):
            list(remote.stream(QUESTION))


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (RedirectResponse("https://desk.example/health"), "redirects to https://desk.example; use"),
        (Response("", 401, {"WWW-Authenticate": "Basic"}), "asks who you are"),
    ],
)
def test_a_proxy_in_front_of_a_server_of_either_kind_is_named(reply: Response, told: str) -> None:
    with listening(reply) as address, pytest.raises(UnknownServer, match=told):
        is_dateline(address)


@pytest.mark.parametrize(
    "reply",
    [
        Response("Must provide an API key or an Authorization bearer token", 401),
        JSONResponse({"error": "forbidden"}, 403),
        HTMLResponse("<html>", 502),
    ],
)
def test_what_a_qdrant_server_may_say_is_left_to_its_client(reply: Response) -> None:
    with listening(reply) as address:
        assert not is_dateline(address)
