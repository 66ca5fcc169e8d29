"""Askers at an HTTP server, a process of its own: how long each waits, and what goes wrong.

An asker sends the next question as soon as the last one is answered. One who is told 503 with
Retry-After waits so long and sends the same question again, as the server asks for.
"""

import asyncio
import itertools
import os
import socket
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import numpy as np

from bench import data
from bench.machine import process_bytes
from rag.errors import DatelineError

Body = dict[str, Any]

_ROUTE = "/v1/ask"
_PATIENCE_SECONDS = 600
_LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question that got its answer.

    `sent` is a moment of `time.time()`. `seconds` is from then to the answer, with all that the
    asker waited because the server said so.
    """

    asker: int
    sent: float
    seconds: float
    reply: Body = field(repr=False)


@dataclass(slots=True, kw_only=True)
class Load:
    """What a crowd got.

    `busy` counts the replies that told an asker when to come again, and `errors` whatever else was
    no answer.
    """

    askers: int
    answered: list[Asked] = field(default_factory=list)
    busy: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def of(self, askers: Container[int]) -> "Load":
        """Return what some of the askers got; what they were refused is not known apart."""
        answered = [asked for asked in self.answered if asked.asker in askers]
        return Load(askers=self.askers, answered=answered)

    def percentile(self, hundredths: int) -> float:
        """Return the seconds within which so many of a hundred questions were answered."""
        return float(np.percentile([asked.seconds for asked in self.answered], hundredths))

    @property
    def each_second(self) -> float:
        """How many answers came in a second, from the first question to the last answer."""
        last = max(asked.sent + asked.seconds for asked in self.answered)
        return len(self.answered) / (last - min(asked.sent for asked in self.answered))

    @property
    def of_each(self) -> list[int]:
        """How many answers each asker got, the fewest first."""
        got = Counter(asked.asker for asked in self.answered)
        return sorted(got[asker] for asker in range(self.askers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that runs: its process and its address."""

    process: int
    address: str

    def memory(self) -> int:
        """Return the resident bytes of its process."""
        return process_bytes(self.process, "status", "VmRSS:")

    def processor_seconds(self) -> float:
        """Return for how long its process has computed so far."""
        with open(f"/proc/{self.process}/stat", encoding="utf-8") as file:
            # The name of the program, which stands in brackets, may have spaces.
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def warm_up(self, body: Body, *, key: str = "") -> None:
        """Ask one question, so that the models are loaded.

        Raises:
            httpx.HTTPError: it is not answered.
        """
        headers = _headers(key)
        reply = httpx.post(
            self.address + _ROUTE, json=body, headers=headers, timeout=_PATIENCE_SECONDS
        )
        reply.raise_for_status()


@contextmanager
def running(
    command: Callable[[int], list[str]], *, health: str = "/health", **environment: str
) -> Iterator[Server]:
    """Give the server that a command starts on a port, once it answers at `health`.

    Raises:
        DatelineError: it ended before it was there.
    """
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    # A pipe that nobody reads would stop the server as soon as its log had filled it.
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(
            command(port),
            cwd=data.ROOT,
            env=os.environ | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            while not _is_there(address + health):
                if process.poll() is not None:
                    log.seek(0)
                    said = log.read().decode(errors="replace")[-1000:]
                    raise DatelineError(f"the server ended before it was there: {said}")
                time.sleep(_LOOK_SECONDS)
            yield Server(process=process.pid, address=address)
        finally:
            process.terminate()


def ask_while(
    server: Server,
    bodies: Sequence[Body],
    *,
    keys: Sequence[str],
    work: Callable[[], object],
) -> Load:
    """Let askers ask the questions in turn until `work` is done; return what they got.

    There is one asker for each of `keys`, which are empty where the server asks for none. What was
    asked by then is still waited for.
    """
    clients = [_client(server, key) for key in keys]
    return asyncio.run(_crowd(clients, itertools.cycle(bodies), work))


def _client(server: Server, key: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=server.address, headers=_headers(key), timeout=_PATIENCE_SECONDS
    )


async def _crowd(
    clients: Sequence[httpx.AsyncClient], bodies: Iterator[Body], work: Callable[[], object]
) -> Load:
    load, is_over = Load(askers=len(clients)), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for asker, client in enumerate(clients):
            group.create_task(_ask_on(client, bodies, load, asker=asker, is_over=is_over))
        try:
            await asyncio.to_thread(work)
        finally:
            is_over.set()
    return load


async def _ask_on(
    client: httpx.AsyncClient,
    bodies: Iterator[Body],
    load: Load,
    *,
    asker: int,
    is_over: asyncio.Event,
) -> None:
    async with client:
        while not is_over.is_set():
            body, sent, started = next(bodies), time.time(), time.perf_counter()
            try:
                reply = await _answer(client, body, load)
            except httpx.TransportError as error:
                load.errors[type(error).__name__] += 1
                continue
            if reply.status_code != httpx.codes.OK:
                load.errors[f"status {reply.status_code}"] += 1
                continue
            seconds = time.perf_counter() - started
            load.answered.append(Asked(asker=asker, sent=sent, seconds=seconds, reply=reply.json()))


async def _answer(client: httpx.AsyncClient, body: Body, load: Load) -> httpx.Response:
    """Return the reply to a question, which is sent again as often as the server wants that."""
    while True:
        reply = await client.post(_ROUTE, json=body)
        wait = reply.headers.get("retry-after")
        if reply.status_code != httpx.codes.SERVICE_UNAVAILABLE or wait is None:
            return reply
        load.busy += 1
        await asyncio.sleep(float(wait))


def _headers(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}


def _is_there(address: str) -> bool:
    try:
        return httpx.get(address, timeout=_PATIENCE_SECONDS).is_success
    except httpx.TransportError:
        return False
