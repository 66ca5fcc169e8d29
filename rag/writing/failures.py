"""Translates the errors of client libraries into a `WritingError` that says what to do.

The libraries of OpenAI, Anthropic and Ollama share no error class. Their errors are told apart by
their status and by the names of their classes, so no library is imported for this. `llm` uses this
module.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from rag.errors import WritingError
from rag.text.plain_text import one_line

# The wait before another try, if the server does not say how long to wait. The writer doubles it.
_RETRY_SECONDS = 0.5
_MOST_DETAIL = 200
_LATER = (408, 409, 429)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelServer:
    """A model's server as messages name it, and its key, which no message may contain.

    `is_configured` says that the settings name it. If not, a program made the model and gave it to
    Dateline, so no setting can repair it.
    """

    address: str
    model: str
    key: str = field(default="", repr=False)
    is_configured: bool = True

    def remedy(self, settings: str, *, given: str) -> str:
        """Return what to do: with the settings, or with the model that a program gave."""
        return settings if self.is_configured else given


def translate(error: Exception, server: ModelServer) -> WritingError:
    """Return a client library's error as a `WritingError` of Dateline."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status >= 300:
        headers = getattr(getattr(error, "response", None), "headers", {})
        return _from_status(status, headers, error, server)
    names = {kind.__name__ for kind in type(error).__mro__}
    if names & {"APITimeoutError", "TimeoutException", "TimeoutError"}:
        return WritingError(f"{server.address} did not answer in time", reason="timeout")
    if names & {"APIConnectionError", "ConnectError", "ConnectionError"}:
        todo = server.remedy(
            "start the model's server or set DATELINE_LLM_BASE_URL to where it is",
            given="start the model's server, or make the LLM with the address where it is",
        )
        return WritingError(
            f"{server.address} cannot be reached; {todo}",
            reason="unreachable",
            retry_after=_RETRY_SECONDS,
        )
    if names & {"TransportError", "APIError"}:
        return WritingError(
            f"{server.address} stopped before its answer was complete", reason="cut"
        )
    todo = server.remedy(
        "check DATELINE_LLM and DATELINE_LLM_BASE_URL, and that the versions of Dateline's "
        "extra 'llm' are installed",
        given="check that the LLM works by itself, with its method stream_chat",
    )
    return WritingError(
        f"what {server.address} answered cannot be read ({type(error).__name__}: "
        f"{_detail(error, server)}); {todo}",
        reason="garbled",
    )


def without_secrets(address: str) -> str:
    """Return an address without the name, password and query that may be in it."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}" if host else parts.path


def _from_status(
    status: int, headers: Mapping[str, str], error: Exception, server: ModelServer
) -> WritingError:
    if status in _LATER or status >= 500:
        busy = status == 429
        return WritingError(
            f"{server.address} {'has too many requests' if busy else 'failed'} ({status})",
            reason="busy" if busy else "failed",
            retry_after=_seconds_to_wait(headers),
        )
    check_key = server.remedy("check DATELINE_LLM_API_KEY", given="check the key of the LLM")
    todo = {
        401: check_key,
        403: check_key,
        404: server.remedy(
            f"check DATELINE_LLM_MODEL ({server.model}) and DATELINE_LLM_BASE_URL, which for "
            "openai-like mostly ends in /v1",
            given=f"check the name of the model ({server.model}) and the address of the LLM",
        ),
    }.get(status, f"it says: {_detail(error, server)}")
    if status < 400:
        where = without_secrets(headers.get("location", "")) or "another address"
        todo = f"it points to {where}, and redirects are not followed"
    return WritingError(
        f"{server.address} did not accept the request ({status}); {todo}", reason="refused"
    )


def _detail(error: Exception, server: ModelServer) -> str:
    """Return what the server said, without the key, which a server may repeat."""
    said = str(error).replace(server.key, "****") if server.key else str(error)
    return one_line(said, most=_MOST_DETAIL)


def _seconds_to_wait(headers: Mapping[str, str]) -> float:
    """Return the wait in seconds that a Retry-After header asks for, also by a date (RFC 9110)."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return _RETRY_SECONDS
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
