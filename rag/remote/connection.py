"""Sends requests to a server of Dateline, and turns what it says of a fault into an error."""

import json
from collections.abc import Iterator
from typing import Any

import httpx

from rag.addresses import is_key, is_plain_address
from rag.closing import Closing
from rag.errors import (
    ArchiveError,
    ArchiveUnavailable,
    QuestionError,
    SettingsError,
    UnknownServer,
)
from rag.proxies import describe_page, describe_proxy

KEY_VARIABLE = "DATELINE_API_KEY"
# It is said at once by a server that is alive.
_LOOK_SECONDS = 10


def is_dateline(url: str) -> bool:
    """Say whether a server of Dateline answers at an address.

    Raises:
        ArchiveUnavailable: nothing answers there; `UnknownServer` if a proxy in front of it does.
        SettingsError: the address is none.
    """
    with Connection(url, key=None, timeout_seconds=_LOOK_SECONDS) as connection:
        return connection.is_dateline()


class Connection(Closing):
    """Connections to the server at one address; use it as a context manager or call `close`."""

    def __init__(self, url: str, *, key: str | None, timeout_seconds: float) -> None:
        """Open nothing yet.

        Raises:
            SettingsError: the address or the key cannot be one; the message shows neither secret.
        """
        if not is_plain_address(url):
            raise SettingsError(
                "the address of a server is written like http://127.0.0.1:8600, without a user, a "
                f"password or a query; a key goes into {KEY_VARIABLE}"
            )
        if key is not None and not is_key(key):
            raise SettingsError(f"{KEY_VARIABLE} holds a character that a key cannot have")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        try:
            self._client = httpx.Client(base_url=url, headers=headers, timeout=timeout_seconds)
        except httpx.InvalidURL as error:
            raise SettingsError(f"{url!r} is no address of a server: {error}") from error
        self.location = str(self._client.base_url)

    def is_dateline(self) -> bool:
        """Say whether the server is one of Dateline.

        Raises:
            ArchiveUnavailable: nothing answers; `UnknownServer` if a proxy in front of it does.
        """
        try:
            said = self._client.get("/health")
        except httpx.HTTPError as error:
            raise ArchiveUnavailable(
                f"{self.location} cannot be reached ({error}); start the server, or correct "
                "--archive (DATELINE_ARCHIVE)"
            ) from error
        # One that finds nobody behind it may stand before a server of either kind.
        is_of_proxy = said.status_code < httpx.codes.INTERNAL_SERVER_ERROR
        if is_of_proxy and (words := self._said_by_proxy(said)):
            raise UnknownServer(words)
        try:
            return bool(said.json()["service"] == "dateline")
        except (ValueError, KeyError, TypeError):
            return False

    def request(self, method: str, path: str, **sent: Any) -> Any:
        """Return what the server answers, as JSON has it.

        Raises:
            ArchiveUnavailable: it does not answer, or is too busy.
            DatelineError, KeyError: it refuses; the class is that which `Archive` raises.
        """
        try:
            reply = self._client.request(method, path, **sent)
        except httpx.HTTPError as error:
            raise self._unavailable(error) from error
        if reply.status_code != httpx.codes.OK:
            raise self._refusal(reply)
        try:
            return reply.json()
        except ValueError as error:
            raise ArchiveUnavailable(describe_page(self.location)) from error

    def events(self, path: str, body: Any) -> Iterator[tuple[str, Any]]:
        """Yield the name and the content of each server-sent event.

        Raises:
            ArchiveUnavailable: it does not answer, or is too busy.
            DatelineError: it refuses; the class is that which `Archive` raises.
        """
        try:
            with self._client.stream("POST", path, json=body) as reply:
                if reply.status_code != httpx.codes.OK:
                    reply.read()
                    raise self._refusal(reply)
                if not reply.headers.get("content-type", "").startswith("text/event-stream"):
                    raise ArchiveUnavailable(describe_page(self.location))
                name = ""
                for line in reply.iter_lines():
                    kind, _, value = line.partition(": ")
                    if kind == "event":
                        name = value
                    elif kind == "data" and name == "problem":
                        raise _error_of(*_told_in_stream(json.loads(value)))
                    elif kind == "data":
                        yield name, json.loads(value)
        except httpx.HTTPError as error:
            raise self._unavailable(error) from error

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _refusal(self, reply: httpx.Response) -> Exception:
        """Return the error for a reply with another status than 200."""
        status, (kind, message) = reply.status_code, _told(reply)
        words = "" if kind else self._said_by_proxy(reply)
        if not words:
            return _error_of(status, (kind, message))
        return SettingsError(words) if status in {401, 403} else ArchiveUnavailable(words)

    def _said_by_proxy(self, reply: httpx.Response) -> str:
        return describe_proxy(
            str(reply.request.url), self.location, reply.status_code, reply.headers, reply.text
        )

    def _unavailable(self, error: Exception) -> ArchiveUnavailable:
        return ArchiveUnavailable(
            f"{self.location} does not answer ({type(error).__name__}: {error}); see that "
            "'dateline serve' runs there"
        )


def _told(reply: httpx.Response) -> tuple[str, str]:
    """Return the kind of a problem, and what the server says of it."""
    try:
        found = reply.json()
        return str(found["error"]), str(found["message"])
    except (ValueError, KeyError, TypeError):
        return "", f"it is no server of Dateline: {reply.status_code} {reply.reason_phrase}"


def _told_in_stream(found: dict[str, str]) -> tuple[int, tuple[str, str]]:
    told = found.get("error", ""), found.get("message", "")
    return {"question": 400, "archive": 503, "settings": 503, "audit": 503, "timeout": 504}.get(
        told[0], 500
    ), told


def _error_of(status: int, told: tuple[str, str]) -> Exception:
    """Return the error that `Archive` would raise, or what keeps the server from answering."""
    error, message = told
    if status in {400, 413, 422}:
        return QuestionError(message)
    if status == httpx.codes.NOT_FOUND and error == "article":
        return KeyError(message)
    if status in {401, 403}:
        return SettingsError(f"{message}; or set {KEY_VARIABLE}")
    if status in {408, 429, 503, 504}:
        return ArchiveUnavailable(message)
    return ArchiveError(message)
