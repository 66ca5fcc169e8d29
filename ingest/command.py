"""`dateline ingest` and `python -m ingest`: run an ingest, print its report, say how it went."""

import argparse
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from ingest.exits import FAILURE, SKIPPED, SUCCESS
from ingest.formats.fieldnames import ALIASES
from ingest.interrupts import polite_stop
from ingest.progress import Progress
from ingest.report import Report, describe
from ingest.run import Options, ingest
from rag.errors import SettingsError
from rag.models.embedding import Embedder, OnnxEmbedder, load_embedder
from rag.settings import Settings
from rag.store import exists, open_builder
from rag.store.model import Recipe


def run_ingest(options: argparse.Namespace, settings: Settings) -> int:
    """Ingest `options.sources` into the configured archive and return the exit status.

    0 if everything was taken, 3 if something was skipped, 1 if nothing could be read at all.
    """
    with polite_stop():
        report = ingest_into(
            settings,
            [Path(source) for source in options.sources],
            columns=read_columns(options.columns),
            pages=options.pages,
            delete_missing=options.delete_missing,
            dry_run=options.dry_run,
            progress=Progress.for_stderr(),
        )
    if options.json:
        print(json.dumps(report.to_dict(), ensure_ascii=False, indent=2))
    else:
        print(describe(report))
    if not report.skipped:
        return SUCCESS
    return SKIPPED if report.records > len(report.skipped) else FAILURE


def ingest_into(
    settings: Settings,
    sources: list[Path],
    *,
    columns: Mapping[str, str] | None = None,
    pages: bool = False,
    delete_missing: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Ingest the sources into the configured archive and return the report.

    Raises:
        ArchiveError: the archive is held by another ingest, damaged, or cannot be written.
        ModelError: the embedding model cannot be used.
    """
    if dry_run and not exists(settings):
        # To hold an archive for writing makes its folder; a dry run leaves none behind.
        with tempfile.TemporaryDirectory(prefix="dateline-") as scratch:
            elsewhere = settings.model_copy(update={"archive": scratch})
            return _ingest(
                elsewhere, sources, columns, Options(pages=pages, dry_run=True), progress
            )
    options = Options(pages=pages, delete_missing=delete_missing, dry_run=dry_run)
    return _ingest(settings, sources, columns, options, progress)


def read_columns(text: str) -> dict[str, str]:
    """Return the column of each field that `field=column,field=column` names.

    Raises:
        SettingsError: a part is no such pair, or there is no such field.
    """
    columns: dict[str, str] = {}
    for part in filter(None, text.split(",")):
        field, equals, column = (piece.strip() for piece in part.partition("="))
        if not equals or not column:
            raise SettingsError(f"--columns has {part!r}; write FIELD=COLUMN, such as text=story")
        if field not in ALIASES:
            known = ", ".join(sorted(ALIASES))
            raise SettingsError(
                f"--columns names an unknown field {field!r}; the fields are {known}"
            )
        columns[field] = column
    return columns


def _ingest(
    settings: Settings,
    sources: list[Path],
    columns: Mapping[str, str] | None,
    options: Options,
    progress: Progress | None,
) -> Report:
    embedder = load_embedder(settings)
    options = replace(
        with_processes(options, settings, embedder),
        record_seconds=settings.record_seconds,
        max_file_bytes=settings.max_file_mb * 1_000_000,
        columns=columns or {},
    )
    builder = open_builder(settings, read_recipe(settings, embedder))
    try:
        return ingest(
            sources,
            builder=builder,
            embedder=embedder,
            passage_words=settings.passage_words,
            options=options,
            progress=progress,
        )
    finally:
        builder.close()


def read_recipe(settings: Settings, embedder: Embedder) -> Recipe:
    """Return how the settings make an archive."""
    return Recipe(
        model=embedder.name,
        dimension=embedder.dimension,
        passage_words=settings.passage_words,
    )


def with_processes(options: Options, settings: Settings, embedder: Embedder) -> Options:
    """Return the options of a run with as many processes as the settings say."""
    workers = settings.workers or os.cpu_count() or 1
    # One thread each: two processes of one thread embed a quarter more than one of two threads.
    # Torch has threads, and perhaps a device, of its own, so one process is enough for it.
    single = settings.model_copy(update={"threads": 1})
    is_onnx = isinstance(embedder, OnnxEmbedder)
    return replace(
        options,
        workers=workers,
        embedding_workers=workers if is_onnx else 1,
        load_embedder=partial(load_embedder, single if is_onnx else settings),
    )
