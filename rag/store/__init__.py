"""One `Store` over one data model: an archive directory (embedded) or a Qdrant server."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rag.settings import Settings
from rag.store.model import Builder, Recipe, Store

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

_Opened = TypeVar("_Opened")


def open_store(settings: Settings) -> Store:
    """Return the configured archive, open for reading.

    Raises:
        ArchiveNotFound: nothing has been published there.
        ArchiveDamaged: it does not hold what its manifest says.
        ArchiveUnavailable: the server does not answer, or the disk cannot be written.
        SettingsError: the location is a server, and its URL, key or package is missing or wrong.
    """
    if not _is_server(settings.archive):
        from rag.store.edge import EdgeStore

        return EdgeStore(Path(settings.archive))
    from rag.store.server import ServerStore

    return _connected(
        settings, lambda client: ServerStore(client, settings.collection, settings.archive)
    )


def open_builder(settings: Settings, recipe: Recipe) -> Builder:
    """Return the builder of the configured archive's next generation.

    Raises:
        ArchiveMismatch: what is served there was made by another recipe.
        ArchiveBusy: another ingest holds the directory.
        ArchiveDamaged: what is served does not hold what its manifest says.
        ArchiveUnavailable: the server does not answer, or the disk cannot be written.
        SettingsError: the location is a server, and its URL, key or package is missing or wrong.
    """
    if not _is_server(settings.archive):
        from rag.store.edge import EdgeBuilder

        return EdgeBuilder(Path(settings.archive), recipe)
    from rag.store.server import ServerBuilder

    return _connected(
        settings,
        lambda client: ServerBuilder(client, settings.collection, recipe, settings.archive),
    )


def _is_server(location: str) -> bool:
    return location.startswith(("http://", "https://"))


def _connected(settings: Settings, make: Callable[["QdrantClient"], _Opened]) -> _Opened:
    """Return what `make` makes of a client, which it then closes; we do if it fails."""
    from rag.store.server import connect

    key = settings.qdrant_api_key.get_secret_value() if settings.qdrant_api_key else None
    client = connect(settings.archive, key, settings.qdrant_timeout_seconds)
    try:
        return make(client)
    except BaseException:
        client.close()
        raise
