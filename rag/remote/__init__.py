"""Asks an archive that `dateline serve` serves, with the methods of `Archive`.

    from rag import connect

    with connect("http://127.0.0.1:8600") as archive:
        answer = archive.ask("When did the ceasefire take effect?")

The records are the same, so code moves between a laptop and a server. What an `Archive` does to its
own files, such as `articles` or `damage`, is not here. `archive` has the methods, `bodies` makes
what they send, and `connection` sends it and reads the replies.
"""

from rag.remote.archive import RemoteArchive, connect
from rag.remote.connection import is_dateline

__all__ = ["RemoteArchive", "connect", "is_dateline"]
