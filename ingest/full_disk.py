"""Tell the error of a full disk from others; light to import, as every process does that reads."""

import errno
import sqlite3

_FULL = (errno.ENOSPC, errno.EDQUOT)
_SQLITE_FULL = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")
# What is said of it.
FULL = "the temporary folder is full"


def is_full(error: BaseException) -> bool:
    """Say whether an error is that of a disk without room."""
    if isinstance(error, sqlite3.Error):
        # Python's own errors of the database have no name.
        return str(getattr(error, "sqlite_errorname", "")).startswith(_SQLITE_FULL)
    return isinstance(error, OSError) and error.errno in _FULL
