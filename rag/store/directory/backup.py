"""Writes the served generation of an archive directory into one file, which `restore` reads.

A backup is a tar file that is compressed with gzip, in this order:

    backup.json                          what it holds, and which version of Dateline wrote it
    current                              the name of the generation
    generations/00000007/manifest.json
    generations/00000007/shard/...       the files that the manifest names

So any tar can unpack it, and the folder is an archive. The engine's files are mostly holes, which
are zeros to a reader and take next to no room when compressed. Every file is compared with its
digest in the manifest, so a damaged archive never becomes a backup.
"""

import dataclasses
import gzip
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from rag.errors import ArchiveDamaged, ArchiveError, ArchiveUnavailable
from rag.store.directory import disk
from rag.store.directory.generations import MANIFEST, POINTER, ArchiveDirectory

# The layout of a backup. Raise it when an older Dateline could not read what is written now.
LAYOUT = 1
NOTES = "backup.json"
# The lowest level at which zeros take next to no room. The sample archive, 3.8 MB on the disk and
# 316 MB with its holes, becomes 2.7 MB. Levels 1 to 3 make 3.8 MB, and 6 makes 2.7 MB more slowly.
_LEVEL = 4

# Called with the bytes that are done and all bytes, each time that some are done.
Report = Callable[[int, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup says of itself: its archive, and which version of Dateline wrote it when.

    `size` is the number of bytes of its files, and `disk_size` what they take on a disk without
    their holes.
    """

    layout: int
    dateline: str
    made: str
    generation: str
    format: int
    model: str
    articles: int
    passages: int
    size: int
    disk_size: int


class Watched:
    """A file that is read once, from its beginning to its end, and whose digest is known then."""

    def __init__(self, file: IO[bytes], advance: Callable[[int], object]) -> None:
        self._file = file
        self._advance = advance
        self._digest = hashlib.blake2b()
        self.size = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, none at the end."""
        piece = self._file.read(size)
        self._digest.update(piece)
        self.size += len(piece)
        self._advance(len(piece))
        return piece

    @property
    def state(self) -> tuple[int, str]:
        """The size and the digest of what was read, as a manifest has them."""
        return self.size, self._digest.hexdigest()[: disk.DIGEST_DIGITS]


def counting(files: Mapping[str, tuple[int, str]], report: Report) -> Callable[[int], None]:
    """Return what is called with the bytes of each piece of the files, and reports their sum."""
    total, done = sum(size for size, _ in files.values()), 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        report(done, total)

    return advance


def write_backup(
    root: Path, file: Path, *, version: str, replace: bool = False, report: Report
) -> Backup:
    """Write the served generation of an archive into a file, and return what it says of itself.

    An ingest may go on meanwhile. The file gets its name only when it is complete.

    Raises:
        ArchiveNotFound: there is no archive at this place.
        ArchiveDamaged: a file of it is not what was published; nothing is written.
        ArchiveUnavailable: the file cannot be written, or the archive cannot be read.
        ArchiveError: the file exists, and is not to be replaced.
    """
    if file.is_dir():
        raise ArchiveError(f"{file} is a folder; name a file in it, such as {file}/backup.tar.gz")
    if os.path.lexists(file) and not replace:
        raise ArchiveError(f"{file} exists; name another file, or add --replace")
    with ArchiveDirectory(root).snapshot() as (generation, folder):
        text = _read_text(folder / MANIFEST)
        files, facts = read_manifest(text)
        backup = Backup(
            layout=LAYOUT,
            dateline=version,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            generation=generation,
            size=sum(size for size, _ in files.values()),
            disk_size=sum(path.stat().st_blocks * 512 for path in (folder / "shard").rglob("*")),
            **facts,
        )
        with (
            _new_file(file) as target,
            gzip.GzipFile("", "wb", _LEVEL, target) as packed,
            tarfile.open(fileobj=packed, mode="w|") as tar,
        ):
            notes = json.dumps(dataclasses.asdict(backup), indent=1)
            inside = f"generations/{generation}"
            _add(tar, NOTES, notes.encode())
            _add(tar, POINTER, f"{generation}\n".encode())
            _add(tar, f"{inside}/{MANIFEST}", text.encode())
            _add_files(tar, folder / "shard", inside=f"{inside}/shard", files=files, report=report)
    return backup


def read_manifest(text: str) -> tuple[Mapping[str, tuple[int, str]], dict[str, Any]]:
    """Return the files of a manifest of any format, each with size and digest, and its facts.

    Raises:
        ArchiveDamaged: it is not a manifest.
    """
    try:
        data = json.loads(text)
        recipe = data["recipe"]
        files = {str(key): (int(size), str(found)) for key, (size, found) in data["files"].items()}
        return files, {
            "format": int(recipe["format"]),
            "model": str(recipe["model"]),
            "articles": int(data["articles"]),
            "passages": int(data["passages"]),
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArchiveDamaged(
            f"the manifest cannot be read ({error!r}); restore the archive from an earlier backup, "
            "or ingest the sources into a new one"
        ) from error


@contextmanager
def _new_file(file: Path) -> Iterator[IO[bytes]]:
    """Give a file to write, which gets its name at the end; after an error there is none.

    Raises:
        ArchiveUnavailable: it cannot be written.
    """
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with open(part, "xb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        os.replace(part, file)
        disk.sync(file.parent)
    except OSError as error:
        raise ArchiveUnavailable(
            f"the backup {file} cannot be written: {error.strerror or error}"
        ) from error
    finally:
        # A name that is too long cannot even be removed.
        with suppress(OSError):
            part.unlink()


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ArchiveDamaged(_damaged(path, f"cannot be read ({error})")) from error


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))


def _add_files(
    tar: tarfile.TarFile,
    folder: Path,
    *,
    inside: str,
    files: Mapping[str, tuple[int, str]],
    report: Report,
) -> None:
    """Add the files of a manifest.

    Raises:
        ArchiveDamaged: one is missing, or is not what was published.
    """
    advance = counting(files, report)
    for name, wanted in files.items():
        entry = tarfile.TarInfo(f"{inside}/{name}")
        entry.size = wanted[0]
        try:
            with open(folder / name, "rb") as file:
                watched = Watched(file, advance)
                if os.fstat(file.fileno()).st_size == entry.size:
                    tar.addfile(entry, watched)  # type: ignore[arg-type]  # it only reads
                found = watched.state
        except OSError as error:
            raise ArchiveDamaged(_damaged(folder / name, f"cannot be read ({error})")) from error
        if found != wanted:
            raise ArchiveDamaged(_damaged(folder / name, "has changed since it was written"))


def _damaged(path: Path, what: str) -> str:
    return (
        f"{path} {what}, so no backup was made; run 'dateline doctor --deep', and restore the "
        "archive from an earlier backup or ingest the sources into a new one"
    )
