"""Decides who may ask: by an API key with scopes, or anybody where no keys are asked for."""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fastapi import Depends, Request, params
from fastapi.security import HTTPBearer

from api.keys import SCOPES, KeyFile, Scope
from api.limits import Rate
from api.problems import ProblemError
from rag.errors import SettingsError

_LOG = logging.getLogger("dateline.api")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who makes a request: the id of a key, or the address where none is asked for."""

    id: str
    scopes: tuple[Scope, ...]


class Access:
    """Checks the key of each request, and how many requests it makes.

    Without `keys`, everybody may do everything; this is for a server that only its own machine
    reaches.
    """

    def __init__(self, keys: KeyFile | None, *, per_minute: int) -> None:
        self._keys, self._rate = keys, Rate(per_minute)

    def needs(self, scope: Scope) -> list[params.Depends]:
        """Return the dependencies of a route which let only callers with a scope through.

        Who it is stands in `request.state.caller` then, for the logs.
        """

        async def check(request: Request) -> None:
            caller = self._caller(request)
            request.state.caller = caller.id
            if scope not in caller.scopes:
                raise ProblemError(403, "scope", f"this key does not have the scope {scope!r}")
            if wait := self._rate.wait_for(caller.id):
                raise ProblemError(
                    429,
                    "rate",
                    f"too many requests with this key; come again in {wait} s",
                    {"Retry-After": str(wait)},
                )

        if self._keys is None:
            return [Depends(check)]
        # This one only tells in the description of the interface that a key is needed.
        told = HTTPBearer(auto_error=False, description="A key that 'dateline keys add' made")
        return [Depends(check), Depends(told)]

    def _caller(self, request: Request) -> Caller:
        if self._keys is None:
            host = request.client.host if request.client else ""
            return Caller(id=host, scopes=SCOPES)
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        key = self._keys.find(secret.strip()) if kind.lower() == "bearer" else None
        if key is None:
            raise ProblemError(
                401,
                "key",
                "send a valid key: 'Authorization: Bearer KEY'; 'dateline keys add' makes one",
                {"WWW-Authenticate": "Bearer"},
            )
        return Caller(id=key.id, scopes=key.scopes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A log of who saw which articles; the questions are in it only if that is wanted."""

    path: Path | None = None
    with_questions: bool = False

    def require_writable(self) -> None:
        """Do nothing if there is no log, or lines can be added to it.

        Raises:
            SettingsError: they cannot, and nothing would be noted of who saw what.
        """
        if self.path is None:
            return
        try:
            self.path.open("a", encoding="utf-8").close()
        except OSError as error:
            raise SettingsError(
                f"--audit is {str(self.path)!r}, which cannot be written ({error.strerror}); name "
                "a file in a folder that exists, in which the user of the server may write"
            ) from error

    def note(self, request: Request, *, articles: Iterable[str], question: str = "") -> None:
        """Add a line, if there is a log.

        Raises:
            ProblemError: the line cannot be written, so what it is about must not be shown.
        """
        if self.path is None:
            return
        line = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "request_id": request.state.request_id,
            "key": request.state.caller,
            "route": request.url.path,
            "articles": sorted(set(articles)),
        }
        if self.with_questions:
            line["question"] = question
        try:
            with self.path.open("a", encoding="utf-8") as log:
                log.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            reason = error.strerror or error
            _LOG.error(
                "request %s: the audit log %s cannot be written (%s), so nothing was shown",
                request.state.request_id,
                self.path,
                reason,
            )
            raise ProblemError(
                503,
                "audit",
                "the server cannot write its audit log, so it shows nothing; its own log says why "
                "under this id",
                {"Retry-After": "5"},
            ) from error
