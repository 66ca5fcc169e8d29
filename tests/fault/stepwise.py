"""Runs an ingest that kills itself before its n-th step; `test_kill.py` runs this as a program.

A step is anything that changes the files of the archive: a call of the engine, a rename, a durable
write. All sizes are small, so that each kind of step occurs: batches, merges, copies, two
generations.

    python -m tests.fault.stepwise SOURCE ARCHIVE STEP    step 0 counts and prints them
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from ingest import intake, run, vector_pass
from ingest.run import Options, ingest
from rag.store.directory import disk
from rag.store.edge import EdgeBuilder
from rag.store.edge import builder as edge_builder
from rag.store.edge.shard import Shard
from rag.store.model import Recipe
from tests.fakes import HashingEmbedder

_count = 0


def main() -> None:
    source, archive, fatal = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    _make_small()
    count_steps(fatal)
    embedder = HashingEmbedder()
    recipe = Recipe(model=embedder.name, dimension=embedder.dimension, passage_words=20)
    with closing(EdgeBuilder(archive, recipe)) as builder:
        ingest(
            [source],
            builder=builder,
            embedder=embedder,
            passage_words=20,
            options=Options(delete_missing=True, confirm=lambda removal: True),
        )
    print(counted_steps())


def counted_steps() -> int:
    """Return how many steps there were so far."""
    return _count


def count_steps(fatal: int) -> None:
    """Count the steps from now on, and end the process before the `fatal` one."""
    for name in ("create", "update", "settle", "compact", "close"):
        _count_calls(Shard, name, fatal)
    for name in ("write_durably", "sync", "copy_tree"):
        _count_calls(disk, name, fatal)
    for name in ("rename", "replace"):
        _count_calls(os, name, fatal)


def _make_small() -> None:
    intake._BATCH_ARTICLES = 8
    vector_pass._BATCH_ARTICLES = 6
    run._WORTH_SERVING_WORDS = 5
    edge_builder._COMPACT_PASSAGES = 30


def _count_calls(owner: Any, name: str, fatal: int) -> None:
    original: Callable[..., Any] = getattr(owner, name)

    def counted(*args: Any, **kwargs: Any) -> Any:
        global _count  # noqa: PLW0603  the one number of this program
        _count += 1
        if _count == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **kwargs)

    is_static = isinstance(owner, type) and isinstance(vars(owner)[name], staticmethod)
    setattr(owner, name, staticmethod(counted) if is_static else counted)


if __name__ == "__main__":
    main()
