"""Tells whoever waits for an answer which step is under way, whatever lies between the two."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

Step = Literal["searching", "reading", "writing"]
_Listener = Callable[[Step], object]

_LISTENER: ContextVar[_Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: _Listener) -> Iterator[None]:
    """Give each step of the answers that are made in this block to `listener` when it begins."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def begin_step(step: Step) -> None:
    """Say that a step begins."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(step)
