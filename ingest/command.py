"""`dateline ingest` and `python -m ingest`: run an ingest, print its report, say how it went."""

import argparse
import json
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypedDict, Unpack

from ingest.engines import Engine, EngineName, open_engine
from ingest.exits import FAILURE, SKIPPED, SUCCESS
from ingest.formats.fieldnames import ALIASES
from ingest.interrupts import polite_stop
from ingest.nothing_read import describe_nothing
from ingest.progress import Progress
from ingest.removal import Confirm, refuse
from ingest.removal_question import ask_person
from ingest.report import Report, describe
from ingest.run import Options, ingest
from ingest.scratch import scratch_folder
from rag.errors import SettingsError
from rag.models.embedding import Embedder, OnnxEmbedder, TorchEmbedder, load_embedder
from rag.settings import Settings
from rag.store import exists, open_builder
from rag.store.model import Recipe

# A GPU takes some 2,000 tokens of an article in a few milliseconds, less than a task costs.
_GPU_ARTICLES = 64


def run_ingest(options: argparse.Namespace, settings: Settings) -> int:
    """Ingest `options.sources` into the configured archive and return the exit status.

    0 if everything was taken, 3 if something was skipped, 1 if nothing could be read at all, or if
    a removal was not confirmed.
    """
    if options.confirm_removal is not None and not options.delete_missing:
        raise SettingsError(
            "--confirm-removal confirms what --delete-missing removes; add --delete-missing"
        )
    with polite_stop():
        report = ingest_into(
            settings,
            [Path(source) for source in options.sources],
            engine=options.engine,
            columns=read_columns(options.columns),
            ignore_expiry=options.ignore_expiry,
            pages=options.pages,
            delete_missing=options.delete_missing,
            confirm=_confirming(options.confirm_removal),
            dry_run=options.dry_run,
            progress=Progress.for_stderr(every_seconds=options.progress_seconds),
        )
    if options.json:
        print(json.dumps(report.to_dict(), ensure_ascii=False, indent=2))
    else:
        print(describe(report))
    return _status(report, options.sources)


def _status(report: Report, sources: list[str]) -> int:
    if not report.taken:
        print(f"dateline: {describe_nothing(sources, report)}", file=sys.stderr)
        return FAILURE
    if report.removal.refused and not report.dry_run:
        return FAILURE
    return SKIPPED if report.skipped else SUCCESS


def _confirming(count: int | None) -> Confirm:
    """Return what confirms a removal: the number that was given, else who sits at the terminal."""
    if count is not None:
        return lambda removal: len(removal.articles) <= count
    # A service may have no input at all.
    is_terminal = bool(sys.stdin) and sys.stdin.isatty() and sys.stderr.isatty()
    return ask_person if is_terminal else refuse


class Wanted(TypedDict, total=False):
    """What an ingest may be told; `Options` says what each means."""

    columns: Mapping[str, str]
    ignore_expiry: bool
    pages: bool
    delete_missing: bool
    confirm: Confirm
    dry_run: bool


def ingest_into(
    settings: Settings,
    sources: list[Path],
    *,
    engine: EngineName = "local",
    progress: Progress | None = None,
    **wanted: Unpack[Wanted],
) -> Report:
    """Ingest the sources into the configured archive and return the report.

    Raises:
        SettingsError: the engine is not installed, or has no cluster.
        ArchiveError: the archive is held by another ingest, damaged, or cannot be written.
        ModelError: the embedding model cannot be used.
    """
    options = Options(**wanted)
    if options.dry_run:
        options = replace(options, confirm=refuse)
    if options.dry_run and not exists(settings):
        # To hold an archive for writing makes its folder; a dry run leaves none behind.
        with scratch_folder() as scratch:
            elsewhere = settings.model_copy(update={"archive": str(Path(scratch, "archive"))})
            return _ingest(elsewhere, sources, options, progress, engine)
    return _ingest(settings, sources, options, progress, engine)


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
    options: Options,
    progress: Progress | None,
    engine: EngineName,
) -> Report:
    embedder = load_embedder(settings)
    options = replace(
        options,
        record_seconds=settings.record_seconds,
        max_file_bytes=settings.max_file_mb * 1_000_000,
    )
    with (
        open_engine(engine, settings) as processes,
        closing(open_builder(settings, read_recipe(settings, embedder))) as builder,
    ):
        return ingest(
            sources,
            builder=builder,
            embedder=embedder,
            passage_words=settings.passage_words,
            options=with_processes(options, settings, embedder, processes),
            progress=progress,
        )


def read_recipe(settings: Settings, embedder: Embedder) -> Recipe:
    """Return how the settings make an archive."""
    return Recipe(
        model=embedder.name,
        dimension=embedder.dimension,
        passage_words=settings.passage_words,
    )


def with_processes(
    options: Options, settings: Settings, embedder: Embedder, engine: Engine
) -> Options:
    """Return the options of a run with as many processes of an engine as the settings say."""
    workers = settings.workers or engine.processors
    # No worker needs a key, and one of another machine should not have it.
    own = settings.model_copy(update={"qdrant_api_key": None, "llm_api_key": None})
    if isinstance(embedder, OnnxEmbedder):
        # Two processes of one thread embed a quarter more than one of two threads.
        own = own.model_copy(update={"threads": 1})
        embedding_workers, gpus = workers, 0
    else:
        gpus = 0 if settings.embedding_device == "cpu" else engine.gpus
        embedding_workers = gpus or engine.torch_workers(workers)
    is_fast = bool(gpus) or (isinstance(embedder, TorchEmbedder) and embedder.is_on_gpu)
    return replace(
        options,
        engine=engine,
        workers=workers,
        embedding_workers=embedding_workers,
        embedding_gpus=min(gpus, 1),
        articles_each=_GPU_ARTICLES if is_fast else options.articles_each,
        load_embedder=partial(load_embedder, own),
    )
