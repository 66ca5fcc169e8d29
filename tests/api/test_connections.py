"""Tests that who sends too much, too slowly, or nothing, keeps nobody else from being served."""

import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest

from api.app import Limits, create_app
from api.connections import Impatient
from tests.api.serving import SlowArchive, listening

QUESTION = {"question": "When did the ceasefire take effect?"}
PATIENCE = 30


@contextmanager
def serving(*, connections: int, head_seconds: float = 60, **limits: Any) -> Iterator[str]:
    """Serve an archive that answers at once; yields the address."""
    archive = SlowArchive()
    archive.may_answer.set()
    app = create_app(lambda: archive, limits=Limits(requests_per_minute=0, **limits))  # type: ignore[arg-type, return-value]
    protocol = Impatient.waiting(head_seconds)
    with listening(
        app, http=protocol, limit_concurrency=connections, timeout_keep_alive=1
    ) as address:
        yield address


def opened(address: str, sent: bytes = b"") -> socket.socket:
    """Return a connection over which a part of a request was sent."""
    host, port = address.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)), timeout=PATIENCE)
    connection.sendall(sent)
    return connection


def _require_files(number: int) -> None:
    """Let this process have so many connections, both ends of each, or skip the test."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < number:
        pytest.skip(f"a process may have only {hard} open files here")
    if soft < number:
        resource.setrlimit(resource.RLIMIT_NOFILE, (number, hard))


def is_answered(address: str) -> bool:
    reply = httpx.post(f"{address}/v1/ask", json=QUESTION, timeout=PATIENCE)
    return reply.status_code == 200


@pytest.mark.parametrize("megabytes", [8, 100])
@pytest.mark.parametrize("path", ["/v1/ask", "/v1/recheck", "/nothing"])
@pytest.mark.parametrize("announced", [True, False], ids=["announced", "in parts"])
def test_a_huge_request_is_refused_and_the_caller_reads_why(
    megabytes: int, path: str, announced: bool
) -> None:
    part = b"x" * 1_000_000
    body: Any = part * megabytes if announced else (part for _ in range(megabytes))
    with serving(connections=20) as address:
        reply = httpx.post(f"{address}{path}", content=body, timeout=PATIENCE)
        assert is_answered(address)
    if path == "/nothing" and not announced:
        assert reply.status_code in {404, 413}
    else:
        assert (reply.status_code, reply.json()["error"]) == (413, "size")


@pytest.mark.parametrize(
    "sent",
    [b"", b"POST /v1/ask HTTP/1.1\r\nHost: a\r\n", b"GET /health HTTP/1.1\r\nHost: a\r\n\r\nGET"],
    ids=["nothing", "half a head", "half a second head"],
)
def test_a_connection_that_sends_no_whole_head_is_ended(sent: bytes) -> None:
    with serving(connections=20, head_seconds=0.2) as address, opened(address, sent) as slow:
        while slow.recv(4096):
            pass  # until it is closed from the other side


def test_a_slow_answer_is_no_reason_to_end_a_connection() -> None:
    archive = SlowArchive()
    app = create_app(lambda: archive)  # type: ignore[arg-type, return-value]
    body = b'{"question": "When?"}'
    head = (
        b"POST /v1/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body)
    )
    with (
        listening(app, http=Impatient.waiting(0.1)) as address,
        opened(address, head + body) as waiting,
    ):
        while not archive.asked:
            time.sleep(0.01)
        waiting.settimeout(0.5)
        with pytest.raises(TimeoutError):
            waiting.recv(1)
        archive.may_answer.set()
        waiting.settimeout(PATIENCE)
        assert waiting.recv(4096).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    ("most", "attackers"), [(20, 60), pytest.param(500, 1000, marks=pytest.mark.fault)]
)
@pytest.mark.parametrize("sent", [b"", b"POST /v1/ask HTTP/1.1\r\nHost: a\r\nX-Slow: "])
def test_many_connections_without_a_request_shut_nobody_out(
    most: int, attackers: int, sent: bytes
) -> None:
    _require_files(most + attackers + 200)
    with serving(connections=most) as address, ExitStack() as held:
        for number in range(attackers):
            held.enter_context(opened(address, sent))
            if number % (attackers // 6) == 0:
                assert is_answered(address)
        assert is_answered(address)


def test_bodies_that_are_sent_slowly_leave_the_places_of_questions_free() -> None:
    head = (
        b"POST /v1/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        b"Content-Length: 1000\r\n\r\n{"
    )
    with serving(connections=60, at_once=1, body_seconds=1) as address, ExitStack() as held:
        slow = [held.enter_context(opened(address, head)) for _ in range(30)]
        assert is_answered(address)
        for connection in slow:
            assert connection.recv(4096).startswith(b"HTTP/1.1 408")
