"""Tests that a process that crashes while it embeds costs its work alone, up to a point."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ingest.engines import LocalEngine, Workers
from ingest.pool import CRASHED, Ended, Gave
from rag.errors import ModelError
from tests.fakes import HashingEmbedder
from tests.ingest.inboxes import CountingEmbedder, articles_in, counts, run, stored, write

# More than are embedded without processes.
ARTICLES = [{"id": f"a{n}", "text": f"It rained {n} times. It stopped."} for n in range(20)]


def crash_times(folder: Path, times: int) -> HashingEmbedder:
    """Return an embedder, in the process that loads it; so many processes end instead."""
    for number in range(times):
        with suppress(FileExistsError):
            (folder / f"crash-{number}").touch(exist_ok=False)
            os._exit(3)
    return HashingEmbedder()


def test_a_process_that_crashes_is_replaced_and_its_articles_are_embedded(
    inbox: Path, tmp_path: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, *ARTICLES)
    load = partial(crash_times, tmp_path, 2)
    report = run(inbox, embedder, embedding_workers=1, load_embedder=load)
    assert (report.embedded, report.embedded_sentences) == (20, 40)


def test_articles_that_crash_each_process_end_the_run_which_the_next_one_continues(
    inbox: Path, tmp_path: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, *ARTICLES)
    load = partial(crash_times, tmp_path, 3)
    with pytest.raises(ModelError, match="embedding failed: the process that worked on it crashed"):
        run(inbox, embedder, embedding_workers=1, load_embedder=load)
    assert run(inbox, embedder, embedding_workers=1, load_embedder=load).embedded == 20


# -- machines that are lost -----------------------------------------------------------------------


@dataclass
class Losing:
    """Workers of which each loses its machine once in the middle of every task."""

    workers: Workers[Any, Any]

    def run(self, tasks: Iterable[Any]) -> Iterator[Gave[Any, Any] | Ended[Any]]:
        lost: list[Any] = []
        for event in self.workers.run(tasks):
            if isinstance(event, Ended) and len(lost) < 10:
                lost.append(event.task)
                yield Ended(event.task, failure=CRASHED, crashed=True, blameless=True)
            else:
                yield event

    def add(self, task: Any) -> None:
        self.workers.add(task)

    def __enter__(self) -> "Losing":
        self.workers.__enter__()
        return self

    def __exit__(self, *raised: Any) -> None:
        self.workers.__exit__(*raised)


class LosingEngine(LocalEngine):
    """An engine on machines that do not last."""

    def pool(self, make: Any, **options: Any) -> Any:
        return Losing(super().pool(make, **options))


def test_machines_that_are_lost_cost_nothing_however_many(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, *ARTICLES)
    report = run(
        inbox,
        embedder,
        engine=LosingEngine(),
        workers=1,
        embedding_workers=1,
        load_embedder=HashingEmbedder,
    )
    assert (counts(report), report.skipped, report.embedded) == ({"new": 20}, (), 20)
    run(inbox, embedder, "undisturbed")
    assert stored(inbox) == stored(inbox, "undisturbed")
    assert articles_in(inbox) == articles_in(inbox, "undisturbed")
