"""Choose where the processes of an ingest run: on this machine, or on a Ray cluster.

An engine does two things for a run: it makes pools of workers, and it lets them read one large
array. Everything else, above all each decision about what is written, is done by the run itself,
so that all engines make the same archive. `ray_engine` has the engine for a cluster.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Generic, Literal, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from ingest.pool import Ended, Gave, Given, Maker, Pool, Task
from rag.errors import SettingsError
from rag.settings import Settings

EngineName = Literal["local", "ray"]
ENGINES: tuple[EngineName, ...] = ("local", "ray")

# Called in a worker, it returns the array that was shared.
Shared = Callable[[], NDArray[np.uint64]]


class Workers(Protocol, Generic[Task, Given]):
    """Processes that work on tasks, as `Pool` describes them; a context manager."""

    def add(self, task: Task) -> None:
        """Work on one more task while `run` goes on, before those that wait."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Gave[Task, Given] | Ended[Task]]:
        """Yield what the tasks give, as it comes, and the end of each."""

    def __enter__(self) -> Self:
        """Return itself."""

    def __exit__(self, *_: object) -> None:
        """End all processes, whatever they are doing."""


class Engine(Protocol):
    """Where the processes of a run are."""

    @property
    def processors(self) -> int:
        """How many processors there are for workers."""

    @property
    def gpus(self) -> int:
        """How many GPUs can be given to workers; 0 if a process finds one by itself."""

    def torch_workers(self, workers: int) -> int:
        """Return how many of so many workers should hold a model that runs on torch."""

    def share(self, array: NDArray[np.uint64], folder: Path) -> Shared:
        """Return what gives a worker the array; `folder` is empty, and there during the run."""

    def pool(
        self,
        make: Maker[Given],
        *,
        workers: int,
        patience_seconds: float,
        message: Callable[[Task], Any] = lambda task: task,
        gpus: int = 0,
        tasks_each: int = 1,
    ) -> Workers[Task, Given]:
        """Return up to so many workers; with 0, the tasks are done in this process.

        Each has so many GPUs, and may have so many tasks, of which all but one wait.
        """


class LocalEngine:
    """Processes on this machine, the reference for all other engines."""

    gpus = 0

    @property
    def processors(self) -> int:
        """How many processors there are."""
        return os.cpu_count() or 1

    def torch_workers(self, workers: int) -> int:  # noqa: ARG002
        """Return 1, because torch uses all processors, and perhaps a GPU, by itself."""
        return 1

    def share(self, array: NDArray[np.uint64], folder: Path) -> Shared:
        """Write the array to a file, which the processes map."""
        path = folder / "shared.npy"
        np.save(path, array)
        return partial(np.load, path, mmap_mode="r")

    def pool(
        self,
        make: Maker[Given],
        *,
        workers: int,
        patience_seconds: float,
        message: Callable[[Task], Any] = lambda task: task,
        gpus: int = 0,  # noqa: ARG002  a process finds the GPU of this machine by itself
        tasks_each: int = 1,  # noqa: ARG002  no task takes long to arrive
    ) -> Workers[Task, Given]:
        """Return processes of `python -m ingest.pool`."""
        return Pool(make, workers=workers, patience_seconds=patience_seconds, message=message)

    def __enter__(self) -> Self:
        """Return itself: there is nothing to start."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""


def open_engine(name: EngineName, settings: Settings) -> Any:
    """Return an engine, a context manager that gives it.

    Raises:
        SettingsError: the engine is not installed.
    """
    if name == "local":
        return LocalEngine()
    try:
        from ingest.ray_engine import RayEngine
    except ModuleNotFoundError as error:
        if error.name != "ray":
            raise
        raise SettingsError(
            "--engine ray needs Ray, which is not installed; run \"pip install '.[ray]'\" in "
            "Dateline's repository, or leave --engine out to use the processors of this machine"
        ) from error
    return RayEngine(address=settings.ray_address, processors=settings.workers)
