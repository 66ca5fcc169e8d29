"""`dateline ingest` and `python -m ingest`: run an ingest, print its report, say how it went."""

import argparse
import json
import sys
from pathlib import Path

from ingest.exits import FAILURE, SKIPPED, SUCCESS
from ingest.run import Report, describe, ingest
from rag.embedding import load_embedder
from rag.settings import Settings
from rag.store import open_builder
from rag.store.model import Recipe


def run_ingest(options: argparse.Namespace, settings: Settings) -> int:
    """Ingest `options.sources` into the configured archive and return the exit status.

    0 if everything was taken, 3 if something was skipped, 1 if nothing could be read at all.
    """
    report = ingest_into(settings, [Path(source) for source in options.sources])
    if options.json:
        print(json.dumps(report.to_dict(), ensure_ascii=False, indent=2))
    else:
        print(describe(report))
    if not report.skipped:
        return SUCCESS
    return SKIPPED if report.records > len(report.skipped) else FAILURE


def ingest_into(settings: Settings, sources: list[Path]) -> Report:
    """Ingest the sources into the configured archive and return the report.

    Raises:
        ArchiveError: the archive is held by another ingest, damaged, or cannot be written.
        ModelError: the embedding model cannot be used.
    """
    embedder = load_embedder(settings)
    recipe = Recipe(
        model=embedder.name,
        dimension=embedder.dimension,
        passage_words=settings.passage_words,
    )
    builder = open_builder(settings, recipe)
    try:
        return ingest(
            sources,
            builder=builder,
            embedder=embedder,
            passage_words=settings.passage_words,
            show_progress=sys.stderr.isatty(),
        )
    finally:
        builder.close()
