"""Run the processes of an ingest as actors of a Ray cluster; only this module uses Ray.

Reading and embedding are actors on any node of the cluster. What they give comes back to the run as
it comes from local processes, so its decisions, its marks and its archive are the same ones. To
start, an ingest either joins a cluster or starts one on this machine for its own time.
"""

import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Generic, Self

import numpy as np
import ray
from numpy.typing import NDArray
from ray.exceptions import RayActorError, RayError

from ingest.engines import Shared, Workers
from ingest.pool import CRASHED, Ended, Gave, Given, Maker, Pool, Task, Waiting, failure_of
from rag.errors import SettingsError

LOCAL = "local"
# Messages have about a megabyte; with so much, thousands of them may wait for the run.
_OBJECT_STORE_BYTES = 500_000_000
# What a worker may give before the run takes it: it waits then, so the memory is bounded.
_AHEAD = 8
_LOOK_SECONDS = 1.0
# A cluster that starts machines as they are needed may take minutes for the first one.
_START_SECONDS = 900.0
_BEGUN, _GAVE, _FAILURE, _END = "begun", "gave", "failure", "end"
_NODE_DIED = "its node has died"


class RayEngine:
    """A cluster: the one at `address`, or one of so many `processors` on this machine ("local")."""

    def __init__(self, *, address: str, processors: int) -> None:
        self._address = address
        self._wanted = processors

    @property
    def processors(self) -> int:
        """How many processors the cluster has."""
        return max(1, int(ray.cluster_resources().get("CPU", 1)))

    @property
    def gpus(self) -> int:
        """How many GPUs the cluster has."""
        return int(ray.cluster_resources().get("GPU", 0))

    def torch_workers(self, workers: int) -> int:
        """Return all, because Ray lets torch use the one processor that a worker has."""
        return workers

    def share(self, array: NDArray[np.uint64], folder: Path) -> Shared:  # noqa: ARG002
        """Put the array into the store of the cluster, where the workers of a node share it."""
        return partial(ray.get, ray.put(array))

    def pool(
        self,
        make: Maker[Given],
        *,
        workers: int,
        patience_seconds: float,
        message: Callable[[Task], Any] = lambda task: task,
        gpus: int = 0,
        tasks_each: int = 1,
    ) -> Workers[Task, Given]:
        """Return actors, each with a processor and so many GPUs."""
        if workers == 0:
            return Pool(make, workers=0, patience_seconds=patience_seconds, message=message)
        return RayPool(
            make,
            workers=workers,
            patience_seconds=patience_seconds,
            message=message,
            gpus=gpus,
            tasks_each=tasks_each,
        )

    def __enter__(self) -> Self:
        """Join the cluster, or start one.

        Raises:
            SettingsError: there is no cluster at the address, or it uses another Python or Ray.
        """
        options: dict[str, Any] = {"address": self._address}
        if self._address == LOCAL:
            options |= {
                "num_cpus": self._wanted or os.cpu_count(),
                "include_dashboard": False,
                "object_store_memory": _OBJECT_STORE_BYTES,
            }
        try:
            with _own_signals(), _own_path():
                ray.init(log_to_driver=False, logging_level="ERROR", **options)
        except (RayError, ConnectionError, RuntimeError, ValueError, OSError) as error:
            raise SettingsError(
                f"the Ray cluster {self._address!r} cannot be used: {error}; correct "
                f"DATELINE_RAY_ADDRESS, or leave it at {LOCAL!r} to start one on this machine"
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the cluster; one that was started ends."""
        ray.shutdown()


class _Actor:
    """A worker: what it was made of works on messages."""

    def __init__(self, make: Callable[[], Callable[[Any], Iterable[Any]]]) -> None:
        self._work = make()

    def work(self, message: Any) -> Iterator[tuple[str, Any]]:
        """Yield that the work has begun, what it gives, and how it ended."""
        yield _BEGUN, None
        try:
            for value in self._work(message):
                yield _GAVE, value
        except Exception as error:  # noqa: BLE001  the outermost loop: it is told and counted
            yield _FAILURE, failure_of(error)
        else:
            yield _END, None


@dataclass(slots=True, eq=False)
class _Hand:
    """An actor, and the streams of the tasks that it has, the one that it works on first."""

    actor: Any
    streams: deque[Any] = field(default_factory=deque)


@dataclass(slots=True, eq=False)
class _Running(Generic[Task]):
    """A task that an actor has; `heard` is when it last gave something, None before it began."""

    hand: _Hand
    task: Task
    heard: float | None = None


class RayPool(Generic[Task, Given]):
    """Up to `workers` actors, started as there are tasks for them; a context manager.

    It behaves as `Pool` does. An actor has up to `tasks_each` tasks, so that it need not wait for
    the run to give it the next one.
    """

    def __init__(
        self,
        make: Maker[Given],
        *,
        workers: int,
        patience_seconds: float,
        message: Callable[[Task], Any],
        gpus: int = 0,
        tasks_each: int = 1,
    ) -> None:
        # The store has it once for all actors.
        self._make = ray.put(make)
        self._kind: Any = ray.remote(num_cpus=1, num_gpus=gpus, max_restarts=0)(_Actor)
        self._message = message
        self._workers = workers
        self._patience_seconds = patience_seconds
        self._tasks_each = tasks_each
        self._hands: list[_Hand] = []
        self._running: dict[Any, _Running[Task]] = {}
        self._waiting: Waiting[Task] = Waiting()
        self._began = time.monotonic()
        self._has_begun = False

    def add(self, task: Task) -> None:
        """Work on one more task while `run` goes on, before those that wait."""
        self._waiting.add(task)

    def run(self, tasks: Iterable[Task]) -> Iterator[Gave[Task, Given] | Ended[Task]]:
        """Yield what the tasks give, as it comes, and the end of each."""
        self._waiting.begin(tasks)
        self._began = time.monotonic()
        while self._waiting or self._running:
            while self._waiting and (hand := self._free()):
                for task in self._waiting.next():
                    self._start(hand, task)
            if not self._running:
                continue
            ready, _ = ray.wait(list(self._running), timeout=_LOOK_SECONDS)
            for stream in ready:
                if stream in self._running:
                    yield from self._receive(stream)
            yield from self._end_silent()

    def _free(self) -> _Hand | None:
        """Return an actor that can take a task: an idle one, a new one, or one with few tasks."""
        least = min(self._hands, key=lambda hand: len(hand.streams), default=None)
        if least is not None and not least.streams:
            return least
        if len(self._hands) < self._workers:
            hand = _Hand(self._kind.remote(self._make))
            self._hands.append(hand)
            return hand
        return least if least and len(least.streams) < self._tasks_each else None

    def _start(self, hand: _Hand, task: Task) -> None:
        work = hand.actor.work.options(
            num_returns="streaming", _generator_backpressure_num_objects=_AHEAD
        )
        stream = work.remote(self._message(task))
        hand.streams.append(stream)
        self._running[stream] = _Running(hand, task)

    def _receive(self, stream: Any) -> Iterator[Gave[Task, Given] | Ended[Task]]:
        running = self._running[stream]
        try:
            kind, value = ray.get(next(stream))
        except (RayError, StopIteration) as error:
            yield from self._lose(running.hand, _reason(error), is_node=_NODE_DIED in str(error))
            return
        running.heard = time.monotonic()
        self._has_begun = True
        if kind == _GAVE:
            yield Gave(running.task, value)
        elif kind in (_END, _FAILURE):
            del self._running[stream]
            running.hand.streams.remove(stream)
            yield Ended(running.task, failure=value or "")

    def _end_silent(self) -> Iterator[Ended[Task]]:
        now = time.monotonic()
        if not self._has_begun and now - self._began > _START_SECONDS:
            raise SettingsError(
                f"the Ray cluster has started no worker for {_START_SECONDS:g} seconds; "
                "'ray status' says what it lacks"
            )
        for stream, running in list(self._running.items()):
            silent = running.heard is not None and now - running.heard > self._patience_seconds
            # While the run was busy, its word may have come and waits to be taken.
            if silent and not ray.wait([stream], timeout=0)[0]:
                reason = f"it gave nothing for {self._patience_seconds:g} seconds"
                yield from self._lose(running.hand, reason, is_crash=False)

    def _lose(
        self, hand: _Hand, reason: str, *, is_node: bool = False, is_crash: bool = True
    ) -> Iterator[Ended[Task]]:
        """End an actor: its first task has failed, and the ones that waited with it go back."""
        ray.kill(hand.actor, no_restart=True)
        self._hands.remove(hand)
        lost = [self._running.pop(stream).task for stream in hand.streams]
        for task in lost[1:]:
            self._waiting.add(task)
        yield Ended(lost[0], failure=reason, crashed=is_crash, blameless=is_node)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End all actors, whatever they are doing."""
        for hand in self._hands:
            ray.kill(hand.actor, no_restart=True)
        self._hands.clear()
        self._running.clear()


def _reason(error: Exception) -> str:
    """Return why an actor was lost; if it could not be made, what was wrong."""
    if isinstance(error, RayActorError) and "creation task" in str(error):
        return f"the process that should work on it could not start: {str(error).splitlines()[-1]}"
    return CRASHED


@contextmanager
def _own_signals() -> Iterator[None]:
    """Keep the handler of SIGTERM, which Ray would replace by its own."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _own_path() -> Iterator[None]:
    """Let the workers of a cluster on this machine import what can be imported here.

    An empty entry of the path is the working directory.
    """
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
