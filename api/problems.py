"""Says in one form what went wrong: `{"error": …, "message": …, "request_id": …}`."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api.turns import CallerGoneError, TooBusyError, TookTooLongError
from rag.errors import (
    ArchiveBusy,
    ArchiveNotFound,
    ArchiveUnavailable,
    DatelineError,
    InputError,
    ModelError,
    QuestionError,
    SettingsError,
)

# What nginx uses for a caller who closed the connection; nobody reads it.
_GONE = 499
_FAULT = 500
_LOG = logging.getLogger("dateline.api")


class Problem(BaseModel):
    """What went wrong: a name for programs, a sentence for people, and the id for the log."""

    error: str
    message: str
    request_id: str


class ProblemError(Exception):
    """A request that cannot be answered as it was made."""

    def __init__(
        self, status: int, error: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.error, self.headers = status, error, headers or {}


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the description of the problems with these statuses, for a route."""
    return {status: {"model": Problem} for status in statuses}


def add_handlers(app: FastAPI) -> None:
    """Let an application answer with problems, whatever is raised."""
    for kind in (
        ProblemError,
        TooBusyError,
        TookTooLongError,
        CallerGoneError,
        RequestValidationError,
        HTTPException,
        DatelineError,
        Exception,
    ):
        app.add_exception_handler(kind, _respond)


def problem_of(error: Exception, request_id: str) -> Problem:
    """Return what a caller is told of an error; what only the operator may know is logged."""
    told = _tell(error)
    if told.status == _FAULT:
        _LOG.error("request %s", request_id, exc_info=error)
    elif isinstance(error, SettingsError | ModelError):
        _LOG.error("request %s: %s", request_id, error)
    return Problem(error=told.error, message=str(told), request_id=request_id)


def _respond(request: Request, error: Exception) -> JSONResponse:
    told = _tell(error)
    problem = problem_of(error, request.state.request_id)
    return JSONResponse(problem.model_dump(), told.status, told.headers)


def _tell(error: Exception) -> ProblemError:  # noqa: PLR0911  one for each kind
    """Return the status and the words of an error."""
    match error:
        case ProblemError():
            return error
        case TooBusyError():
            return ProblemError(503, "busy", str(error), {"Retry-After": str(error.retry_after)})
        case TookTooLongError():
            return ProblemError(504, "timeout", str(error))
        case CallerGoneError():
            return ProblemError(_GONE, "gone", "the caller closed the connection")
        case RequestValidationError():
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"][1:])
            return ProblemError(422, "request", f"{place or 'the request'}: {first['msg']}")
        case HTTPException():
            headers = dict(error.headers or {})
            return ProblemError(error.status_code, "request", str(error.detail), headers)
        case QuestionError() | InputError():
            return ProblemError(400, "question", str(error))
        case ArchiveNotFound() | ArchiveUnavailable() | ArchiveBusy():
            # The message names a place on the server.
            message = "the archive cannot be asked now; try again later"
            return ProblemError(503, "archive", message, {"Retry-After": "5"})
        case SettingsError() | ModelError():
            # The message names settings and folders of the server.
            message = (
                "the server is not set up as it must be, and cannot answer; its log says what is "
                "wrong under this id"
            )
            return ProblemError(503, "settings", message)
        case _:
            message = "this is a fault of the server; its log says more under this id"
            return ProblemError(_FAULT, "server", message)
