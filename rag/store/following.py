"""Keeps an archive open while newer generations are served: a question gets the newest, to its end.

`Archive` asks its store through this. A store that is replaced stays open until whoever asks it has
finished, so that a question reads one generation and does not fail when another is served.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from rag.errors import ArchiveError, ArchiveUnavailable
from rag.store.interface import Store

CHECK_SECONDS = 1.0

_Result = TypeVar("_Result")


@dataclass(slots=True)
class _Opened:
    """An open store and how many ask it now."""

    store: Store
    askers: int = 0


class OpenStore:
    """The open store of an archive, replaced when a newer generation is served; for all threads.

    `reopen` opens the newest generation; without it, the store is never replaced. With `follow`,
    each question looks for a newer one, at most once in CHECK_SECONDS. Else only `refresh` does.
    """

    def __init__(
        self,
        store: Store,
        *,
        reopen: Callable[[], Store] | None = None,
        follow: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.location = store.location
        self._opened = _Opened(store)
        self._reopen = reopen
        self._follow = follow
        self._clock = clock
        self._checked = clock() - CHECK_SECONDS
        self._is_closed = False
        self._lock = Lock()

    @contextmanager
    def asked(self) -> Iterator[Store]:
        """Give the store for a question; it stays open until the end of the block.

        Raises:
            ArchiveError: the archive was closed, or its newest generation cannot be opened.
        """
        with self._lock:
            self._require_open()
            if self._follow and self._clock() - self._checked >= CHECK_SECONDS:
                self._refresh()
            opened = self._opened
            opened.askers += 1
        try:
            yield opened.store
        finally:
            with self._lock:
                opened.askers -= 1
                is_last = not opened.askers and (self._is_closed or opened is not self._opened)
            if is_last:
                opened.store.close()

    def run(self, work: Callable[[Store], _Result]) -> _Result:
        """Return what `work` makes of the store, and repeat it if the generation is gone meanwhile.

        A server builds in the collection of the generation before, which is taken away from those
        who have it open; a directory keeps a generation for them.
        """
        while True:
            with self.asked() as store:
                try:
                    return work(store)
                except ArchiveUnavailable:
                    if not self._follow or not self._is_replaced(store):
                        raise

    def is_current(self) -> bool:
        """Say whether the open generation is the newest."""
        with self._lock:
            self._require_open()
            return self._opened.store.is_current()

    def refresh(self) -> bool:
        """Open the newest generation if it is not open yet, and say whether it was not."""
        with self._lock:
            self._require_open()
            return self._refresh()

    def close(self) -> None:
        """Close the store as soon as nobody asks it; nothing can be asked afterwards."""
        with self._lock:
            is_first, self._is_closed = not self._is_closed, True
            is_idle = not self._opened.askers
        if is_first and is_idle:
            self._opened.store.close()

    def _is_replaced(self, store: Store) -> bool:
        """Say whether a newer generation than that of `store` is open, after opening it."""
        with self._lock:
            self._require_open()
            self._refresh()
            return self._opened.store is not store

    def _refresh(self) -> bool:
        """Do what `refresh` does; the caller holds the lock, so others wait for the newest too."""
        before = self._opened
        # What is served while it looks may have been missed, so the time counts from before that.
        began = self._clock()
        if self._reopen is None or before.store.is_current():
            self._checked = began
            return False
        self._opened = _Opened(self._reopen())
        self._checked = began
        if not before.askers:
            before.store.close()
        return True

    def _require_open(self) -> None:
        if self._is_closed:
            raise ArchiveError(
                f"the archive {self.location} was closed; open it again with Archive.open"
            )
