"""Give a run its temporary folder, and remove those that killed runs left.

A run holds a lock in its folder, which ends with its process; a folder whose lock is free is left.
"""

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ingest.full_disk import FULL, is_full
from rag.errors import ScratchUnavailable

_PREFIX, _LOCK = "dateline-run-", "lock"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give an empty folder, removed at the end.

    Raises:
        ScratchUnavailable: there is no room for temporary files, now or at any time within.
    """
    try:
        place = tempfile.gettempdir()
    except OSError as error:
        raise unavailable(str(error)) from error
    try:
        _remove_leftovers(Path(place))
        with (
            tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder,
            closing(_Lock(Path(folder, _LOCK))),
        ):
            yield Path(folder)
    except (OSError, sqlite3.Error) as error:
        if not is_full(error):
            raise
        raise unavailable(place) from error


def unavailable(place: str) -> ScratchUnavailable:
    """Return the error of a place for temporary files that has no room."""
    return ScratchUnavailable(
        f"{FULL}: {place}; free some room in it, or set TMPDIR to a folder on a larger disk, and "
        "run the same command again; it continues where it stopped"
    )


class _Lock:
    """A lock on a file, held until it is closed or the process ends."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._descriptor)
            raise

    def close(self) -> None:
        os.close(self._descriptor)


def _remove_leftovers(place: Path) -> None:
    """Remove the folders of runs that were killed; one that has no lock yet is being made."""
    for folder in place.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if not (folder / _LOCK).is_file() or folder.is_symlink():
                continue
            with closing(_Lock(folder / _LOCK)):
                shutil.rmtree(folder, ignore_errors=True)
