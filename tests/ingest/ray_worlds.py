"""Ingests on a Ray cluster of this machine: in a program of their own, as people run them.

`python -m tests.ingest.ray_worlds ENGINE SOURCE ARCHIVE` ingests with the hashing embedder, which
takes no time, so that what is compared is everything else. With a fourth argument, each worker
writes its process id into that folder before it embeds, and waits while the folder has a file
`wait`. `python -m tests.ingest.ray_worlds lost` takes a machine out of a cluster.
"""

import os
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.engines import open_engine
from ingest.pool import Ended
from ingest.run import Options, ingest
from rag.settings import load_settings
from rag.store.edge import EdgeBuilder
from rag.store.model import Recipe
from tests.fakes import HashingEmbedder
from tests.ingest.test_pool import misbehaving

WAIT = "wait"
PROCESSES = 2


class WatchedEmbedder(HashingEmbedder):
    """Tells a folder which processes embed, and lets a test hold them."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors, after the folder was told."""
        (self._folder / f"{os.getpid()}.worker").touch()
        while (self._folder / WAIT).exists():
            time.sleep(0.01)
        return super().embed(texts)


def run(engine: str, source: Path, archive: Path, watched: Path | None = None) -> None:
    """Ingest a folder with one of the engines, and print the report's counts."""
    settings = load_settings(archive=str(archive), workers=PROCESSES)
    embedder = HashingEmbedder()
    recipe = Recipe(model=embedder.name, dimension=embedder.dimension, passage_words=150)
    load = partial(WatchedEmbedder, watched) if watched else HashingEmbedder
    with (
        open_engine(engine, settings) as processes,  # type: ignore[arg-type]  # one of its names
        closing(EdgeBuilder(archive, recipe)) as builder,
    ):
        options = Options(
            engine=processes,
            workers=PROCESSES,
            embedding_workers=PROCESSES,
            load_embedder=load,
            confirm=lambda removal: True,
        )
        report = ingest(
            [source], builder=builder, embedder=embedder, passage_words=150, options=options
        )
    print({outcome.value: count for outcome, count in sorted(report.outcomes.items())})


def lose_a_machine() -> None:
    """Print how a task ended whose machine left a cluster of two."""
    from ray.cluster_utils import Cluster

    from ingest.ray_engine import RayEngine

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    machine = cluster.add_node(num_cpus=1)
    try:
        with (
            RayEngine(address=cluster.address, processors=0) as engine,
            engine.pool(misbehaving, workers=1, patience_seconds=600) as pool,
        ):
            events = pool.run(["hang"])
            next(events)
            cluster.remove_node(machine)
            ended = next(events)
            assert isinstance(ended, Ended)
            print((ended.failure, ended.crashed, ended.blameless))
    finally:
        cluster.shutdown()


if __name__ == "__main__":
    name, *places = sys.argv[1:]
    if name == "lost":
        lose_a_machine()
    else:
        run(name, *map(Path, places))
