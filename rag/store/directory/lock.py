"""Locks an archive directory, so that only one ingest writes to it; a kill releases the lock."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.errors import ArchiveBusy


def open_lock(root: Path) -> int:
    """Return the descriptor of an archive's lock, which is made on first use and not held yet."""
    return os.open(root / "lock", os.O_CREAT | os.O_RDWR, 0o666)


def holder(root: Path) -> str:
    """Return what holds an archive's lock, "process 12 on host"; empty if nothing does."""
    try:
        lock = os.open(root / "lock", os.O_RDONLY)
    except OSError:
        return ""
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return _named(lock)
    finally:
        os.close(lock)
    return ""


def _named(lock: int) -> str:
    return os.pread(lock, 200, 0).decode("utf-8", "replace") or "another process"


@contextmanager
def held(lock: int, root: Path) -> Iterator[None]:
    """Hold a lock with this process named in it, and release and close it at the end.

    Raises:
        ArchiveBusy: another process holds it; the message names it.
    """
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        by = _named(lock)
        os.close(lock)
        raise ArchiveBusy(
            f"{root} is being written by {by}; wait until it ends, or stop it and run "
            "this again; it continues where that one stopped"
        ) from error
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"process {os.getpid()} on {socket.gethostname()}".encode(), 0)
    try:
        yield
    finally:
        os.ftruncate(lock, 0)
        os.close(lock)
