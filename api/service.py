"""Holds what the routes share: the archive, the queue, who may ask, what is logged."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TypeVar

from fastapi import APIRouter, Request

from api.access import Access, Audit
from api.keys import Scope
from api.problems import described
from api.turns import Turns
from api.watching import Numbers
from rag.archive import Archive
from rag.steps import Step, listening

_Result = TypeVar("_Result")


class Handle:
    """One archive for all requests, opened when it is first needed.

    It follows its archive, so a newer generation is asked as soon as it is served. Where there
    is no archive yet, each request looks for it again.
    """

    def __init__(self, opening: Callable[[], Archive]) -> None:
        self._opening, self._lock = opening, Lock()
        self._archive: Archive | None = None

    def __call__(self) -> Archive:
        """Return the archive.

        Raises:
            DatelineError: it cannot be opened.
        """
        with self._lock:
            if self._archive is None:
                self._archive = self._opening()
            return self._archive

    def close(self) -> None:
        """Release the archive, if it was opened."""
        with self._lock:
            if self._archive is not None:
                self._archive.close()
                self._archive = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What every route needs."""

    archive: Handle
    turns: Turns
    access: Access
    audit: Audit
    numbers: Numbers

    async def ask(self, request: Request, work: Callable[[Archive], _Result]) -> _Result:
        """Return what `work` returns of the archive, in its turn.

        Raises:
            TooBusyError, CallerGoneError, TookTooLongError: it has no turn.
            DatelineError: the archive cannot answer.
        """
        begin_step = getattr(request.state, "begin_step", _tell_nobody)
        return await self.turns.run(
            partial(_on, self.archive, work, begin_step),
            is_gone=request.is_disconnected,
            caller=request.state.caller,
        )

    def router(self, scope: Scope) -> APIRouter:
        """Return a router without routes yet; those under it need a scope."""
        return APIRouter(
            prefix="/v1",
            tags=[scope],
            responses=described(400, 401, 403, 408, 413, 422, 429, 500, 503, 504),
            dependencies=self.access.needs(scope),
        )


def _on(
    archive: Handle, work: Callable[[Archive], _Result], begin_step: Callable[[Step], object]
) -> _Result:
    with listening(begin_step):
        return work(archive())


def _tell_nobody(_: Step) -> None:
    """Do nothing: nobody traces the steps of an answer."""
