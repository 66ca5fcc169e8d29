"""Tests whom `dateline serve` lets in, before any page or route is reached."""

import signal
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.access import Audit
from api.app import Limits
from api.keys import KeyFile
from rag.errors import SettingsError
from rag.settings import load_settings
from ui.site import Serving, is_loopback, lines_at_start, make_site, run_site, serve

QUESTION = {"question": "When did the ceasefire take effect?"}


def serving(host: str, *, needs_keys: bool = False) -> Serving:
    return Serving(host=host, port=8600, needs_keys=needs_keys, has_page=False, audit=Audit())


def client(tmp_path: Path, where: Serving, *, name: str) -> TestClient:
    """Return a client that calls the server by a name; there is no archive behind it."""
    settings = load_settings(archive=str(tmp_path / "none"))
    site = make_site(settings, where, KeyFile(tmp_path / "keys.json"))
    return TestClient(site, base_url=f"http://{name}", raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("name", "status"),
    [("127.0.0.1:8600", 200), ("localhost:8600", 200), ("rebound.example:8600", 400)],
)
def test_a_made_up_name_for_this_machine_is_refused(tmp_path: Path, name: str, status: int) -> None:
    with client(tmp_path, serving("127.0.0.1"), name=name) as caller:
        assert caller.get("/health").status_code == status


def test_a_page_of_the_web_gets_no_leave_to_read_or_to_ask(tmp_path: Path) -> None:
    elsewhere = {"Origin": "https://evil.example"}
    with client(tmp_path, serving("127.0.0.1"), name="127.0.0.1:8600") as caller:
        reply = caller.get("/health", headers=elsewhere)
        assert not [name for name in reply.headers if name.startswith("access-control")]
        asked = {**elsewhere, "Access-Control-Request-Method": "POST"}
        assert caller.options("/v1/ask", headers=asked).status_code == 405
        # A form of another page can send text and no JSON.
        plain = {**elsewhere, "Content-Type": "text/plain"}
        body = '{"question": "When?"}'
        assert caller.post("/v1/ask", content=body, headers=plain).status_code == 422


def test_the_programs_of_this_machine_are_not_counted_together(tmp_path: Path) -> None:
    most = Limits().requests_per_minute
    with client(tmp_path, serving("127.0.0.1"), name="127.0.0.1") as caller:
        asked = {caller.get("/v1/sources").status_code for _ in range(most + 1)}
    assert asked == {503}  # there is no archive
    with client(tmp_path, serving("0.0.0.0"), name="desk.example") as caller:
        # More than the most, because some more are allowed while these are answered.
        asked = {caller.get("/v1/sources").status_code for _ in range(2 * most)}
    assert asked == {503, 429}


def test_for_other_machines_keys_are_asked_for_and_any_name_is_good(tmp_path: Path) -> None:
    where = serving("0.0.0.0", needs_keys=True)
    with client(tmp_path, where, name="archive.desk.example") as caller:
        assert caller.get("/health").status_code == 200
        assert caller.post("/v1/ask", json=QUESTION).status_code == 401


def test_keys_that_nobody_has_are_a_mistake_that_is_told(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.json")
    where = serving("0.0.0.0", needs_keys=True)
    with pytest.raises(SettingsError, match="keys are asked for, and there are none"):
        where.require_safe(keys)
    key, _ = keys.add("tools", ("ask",))
    where.require_safe(keys)
    keys.revoke(key.id)
    with pytest.raises(SettingsError):
        where.require_safe(keys)


def test_it_does_not_serve_with_a_language_model_that_cannot_be_used(tmp_path: Path) -> None:
    settings = load_settings(archive=str(tmp_path / "none"), llm="ollama")
    with pytest.raises(SettingsError, match="DATELINE_LLM_MODEL is not set"):
        serve(settings, serving("127.0.0.1"))


def test_it_does_not_serve_without_its_audit_log(tmp_path: Path) -> None:
    audit = Audit(path=tmp_path / "none" / "audit.jsonl")
    with pytest.raises(SettingsError, match=r"--audit is .*audit\.jsonl"):
        serve(load_settings(archive=str(tmp_path)), replace(serving("127.0.0.1"), audit=audit))


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:8600"), ("::1", "http://[::1]:8600")],
)
def test_the_address_is_told(host: str, address: str) -> None:
    settings = load_settings(archive="http://qdrant.example:6333")
    where = serving(host)
    assert lines_at_start(settings, where) == [f"{settings.archive} is served at {address}"]
    told = lines_at_start(settings, replace(where, has_page=True))
    assert told == [f"{settings.archive} is served at {address}, with the page"]


def test_a_missing_archive_is_told_with_the_one_that_is_spelled_alike(tmp_path: Path) -> None:
    (tmp_path / "holm" / "generations").mkdir(parents=True)
    (tmp_path / "holm" / "current").write_text("00000001")
    where = serving("127.0.0.1")
    _, told = lines_at_start(load_settings(archive=str(tmp_path / "hollm")), where)
    assert told == (
        f"there is no archive in {tmp_path / 'hollm'} yet; did you mean '{tmp_path / 'holm'}'?"
    )
    _, told = lines_at_start(load_settings(archive=str(tmp_path / "else")), where)
    assert "'dateline ingest' makes one" in told
    assert len(lines_at_start(load_settings(archive=str(tmp_path / "holm")), where)) == 1


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("desk", False)],
)
def test_an_address_of_this_machine_alone_is_known(host: str, own: bool) -> None:
    assert is_loopback(host) is own


@pytest.fixture
def _own_signals() -> Iterator[None]:
    """Give the signals their handlers back that a server takes."""
    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.mark.usefixtures("_own_signals")
def test_a_port_that_is_taken_meanwhile_is_wrong_usage_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"if port {port} is in use, choose another"):
            run_site(FastAPI(), host="127.0.0.1", port=port)
