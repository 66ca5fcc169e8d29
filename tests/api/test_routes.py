"""Tests each route of the HTTP interface over a small real archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import Limits, create_app
from api.keys import KeyFile, Scope
from rag.export.packs import EvidencePack
from rag.interchange import read_json
from rag.rechecking.records import Recheck
from rag.records import Answer, Article
from tests.api.serving import ARTICLE, SlowArchive, client_of, client_of_small, key_with
from tests.fakes import HashingEmbedder, open_small

QUESTION = {"question": "When did the ceasefire take effect?"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("api") / "archive"
    with client_of_small(folder, limits=Limits(requests_per_minute=0)) as client:
        yield client


def test_an_answer_is_the_record_that_python_gives(client: TestClient) -> None:
    reply = client.post("/v1/ask", json=QUESTION)
    answer = Answer.from_json(reply.content)
    (citation, *_) = answer.citations
    assert ARTICLE.text[citation.start : citation.end] == citation.quote
    assert reply.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/ask/stream", "/v1/export"])
def test_no_answer_says_where_the_archive_lies_on_the_server(
    path: str, client: TestClient, tmp_path_factory: pytest.TempPathFactory
) -> None:
    reply = client.post(path, json=QUESTION)
    assert ARTICLE.id in reply.text
    assert str(tmp_path_factory.getbasetemp()) not in reply.text


def test_a_follow_up_is_asked_with_the_turns_before_it(client: TestClient) -> None:
    body = {"question": "And who was hurt?", "history": [QUESTION | {"answer": "At midnight."}]}
    assert client.post("/v1/ask", json=body).status_code == 200


def test_an_answer_comes_as_events_too() -> None:
    with client_of(SlowArchive()) as client:
        reply = client.post("/v1/ask/stream", json=QUESTION)
    events = [event.split("\n") for event in reply.text.strip().split("\n\n")]
    assert [name for name, _ in events] == ["event: quotes", "event: sentence", "event: answer"]
    for _, told in (events[0], events[2]):
        assert Answer.from_json(told.removeprefix("data: ")).status == "answered"


def test_what_goes_wrong_in_a_stream_is_an_event(client: TestClient) -> None:
    body = QUESTION | {"since": "2021-01-02", "until": "2021-01-01"}
    reply = client.post("/v1/ask/stream", json=body)
    assert reply.text.startswith("event: problem\n")
    assert "since 2021-01-02 is after until 2021-01-01" in reply.text


def test_a_search_gives_passages(client: TestClient) -> None:
    (hit,) = client.post("/v1/search", json=QUESTION).json()
    assert hit["article_id"] == ARTICLE.id


def test_a_filter_restricts_and_an_unknown_one_is_refused(client: TestClient) -> None:
    elsewhere = client.post("/v1/search", json=QUESTION | {"sources": ["other.example"]})
    assert elsewhere.json() == []
    assert client.post("/v1/search", json=QUESTION | {"outlets": ["x"]}).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": 0},
        {"until": "20201110"},
        {"since": "2020-11-10T00:00:00"},
        {"read_time": "no"},
        {"limit": "5"},
        {"limit": True},
        {"sources": "courier.example"},
    ],
    ids=str,
)
def test_a_filter_of_another_type_is_refused_and_not_read_as_something_else(
    client: TestClient, wrong: dict[str, object]
) -> None:
    reply = client.post("/v1/search", json=QUESTION | wrong)
    assert reply.status_code == 422
    assert reply.json()["message"].startswith(f"{next(iter(wrong))}: ")


def test_an_article_is_read_by_an_id_with_a_slash_and_its_file_is_not_told(
    client: TestClient,
) -> None:
    reply = client.get(f"/v1/articles/{ARTICLE.id}")
    article = read_json(Article, reply.content)
    assert article.text == ARTICLE.text
    assert "/srv/secret" not in reply.text


def test_an_unknown_article_is_not_found(client: TestClient) -> None:
    reply = client.get("/v1/articles/nothing")
    assert (reply.status_code, reply.json()["error"]) == (404, "article")


def test_a_day_that_is_none_is_told_by_its_place(client: TestClient) -> None:
    for wrong in ("yesterday", "0", "20201110"):
        reply = client.get(f"/v1/articles/{ARTICLE.id}", params={"as_of": wrong})
        assert reply.status_code == 422
        assert reply.json()["message"].startswith("as_of: ")


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/v1/sources", {"courier.example": 1}), ("/v1/sections", {})],
)
def test_what_the_archive_holds_is_counted(
    client: TestClient, path: str, expected: dict[str, int]
) -> None:
    assert client.get(path).json() == expected


def test_the_archive_says_what_it_is(client: TestClient) -> None:
    held = client.get("/v1/archive").json()
    assert (held["articles"], held["embedding_model"]) == (1, "hashing-16")


def test_a_text_is_located(client: TestClient) -> None:
    (place,) = client.post("/v1/locate", json={"excerpt": ARTICLE.text[:58]}).json()
    assert (place["article_id"], place["verbatim"]) == (ARTICLE.id, True)


def test_a_timeline_has_the_day(client: TestClient) -> None:
    (entry,) = client.post("/v1/timeline", json={"topic": "ceasefire"}).json()
    assert entry["first"] == "2020-11-10"


def test_a_pack_is_exported_and_rechecked(client: TestClient) -> None:
    pack = client.post("/v1/export", json=QUESTION | {"format": "json"})
    assert 'filename="answer.json"' in pack.headers["content-disposition"]
    assert EvidencePack.from_json(pack.content).answer.status == "answered"
    checked = Recheck.from_json(client.post("/v1/recheck", content=pack.content).content)
    assert checked.stands


@pytest.mark.parametrize("guess", ["elsewhere", "/srv/archive"])
def test_a_recheck_does_not_tell_whether_a_place_is_that_of_the_archive(
    client: TestClient, guess: str
) -> None:
    answer = client.post("/v1/ask", json=QUESTION).json()
    answer["provenance"]["archive"] = guess
    checked = Recheck.from_json(client.post("/v1/recheck", json=answer).content)
    assert (checked.stands, checked.archive) == (True, "")


def test_a_recheck_of_something_else_says_what_is_wanted(client: TestClient) -> None:
    reply = client.post("/v1/recheck", content=b"\x00\xff")
    assert reply.status_code == 400
    assert "this is not JSON" in reply.json()["message"]


def test_the_interface_describes_itself_and_loads_nothing_from_elsewhere(
    client: TestClient,
) -> None:
    described = client.get("/openapi.json").json()
    assert "/v1/ask" in described["paths"]
    assert client.get("/docs").status_code == 404


# What each route needs; one that is not here fails the test below.
SCOPES: dict[str, Scope | None] = {
    "/v1/ask": "ask",
    "/v1/ask/stream": "ask",
    "/v1/search": "ask",
    "/v1/search/noted": "ask",
    "/v1/phrases": "ask",
    "/v1/timeline": "ask",
    "/v1/timeline/noted": "ask",
    "/v1/locate": "ask",
    "/v1/export": "ask",
    "/v1/articles/{article_id}": "read",
    "/v1/copies/{article_id}": "read",
    "/v1/count": "read",
    "/v1/browse": "read",
    "/v1/coverage": "read",
    "/v1/hidden": "read",
    "/v1/hidden/sources": "read",
    "/v1/sources": "read",
    "/v1/sections": "read",
    "/v1/archive": "read",
    "/v1/recheck": "read",
    "/health": None,
    "/ready": None,
    "/metrics": "admin",
}


def _methods() -> dict[str, str]:
    """Return each path with its method."""
    described = create_app(SlowArchive).openapi()["paths"]  # type: ignore[arg-type]
    return {path: method for path, methods in described.items() for method in methods}


def test_the_table_of_scopes_has_every_route() -> None:
    assert _methods().keys() == SCOPES.keys()


@pytest.mark.parametrize("path", SCOPES)
def test_a_route_lets_only_the_keys_of_its_scope_through(path: str, tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.json")
    needed = SCOPES[path]
    method, place = _methods()[path], path.replace("{article_id}", "nothing")
    others = [scope for scope in ("ask", "read", "admin") if scope != needed]
    with client_of_small(tmp_path / "archive", keys=keys) as client:

        def status(headers: dict[str, str]) -> int:
            return client.request(method, place, headers=headers, json={}).status_code

        if needed is None:
            assert status({}) == 200
            return
        assert status({}) == 401
        assert status({"Authorization": "Bearer dl_wrong"}) == 401
        for scope in others:
            assert status(key_with(keys, scope)) == 403
        # An empty body is no question, but the key is right.
        assert status(key_with(keys, needed)) in {200, 400, 404, 422}


def test_no_event_of_a_stream_says_where_the_archive_lies_on_the_server(tmp_path: Path) -> None:
    with open_small(tmp_path, ARTICLE, embedder=HashingEmbedder(), threshold=0) as archive:
        answer = archive.ask(QUESTION["question"])
    assert answer.provenance
    assert str(tmp_path) in answer.provenance.archive
    with client_of(SlowArchive(lambda _: answer)) as client:
        told = client.post("/v1/ask/stream", json=QUESTION).text
    assert [line for line in told.splitlines() if line.startswith("event")] == [
        "event: quotes",
        "event: sentence",
        "event: answer",
    ]
    assert str(tmp_path) not in told
