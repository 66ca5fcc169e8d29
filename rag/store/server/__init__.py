"""The server store: the same data model in a collection of a Qdrant server, behind an alias.

    dateline                the alias that readers look up, moved by one atomic request
    dateline-00000007       the served generation, opened under this name and never written again
    dateline-00000008       being built; stays after a kill, for the next run to go on with

One point of each collection, of its own `kind`, says what the collection is: `copying` until it
holds all that was served, `building`, and `manifest` once it is whole. A collection without such a
point is not ours and is left alone.

A server has no lock that spans machines: run one ingest at a time. Two that overlap are noticed
when they publish, not before. The generation before is dropped when a newer one is served, so a
reader of it is told to open the archive again. The only owner of `qdrant_client`.
"""

from rag.errors import SettingsError

try:
    import httpx  # noqa: F401 - named here if it is missing, used in the modules
    import qdrant_client  # noqa: F401 - likewise
except ModuleNotFoundError as error:
    raise SettingsError(
        f"the archive is on a Qdrant server, and {error.name} is not installed; "
        "run 'pip install dateline[server]' or name a directory"
    ) from error

from rag.store.server.builder import ServerBuilder
from rag.store.server.connection import connect
from rag.store.server.store import ServerStore

__all__ = ["ServerBuilder", "ServerStore", "connect"]
