"""Makes an archive of a backup, or replaces an archive by one.

A backup may come from anywhere, so no path in it is followed: a file is taken only if the manifest
names it, and only to a place inside the new generation. Nothing is served before every file has
been compared with its digest and the backup has been read to its end.
"""

import gzip
import json
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, get_type_hints

from rag.errors import ArchiveDamaged, InputError
from rag.store.directory import disk
from rag.store.directory.backup import (
    LAYOUT,
    NOTES,
    Backup,
    Report,
    Watched,
    counting,
    read_manifest,
)
from rag.store.directory.generations import MANIFEST, POINTER, ArchiveDirectory
from rag.store.model import FORMAT

_PIECE = 1 << 20
# The notes take 300 bytes, and a manifest 150 bytes for each file of a generation.
_MOST_BYTES = {NOTES: 1 << 16, POINTER: 1 << 10, MANIFEST: 1 << 28}
# What the libraries raise for a damaged or foreign file.
_UNREADABLE = (tarfile.TarError, EOFError, zlib.error, OSError, ValueError)
_REMEDY = "nothing was restored; copy the backup again from where you keep it, or use another one"


def restore_backup(
    file: Path, root: Path, *, version: str, replace: bool = False, report: Report
) -> Backup:
    """Make an archive of a backup, or replace an archive by it; return what the backup says.

    Raises:
        InputError: the file is no backup, is damaged or cut, or a newer Dateline wrote it.
        ArchiveBusy: an ingest or another restore writes to the archive.
        ArchiveUnavailable: the archive cannot be written.
        ArchiveError: there is something at this place, and it is not to be replaced.
    """
    with _Reader.opened(file) as reader:
        backup = _read_notes(reader, version)
        receiving = ArchiveDirectory(root).receiving(
            at_least=int(backup.generation), needed=backup.disk_size, replace=replace
        )
        with receiving as folder:
            reader.text(POINTER)
            text = reader.text(MANIFEST)
            files = _read_files(text, reader)
            _unpack(reader, folder / "shard", files, report)
            reader.end()
            (folder / MANIFEST).write_text(text, encoding="utf-8")
    return backup


class _Reader:
    """Reads the entries of a backup, one after the other; what it cannot read is an InputError."""

    def __init__(self, file: Path, packed: gzip.GzipFile, tar: tarfile.TarFile) -> None:
        self.file = file
        self._packed = packed
        self._tar = tar

    @classmethod
    @contextmanager
    def opened(cls, file: Path) -> Iterator["_Reader"]:
        """Open a backup."""
        with ExitStack() as opened:
            with translated(file):
                packed = opened.enter_context(gzip.open(file))
                tar = opened.enter_context(tarfile.open(fileobj=packed, mode="r|"))
            yield cls(file, packed, tar)

    def entry(self) -> tuple[str, int, IO[bytes]] | None:
        """Return name, size and content of the next entry, which must be a file."""
        with translated(self.file):
            found = self._tar.next()
            content = self._tar.extractfile(found) if found and found.isreg() else None
            if found is None:
                return None
            if content is None or found.issparse():
                raise ValueError(f"it has {found.name!r}, which is no plain file")
            return found.name, found.size, content

    def text(self, name: str) -> str:
        """Return the text of the next entry, which must have this name, in whatever folder."""
        entry = self.entry()
        with translated(self.file):
            if entry is None or PurePosixPath(entry[0]).name != name:
                raise ValueError(f"{name} is missing")
            if entry[1] > _MOST_BYTES[name]:
                raise ValueError(f"{name} has {entry[1]:,} bytes")
            return entry[2].read().decode("utf-8")

    def end(self) -> None:
        """Read to the end, where the checksum of the whole stands; nothing more may come."""
        entry = self.entry()
        with translated(self.file):
            if entry is not None:
                raise ValueError(f"it has {entry[0]!r}, which its manifest does not name")
            while self._packed.read(_PIECE):
                pass


@contextmanager
def translated(file: Path) -> Iterator[None]:
    """Turn what reading a damaged or foreign file raises into an InputError with the remedy."""
    try:
        yield
    except FileNotFoundError as error:
        raise InputError(f"there is no backup {file}; name a file of 'dateline backup'") from error
    except IsADirectoryError as error:
        raise InputError(f"{file} is a folder; name a file of 'dateline backup'") from error
    except _UNREADABLE as error:
        raise InputError(f"{file} is damaged or no backup ({error}); {_REMEDY}") from error


def _read_notes(reader: _Reader, version: str) -> Backup:
    """Return what a backup says of itself.

    Raises:
        InputError: it says nothing that makes sense, or a newer Dateline wrote it.
    """
    text = reader.text(NOTES)
    with translated(reader.file):
        notes = json.loads(text)
        known = get_type_hints(Backup)
        if not isinstance(notes, dict) or not all(
            isinstance(notes.get(name), kind) for name, kind in known.items()
        ):
            raise ValueError(f"{NOTES} is not one of Dateline")
        backup = Backup(**{name: notes[name] for name in known})
        if not backup.generation.isdigit() or not 0 < int(backup.generation) < 10**8:
            raise ValueError(f"{NOTES} names the generation {backup.generation!r}")
    if backup.layout > LAYOUT or backup.format > FORMAT:
        raise InputError(
            f"{reader.file} was written by Dateline {backup.dateline}, and this is {version}, "
            "which cannot read it; install that version or a newer one, and restore again"
        )
    return backup


def _read_files(text: str, reader: _Reader) -> Mapping[str, tuple[int, str]]:
    """Return the files that a manifest names.

    Raises:
        InputError: it is no manifest, or names a file outside the generation.
    """
    with translated(reader.file):
        try:
            files, _ = read_manifest(text)
        except ArchiveDamaged as error:
            raise ValueError(str(error)) from error
        for name in files:
            parts = PurePosixPath(name).parts
            if not parts or parts[0] == "/" or ".." in parts or "\0" in name:
                raise ValueError(f"its manifest names {name!r}, a place outside the archive")
        return files


def _unpack(
    reader: _Reader, folder: Path, files: Mapping[str, tuple[int, str]], report: Report
) -> None:
    """Write the files that the manifest names into a folder.

    Raises:
        InputError: one is missing, or is not what was published.
    """
    advance = counting(files, report)
    for name, wanted in files.items():
        entry = reader.entry()
        with translated(reader.file):
            if entry is None or not entry[0].endswith(f"/shard/{name}"):
                raise ValueError(f"{name} is missing")
        assert entry is not None
        watched = Watched(entry[2], advance)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.write_with_holes(path, _pieces(watched, reader.file))
        with translated(reader.file):
            if watched.state != wanted:
                raise ValueError(f"{name} is not what was written")


def _pieces(watched: Watched, file: Path) -> Iterator[bytes]:
    while True:
        with translated(file):
            piece = watched.read(_PIECE)
        if not piece:
            return
        yield piece
