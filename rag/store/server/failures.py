"""Translates the exceptions of the client into errors of Dateline that say what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError

import httpx
from qdrant_client.common.client_exceptions import QdrantException
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from rag.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveUnavailable,
    SettingsError,
    UnknownServer,
)
from rag.proxies import describe_proxy


class CollectionGone(ArchiveUnavailable):
    """A collection is not on the server, or is no longer there."""


@contextmanager
def translated(location: str) -> Iterator[None]:
    """Turn the exceptions of the client into errors of Dateline, none of which contains a key."""
    try:
        yield
    except UnexpectedResponse as error:
        raise (_said_by_proxy(error, location) or _refusal(error, location)) from error
    except QdrantException as error:
        raise ArchiveUnavailable(
            f"{location} takes no more requests at the moment; try again later"
        ) from error
    except ResponseHandlingException as error:
        raise _silence(error.source, location) from error
    except (JSONDecodeError, UnicodeDecodeError, AssertionError) as error:
        # The client raises errors that are not its own when it decodes an answer or has none.
        raise stranger(location) from error


def _silence(source: Exception, location: str) -> ArchiveUnavailable:
    """Return the error that says why no usable response came, and what to do."""
    if isinstance(source, httpx.TimeoutException):
        return ArchiveUnavailable(
            f"the Qdrant server {location} did not answer in time; check if it is overloaded, "
            "or raise DATELINE_QDRANT_TIMEOUT_SECONDS"
        )
    if isinstance(source, httpx.TransportError):
        return ArchiveUnavailable(
            f"the Qdrant server {location} cannot be reached ({source}); start it, or correct "
            "--archive (DATELINE_ARCHIVE)"
        )
    return stranger(location)


def stranger(location: str) -> UnknownServer:
    """Return the error about something that is not a Qdrant server."""
    return UnknownServer(
        f"{location} does not answer like a Qdrant server; correct --archive (DATELINE_ARCHIVE), "
        "or use rag.connect if 'dateline serve' serves an archive there"
    )


def _said_by_proxy(
    error: UnexpectedResponse, location: str
) -> ArchiveUnavailable | SettingsError | None:
    """Return the error for an answer of a proxy in front of the server; None if it is none."""
    status, body = error.status_code or 0, error.content.decode("utf-8", "replace")
    words = describe_proxy(location, location, status, error.headers, body)
    if words and status in (401, 403):
        return SettingsError(f"{words}; if it wants a key, set DATELINE_QDRANT_API_KEY")
    return ArchiveUnavailable(words) if words else None


def _refusal(error: UnexpectedResponse, location: str) -> ArchiveError | SettingsError:
    """Return the error for an answer other than success; its class says who can act on it."""
    status = error.status_code or 0
    said = f"{status} {error.reason_phrase}: {error.content[:200].decode('utf-8', 'replace')}"
    if status in (401, 403):
        return SettingsError(
            f"the Qdrant server {location} refused access ({status}); set DATELINE_QDRANT_API_KEY "
            "to a key that has the permission"
        )
    if status == 404:
        return CollectionGone(
            f"the archive that was open on {location} is gone: a newer one was published, or it "
            "was deleted; open it again"
        )
    if status == 409:
        return ArchiveBusy(f"another ingest is writing to {location} ({said}); wait until it ends")
    if status in (400, 422):
        return ArchiveDamaged(
            f"the Qdrant server {location} cannot use what is stored ({said}); run "
            f"'dateline doctor --archive {location}'"
        )
    return ArchiveUnavailable(f"the Qdrant server {location} failed ({said}); see its log")
