"""Answers questions from a news archive, with citations that can be checked.

    from rag import Archive

    with Archive.open("my-archive") as archive:
        answer = archive.ask("When did the ceasefire take effect?")

Importing this package does not load torch, transformers, llama_index or qdrant_client. So there is
time to switch off the telemetry of such libraries (`rag.telemetry`). `Archive` is loaded when it is
first named, because the processes of an ingest, which read articles, do without it. `connect` gives
an archive that `dateline serve` serves elsewhere.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from rag.records import Answer, Article, Citation, Hit, TimeWindow
from rag.telemetry import switch_off_telemetry
from rag.version import __version__

if TYPE_CHECKING:
    from rag.archive import Archive
    from rag.remote import connect

__all__ = [
    "Answer",
    "Archive",
    "Article",
    "Citation",
    "Hit",
    "TimeWindow",
    "__version__",
    "connect",
]

_LOADED_LATER = {"Archive": "rag.archive", "connect": "rag.remote"}

switch_off_telemetry()


def __getattr__(name: str) -> object:
    if name not in _LOADED_LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_LOADED_LATER[name]), name)
    globals()[name] = found
    return found
