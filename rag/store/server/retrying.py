"""Asks a server again that failed for a moment, as a node of a cluster does when another is lost.

What is asked again, and what is not:

    no connection                              again, whatever was asked: nothing was sent
    no answer, or 429, 500, 502, 503, 504      again, if asking twice does what asking once does
    any other answer                           never: it would be the same one

Asking twice does what asking once does for all requests but two: the ids of points follow from
their content, so writing them twice changes nothing. The two are to make a collection, which is
refused the second time, and to move aliases. Until a server has given its first good answer nothing
is asked again, because its address or its key may be wrong.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
from qdrant_client.http.exceptions import ResponseHandlingException

Send = Callable[[httpx.Request], httpx.Response]

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout)
_MOMENTARY = frozenset({429, 500, 502, 503, 504})
# What does not do the same when it is done twice: the method, and the path after what a proxy adds.
_ONCE = re.compile(r"PUT .*/collections/[^/]+|POST .*/collections/aliases")
_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS = 0.2, 10.0


@dataclass(slots=True)
class Retrying:
    """Sends a request, and again for `patience_seconds` if it may succeed; the client calls it."""

    patience_seconds: float
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _is_known: bool = field(default=False, init=False)

    def __call__(self, request: httpx.Request, send: Send) -> httpx.Response:
        """Return the answer, or raise the error, that stands after the last try."""
        end = self.clock() + self.patience_seconds
        wait = _FIRST_WAIT_SECONDS
        while True:
            try:
                response = send(request)
            except ResponseHandlingException as error:
                if not self._may_ask_again(request, error.source) or self.clock() + wait > end:
                    raise
            else:
                self._is_known = self._is_known or response.is_success
                wait = max(wait, _seconds_asked(response))
                if not self._may_ask_again(request, response) or self.clock() + wait > end:
                    return response
            self.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT_SECONDS)

    def _may_ask_again(self, request: httpx.Request, came: httpx.Response | Exception) -> bool:
        if not self._is_known:
            return False
        if isinstance(came, _NOT_SENT):
            return True
        if isinstance(came, httpx.Response):
            is_momentary = came.status_code in _MOMENTARY
        else:
            is_momentary = isinstance(came, httpx.TransportError)
        return is_momentary and not _ONCE.fullmatch(f"{request.method} {request.url.path}")


def _seconds_asked(response: httpx.Response) -> float:
    """Return how long the server asks to be left alone."""
    asked = response.headers.get("Retry-After", "")
    return float(asked) if asked.isascii() and asked.isdecimal() else 0.0
