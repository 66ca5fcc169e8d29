"""Tests how a command ends; each runs in a process of its own, which signals can stop."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from ingest.exits import INTERRUPTED

ROOT = Path(__file__).parent.parent.parent
SLOW = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from ingest.exits import guarded

def run():
    try:
        print("running", flush=True)
        time.sleep(60)
    finally:
        print("cleaning", flush=True)
        time.sleep({cleaning})
    return 0

sys.exit(guarded(run))
"""


def interrupted(times: int, *, cleaning: float) -> tuple[int, str]:
    """Interrupt a command so often, each time when it has said something; return how it ended."""
    program = [sys.executable, "-c", SLOW.format(cleaning=cleaning)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(program, cwd=ROOT, text=True, **streams) as process:
        assert process.stdout is not None
        for _ in range(times):
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=60)
        return process.returncode, error


def test_an_interrupt_is_answered_in_a_line() -> None:
    status, error = interrupted(1, cleaning=0)
    assert status == INTERRUPTED
    assert error == "dateline: interrupted; run the same command again to continue\n"


def test_a_second_interrupt_ends_at_once_and_says_nothing() -> None:
    began = time.monotonic()
    assert interrupted(2, cleaning=60) == (-signal.SIGINT, "")
    assert time.monotonic() - began < 60
