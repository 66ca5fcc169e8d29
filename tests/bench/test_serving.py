"""Tests how askers are counted, and that a server under load is measured whole."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from bench import lasting, serving
from bench.askers import Asked, Load, Server, ask_while
from bench.serving import Amounts, Switching
from tests.api.serving import listening

BUSY = JSONResponse({"error": "busy"}, 503, {"Retry-After": "0"})
BODY = {"question": "When?"}


@contextmanager
def replying(*replies: JSONResponse) -> Iterator[tuple[Server, list[dict[str, str]], Event]]:
    """Give a server with these replies, the last one for ever; what it was asked; when all came."""
    app, following, asked, all_came = FastAPI(), iter(replies), [], Event()

    @app.post("/v1/ask")
    async def ask(body: dict[str, str]) -> JSONResponse:
        asked.append(body)
        if len(asked) > len(replies):
            all_came.set()
        return next(following, replies[-1])

    with listening(app) as address:
        yield Server(process=os.getpid(), address=address), asked, all_came


def test_whoever_is_told_to_come_again_asks_the_same_again() -> None:
    bodies = [{"question": str(number)} for number in range(50)]
    with replying(BUSY, BUSY, JSONResponse({})) as (server, asked, all_came):
        load = ask_while(server, bodies, keys=[""], work=lambda: all_came.wait(30))
    assert (load.busy, load.errors) == (2, {})
    assert [body["question"] for body in asked[:4]] == ["0", "0", "0", "1"]
    assert len(load.answered) == len(asked) - 2


@pytest.mark.parametrize(
    "reply", [JSONResponse({}, 429, {"Retry-After": "0"}), JSONResponse({}, 503)]
)
def test_whatever_else_is_no_answer_is_an_error(reply: JSONResponse) -> None:
    with replying(reply, reply, JSONResponse({})) as (server, _, all_came):
        load = ask_while(server, [BODY], keys=[""], work=lambda: all_came.wait(30))
    assert load.errors == {f"status {reply.status_code}": 2}
    assert load.busy == 0
    assert load.answered


def load_of(*seconds: float) -> Load:
    """Return what two askers got who were answered after so many seconds, in turns."""
    load, moments = Load(askers=2), itertools.count()
    for asker, wait in zip(itertools.cycle([0, 1]), seconds, strict=False):
        load.answered.append(Asked(asker=asker, sent=next(moments), seconds=wait, reply={}))
    return load


def test_a_crowd_is_told_by_its_waits_and_by_what_each_asker_got() -> None:
    load = load_of(1, 2, 3, 4, 5)
    assert load.percentile(50) == 3
    assert load.percentile(99) == pytest.approx(4.96)
    assert load.of_each == [2, 3]
    assert load.each_second == pytest.approx(5 / 9)


def test_what_some_of_the_askers_got_is_told_apart() -> None:
    assert load_of(1, 2, 3, 4, 5).of(range(1, 2)).percentile(50) == 3
    assert load_of(1, 2, 9, 4, 5).of([0]).percentile(50) == 5


def test_one_answer_is_told_by_its_wait() -> None:
    assert load_of(4).percentile(50) == load_of(4).percentile(99) == 4


def answer_of(generation: str, quote: str, *, sent: float) -> Asked:
    reply = {"provenance": {"generation": generation}, "citations": [{"quote": quote}]}
    return Asked(asker=0, sent=sent, seconds=1, reply=reply)


@pytest.mark.parametrize(
    ("generation", "quote", "sent", "fault"),
    [
        ("2", "It counted 202 boats.", 15.0, ""),
        ("1", "It counted 201 boats.", 10.9, ""),
        ("1", "It counted 201 boats.", 11.1, serving.STALE),
        ("2", "It counted 201 boats.", 15.0, serving.MIXED),
        ("2", "The wind was light.", 15.0, serving.MIXED),
    ],
)
def test_an_answer_is_neither_too_old_nor_of_two_generations(
    generation: str, quote: str, sent: float, fault: str
) -> None:
    switching = Switching(Path("none"), counts={"1": 201, "2": 202}, served={"1": 0, "2": 10})
    assert switching.fault(answer_of(generation, quote, sent=sent)) == fault


@pytest.mark.scale
def test_a_server_and_a_plain_one_are_measured_beside_each_other() -> None:
    few = Amounts(
        askers=3,
        seconds=2,
        with_one_key=4,
        with_own_keys=1,
        seconds_of_keys=4,
        switches=2,
        askers_of_switches=2,
    )
    crowds, keys, switching = serving.measure(few)
    for side in crowds.columns[1:]:
        assert crowds.value(["errors"], side) == 0
        assert crowds.value(["answers"], side) >= 3
    assert int(keys.rows[0][1]) >= 4
    assert switching.value(["errors"], "value") == 0
    assert switching.value(["generations that answered"], "value") >= 2


@pytest.mark.scale
def test_the_memory_of_one_process_is_measured_again_and_again() -> None:
    (table,) = lasting.measure(asks=4, every=2)
    assert [row[0] for row in table.rows] == ["2", "4"]
    assert table.value(["2"], "memory, MB") > 100
