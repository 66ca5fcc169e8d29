"""Make a backup of an archive, restore one, copy one, and say in words how it went."""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.exits import SUCCESS
from ingest.interrupts import polite_stop
from ingest.progress import Progress, Step
from rag import __version__
from rag.addresses import is_server
from rag.errors import SettingsError
from rag.settings import Settings, load_with_options
from rag.store import back_up, copy, restore
from ui.opening import require_own
from ui.terminal import to_json

if TYPE_CHECKING:
    from rag.store.directory.backup import Report


def run_backup(options: argparse.Namespace, settings: Settings) -> int:
    """Write the archive into the file that the options name, and return the exit status."""
    file = Path(options.file)
    with polite_stop(), _shown("backing up") as report:
        made = back_up(settings, file, version=__version__, replace=options.replace, report=report)
    size = file.stat().st_size
    if options.json:
        print(to_json(asdict(made) | {"file": str(file), "file_size": size}))
    else:
        print(f"{made.articles:,} articles in {made.passages:,} passages")
        print(
            f"{file} has {_megabytes(size)}; the archive takes {_megabytes(made.disk_size)} on the "
            "disk"
        )
    return SUCCESS


def run_restore(options: argparse.Namespace, settings: Settings) -> int:
    """Make an archive of the file that the options name, and return the exit status."""
    file = Path(options.file)
    with polite_stop(), _shown("restoring") as report:
        made = restore(settings, file, version=__version__, replace=options.replace, report=report)
    if options.json:
        print(to_json(asdict(made) | {"archive": settings.archive}))
    else:
        print(
            f"{settings.archive} holds {made.articles:,} articles in {made.passages:,} passages, "
            f"as on {made.made[:10]}, when Dateline {made.dateline} wrote the backup"
        )
    return SUCCESS


def run_copy(options: argparse.Namespace, settings: Settings) -> int:
    """Copy an archive to the place that the options name, and return the exit status."""
    if options.to_collection and not is_server(options.target):
        raise SettingsError(
            f"--to-collection names an archive on a server, and {options.target} is a folder; "
            "leave it out"
        )
    target = load_with_options(
        {"archive": options.target, "collection": options.to_collection},
        options={"collection": "--to-collection"},
    )
    require_own(target, "copy")
    with polite_stop(), _shown("copying", "points") as report:
        made = copy(settings, target, replace=options.replace, report=report)
    if options.json:
        print(to_json(asdict(made) | {"archive": target.archive}))
        return SUCCESS
    print(
        f"{target.archive} holds {made.articles:,} articles in {made.passages:,} passages, as "
        f"{settings.archive} does; {made.written:,} of {made.points:,} points were written, "
        f"{made.removed:,} removed, and all read again"
    )
    if made.newer:
        print(
            f"{settings.archive} serves something newer meanwhile; run the same command with "
            "--replace to copy what has changed"
        )
    return SUCCESS


@contextmanager
def _shown(name: str, unit: str = "B") -> Iterator["Report"]:
    """Give what is called with how much is done and how much there is, and shows it."""
    progress = Progress.for_stderr()
    step: Step | None = None
    before = 0
    with ExitStack() as steps:

        def report(done: int, total: int) -> None:
            nonlocal step, before
            if step is None:
                step = steps.enter_context(progress.step(name, total, unit))
            step.advance(done - before)
            before = done

        yield report


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
