"""Limits what one caller can cost: the size of a request, the time to send it, and how many.

The first two are an ASGI middleware, for they hold before anything of a request is read.
"""

import asyncio
import math
import time
from collections import OrderedDict
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Problem

# So many callers are remembered; whoever was quiet longest is forgotten first.
_MOST_CALLERS = 10_000
# So long a caller who is refused may go on sending.
_LINGER_SECONDS = 2


class _RefusedError(Exception):
    """A request is not to be read on; the text says why."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status, self.error = status, error


class BodyLimits:
    """Refuses bodies of more than `most_bytes`, and those that take longer than `seconds`."""

    def __init__(self, app: ASGIApp, *, most_bytes: int, seconds: float) -> None:
        self._app, self._most, self._seconds = app, most_bytes, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with a limited `receive`."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = _Body(receive, most_bytes=self._most, seconds=self._seconds)

        async def send_unless_refused(message: Message) -> None:
            # The application takes the refusal for a broken body, and says so.
            if body.refused is None:
                await send(message)

        try:
            body.check(_announced(scope))
            await self._app(scope, body.receive, send_unless_refused)
        except _RefusedError:
            pass
        if body.refused is not None:
            await _refuse(scope, receive, send, body.refused)


class _Body:
    """The body of one request, as it comes in; `refused` says why it is not read on."""

    def __init__(self, receive: Receive, *, most_bytes: int, seconds: float) -> None:
        self.refused: _RefusedError | None = None
        self._receive, self._most, self._seconds = receive, most_bytes, seconds
        self._until = time.monotonic() + seconds
        self._received, self._is_whole = 0, False

    async def receive(self) -> Message:
        """Return the next part of the body; after the last one, wait for the end."""
        if self._is_whole:
            return await self._receive()
        try:
            left = max(0.0, self._until - time.monotonic())
            message = await asyncio.wait_for(self._receive(), left)
        except TimeoutError:
            raise self._refuse(
                408, "time", f"the request was not sent within {self._seconds:g} s"
            ) from None
        self._received += len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        self.check(self._received)
        return message

    def check(self, size: int) -> None:
        """Do nothing if a body may have this size.

        Raises:
            _RefusedError: it may not.
        """
        if size > self._most:
            raise self._refuse(
                413, "size", f"the request has more than {self._most:,} bytes; send less"
            )

    def _refuse(self, status: int, error: str, message: str) -> _RefusedError:
        self.refused = _RefusedError(status, error, message)
        return self.refused


class Rate:
    """Lets each caller make so many requests a minute, and as many at once after a quiet minute."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_for(self, caller: str, *, now: float | None = None) -> int:
        """Count a request; return 0, or after how many whole seconds the caller may come again."""
        if not self._per_minute:
            return 0
        moment = time.monotonic() if now is None else now
        left, last = self._left.pop(caller, (float(self._per_minute), moment))
        each_second = self._per_minute / 60
        left = min(float(self._per_minute), left + (moment - last) * each_second)
        is_allowed = left >= 1
        self._left[caller] = (left - is_allowed, moment)
        if len(self._left) > _MOST_CALLERS:
            self._left.popitem(last=False)
        return 0 if is_allowed else max(1, math.ceil((1 - left) / each_second))


def _announced(scope: Scope) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


async def _refuse(scope: Scope, receive: Receive, send: Send, refused: _RefusedError) -> None:
    """Say why a request is not read on, and close the connection.

    What the caller is still sending is thrown away for a moment. If the connection ended at once,
    the network would take it for broken, and the caller would never read why.
    """
    request_id = scope.get("state", {}).get("request_id", "")
    problem = Problem(error=refused.error, message=str(refused), request_id=request_id)
    body = problem.model_dump_json().encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": True})
    with suppress(TimeoutError):
        async with asyncio.timeout(_LINGER_SECONDS):
            while (await receive()).get("more_body", False):
                pass
    await send({"type": "http.response.body"})
