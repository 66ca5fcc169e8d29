"""Runs `dateline chat` for the tests of the page."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def listens(port: int) -> bool:
    """Say whether somebody listens on a port of this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so; the test fails if it is not in time."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.01)


@contextmanager
def answering(
    command: list[str], port: int, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Give the process of a command that listens on a port, in a process group of its own."""
    environment = os.environ | (environment or {})
    with subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True) as process:
        try:
            wait_until(lambda: listens(port) or process.poll() is not None)
            assert process.poll() is None, "the server ended"
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def serving(
    archive: Path, *, host: str = "127.0.0.1", port: int | None = None, **settings: str
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Give the `dateline chat` process that listens, in a process group of its own."""
    port = port or free_port()
    command = [sys.executable, "-m", "ui.cli", "chat", "--no-browser", "--port", str(port)]
    command += ["--host", host, "--archive", str(archive)]
    with listening(command, settings) as process:
        yield process, port


@contextmanager
def listening(
    command: list[str], environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Give the process of a command that serves a page, in a process group of its own."""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | (environment or {}),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout is not None
            lines = iter(process.stdout.readline, "")
            assert any("URL:" in line for line in lines), "the page does not come up"
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
