"""Keeps an archive on a Qdrant server, as a collection behind an alias.

    dateline                the alias that readers look up, moved by one atomic request
    dateline.00000041       the alias of the served generation, under which readers open it
    dateline-00000001       its collection, which is not written while it has these aliases
    dateline.00000040       the alias of the generation before, for those who have opened it
    dateline-00000002       its collection, in which the next generation is built

To build, the alias of the generation before is taken away, so that nobody reads its collection any
more. Then it gets what was changed in the served generation, which that has noted, and then what is
new. So unchanged points are sent only once, for the second generation. A kill leaves a build for
the next run to continue.

In each collection, one point with its own `kind` says what the collection is: `copying` or
`catching up` until it has everything that was served, `building`, `manifest` when it is complete,
and `superseded`. A collection without such a point does not belong to Dateline and is left alone.

A server has no lock that works across machines, so run one ingest at a time. Dateline notices two
at once only when they publish. Who reads a generation that is being replaced is told to open the
archive again. Only this package uses `qdrant_client`.
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
from rag.store.server.connection import WRITING_SECONDS, connect
from rag.store.server.points import Layout
from rag.store.server.store import ServerStore

__all__ = ["WRITING_SECONDS", "Layout", "ServerBuilder", "ServerStore", "connect"]
