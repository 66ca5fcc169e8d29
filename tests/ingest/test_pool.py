"""Tests tasks in processes; these import what they run, so it is defined in this module."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from ingest.pool import Ended, Gave, Pool

# Longer than a process takes to start, which counts as silence too.
PATIENCE_SECONDS = 5.0
CRASHED = "the process that worked on it crashed"


def counting() -> Callable[[int], Iterator[int]]:
    return lambda task: iter(range(task))


def identifying() -> Callable[[str], Iterator[int]]:
    return identify


def identify(task: str) -> Iterator[int]:
    yield os.getpid()
    if task == "hang":
        signal.pause()


def misbehaving() -> Callable[[str], Iterator[str]]:
    return misbehave


def misbehave(task: str) -> Iterator[str]:
    yield f"{task} begun"
    if task == "crash":
        os._exit(3)
    elif task == "hang":
        signal.pause()
    elif task == "memory":
        raise MemoryError
    elif task == "deep":
        raise RecursionError
    elif task == "error":
        raise ValueError("wrong")
    yield f"{task} ended"


def taking_turns(folder: Path) -> Callable[[str], Iterator[str]]:
    return partial(take_turns, folder)


def take_turns(folder: Path, task: str) -> Iterator[str]:
    if task == "second":
        wait_for(folder / "first was taken")
    yield task
    (folder / f"{task} gave").touch()


def wait_for(path: Path) -> None:
    while not path.exists():
        time.sleep(0.01)


def misbehaving_pool(workers: int, patience_seconds: float = 60) -> Pool[str, str]:
    return Pool(misbehaving, workers=workers, patience_seconds=patience_seconds)


def identifying_pool(workers: int) -> Pool[str, int]:
    return Pool(identifying, workers=workers, patience_seconds=60)


def events(pool: Pool[str, str], *tasks: str) -> list[tuple[str, str]]:
    """Return each event as its task and what it says, the end of a whole task as "done"."""
    return [
        (event.task, event.value if isinstance(event, Gave) else event.failure or "done")
        for event in pool.run(tasks)
    ]


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("workers", [0, 1, 3])
def test_all_that_tasks_give_comes_in_its_order_and_then_their_end(workers: int) -> None:
    given: dict[int, list[object]] = {}
    counters: Pool[int, int] = Pool(counting, workers=workers, patience_seconds=60)
    with counters as pool:
        for event in pool.run([2, 0, 3, 1]):
            value = event.value if isinstance(event, Gave) else event
            given.setdefault(event.task, []).append(value)
    assert given == {n: [*range(n), Ended(n)] for n in (2, 0, 3, 1)}


def test_without_workers_it_is_done_here() -> None:
    with identifying_pool(0) as pool:
        assert list(pool.run(["one"])) == [Gave("one", os.getpid()), Ended("one")]


def test_a_worker_is_no_process_of_ours_and_does_the_next_task_too() -> None:
    with identifying_pool(1) as pool:
        processes = {e.value for e in pool.run(["one", "two"]) if isinstance(e, Gave)}
    assert len(processes) == 1
    assert os.getpid() not in processes


def test_a_worker_is_sent_the_message_of_a_task_and_the_task_is_what_comes_back() -> None:
    pool: Pool[str, int] = Pool(counting, workers=1, patience_seconds=60, message=len)
    with pool:
        assert list(pool.run(["ab", ""])) == [Gave("ab", 0), Gave("ab", 1), Ended("ab"), Ended("")]


@pytest.mark.parametrize(
    ("task", "failure"),
    [
        ("crash", CRASHED),
        ("error", "an error of Dateline's own came up: ValueError('wrong')"),
        ("memory", "there was not enough memory for it"),
        ("deep", "it is nested too deep"),
    ],
)
def test_a_failure_costs_its_own_task_and_no_other(task: str, failure: str) -> None:
    with misbehaving_pool(1) as pool:
        seen = events(pool, "before", task, "after")
    assert [pair for pair in seen if pair[0] == task] == [(task, f"{task} begun"), (task, failure)]
    for other in ("before", "after"):
        assert [text for name, text in seen if name == other][1:] == [f"{other} ended", "done"]


def test_a_task_that_is_added_while_others_wait_is_worked_on_next() -> None:
    with misbehaving_pool(1) as pool:
        seen: list[str] = []
        for event in pool.run(["crash", "after"]):
            if isinstance(event, Ended):
                seen.append(event.task)
                if event.failure:
                    pool.add("again")
    assert seen == ["crash", "again", "after"]


def test_a_task_that_falls_silent_is_given_up_and_the_next_works() -> None:
    with misbehaving_pool(1, PATIENCE_SECONDS) as pool:
        seen = events(pool, "hang", "after")
    assert seen[:2] == [("hang", "hang begun"), ("hang", "it gave nothing for 5 seconds")]
    assert seen[2:] == [("after", "after begun"), ("after", "after ended"), ("after", "done")]


def test_a_failure_beside_other_workers_is_that_of_its_task() -> None:
    with misbehaving_pool(2) as pool:
        ends = dict(events(pool, "one", "crash", "two", "memory", "three"))
    assert [ends[name] for name in ("one", "two", "three")] == ["done"] * 3
    assert (ends["crash"], ends["memory"]) == (CRASHED, "there was not enough memory for it")


def test_workers_are_gone_when_the_pool_is_left() -> None:
    with identifying_pool(2) as pool:
        processes = {e.value for e in pool.run("abcd") if isinstance(e, Gave)}
        assert all(is_running(process) for process in processes)
    assert not any(is_running(process) for process in processes)


def test_a_worker_in_the_middle_of_a_task_is_gone_too() -> None:
    with identifying_pool(1) as pool:
        first = next(pool.run(["hang"]))
        assert isinstance(first, Gave)
        assert is_running(first.value)
    assert not is_running(first.value)


def test_a_worker_imports_little_before_its_first_task() -> None:
    program = "import sys, ingest.pool; print([m for m in ('rag', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def test_time_that_the_caller_takes_is_no_silence_of_a_worker(tmp_path: Path) -> None:
    make = partial(taking_turns, tmp_path)
    turns: Pool[str, str] = Pool(make, workers=2, patience_seconds=PATIENCE_SECONDS)
    with turns as pool:
        running = pool.run(["first", "second"])
        seen = [next(running)]
        (tmp_path / "first was taken").touch()
        wait_for(tmp_path / "second gave")
        busy_until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < busy_until:
            time.sleep(0.01)
        seen += running
    assert Gave("second", "second") in seen
