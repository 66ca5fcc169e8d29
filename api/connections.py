"""Ends connections that send no request, so that they take the place of no other.

A server counts all its connections, and turns new ones away beyond a limit. Without this, whoever
opens so many and sends nothing, or a byte a minute, would shut out everybody.
"""

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol


class Impatient(H11Protocol):
    """A connection of a server which waits only so long for the head of each request.

    A server answers no requests while it has as many connections as its `limit_concurrency`. Before
    that, those that have been without a request for the longest time are ended.
    """

    head_seconds: ClassVar[float] = 10

    @classmethod
    def waiting(cls, head_seconds: float) -> "type[Impatient]":
        """Return such connections with another patience."""
        return type("Impatient", (cls,), {"head_seconds": head_seconds})

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._wait()
        if self.limit_concurrency and len(self.connections) >= self.limit_concurrency:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        """Read on; a part of a head is no reason to wait longer."""
        super().data_received(data)
        if not self.is_idle:
            self._waits.cancel()
        elif self._waits.cancelled():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._waits.cancel()
        super().connection_lost(exc)

    @property
    def is_idle(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def end_if_idle(self) -> None:
        """Close the connection, unless it has a request, or another protocol has it now."""
        if self.is_idle and self.transport.get_protocol() is self:
            self.transport.close()

    def _wait(self) -> None:
        self.idle_since = self.loop.time()
        self._waits = self.loop.call_later(self.head_seconds, self.end_if_idle)

    def _make_room(self) -> None:
        """End as many connections as it takes for this one to be within the limit."""
        others = [
            other
            for other in self.connections
            if isinstance(other, Impatient)
            and other is not self
            and not other.transport.is_closing()
        ]
        idle = sorted(
            (other for other in others if other.is_idle), key=lambda other: other.idle_since
        )
        excess = len(others) + 2 - (self.limit_concurrency or 0)
        for other in idle[: max(excess, 0)]:
            other.end_if_idle()
