"""Tests many questions to one server: its memory, and what it answers while generations change."""

import gc
import itertools
import os
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from api.app import Limits, create_app
from bench.machine import process_bytes
from ingest.command import ingest_into
from ingest.sample import sample_path
from rag.answering import Answering
from rag.archive import Archive
from rag.records import Article
from rag.settings import load_settings
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.following import CHECK_SECONDS, OpenStore
from rag.store.model import Recipe
from tests.api.serving import ARTICLE, listening
from tests.fakes import HashingEmbedder, open_small, write
from tests.ui.page_server import answering, free_port

ASKERS = 8
QUESTIONS = (
    "When did the ceasefire take effect?",
    "Who signed the agreement?",
    "How many people were hurt in 2020?",
    "What did the president say about the border?",
)
# A kilobyte that each question left behind would be 5 MB in 5,000; what the allocator keeps for
# later differs by some megabytes from run to run.
MOST_MORE_MB = 24
EMBEDDER = HashingEmbedder(dimension=64)
RECIPE = Recipe(model=EMBEDDER.name, dimension=EMBEDDER.dimension, passage_words=150)
PATIENCE = 120


@contextmanager
def serving(archive: Archive) -> Iterator[str]:
    """Serve an archive without a limit for each caller; yields its address."""
    app = create_app(lambda: archive, limits=Limits(requests_per_minute=0))
    with archive, listening(app) as address:
        yield address


def _ask_many(address: str, number: int) -> list[int]:
    """Return the statuses of so many questions, asked by several at once."""
    numbers = itertools.count()

    def ask_on() -> list[int]:
        statuses = []
        with httpx.Client(base_url=address, timeout=PATIENCE) as client:
            while (place := next(numbers)) < number:
                body = {"question": QUESTIONS[place % len(QUESTIONS)], "now": "2024-01-01"}
                statuses.append(client.post("/v1/ask", json=body).status_code)
        return statuses

    with ThreadPoolExecutor(ASKERS) as pool:
        asked = [pool.submit(ask_on) for _ in range(ASKERS)]
        return [status for one in asked for status in one.result()]


def _memory_mb(process: int) -> float:
    gc.collect()
    return process_bytes(process, "status", "VmRSS:") / 1e6


def _require_flat(address: str, process: int, *, warm_up: int, number: int) -> None:
    assert set(_ask_many(address, warm_up)) == {200}
    before = _memory_mb(process)
    assert set(_ask_many(address, number)) == {200}
    assert _memory_mb(process) - before < MOST_MORE_MB


def test_many_questions_leave_nothing_behind(tmp_path: Path) -> None:
    archive = open_small(tmp_path / "archive", ARTICLE, embedder=EMBEDDER, threshold=0)
    with serving(archive) as address:
        _require_flat(address, os.getpid(), warm_up=150, number=300)


@pytest.mark.scale
def test_five_thousand_questions_to_the_models_leave_nothing_behind(tmp_path: Path) -> None:
    # A process of its own: what asks, and what the tests before left, is not the server's.
    archive, port = str(tmp_path / "archive"), free_port()
    ingest_into(load_settings(archive=archive), [sample_path()])
    command = [sys.executable, "-m", "ui.cli", "serve", "--no-page", "--port", str(port)]
    with answering([*command, "--archive", archive], port) as server:
        _require_flat(f"http://127.0.0.1:{port}", server.pid, warm_up=500, number=5000)


@dataclass
class Switching:
    """An archive whose generations say their own number, and when each of them was served."""

    folder: Path
    # How many of its seconds pass in one.
    pace: float
    served: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return time.monotonic() * self.pace

    def serve_next(self) -> None:
        """Serve one more generation: the last article goes, another comes."""
        number = len(self.served) + 1
        text = f"The harbour counted {number} boats on Monday. The wind was light."
        with closing(EdgeBuilder(self.folder, RECIPE)) as builder:
            builder.remove([f"count-{number - 1}"])
            write(builder, Article(id=f"count-{number}", text=text), embedder=EMBEDDER)
            builder.publish()
        self.served.append(self.clock())

    def archive(self) -> Archive:
        store = EdgeStore(self.folder)
        opened = OpenStore(
            store, reopen=lambda: EdgeStore(self.folder), follow=True, clock=self.clock
        )
        return Archive(Answering(store=store, embedder=EMBEDDER, threshold=0), opened=opened)

    def oldest_allowed(self, asked: float) -> int:
        """Return the number of the oldest generation that a question of this moment may get."""
        return sum(moment <= asked - CHECK_SECONDS for moment in tuple(self.served))


def _watch(switching: Switching, address: str, is_over: threading.Event) -> list[str]:
    """Ask until all is over; return what was wrong with the answers."""
    wrong = []
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        while not is_over.is_set():
            oldest = switching.oldest_allowed(switching.clock())
            reply = client.post("/v1/ask", json={"question": "How many boats were counted?"})
            if reply.status_code != httpx.codes.OK:
                wrong.append(reply.text)
                continue
            # The quote tells the generation too, so that none is mixed of two.
            answer = reply.json()
            generation = int(answer["provenance"]["generation"])
            (article,) = {citation["article_id"] for citation in answer["citations"]}
            if generation < oldest or article != f"count-{generation}":
                wrong.append(f"{generation} with {article}, after {oldest} was served")
    return wrong


@pytest.mark.parametrize(
    ("switches", "pace"), [(3, 20.0), pytest.param(20, 1.0, marks=pytest.mark.scale)]
)
def test_no_answer_fails_or_is_older_than_the_poll_interval_while_generations_change(
    switches: int, pace: float, tmp_path: Path
) -> None:
    switching = Switching(tmp_path / "archive", pace)
    switching.serve_next()
    is_over = threading.Event()
    with serving(switching.archive()) as address, ThreadPoolExecutor(ASKERS) as pool:
        watching = [pool.submit(_watch, switching, address, is_over) for _ in range(ASKERS)]
        try:
            for _ in range(switches):
                until = switching.clock() + 1.5 * CHECK_SECONDS
                while switching.clock() < until:
                    time.sleep(0.01)
                switching.serve_next()
        finally:
            is_over.set()
        assert [wrong for one in watching for wrong in one.result()] == []
