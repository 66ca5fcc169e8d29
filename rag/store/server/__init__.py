"""Keeps an archive on a Qdrant server, as a collection behind an alias.

    dateline                the alias that readers look up, moved by one atomic request
    dateline-00000007       the served generation, opened under this name and never written again
    dateline-00000008       being built; stays after a kill, for the next run to continue

In each collection, one point with its own `kind` says what the collection is: `copying` until it
has everything that was served, `building`, and `manifest` when it is complete. A collection without
such a point does not belong to Dateline and is left alone.

A server has no lock that works across machines, so run one ingest at a time. Dateline notices two
at once only when they publish. When a newer generation is served, the one before is dropped, and a
reader of it is told to open the archive again. Only this package uses `qdrant_client`.
"""

from rag.errors import SettingsError

try:
    import httpx  # noqa: F401 - named here if it is missing, used in the modules
    import qdrant_client  # noqa: F401 - likewise
except ModuleNotFoundError as error:
    raise SettingsError(
        f"the archive is on a Qdrant server, and {error.name} is not installed; "
        "run 'pip install qdrant-client' or name a directory"
    ) from error

from rag.store.server.builder import ServerBuilder
from rag.store.server.connection import connect
from rag.store.server.store import ServerStore

__all__ = ["ServerBuilder", "ServerStore", "connect"]
