"""Work on tasks in several processes; a crash or a hang costs only the task that caused it.

Each process is `python -m ingest.pool`, so nothing of the caller's program is imported again, and
it ends when its pipe does: no worker outlives a killed parent. With no workers the tasks run here.
"""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from ingest.full_disk import FULL, is_full

Task = TypeVar("Task")
Given = TypeVar("Given")
# What a worker is made of: called once in its process, returns what works on a task.
Maker = Callable[[], Callable[[Any], Iterable[Given]]]

_END, _FAILURE = "end", "failure"
CRASHED = "the process that worked on it crashed"
_LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Gave(Generic[Task, Given]):
    """One thing that a task gave."""

    task: Task
    value: Given


@dataclass(frozen=True, slots=True)
class Ended(Generic[Task]):
    """A task is done; `failure` says why it is not done in full, empty if it is.

    It is said apart whether its worker `crashed`, which may have had other reasons than the task,
    and if it is `blameless` for sure, as the machine of its worker was lost.
    """

    task: Task
    failure: str = ""
    crashed: bool = False
    blameless: bool = False


class Waiting(Generic[Task]):
    """The tasks that no worker has yet: those of a run, before which come those that are added."""

    def __init__(self) -> None:
        self._added: deque[Task] = deque()
        self._tasks: Iterator[Task] = iter(())
        self._more = False

    def begin(self, tasks: Iterable[Task]) -> None:
        """Take these tasks one by one, each when it is wanted."""
        self._tasks, self._more = iter(tasks), True

    def add(self, task: Task) -> None:
        """Let one more task come before the others."""
        self._added.append(task)

    def __bool__(self) -> bool:
        """Say whether there may be a task; that there is none is known when one is wanted."""
        return self._more or bool(self._added)

    def next(self) -> Iterator[Task]:
        """Yield the next task, if there is one."""
        if self._added:
            yield self._added.popleft()
            return
        for task in self._tasks:
            yield task
            return
        self._more = False


class Pool(Generic[Task, Given]):
    """Up to `workers` processes, started as there are tasks for them; a context manager.

    A worker that gives nothing for `patience_seconds` is killed, and its task has failed. What it
    is sent is the `message` of a task.
    """

    def __init__(
        self,
        make: "Maker[Given]",
        *,
        workers: int,
        patience_seconds: float,
        message: Callable[[Task], Any] = lambda task: task,
    ) -> None:
        self._make = make
        self._message = message
        self._workers = workers
        self._patience_seconds = patience_seconds
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, tuple[_Worker, Task]] = {}
        self._waiting: Waiting[Task] = Waiting()

    def add(self, task: Task) -> None:
        """Work on one more task while `run` goes on, before those that wait."""
        self._waiting.add(task)

    def run(self, tasks: Iterable[Task]) -> Iterator[Gave[Task, Given] | Ended[Task]]:
        """Yield what the tasks give, as it comes, and the end of each."""
        if self._workers == 0:
            yield from self._run_here(tasks)
            return
        self._waiting.begin(tasks)
        while self._waiting or self._busy:
            while self._waiting and len(self._busy) < self._workers:
                for task in self._waiting.next():
                    self._start(task)
            for connection in wait(list(self._busy), timeout=_LOOK_SECONDS):
                yield from self._receive(connection)  # type: ignore[arg-type]  # all are pipes
            yield from self._kill_silent()

    def _run_here(self, tasks: Iterable[Task]) -> Iterator[Gave[Task, Given] | Ended[Task]]:
        work = self._make()
        for task in tasks:
            for value in work(self._message(task)):
                yield Gave(task, value)
            yield Ended(task)

    def _start(self, task: Task) -> None:
        worker = self._idle.pop() if self._idle else _Worker(self._make)
        worker.heard = time.monotonic()
        worker.send(self._message(task))
        self._busy[worker.connection] = (worker, task)

    def _receive(self, connection: Connection) -> Iterator[Gave[Task, Given] | Ended[Task]]:
        worker, task = self._busy[connection]
        worker.heard = time.monotonic()
        try:
            kind, value = connection.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            yield self._lose(worker, task, CRASHED, crashed=True)
            return
        if kind == _END:
            del self._busy[connection]
            self._idle.append(worker)
            yield Ended(task)
        elif kind == _FAILURE:
            yield self._lose(worker, task, value)
        else:
            yield Gave(task, value)

    def _kill_silent(self) -> Iterator[Ended[Task]]:
        now = time.monotonic()
        for worker, task in list(self._busy.values()):
            # While the caller was busy its word may have come and waits to be read.
            silent = now - worker.heard > self._patience_seconds
            if silent and not worker.connection.poll(0):
                reason = f"it gave nothing for {self._patience_seconds:g} seconds"
                yield self._lose(worker, task, reason)

    def _lose(
        self, worker: "_Worker", task: Task, reason: str, *, crashed: bool = False
    ) -> Ended[Task]:
        del self._busy[worker.connection]
        worker.kill()
        return Ended(task, failure=reason, crashed=crashed)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes, whatever they are doing."""
        for worker in [*self._idle, *(worker for worker, _ in self._busy.values())]:
            worker.kill()
        self._idle.clear()
        self._busy.clear()


class _Worker:
    """A process and this end of its pipe."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.connection, theirs = Pipe()
        self.heard = time.monotonic()
        descriptor = theirs.fileno()
        # With -P, a folder `ingest` in the working directory does not take the place of ours.
        command = [sys.executable, "-P", "-m", "ingest.pool", str(descriptor)]
        # The path is ours as it is: a test or a checkout may not be installed. An empty entry is
        # the working directory.
        path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
        environment = os.environ | {"PYTHONPATH": path}
        self._process = subprocess.Popen(command, pass_fds=[descriptor], env=environment)
        theirs.close()
        self.send(make)

    def send(self, value: object) -> None:
        with suppress(BrokenPipeError):  # it crashed; receiving says so
            self.connection.send(value)

    def kill(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.wait()


def _serve(connection: Connection) -> None:
    """Work on the tasks that come through the pipe until it is closed."""
    work = connection.recv()()
    while True:
        task = connection.recv()
        try:
            for value in work(task):
                connection.send(("", value))
        except Exception as error:  # noqa: BLE001  the outermost loop: it is told and counted
            connection.send((_FAILURE, failure_of(error)))
        else:
            connection.send((_END, None))


def failure_of(error: Exception) -> str:
    """Return why a task failed that raised an error."""
    if isinstance(error, MemoryError):
        return "there was not enough memory for it"
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    return FULL if is_full(error) else f"an error of Dateline's own came up: {error!r}"


def main() -> None:
    """Be a worker: the number of the pipe's descriptor is the only argument."""
    # Ctrl-C goes to all processes of a terminal; the parent decides what becomes of us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        _serve(Connection(int(sys.argv[1])))


if __name__ == "__main__":
    main()
