"""Tests that a Ray cluster makes the archive that local processes make, whatever dies meanwhile."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from bench.made_up import Shares, make_records
from ingest.pool import Ended, Gave
from ingest.sample import sample_path
from rag.store.conditions import of_kinds
from rag.store.edge import EdgeStore
from rag.store.edge.points import payload_of
from rag.store.model import ARTICLE, PASSAGE, SENTENCES, WITHDRAWN
from tests.ingest.ray_worlds import PROCESSES, WAIT
from tests.ingest.test_pool import CRASHED, counting, identifying, misbehaving

pytest.importorskip("ray", reason="the extra 'ray' is not installed")
from ingest.ray_engine import RayEngine

pytestmark = pytest.mark.scale
ROOT = Path(__file__).parents[2]
ARTICLES = 2_000
FILES = 5
SECONDS = 600
# A vector that was computed elsewhere, in an order of its own, differs by so much at most.
TOLERANCE = 1e-5


def program(engine: str, *places: Path) -> list[str]:
    return [sys.executable, "-m", "tests.ingest.ray_worlds", engine, *map(str, places)]


def made_by(engine: str, *places: Path) -> str:
    done = subprocess.run(program(engine, *places), cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


Points = dict[str, tuple[str, dict[str, np.ndarray]]]


def points(archive: Path) -> Points:
    """Return every point's payload and vectors."""
    store = EdgeStore(archive)
    try:
        kinds = of_kinds(ARTICLE, PASSAGE, WITHDRAWN)
        found = store.shard.scroll(kinds, vectors=[SENTENCES, "dense"])
        return {
            str(record.id): (
                json.dumps(payload_of(record), sort_keys=True),
                {name: np.asarray(v) for name, v in (record.vector or {}).items()},
            )
            for record in found
        }
    finally:
        store.close()


def kinds(archive: Path) -> list[str]:
    """Return the kind of each point, as JSON."""
    return [json.dumps(json.loads(payload)["kind"]) for payload, _ in points(archive).values()]


def assert_equal(archive: Path, wanted: Path) -> None:
    ours, theirs = points(archive), points(wanted)
    assert ours.keys() == theirs.keys()
    for point, (payload, vectors) in ours.items():
        assert payload == theirs[point][0]
        assert vectors.keys() == theirs[point][1].keys()
        for name, vector in vectors.items():
            assert np.allclose(vector, theirs[point][1][name], atol=TOLERANCE)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up articles with versions, copies and repetitions, across files."""
    folder = tmp_path_factory.mktemp("made-up") / "in"
    folder.mkdir()
    records = list(make_records(ARTICLES, shares=Shares(), shorter=0.1))
    for number in range(FILES):
        text = "".join(json.dumps(record) + "\n" for record in records[number::FILES])
        (folder / f"{number}.jsonl").write_text(text)
    return folder


@pytest.fixture(scope="module")
def local(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive that the local engine makes."""
    archive = tmp_path_factory.mktemp("local") / "archive"
    made_by("local", source, archive)
    return archive


@pytest.fixture(scope="module")
def engine() -> Iterator[RayEngine]:
    """A cluster of this machine."""
    with RayEngine(address="local", processors=PROCESSES) as started:
        yield started


# -- the pool ---------------------------------------------------------------------------------


def test_all_that_tasks_give_comes_in_its_order_and_then_their_end(engine: RayEngine) -> None:
    given: dict[int, list[object]] = {}
    with engine.pool(counting, workers=2, patience_seconds=60, tasks_each=2) as pool:
        for event in pool.run([2, 0, 30, 1]):
            value = event.value if isinstance(event, Gave) else event
            given.setdefault(event.task, []).append(value)
    assert given == {n: [*range(n), Ended(n)] for n in (2, 0, 30, 1)}


