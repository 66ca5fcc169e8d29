"""Lets as many questions be answered at once as the machine can, and the others wait in turn.

A question takes a processor for its whole time, so more at once would make all of them slow. Those
that wait are counted; beyond a limit, a caller is told when to come again. Callers take turns, so
that one who asks a hundred questions at once makes another wait for one of them, not for all.
"""

import asyncio
import math
import time
from collections import OrderedDict, deque
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


class _Line:
    """The questions that wait, each by its caller; a future is done when it is its turn."""

    def __init__(self) -> None:
        self._of: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    def __len__(self) -> int:
        return sum(map(len, self._of.values()))

    def join(self, caller: str) -> asyncio.Future[None]:
        """Add a question behind the others of its caller, who comes behind the other callers."""
        place = asyncio.get_running_loop().create_future()
        self._of.setdefault(caller, deque()).append(place)
        return place

    def leave(self, caller: str, place: asyncio.Future[None]) -> None:
        """Remove a question whose caller is gone."""
        if place in self._of.get(caller, ()):
            self._of[caller].remove(place)
            self._forget_if_none(caller)

    def next(self) -> asyncio.Future[None] | None:
        """Remove and return the question whose turn it is, if there is one."""
        if not self._of:
            return None
        caller, places = next(iter(self._of.items()))
        place = places.popleft()
        self._of.move_to_end(caller)
        self._forget_if_none(caller)
        return place

    def last_of_most(self, caller: str) -> asyncio.Future[None] | None:
        """Remove and return the last question of whoever has most, for one more of `caller`.

        There is none if `caller` would then have as many.
        """
        most = max(self._of, key=lambda other: len(self._of[other]), default=caller)
        if len(self._of.get(most, ())) <= len(self._of.get(caller, ())) + 1:
            return None
        return self._of[most].pop()

    def _forget_if_none(self, caller: str) -> None:
        if not self._of[caller]:
            del self._of[caller]


class Turns:
    """A queue for work in threads, in which callers take turns.

    At most `at_once` pieces of work run at once, and at most `waiting` wait. After `seconds` a
    caller is let go. The work then keeps its place until it ends by itself, because a thread
    cannot be stopped.
    """

    def __init__(self, *, at_once: int, waiting: int, seconds: float) -> None:
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="dateline-ask")
        # Nobody waits while a place is free.
        self._free, self._line = at_once, _Line()
        self._at_once, self._most_waiting, self._seconds = at_once, waiting, seconds
        self._mean = _FIRST_GUESS_SECONDS
        self.running = 0

    @property
    def waiting(self) -> int:
        """How many questions wait for their turn."""
        return len(self._line)

    async def run(
        self,
        work: Callable[[], _Result],
        *,
        is_gone: Callable[[], Awaitable[bool]],
        caller: str = "",
    ) -> _Result:
        """Return what `work` returns, when it is its turn.

        Raises:
            TooBusyError: too many wait already.
            CallerGoneError: `is_gone` became true while this waited.
            TookTooLongError: the work did not end in time.
        """
        await self.take(is_gone, caller=caller)
        return await self.work(work)

    async def take(self, is_gone: Callable[[], Awaitable[bool]], *, caller: str = "") -> None:
        """Wait for a place, which `work` gives back.

        Raises:
            TooBusyError: too many wait already, or others came while most of them were of `caller`.
            CallerGoneError: `is_gone` became true while this waited.
        """
        if self._free:
            self._free -= 1
            return
        if self.waiting >= self._most_waiting:
            self._make_room(caller)
        place = self._line.join(caller)
        is_taken = False
        try:
            while not (await asyncio.wait({place}, timeout=_LOOK_SECONDS))[0]:
                await _require_there(is_gone)
            is_taken = True
        finally:
            self._line.leave(caller, place)
            # It may be free at the very moment at which the caller goes.
            if not is_taken and place.done() and place.exception() is None:
                self._give_back()
        place.result()

    def _make_room(self, caller: str) -> None:
        """Tell somebody that there is no place: whoever has most of them, else the one who comes.

        Raises:
            TooBusyError: it is the one who comes.
        """
        error = TooBusyError(self._retry_after())
        last = self._line.last_of_most(caller)
        if last is None:
            raise error
        last.set_exception(error)

    def _give_back(self) -> None:
        """Let the next one have a place."""
        place = self._line.next()
        if place is None:
            self._free += 1
        else:
            place.set_result(None)

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
            self._give_back()

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
