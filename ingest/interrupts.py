"""Signals of a run: a polite stop between two steps, an instant one where a step may take long.

The engine merges segments in one call that no handler can interrupt. There the signals do what they
do by default: end the process. Nothing is lost by that; a run may be killed anywhere.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def polite_stop() -> Iterator[None]:
    """Turn SIGTERM into the KeyboardInterrupt that Ctrl-C is."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def may_be_killed() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the process at once, whatever it is doing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_DFL) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  a handler's shape
    raise KeyboardInterrupt