@pytest.mark.parametrize(
    ("task", "failure"),
    [("crash", CRASHED), ("memory", "there was not enough memory for it"), ("hang", "it gave")],
)
def test_a_failure_costs_its_own_task_and_no_other(
    engine: RayEngine, task: str, failure: str
) -> None:
    with engine.pool(misbehaving, workers=1, patience_seconds=3, tasks_each=2) as pool:
        ends = {event.task: event for event in pool.run(["one", task, "two"]) if is_end(event)}
    assert (ends["one"].failure, ends["two"].failure) == ("", "")
    assert ends[task].failure.startswith(failure)
    assert ends[task].crashed == (task == "crash")


def is_end(event: object) -> bool:
    return isinstance(event, Ended)


def test_an_actor_is_a_process_of_its_own(engine: RayEngine) -> None:
    with engine.pool(identifying, workers=2, patience_seconds=60) as pool:
        found = {event.value for event in pool.run(["one", "two"]) if isinstance(event, Gave)}
    assert os.getpid() not in found


def test_an_array_is_shared_by_the_store_of_the_cluster(engine: RayEngine, tmp_path: Path) -> None:
    array = np.arange(1000, dtype=np.uint64)
    assert (engine.share(array, tmp_path)() == array).all()
    assert not list(tmp_path.iterdir())


def test_a_task_whose_machine_is_lost_is_blameless() -> None:
    # In a process of its own, because this one is in another cluster.
    done = subprocess.run(program("lost"), cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == repr((CRASHED, True, True))


# -- archives ---------------------------------------------------------------------------------


def test_both_engines_make_the_same_archive(source: Path, local: Path, tmp_path: Path) -> None:
    made_by("ray", source, tmp_path / "archive")
    assert_equal(tmp_path / "archive", local)
    assert sum(kind == '"article"' for kind in kinds(local)) > ARTICLES


def test_the_command_makes_the_same_archive_and_report_of_the_sample(tmp_path: Path) -> None:
    reports = {}
    for name in ("local", "ray"):
        places = [str(sample_path()), "--archive", str(tmp_path / name)]
        command = [sys.executable, "-m", "ingest", *places, "--engine", name, "--json"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        reports[name] = json.loads(done.stdout)
        assert reports[name].pop("seconds").keys() == {"read", "searchable", "complete"}
    assert reports["ray"] == reports["local"]
    assert reports["ray"]["embedded"] == reports["ray"]["articles"] > 0
    assert_equal(tmp_path / "ray", tmp_path / "local")
    again = subprocess.run([*command, "--dry-run"], cwd=ROOT, capture_output=True, text=True)
    assert json.loads(again.stdout)["unread"] == 1


@pytest.mark.fault
def test_an_actor_that_is_killed_costs_nothing(source: Path, local: Path, tmp_path: Path) -> None:
    watched = held(tmp_path)
    with start("ray", source, tmp_path / "archive", watched) as process:
        worker = one_worker(watched, process)
        os.kill(worker, signal.SIGKILL)
        (watched / WAIT).unlink()
        assert process.wait(SECONDS) == 0
    assert len(list(watched.glob("*.worker"))) > PROCESSES - 1
    assert_equal(tmp_path / "archive", local)


@pytest.mark.fault
def test_a_driver_that_is_killed_and_started_again_ends_as_undisturbed(
    source: Path, local: Path, tmp_path: Path
) -> None:
    watched, archive = held(tmp_path), tmp_path / "archive"
    with start("ray", source, archive, watched) as process:
        worker = one_worker(watched, process)
        process.kill()
        process.wait(SECONDS)
    until(lambda: not is_running(worker), "the actor outlived its driver")
    (watched / WAIT).unlink()
    made_by("ray", source, archive)
    assert_equal(archive, local)


def held(tmp_path: Path) -> Path:
    """Return a folder in which embedding waits."""
    watched = tmp_path / "watched"
    watched.mkdir()
    (watched / WAIT).touch()
    return watched


def start(engine: str, *places: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(program(engine, *places), cwd=ROOT)


def one_worker(watched: Path, process: "subprocess.Popen[bytes]") -> int:
    """Return the process of an actor that embeds now."""
    until(lambda: bool(list(watched.glob("*.worker"))) or process.poll() is not None, "no worker")
    assert process.poll() is None
    return int(next(watched.glob("*.worker")).stem)


def until(is_so: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end, otherwise
        time.sleep(0.05)


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
