"""Limits what one caller can cost: the size of a request, the time to send it, and how many.

The first two are an ASGI middleware, for they hold before anything of a request is read.
"""

import asyncio
import math
import time
from collections import OrderedDict

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Problem

# So many callers are remembered; whoever was quiet longest is forgotten first.
_MOST_CALLERS = 10_000


class BodyTooLargeError(Exception):
    """A request sends more than is allowed."""


class BodyTooSlowError(Exception):
    """A request is not sent in time."""


class BodyLimits:
    """Refuses bodies of more than `most_bytes`, and those that take longer than `seconds`."""

    def __init__(self, app: ASGIApp, *, most_bytes: int, seconds: float) -> None:
        self._app, self._most, self._seconds = app, most_bytes, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with a limited `receive`."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received, is_whole, is_answered = 0, False, False
        until = time.monotonic() + self._seconds

        async def limited() -> Message:
            nonlocal received, is_whole
            if is_whole:
                return await receive()  # this waits for the end of the connection
            try:
                message = await asyncio.wait_for(receive(), max(0.0, until - time.monotonic()))
            except TimeoutError:
                raise BodyTooSlowError from None
            received += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            self._check(received)
            return message

        async def noted(message: Message) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        try:
            self._check(_announced(scope))
            await self._app(scope, limited, noted)
        except (BodyTooLargeError, BodyTooSlowError) as error:
            if is_answered:
                raise
            is_large = isinstance(error, BodyTooLargeError)
            message = (
                f"the request has more than {self._most:,} bytes; send less"
                if is_large
                else f"the request was not sent within {self._seconds:g} s"
            )
            await _refuse(
                scope, send, 413 if is_large else 408, "size" if is_large else "time", message
            )

    def _check(self, received: int) -> None:
        if received > self._most:
            raise BodyTooLargeError


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


async def _refuse(scope: Scope, send: Send, status: int, error: str, message: str) -> None:

    request_id = scope.get("state", {}).get("request_id", "")
    body = Problem(error=error, message=message, request_id=request_id).model_dump_json().encode()
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
