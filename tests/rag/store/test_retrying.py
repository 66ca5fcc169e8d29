"""Tests which requests a client sends again, and for how long."""

from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest
from qdrant_client.http.exceptions import ResponseHandlingException

from rag.store.server.points import Layout, config
from rag.store.server.retrying import Retrying

URL = "http://node:6333"
POINTS, COLLECTION, ALIASES = "/collections/a/points", "/collections/a", "/collections/aliases"
Came = int | type[httpx.TransportError]
LOST = httpx.RemoteProtocolError


class Node:
    """A server that answers as a test says, the time that is waited, and what it was asked."""

    def __init__(self, *comes: Came, headers: dict[str, str] | None = None) -> None:
        self._comes: Iterator[Came] = iter(comes)
        self._headers = headers or {}
        self.now = 0.0
        self.bodies: list[bytes] = []

    def send(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(request.read())
        came = next(self._comes, 200)
        if isinstance(came, int):
            return httpx.Response(came, headers=self._headers)
        raise ResponseHandlingException(came("lost", request=request))

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def retrying(self, patience_seconds: float = 60) -> Retrying:
        return Retrying(patience_seconds, sleep=self.sleep, clock=lambda: self.now)


def ask(node: Node, method: str = "PUT", path: str = POINTS, **options: float) -> int | str:
    """Return what came of a request after a good answer: a status, or the name of an error."""
    retrying = node.retrying(**options)
    retrying(httpx.Request("GET", f"{URL}/aliases"), node.send)
    try:
        request = httpx.Request(method, URL + path, content=b"points")
        return retrying(request, node.send).status_code
    except ResponseHandlingException as error:
        return type(error.source).__name__


MOMENTARY: list[Came] = [429, 500, 502, 503, 504, LOST, httpx.ReadTimeout, httpx.ReadError]


@pytest.mark.parametrize("came", [*MOMENTARY, httpx.ConnectError, httpx.ConnectTimeout])
def test_what_fails_for_a_moment_is_asked_again_with_the_same_content(came: Came) -> None:
    node = Node(200, came, came)
    assert ask(node) == 200
    assert node.bodies == [b"", b"points", b"points", b"points"]
    assert node.now == pytest.approx(0.2 + 0.4)


@pytest.mark.parametrize("came", [400, 401, 403, 404, 409, 422])
def test_a_refusal_is_not_asked_again(came: int) -> None:
    node = Node(200, came)
    assert ask(node) == came
    assert len(node.bodies) == 2


@pytest.mark.parametrize(("method", "path"), [("PUT", COLLECTION), ("POST", ALIASES)])
@pytest.mark.parametrize("came", MOMENTARY)
def test_what_may_not_be_done_twice_is_asked_once(method: str, path: str, came: Came) -> None:
    node = Node(200, came)
    assert ask(node, method, path) == (came if isinstance(came, int) else came.__name__)
    assert len(node.bodies) == 2


@pytest.mark.parametrize("path", [COLLECTION, ALIASES])
def test_what_was_not_sent_is_asked_again_whatever_it_is(path: str) -> None:
    assert ask(Node(200, httpx.ConnectError), "PUT", path) == 200


@pytest.mark.parametrize("path", [POINTS, f"{COLLECTION}/index", "/prefix/collections/a/points/x"])
def test_everything_else_may_be_done_twice(path: str) -> None:
    assert ask(Node(200, 503), "PUT", path) == 200


@pytest.mark.parametrize("came", [503, httpx.ConnectError])
def test_nothing_is_asked_again_before_the_first_good_answer(came: Came) -> None:
    node = Node(came)
    with suppress(ResponseHandlingException):
        node.retrying()(httpx.Request("GET", f"{URL}/aliases"), node.send)
    assert (len(node.bodies), node.now) == (1, 0)


def test_patience_ends_with_the_last_answer() -> None:
    node = Node(200, *[503] * 100)
    assert ask(node, patience_seconds=2.0) == 503
    assert node.now == pytest.approx(0.2 + 0.4 + 0.8)


@pytest.mark.parametrize(("asked", "waited"), [("7", 7), ("soon", 0.2), ("900", 0)])
def test_a_server_that_asks_for_time_gets_it_if_patience_allows(asked: str, waited: float) -> None:
    node = Node(200, 429, headers={"Retry-After": asked})
    assert ask(node) == (429 if asked == "900" else 200)
    assert node.now == pytest.approx(waited)


@pytest.mark.parametrize(
    ("layout", "told"),
    [
        (Layout(), {}),
        (Layout(shards=6), {"shard_number": 6}),
        (Layout(replicas=2), {"replication_factor": 2, "write_consistency_factor": 2}),
    ],
)
def test_a_write_is_acknowledged_when_all_replicas_have_it(
    layout: Layout, told: dict[str, int]
) -> None:
    plain, laid_out = config(16), config(16, layout)
    assert {key: laid_out[key] for key in laid_out.keys() - plain.keys()} == told
