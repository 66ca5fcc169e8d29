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
def quiet_second_interrupt() -> Iterator[None]:
    """Let a second Ctrl-C end the process at once, without a word, while the first is answered."""
    usual = signal.default_int_handler
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or signal.getsignal(signal.SIGINT) is not usual:
        yield
        return
    signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is _interrupt:
            signal.signal(signal.SIGINT, usual)


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
        if signal.getsignal(signal.SIGTERM) is _interrupt:
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
    """Stop the run; the same signal once more ends the process, as it does by default."""
    signal.signal(number, signal.SIG_DFL)
    raise KeyboardInterrupt
