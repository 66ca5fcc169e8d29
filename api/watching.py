"""Gives every request an id, writes a line of the log for it, and counts it for Prometheus.

The log is JSON, one request a line. It never has a question, a key or the address that was asked
with its parameters.
"""

import json
import logging
import re
import secrets
import time
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("dateline.api")
# What a proxy may send as the id of its own log.
_FIT_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HEADER = b"x-request-id"
# Answers are for the caller alone, and nothing of them is to be run.
_SAFE = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
]
_BUCKETS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60)


class Numbers:
    """What is counted, for one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "dateline_requests",
            "Requests by route and status",
            ["route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "dateline_request_seconds",
            "How long requests took, waiting included",
            ["route"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.waiting = Gauge(
            "dateline_waiting", "Questions that wait for their turn", registry=self.registry
        )
        self.running = Gauge(
            "dateline_running", "Questions that are being answered", registry=self.registry
        )
        self.articles = Gauge(
            "dateline_articles", "Articles in the archive that is served", registry=self.registry
        )

    def text(self) -> bytes:
        """Return all numbers as Prometheus reads them."""
        return generate_latest(self.registry)


class Watched:
    """A middleware around the application, the outermost one."""

    def __init__(self, app: ASGIApp, *, numbers: Numbers) -> None:
        self._app, self._numbers = app, numbers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and note what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _id_of(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        started, status = time.monotonic(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = [(_HEADER, request_id.encode()), *_SAFE]
                message["headers"] = [*message["headers"], *own]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            route = route_of(scope)
            seconds = time.monotonic() - started
            self._numbers.requests.labels(route, str(status)).inc()
            self._numbers.seconds.labels(route).observe(seconds)
            line = {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "request_id": request_id,
                "method": scope["method"],
                "route": route,
                "status": status,
                "ms": round(1000 * seconds),
                "key": scope["state"].get("caller", ""),
            }
            LOG.info(json.dumps(line))


def route_of(scope: Scope) -> str:
    """Return the pattern of the address that a request met, which names no article."""
    return getattr(scope.get("route"), "path", "other")


def _id_of(scope: Scope) -> str:
    sent = next((value for name, value in scope["headers"] if name == _HEADER), b"")
    text = sent.decode("ascii", "replace")
    return text if _FIT_ID.fullmatch(text) else secrets.token_hex(8)
