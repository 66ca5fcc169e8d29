"""Answers questions from a news archive, with citations that can be checked.

    from rag import Archive

    with Archive.open("my-archive") as archive:
        answer = archive.ask("When did the ceasefire take effect?")

Importing this package does not load torch, transformers, llama_index or qdrant_client. So there is
time to switch off the telemetry of such libraries (`rag.telemetry`).
"""

from rag.archive import Archive
from rag.records import Answer, Article, Citation, Hit, TimeWindow
from rag.telemetry import switch_off_telemetry
from rag.version import __version__

__all__ = ["Answer", "Archive", "Article", "Citation", "Hit", "TimeWindow", "__version__"]

switch_off_telemetry()
