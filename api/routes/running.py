"""Routes for those who run the server: is it alive, can it answer, and what has it done."""

import asyncio
import logging

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from api.problems import described
from api.service import Service
from rag.errors import ArchiveNotFound, DatelineError, ModelError, SettingsError

_LOG = logging.getLogger("dateline.api")


def running(service: Service) -> APIRouter:
    """Return the routes; the first two need no key, and tell nothing of the archive."""
    router = APIRouter(tags=["run"])
    reasons = _Reasons()

    @router.get("/health")
    async def health() -> dict[str, str]:
        """Say that the process is alive, and that it is a server of Dateline."""
        return {"status": "alive", "service": "dateline"}

    @router.get("/ready", responses={503: {"description": "The archive cannot be asked"}})
    async def ready() -> JSONResponse:
        """Say whether the archive can be asked."""
        try:
            await asyncio.to_thread(lambda: service.archive().manifest)
        except DatelineError as error:
            reasons.note(str(error))
            return JSONResponse({"status": _status_of(error)}, 503)
        reasons.note("")
        return JSONResponse({"status": "ready"})

    @router.get(
        "/metrics",
        dependencies=service.access.needs("admin"),
        responses={**described(401, 403, 429), 200: {"content": {"text/plain": {}}}},
    )
    async def metrics() -> Response:
        """Return numbers for Prometheus."""
        numbers = service.numbers
        numbers.waiting.set(service.turns.waiting)
        numbers.running.set(service.turns.running)
        try:
            manifest = await asyncio.to_thread(lambda: service.archive().manifest)
            numbers.articles.set(manifest.articles)
        except DatelineError:
            numbers.articles.set(0)
        return Response(numbers.text(), media_type="text/plain; version=0.0.4")

    return router


def _status_of(error: DatelineError) -> str:
    """Return in two or three words why the archive cannot be asked; they name no place."""
    match error:
        case ArchiveNotFound():
            return "no archive"
        case SettingsError() | ModelError():
            return "wrong settings"
        case _:
            return "archive not usable"


class _Reasons:
    """Writes to the log why the archive cannot be asked, once for each reason.

    Whoever watches a server asks every few seconds.
    """

    def __init__(self) -> None:
        self._last = ""

    def note(self, reason: str) -> None:
        """Write a reason down if it is another than the last; empty if the archive can be asked."""
        if reason and reason != self._last:
            _LOG.warning("not ready: %s", reason)
        self._last = reason
