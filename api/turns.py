"""Lets as many questions be answered at once as the machine can, and the others wait in turn.

A question takes a processor for its whole time, so more at once would make all of them slow. Those
that wait are counted; beyond a limit, a caller is told when to come again.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Result = TypeVar("_Result")

# How often it is looked whether a caller who waits is still there.
_LOOK_SECONDS = 0.25
# The time of a question is a mean in which the last one counts this much.
_NEWEST = 0.2
_FIRST_GUESS_SECONDS = 1.0


class TooBusyError(Exception):
    """So many wait already that no more may; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many questions wait; ask again in {retry_after} s")
        self.retry_after = retry_after


class CallerGoneError(Exception):
    """The caller closed the connection while waiting."""


class TookTooLongError(Exception):
    """The work was not done in time; `seconds` is the limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"it took longer than {seconds:g} s; ask for less, or raise the limit")
        self.seconds = seconds


class Turns:
    """A queue in the order of arrival, for work in threads.

    At most `at_once` pieces of work run at once, and at most `waiting` callers wait. After
    `seconds` a caller is let go. The work then keeps its place until it ends by itself, because a
    thread cannot be stopped.
    """

    def __init__(self, *, at_once: int, waiting: int, seconds: float) -> None:
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="dateline-ask")
        self._free = asyncio.Semaphore(at_once)
        self._at_once, self._most_waiting, self._seconds = at_once, waiting, seconds
        self._mean = _FIRST_GUESS_SECONDS
        self.waiting = 0
        self.running = 0

    async def run(
        self, work: Callable[[], _Result], *, is_gone: Callable[[], Awaitable[bool]]
    ) -> _Result:
        """Return what `work` returns, after all who came before have had their turn.

        Raises:
            TooBusyError: too many wait already.
            CallerGoneError: `is_gone` became true while this waited.
            TookTooLongError: the work did not end in time.
        """
        await self.take(is_gone)
        return await self.work(work)

    async def take(self, is_gone: Callable[[], Awaitable[bool]]) -> None:
        """Wait for a place, which `work` gives back.

        Raises:
            TooBusyError: too many wait already.
            CallerGoneError: `is_gone` became true while this waited.
        """
        if self._free.locked() and self.waiting >= self._most_waiting:
            raise TooBusyError(self._retry_after())
        place = asyncio.ensure_future(self._free.acquire())
        self.waiting += 1
        is_taken = False
        try:
            while not (await asyncio.wait({place}, timeout=_LOOK_SECONDS))[0]:
                await _require_there(is_gone)
            is_taken = True
        finally:
            self.waiting -= 1
            # It may be free at the very moment at which the caller goes.
            if not is_taken and not place.cancel():
                self._free.release()

    async def work(self, work: Callable[[], _Result]) -> _Result:
        """Return what `work` returns, in the place that `take` waited for.

        Raises:
            TookTooLongError: it did not end in time.
        """
        started = time.monotonic()
        self.running += 1

        def end(_: object) -> None:
            self.running -= 1
            self._mean += _NEWEST * (time.monotonic() - started - self._mean)
            self._free.release()

        running = asyncio.get_running_loop().run_in_executor(self._pool, work)
        running.add_done_callback(end)
        try:
            return await asyncio.wait_for(asyncio.shield(running), self._seconds)
        except TimeoutError as error:
            if running.done():
                raise  # the work itself raised it
            raise TookTooLongError(self._seconds) from error

    def close(self) -> None:
        """End the threads when their work ends."""
        self._pool.shutdown(wait=False)

    def _retry_after(self) -> int:
        return max(1, math.ceil(self._mean * (self.waiting + 1) / self._at_once))


async def _require_there(is_gone: Callable[[], Awaitable[bool]]) -> None:
    if await is_gone():
        raise CallerGoneError
