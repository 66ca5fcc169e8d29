"""Reads and writes archives, in a directory (embedded) or on a Qdrant server.

Both kinds have one data model (`model`) and two interfaces (`interface`): a `Store` reads, and a
`Builder` writes. To add another store, implement both in a package here, and choose it in
`open_store` and `open_builder`.
"""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from rag.addresses import is_server
from rag.errors import SettingsError
from rag.settings import Settings
from rag.store.directory import ArchiveDirectory
from rag.store.interface import Builder, Store
from rag.store.model import Recipe

if TYPE_CHECKING:
    from rag.store.copying import Copied
    from rag.store.directory.backup import Backup, Report
    from rag.store.edge.older import OlderArchive


def open_store(settings: Settings) -> Store:
    """Return the configured archive, open for reading.

    Raises:
        ArchiveNotFound: nothing has been published there.
        ArchiveDamaged: it does not hold what its manifest says.
        ArchiveUnavailable: the server does not answer, or the disk cannot be written.
        SettingsError: the location is a server, and its URL, key or package cannot be used.
    """
    if not is_server(settings.archive):
        from rag.store.edge import EdgeStore

        return EdgeStore(Path(settings.archive))
    from rag.store.server import ServerStore, connect

    client = connect(settings.archive, _key(settings), settings.qdrant_timeout_seconds)
    return ServerStore(client, settings.collection, settings.archive)


def open_builder(settings: Settings, recipe: Recipe) -> Builder:
    """Return the builder of the configured archive's next generation.

    Raises:
        ArchiveMismatch: what is served there was made by another recipe.
        ArchiveBusy: another ingest holds the directory.
        ArchiveDamaged: what is served does not hold what its manifest says.
        ArchiveUnavailable: the server does not answer, or the disk cannot be written.
        SettingsError: the location is a server, and its URL, key or package cannot be used.
    """
    if not is_server(settings.archive):
        from rag.store.edge import EdgeBuilder

        return EdgeBuilder(Path(settings.archive), recipe)
    from rag.store.server import WRITING_SECONDS, Layout, ServerBuilder, connect

    client = connect(
        settings.archive,
        _key(settings),
        settings.qdrant_timeout_seconds,
        patience_seconds=WRITING_SECONDS,
    )
    layout = Layout(
        shards=settings.qdrant_shards,
        replicas=settings.qdrant_replicas,
        int8=settings.qdrant_quantization == "int8",
    )
    return ServerBuilder(client, settings.collection, recipe, settings.archive, layout=layout)


def damaged_files(settings: Settings) -> list[str]:
    """Return the files of an embedded archive that are not as written; none for a server.

    The files are read in full without the engine, because the engine may do anything with damaged
    files, such as repair them wrongly.

    Raises:
        ArchiveNotFound: nothing has been published there.
        ArchiveDamaged: its manifest cannot be read, or a file is missing, cut or grown.
    """
    if is_server(settings.archive):
        return []
    directory = ArchiveDirectory(Path(settings.archive))
    generation = directory.require_served()
    try:
        manifest = directory.read_manifest(generation)
    except FileNotFoundError:
        return [generation]
    return list(directory.damaged_files(generation, manifest))


def back_up(
    settings: Settings, file: Path, *, version: str, replace: bool, report: "Report"
) -> "Backup":
    """Write the configured archive into one file, as `write_backup` does.

    Raises:
        SettingsError: the archive is on a server.
    """
    from rag.store.directory.backup import write_backup

    return write_backup(_directory(settings), file, version=version, replace=replace, report=report)


def restore(
    settings: Settings, file: Path, *, version: str, replace: bool, report: "Report"
) -> "Backup":
    """Make the configured archive of a backup, as `restore_backup` does.

    Raises:
        SettingsError: the archive is on a server.
    """
    from rag.store.directory.restore import restore_backup

    return restore_backup(
        file, _directory(settings), version=version, replace=replace, report=report
    )


def copy(settings: Settings, target: Settings, *, replace: bool, report: "Report") -> "Copied":
    """Copy the configured archive to another place, as `copy_archive` does.

    Raises:
        SettingsError: both are the same place, or a server's address or key cannot be used.
        ArchiveNotFound: nothing has been published in the first.
        ArchiveMismatch: what is served in the second was made by another recipe.
        ArchiveBusy: another process writes to the second.
        ArchiveUnavailable: a server does not answer, or the disk cannot be written.
    """
    from rag.store.copying import copy_archive

    if _place(settings) == _place(target):
        raise SettingsError(
            f"{settings.archive} would be copied to itself; name another place, or another "
            "collection of the server with --to-collection"
        )
    with (
        closing(open_store(settings)) as source,
        closing(open_builder(target, source.manifest.recipe)) as builder,
    ):
        return copy_archive(source, builder, replace=replace, report=report)


def _place(settings: Settings) -> tuple[str, str]:
    if is_server(settings.archive):
        return settings.archive.rstrip("/"), settings.collection
    return str(Path(settings.archive).resolve()), ""


def open_older(settings: Settings) -> "OlderArchive":
    """Return the articles of the configured archive, whose format may be an older one.

    Raises:
        SettingsError: the archive is on a server.
        ArchiveNotFound: nothing has been published there.
        ArchiveDamaged: it does not hold what its manifest says.
    """
    from rag.store.edge.older import OlderArchive

    return OlderArchive(_directory(settings))


def adopt(settings: Settings, other: Path) -> None:
    """Serve at the configured place what another archive on its disk serves, and remove that one.

    Raises:
        ArchiveBusy: another process writes to the configured archive.
        ArchiveUnavailable: it cannot be written.
    """
    ArchiveDirectory(_directory(settings)).adopt(ArchiveDirectory(other))


def _directory(settings: Settings) -> Path:
    if is_server(settings.archive):
        raise SettingsError(
            f"{settings.archive} is a Qdrant server, and this command is for archives in "
            "directories; to back up the server, copy its archive into a directory with 'dateline "
            "copy', or use Qdrant's snapshots; keep the files that you ingested, and ingest them "
            "again if a newer version of Dateline asks for it"
        )
    return Path(settings.archive)


def exists(settings: Settings) -> bool:
    """Say whether the configured archive may exist; a server is asked only when it is opened."""
    return is_server(settings.archive) or Path(settings.archive).exists()


def is_missing(settings: Settings) -> bool:
    """Say whether nothing was published in the configured directory; a server is not asked."""
    return not (is_server(settings.archive) or ArchiveDirectory(Path(settings.archive)).is_made)


def archives_beside(settings: Settings) -> list[Path]:
    """Return the archives in the folder where the configured one should be; none for a server."""
    place = Path(settings.archive)
    if is_server(settings.archive):
        return []
    try:
        return sorted(path for path in place.parent.iterdir() if ArchiveDirectory(path).is_made)
    except OSError:
        return []


def _key(settings: Settings) -> str | None:
    return settings.qdrant_api_key.get_secret_value() if settings.qdrant_api_key else None
