"""Lets archives be read that cannot be written: each is copied once, not each time it is opened.

The engine opens files for writing even if it only reads. If an archive is on a read-only disk or
belongs to somebody else, its files are copied to the temporary folder, where every process of the
same user opens views of the copy.

    /tmp/dateline-1000/         of the user with this number, whom alone it serves
      lock                      held while a copy is looked for or made
      1f2e3d4c5b6a-0a9b8c7d6e5f/
                                the copy of a generation, named by its archive and its manifest
      views/                    hard links, one set for each reader

There is one copy of an archive. The next generation replaces it, and whoever reads the one before
has links to its files. A copy that nobody opened for a day is removed when another one is opened.
"""

import errno
import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn

from rag.errors import ArchiveUnavailable
from rag.store.directory import disk
from rag.store.directory.engine_files import LOG
from rag.store.directory.views import Views

_UNUSED_SECONDS = 24 * 3600


@contextmanager
def view_of_mirror(shard: Path) -> Iterator[Path]:
    """Give a private view of a copy of a shard; the view is removed at the end, the copy stays.

    Raises:
        FileNotFoundError: the generation was removed meanwhile.
        ArchiveUnavailable: the files cannot be copied, or others could use the copy.
    """
    with ExitStack() as resources:
        with _translated(shard):
            folder = _own_folder()
            views = Views(folder / "views")
            with _locked(folder):
                views.remove_dead()
                mirror = _mirror(shard, folder)
                view = resources.enter_context(views.of(mirror, without_links=_refuse))
        yield view


@contextmanager
def _translated(shard: Path) -> Iterator[None]:
    """Turn what prevents a copy into an ArchiveUnavailable, unless the generation is gone."""
    try:
        yield
    except OSError as error:
        if not shard.exists():
            raise
        raise ArchiveUnavailable(
            f"{shard} cannot be opened where it is, and cannot be copied to the temporary folder: "
            f"{error.strerror}; set TMPDIR to a folder with room for it"
        ) from error


def _refuse(mirror: Path) -> NoReturn:
    raise OSError(errno.EPERM, f"{mirror.parent} has no hard links")


def _own_folder() -> Path:
    """Return the folder of this user's copies.

    Raises:
        ArchiveUnavailable: somebody else could read or change what is in it.
    """
    folder = Path(tempfile.gettempdir(), f"dateline-{os.geteuid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    is_own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
    if not is_own or found.st_mode & 0o077:
        raise ArchiveUnavailable(
            f"{folder} is not a folder that only you can use; remove it, or set TMPDIR to another "
            "folder"
        )
    return folder


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = os.open(folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _mirror(shard: Path, folder: Path) -> Path:
    """Return the copy of a shard, which is made if it is missing or something is missing in it."""
    archive = _name(str(shard.parents[2].resolve()).encode())
    generation = _name((shard.parent / "manifest.json").read_bytes())
    mirror = folder / f"{archive}-{generation}"
    for other in folder.glob("*-*"):
        if other != mirror and (other.name.startswith(archive) or _is_unused(other)):
            shutil.rmtree(other, ignore_errors=True)
    if not _is_whole(mirror, shard):
        shutil.rmtree(mirror, ignore_errors=True)
        _copy(shard, mirror)
    os.utime(mirror)
    return mirror


def _name(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=6).hexdigest()


def _is_unused(mirror: Path) -> bool:
    return time.time() - mirror.stat().st_mtime > _UNUSED_SECONDS


def _is_whole(mirror: Path, shard: Path) -> bool:
    """Say whether a copy has all files; systems delete old files of the temporary folder."""
    return mirror.exists() and _sizes(mirror) == _sizes(shard)


def _sizes(shard: Path) -> dict[Path, int]:
    files = (path for path in shard.rglob("*") if path.is_file() and path.parent.name != LOG)
    return {path.relative_to(shard): path.stat().st_size for path in files}


def _copy(source: Path, mirror: Path) -> None:
    """Copy a shard without its log, which a reader does not need; leave nothing if that fails."""
    scratch = mirror.with_suffix(".copying")
    try:
        for folder, place, names in disk.walk(source, scratch):
            for name in names if place.name != LOG else ():
                disk.copy_sparse(folder / name, place / name)
        scratch.rename(mirror)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
