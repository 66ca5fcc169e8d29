"""Tests that one caller cannot cost others their answers, and that no fault tells too much."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from api.access import Audit
from api.app import Limits, create_app
from api.keys import KeyFile
from api.limits import Rate
from api.turns import CallerGoneError, TooBusyError, TookTooLongError, Turns
from rag.errors import (
    ArchiveDamaged,
    ArchiveNotFound,
    DatelineError,
    ModelError,
    QuoteError,
    SettingsError,
)
from rag.records import Answer
from tests.api.serving import SlowArchive, client_of, client_of_small, key_with, without_archive

QUESTION = {"question": "When did the ceasefire take effect?"}


async def _there() -> bool:
    return False


async def _gone() -> bool:
    return True


def test_so_many_run_at_once_and_the_others_wait_in_order() -> None:
    async def scene() -> list[str]:
        turns = Turns(at_once=2, waiting=10, seconds=30)
        may_end, begun = threading.Event(), []

        def work(name: str) -> None:
            begun.append(name)
            may_end.wait(30)

        asked = [
            asyncio.ensure_future(turns.run(lambda n=name: work(n), is_gone=_there))  # type: ignore[misc]
            for name in "abcd"
        ]
        while turns.running < 2:
            await asyncio.sleep(0)
        assert (turns.running, turns.waiting) == (2, 2)
        may_end.set()
        await asyncio.gather(*asked)
        return begun

    begun = asyncio.run(scene())
    assert sorted(begun[:2]) == ["a", "b"]
    assert sorted(begun[2:]) == ["c", "d"]


async def _order_of(questions: str, *, waiting: int = 100) -> str:
    """Let callers ask while the one place is taken; return the order in which they had their turn.

    Each letter is a question of the caller of this name, `-` one who was told to come again.
    """
    turns, may_end = Turns(at_once=1, waiting=waiting, seconds=30), threading.Event()
    order: list[str] = []

    async def ask(caller: str) -> None:
        try:
            await turns.run(lambda: order.append(caller), is_gone=_there, caller=caller)
        except TooBusyError:
            order.append("-")

    first = asyncio.ensure_future(turns.run(lambda: may_end.wait(30), is_gone=_there))
    while not turns.running:
        await asyncio.sleep(0)
    asked = [asyncio.ensure_future(ask(caller)) for caller in questions]
    # Whoever is told to come again has been told by then.
    while len(order) + turns.waiting < len(questions):
        await asyncio.sleep(0)
    may_end.set()
    await asyncio.gather(first, *asked)
    assert (turns.waiting, turns.running) == (0, 0)
    return "".join(order)


@pytest.mark.parametrize(
    ("questions", "order"),
    [("abcd", "abcd"), ("aaaa", "aaaa"), ("aaaab", "abaaa"), ("aaabbc", "abcaba")],
)
def test_callers_take_turns(questions: str, order: str) -> None:
    assert asyncio.run(_order_of(questions)) == order


@pytest.mark.parametrize(
    ("questions", "order"),
    [
        ("aaaaa", "-aaaa"),
        # The last question of whoever has most makes room.
        ("aaaab", "-abaa"),
        ("aaaabb", "--abab"),
        # With as many each, it is the one who comes.
        ("aabbb", "-abab"),
        ("aaaabbb", "---abab"),
    ],
)
def test_nobody_fills_the_queue_for_the_others(questions: str, order: str) -> None:
    assert asyncio.run(_order_of(questions, waiting=4)) == order


def test_whoever_finds_the_queue_full_is_told_when_to_come_again() -> None:
    async def scene() -> None:
        turns, may_end = Turns(at_once=1, waiting=0, seconds=30), threading.Event()
        first = asyncio.ensure_future(turns.run(lambda: may_end.wait(30), is_gone=_there))
        while not turns.running:
            await asyncio.sleep(0)
        with pytest.raises(TooBusyError) as error:
            await turns.run(lambda: None, is_gone=_there)
        assert error.value.retry_after >= 1
        may_end.set()
        await first

    asyncio.run(scene())


def test_whoever_goes_while_waiting_leaves_the_place_to_others() -> None:
    async def scene() -> str:
        turns, may_end = Turns(at_once=1, waiting=5, seconds=30), threading.Event()
        first = asyncio.ensure_future(turns.run(lambda: may_end.wait(30), is_gone=_there))
        while not turns.running:
            await asyncio.sleep(0)
        with pytest.raises(CallerGoneError):
            await turns.run(lambda: None, is_gone=_gone)
        cancelled = asyncio.ensure_future(turns.run(lambda: None, is_gone=_there))
        while not turns.waiting:
            await asyncio.sleep(0)
        cancelled.cancel()
        may_end.set()
        await first
        return await turns.run(lambda: "answered", is_gone=_there)

    assert asyncio.run(scene()) == "answered"


def test_a_place_that_came_while_its_caller_went_is_given_on() -> None:
    async def scene() -> str:
        turns, may_end = Turns(at_once=1, waiting=5, seconds=30), threading.Event()

        async def goes_when_it_is_the_turn() -> bool:
            may_end.set()
            while turns.waiting:
                await asyncio.sleep(0)
            return True

        first = asyncio.ensure_future(turns.run(lambda: may_end.wait(30), is_gone=_there))
        while not turns.running:
            await asyncio.sleep(0)
        with pytest.raises(CallerGoneError):
            await turns.run(lambda: None, is_gone=goes_when_it_is_the_turn)
        await first
        return await turns.run(lambda: "answered", is_gone=_there)

    assert asyncio.run(asyncio.wait_for(scene(), 30)) == "answered"


def test_questions_with_one_key_wait_for_each_other_and_not_those_with_another(
    tmp_path: Path,
) -> None:
    async def scene() -> list[str]:
        keys, archive = KeyFile(tmp_path / "keys.json"), SlowArchive()
        archive.manifest = SimpleNamespace(articles=1)  # type: ignore[attr-defined]
        many, one, watching = (key_with(keys, scope) for scope in ("ask", "ask", "admin"))
        app = create_app(
            lambda: archive, keys=keys, limits=Limits(at_once=1, requests_per_minute=0)
        )  # type: ignore[arg-type, return-value]
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            asked = []
            for question, key in [("1", many), ("2", many), ("3", many), ("other", one)]:
                body = {"question": question}
                asked.append(asyncio.ensure_future(client.post("/v1/ask", json=body, headers=key)))
                told = f"dateline_waiting {len(asked) - 1}.0"
                while (
                    not archive.asked
                    or told not in (await client.get("/metrics", headers=watching)).text
                ):
                    await asyncio.sleep(0)
            archive.may_answer.set()
            await asyncio.gather(*asked)
        return archive.asked

    assert asyncio.run(scene()) == ["1", "2", "other", "3"]


def test_work_that_takes_too_long_keeps_its_place_until_it_ends() -> None:
    async def scene() -> str:
        turns, may_end = Turns(at_once=1, waiting=5, seconds=0.05), threading.Event()
        with pytest.raises(TookTooLongError):
            await turns.run(lambda: may_end.wait(30), is_gone=_there)
        assert turns.running == 1
        may_end.set()
        return await turns.run(lambda: "answered", is_gone=_there)

    assert asyncio.run(scene()) == "answered"


def test_a_large_request_is_refused_whether_it_says_so_or_not() -> None:
    with client_of(SlowArchive(), limits=Limits(body_bytes=1000)) as client:
        said = client.post("/v1/ask", content=b"x" * 1001)
        unsaid = client.post("/v1/ask", content=(b"x" * 100 for _ in range(20)))
    for reply in (said, unsaid):
        assert (reply.status_code, reply.json()["error"]) == (413, "size")
        assert reply.json()["request_id"]


def test_a_request_that_is_sent_too_slowly_is_ended() -> None:
    async def slowly() -> AsyncIterator[bytes]:
        yield b'{"question": '
        await asyncio.Event().wait()

    async def scene() -> httpx.Response:
        app = create_app(SlowArchive, limits=Limits(body_seconds=0.05))  # type: ignore[arg-type]
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.post("/v1/ask", content=slowly())

    reply = asyncio.run(scene())
    assert (reply.status_code, reply.json()["error"]) == (408, "time")


def test_a_caller_may_ask_so_often_in_a_minute() -> None:
    rate = Rate(60)
    assert [rate.wait_for("a", now=0.0) for _ in range(60)] == [0] * 60
    assert rate.wait_for("a", now=0.0) == 1
    assert rate.wait_for("b", now=0.0) == 0
    assert rate.wait_for("a", now=1.0) == 0


def test_too_many_requests_are_told_when_to_come_again(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.json")
    header = key_with(keys, "read")
    limits = Limits(requests_per_minute=1)
    with client_of_small(tmp_path / "archive", keys=keys, limits=limits) as client:
        assert client.get("/v1/sources", headers=header).status_code == 200
        reply = client.get("/v1/sources", headers=header)
    assert reply.status_code == 429
    assert 1 <= int(reply.headers["retry-after"]) <= 60


def test_a_revoked_key_ends_at_once(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.json")
    key, secret = KeyFile(tmp_path / "keys.json").add("a program", ("read",))
    header = {"Authorization": f"Bearer {secret}"}
    with client_of_small(tmp_path / "archive", keys=keys) as client:
        assert client.get("/v1/sources", headers=header).status_code == 200
        KeyFile(tmp_path / "keys.json").revoke(key.id)
        assert client.get("/v1/sources", headers=header).status_code == 401


def test_no_key_is_kept_and_the_file_is_for_its_owner(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.json")
    _, secret = keys.add("a program", ("ask",))
    assert secret not in keys.path.read_text()
    assert keys.path.stat().st_mode & 0o077 == 0


def test_without_an_archive_it_is_alive_and_not_ready() -> None:
    with without_archive() as client:
        assert client.get("/health").status_code == 200
        assert client.get("/ready").status_code == 503
        reply = client.post("/v1/ask", json=QUESTION)
    assert (reply.status_code, reply.json()["error"]) == (503, "archive")
    assert "/srv/secret" not in reply.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ArchiveNotFound("/srv/secret holds no archive"), "no archive"),
        (SettingsError("DATELINE_LLM_MODEL is not set; /srv/secret"), "wrong settings"),
        (ModelError("/srv/secret has no model"), "wrong settings"),
        (ArchiveDamaged("/srv/secret is damaged"), "archive not usable"),
    ],
)
def test_why_it_is_not_ready_is_told_in_a_word_and_logged_once(
    error: DatelineError, status: str, caplog: pytest.LogCaptureFixture
) -> None:
    with without_archive(error) as client:
        replies = [client.get("/ready") for _ in range(3)]
    assert {reply.status_code for reply in replies} == {503}
    assert [reply.json() for reply in replies] == [{"status": status}] * 3
    assert caplog.text.count(f"not ready: {error}") == 1


@pytest.mark.parametrize("error", [SettingsError("/srv/secret"), ModelError("/srv/secret")])
def test_a_wrong_setting_is_no_fault_of_the_server_and_its_log_names_it(
    error: DatelineError, caplog: pytest.LogCaptureFixture
) -> None:
    with without_archive(error) as client:
        reply = client.post("/v1/ask", json=QUESTION)
    told = reply.json()
    assert (reply.status_code, told["error"]) == (503, "settings")
    assert "/srv/secret" not in reply.text
    assert f"request {told['request_id']}: /srv/secret" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("error", [QuoteError("/srv/secret/a.json"), RuntimeError("/srv/secret")])
def test_a_fault_is_logged_under_the_id_and_tells_nothing_else(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(_: str) -> Answer:
        raise error

    archive = SlowArchive(break_down)
    archive.may_answer.set()
    with client_of(archive) as client:
        reply = client.post("/v1/ask", json=QUESTION)
    told = reply.json()
    assert (reply.status_code, told["error"]) == (500, "server")
    assert "/srv/secret" not in reply.text
    assert any(told["request_id"] in line and "/srv/secret" in line for line in [caplog.text])


def test_the_log_has_a_line_a_request_and_never_the_question(
    caplog: pytest.LogCaptureFixture,
) -> None:
    archive = SlowArchive()
    archive.may_answer.set()
    with caplog.at_level("INFO", "dateline.api"), client_of(archive) as client:
        client.post("/v1/ask", json=QUESTION, headers={"X-Request-Id": "proxy-7"})
    line = json.loads(caplog.records[-1].message)
    assert (line["route"], line["status"], line["request_id"]) == ("/v1/ask", 200, "proxy-7")
    assert "ceasefire" not in caplog.text


@pytest.mark.parametrize("with_questions", [False, True])
def test_the_audit_log_says_who_saw_which_articles(tmp_path: Path, *, with_questions: bool) -> None:
    log = tmp_path / "audit.jsonl"
    audit = Audit(path=log, with_questions=with_questions)
    with client_of_small(tmp_path / "archive", audit=audit) as client:
        client.post("/v1/ask", json=QUESTION)
    line = json.loads(log.read_text())
    assert (line["articles"], line["key"]) == (["news/one"], "testclient")
    assert ("question" in line) is with_questions


def test_who_has_seen_the_quotes_of_a_stream_is_in_the_audit_log_once(tmp_path: Path) -> None:
    log, archive = tmp_path / "audit.jsonl", SlowArchive()
    with client_of(archive, audit=Audit(path=log)) as client:
        client.post("/v1/ask/stream", json=QUESTION)
    (line,) = map(json.loads, log.read_text().splitlines())
    assert line["route"] == "/v1/ask/stream"


def test_an_audit_log_that_cannot_be_written_keeps_the_server_from_starting(
    tmp_path: Path,
) -> None:
    Audit().require_writable()
    Audit(path=tmp_path / "audit.jsonl").require_writable()
    assert (tmp_path / "audit.jsonl").read_text() == ""
    missing = tmp_path / "none" / "audit.jsonl"
    with pytest.raises(SettingsError, match=f"{missing}.*No such file or directory"):
        Audit(path=missing).require_writable()
    with pytest.raises(SettingsError, match="Is a directory"):
        Audit(path=tmp_path).require_writable()


def test_nothing_is_shown_that_the_audit_log_cannot_have(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    audit = Audit(path=tmp_path / "gone" / "audit.jsonl")
    with client_of_small(tmp_path / "archive", audit=audit) as client:
        reply = client.post("/v1/ask", json=QUESTION)
        streamed = client.post("/v1/ask/stream", json=QUESTION).text
    with client_of(SlowArchive(), audit=audit) as client:
        quoted = client.post("/v1/ask/stream", json=QUESTION).text
    assert quoted.startswith("event: problem\n")
    told = reply.json()
    assert (reply.status_code, told["error"]) == (503, "audit")
    assert "event: problem" in streamed
    assert "event: answer" not in streamed
    assert str(tmp_path) not in reply.text + streamed
    assert f"request {told['request_id']}: the audit log {audit.path}" in caplog.text


def test_numbers_are_counted_for_prometheus(tmp_path: Path) -> None:
    with client_of_small(tmp_path / "archive") as client:
        client.get("/v1/sources")
        numbers = client.get("/metrics").text
    assert 'dateline_requests_total{route="/v1/sources",status="200"} 1.0' in numbers
    assert "dateline_articles 1.0" in numbers
