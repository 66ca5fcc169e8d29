"""Runs an ingest in a process of its own for the page, and tells how far it is. No Streamlit here.

The process is the command that people type, `python -m ingest`, so its report is the same. It is
asked for a line at each step. One runs at a time in a server; its lines stay until the next begins.
"""

import re
import subprocess
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread
from typing import IO

from ingest.exits import INTERRUPTED, SKIPPED, SUCCESS

# A line a second: a person watches.
_EVERY_SECONDS = 1
_MOST_LINES = 2000
# Whoever reads this did not type the command: how it is used does not help.
_USAGE = re.compile(r"usage: .*?^(?=\S)|\nTry '.*? --help'\.$", re.DOTALL | re.MULTILINE)


@dataclass(slots=True)
class IngestRun:
    """One ingest: its lines so far, and its exit status when it has ended.

    `names` are parts of paths that a reader of the page should not see, with what stands for them.
    """

    process: subprocess.Popen[str]
    names: Mapping[str, str]
    _progress: deque[str] = field(default_factory=lambda: deque(maxlen=_MOST_LINES))
    _report: list[str] = field(default_factory=list)
    _readers: list[Thread] = field(default_factory=list)
    _was_stopped: bool = False

    @classmethod
    def begin(
        cls, sources: Sequence[Path], location: str, *, names: Mapping[str, str] | None = None
    ) -> "IngestRun":
        """Start to ingest some files or folders into an archive."""
        # With -P, a folder `ingest` in the working directory does not take the place of ours.
        command = [sys.executable, "-P", "-m", "ingest", *map(str, sources)]
        process = subprocess.Popen(
            [*command, "--archive", location, "--progress-seconds", str(_EVERY_SECONDS)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        )
        run = cls(process, names or {})
        run._read(process.stderr, run._progress)
        run._read(process.stdout, run._report)
        return run

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self.process.poll() is None

    @property
    def status(self) -> int | None:
        """The exit status; None while it runs."""
        return self.process.poll()

    @property
    def progress(self) -> list[str]:
        """What it has said so far of its steps, the last step last."""
        return [self._named(line) for line in list(self._progress)]

    @property
    def report(self) -> str:
        """The report at its end, the same as that of the command."""
        return self._named("\n".join(self._report))

    @property
    def outcome(self) -> str:
        """How it ended, in a sentence; empty while it runs."""
        status = self.status
        if status is None:
            return ""
        if self._was_stopped or status == INTERRUPTED:
            return "The ingest was stopped. Begin it again, and it goes on where it stopped."
        if status == SUCCESS:
            return "The ingest is done."
        if status == SKIPPED:
            return "The ingest is done, and some of the input was skipped; the report says why."
        return "The ingest failed."

    @property
    def problem(self) -> str:
        """What went wrong, in the words of the command; empty if nothing did."""
        if self.status in (None, SUCCESS, SKIPPED) or self._was_stopped:
            return ""
        told = "\n".join(self.progress) or self.report or f"it ended with {self.status}"
        return _USAGE.sub("", told).strip()

    def stop(self) -> None:
        """Ask it to stop; what it has written stays, and the next one goes on from there."""
        self._was_stopped = True
        self.process.terminate()

    def wait(self, timeout_seconds: float | None = None) -> None:
        """Wait until it has ended and all it said is read."""
        self.process.wait(timeout_seconds)
        for reader in self._readers:
            reader.join(timeout_seconds)

    def _read(self, pipe: IO[str] | None, lines: "deque[str] | list[str]") -> None:
        assert pipe is not None

        def read() -> None:
            with pipe:
                for line in pipe:
                    lines.append(line.rstrip())

        reader = Thread(target=read, daemon=True)
        reader.start()
        self._readers.append(reader)

    def _named(self, text: str) -> str:
        for part, name in self.names.items():
            text = text.replace(part, name)
        return text


class Runs:
    """The one ingest that a server runs at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last: IngestRun | None = None

    @property
    def last(self) -> IngestRun | None:
        """The ingest that began last, running or not."""
        return self._last

    def begin(
        self, sources: Sequence[Path], location: str, *, names: Mapping[str, str] | None = None
    ) -> IngestRun | None:
        """Begin an ingest and return it; None if one is running already."""
        with self._lock:
            if self._last is not None and self._last.is_running:
                return None
            self._last = IngestRun.begin(sources, location, names=names)
            return self._last

    def forget(self) -> None:
        """Show the last ingest no more, if it has ended."""
        with self._lock:
            if self._last is not None and not self._last.is_running:
                self._last = None


_SERVER_RUNS = Runs()


def server_runs() -> Runs:
    """Return the ingests of this server, which all its sessions see."""
    return _SERVER_RUNS
