"""Tests that a killed ingest loses nothing, and that the next run ends as if without a kill."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import qdrant_edge as edge

from rag.store.conditions import of_kinds
from rag.store.edge import EdgeStore
from rag.store.edge.points import payload_of
from rag.store.model import ARTICLE, PASSAGE, SENTENCES, WITHDRAWN

pytestmark = pytest.mark.fault
ROOT = Path(__file__).parent.parent.parent
ARTICLES = 160
KILLS = 50

Points = dict[str, tuple[str, str]]


def command(source: Path, archive: Path) -> list[str]:
    return [sys.executable, "-m", "ingest", str(source), "--archive", str(archive)]


def points(archive: Path) -> Points:
    """Return every point's payload and vectors, as text to compare; how files were read apart."""
    store = EdgeStore(archive)
    try:
        found = store.shard.scroll(
            of_kinds(ARTICLE, PASSAGE, WITHDRAWN), vectors=[SENTENCES, "dense", "bm25"]
        )
        return {
            str(record.id): (
                json.dumps(payload_of(record), sort_keys=True),
                _text(record.vector),
            )
            for record in found
        }
    finally:
        store.close()


def _text(vectors: object) -> str:
    named = vectors if isinstance(vectors, dict) else {}
    return repr(sorted((name, _plain(vector)) for name, vector in named.items()))


def _plain(vector: object) -> object:
    if isinstance(vector, edge.SparseVector):
        return sorted(zip(vector.indices, vector.values, strict=True))
    return vector


# -- at every kind of step ------------------------------------------------------------------------


def _story(n: int, changed: str = "") -> str:
    sentences = (
        f"The {n}th report said that {n * 7 + k} people met in hall {k}." for k in range(6)
    )
    return " ".join(sentences) + changed


def first_inputs(folder: Path) -> None:
    folder.mkdir()
    records = [
        {"id": n, "title": f"Report {n}", "text": _story(n), "version": 1} for n in range(30)
    ]
    copies = [{"id": f"copy-{n}", "text": _story(n), "source": "town.example"} for n in range(4)]
    _write(folder / "a.jsonl", records[:20])
    _write(folder / "b.jsonl", [*records[15:], *copies])
    (folder / "note.txt").write_text("A note on halls.\n\nThe largest hall was closed on Tuesday.")


def change_inputs(folder: Path) -> None:
    """Make new versions, withdrawals, a deleted file, a new copy and an edited note."""
    _write(
        folder / "c.jsonl",
        [
            *({"id": n, "text": _story(n, " It was corrected."), "version": 2} for n in range(5)),
            {"id": 7, "version": 2, "pubstatus": "canceled"},
            {"id": "copy-9", "text": _story(9), "source": "town.example"},
        ],
    )
    (folder / "b.jsonl").unlink()
    (folder / "note.txt").write_text("A note on halls.\n\nThe largest hall opened on Friday.")


def _write(path: Path, records: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))


def stepwise(source: Path, archive: Path, step: int = 0) -> subprocess.CompletedProcess[str]:
    arguments = [str(source), str(archive), str(step)]
    program = [sys.executable, "-m", "tests.fault.stepwise", *arguments]
    return subprocess.run(program, cwd=ROOT, capture_output=True, text=True)


class Scene:
    """Inputs, the archive before them, and what an undisturbed run makes of both, in steps."""

    def __init__(self, folder: Path, *, again: bool) -> None:
        self.source, self.before = folder / "in", folder / "before"
        first_inputs(self.source)
        if again:
            assert stepwise(self.source, self.before).returncode == 0
            change_inputs(self.source)
        undisturbed = self.copy(folder / "undisturbed")
        done = stepwise(self.source, undisturbed)
        assert done.returncode == 0, done.stderr
        self.steps = int(done.stdout)
        self.wanted = points(undisturbed)

    def copy(self, target: Path) -> Path:
        if self.before.exists():
            shutil.copytree(self.before, target)
        return target


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(tmp_path_factory.mktemp("first"), again=False)


@pytest.fixture(scope="module")
def later_run(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(tmp_path_factory.mktemp("later"), again=True)


def killed_and_gone_on_with(scene: Scene, archive: Path, share: float) -> Points:
    scene.copy(archive)
    step = 1 + round(share * (scene.steps - 1))
    killed = stepwise(scene.source, archive, step)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    done = stepwise(scene.source, archive)
    assert done.returncode == 0, done.stderr
    return points(archive)


@pytest.mark.parametrize("kill", range(KILLS // 2))
def test_a_first_run_killed_at_any_step_ends_as_an_undisturbed_one(
    first_run: Scene, tmp_path: Path, kill: int
) -> None:
    share = kill / (KILLS // 2 - 1)
    assert killed_and_gone_on_with(first_run, tmp_path / "archive", share) == first_run.wanted


@pytest.mark.parametrize("kill", range(KILLS // 2))
def test_a_later_run_killed_at_any_step_ends_as_an_undisturbed_one(
    later_run: Scene, tmp_path: Path, kill: int
) -> None:
    share = kill / (KILLS // 2 - 1)
    assert killed_and_gone_on_with(later_run, tmp_path / "archive", share) == later_run.wanted


def test_the_scenes_hold_every_kind_of_change(first_run: Scene, later_run: Scene) -> None:
    text = json.dumps(sorted(later_run.wanted.values()))
    for sign in ("withdrawn", "history", "cluster", "It was corrected.", "opened on Friday"):
        assert sign in text
    assert "closed on Tuesday" not in text
    assert min(first_run.steps, later_run.steps) > 60


# -- from outside ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("input") / "articles.jsonl"
    with path.open("w") as file:
        for n in range(ARTICLES):
            text = f"Report {n} said that {n * 7} people met. " * 3 + f"They left on day {n}."
            file.write(json.dumps({"id": n, "title": f"Report {n}", "text": text}) + "\n")
    return path


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Points:
    archive = tmp_path_factory.mktemp("undisturbed") / "archive"
    subprocess.run(command(source, archive), check=True, cwd=ROOT, capture_output=True)
    return points(archive)


def _obey_ctrl_c() -> None:
    """Undo what a shell does to a command in the background, as these tests may be run."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _progress(archive: Path) -> int:
    """Return the bytes of the build's log in use: it grows with every acknowledged batch."""
    logs = archive.glob("generations/*.part/shard/wal/*")
    return sum(path.stat().st_blocks for path in logs if path.exists())


@pytest.mark.parametrize("batches", [1, 3])
def test_a_command_killed_after_any_batch_and_run_again_equals_an_undisturbed_one(
    source: Path, undisturbed: Points, tmp_path: Path, batches: int
) -> None:
    archive = tmp_path / "archive"
    process = subprocess.Popen(command(source, archive), cwd=ROOT, stderr=subprocess.DEVNULL)
    seen: set[int] = set()
    while process.poll() is None and len(seen) <= batches:
        seen.add(_progress(archive))
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = subprocess.run(command(source, archive), cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert points(archive) == undisturbed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_says_how_to_go_on_within_five_seconds_and_going_on_ends_the_same(
    source: Path, undisturbed: Points, tmp_path: Path, number: signal.Signals
) -> None:
    archive = tmp_path / "archive"
    process = subprocess.Popen(
        command(source, archive),
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_obey_ctrl_c,  # noqa: PLW1509  no thread runs here
    )
    while process.poll() is None and not _progress(archive):
        time.sleep(0.002)
    process.send_signal(number)
    _, errors = process.communicate(timeout=5)
    # Inside a merge of the engine the signal ends the process at once, without a word.
    assert process.returncode in (130, -number)
    assert process.returncode == -number or "run the same command again to continue" in errors
    subprocess.run(command(source, archive), check=True, cwd=ROOT, capture_output=True)
    assert points(archive) == undisturbed


def test_no_process_outlives_a_killed_ingest(source: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        command(source, tmp_path / "archive"), cwd=ROOT, stderr=subprocess.DEVNULL
    )
    while not (children := _children(process.pid)) and process.poll() is None:
        time.sleep(0.002)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _children(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except FileNotFoundError:
        return []


def test_two_processes_ask_while_a_third_ingests(source: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    small = tmp_path / "small.jsonl"
    small.write_text("".join(source.read_text().splitlines(keepends=True)[:20]))
    subprocess.run(command(small, archive), check=True, cwd=ROOT, capture_output=True)
    asking = """if True:
        import sys, time
        from rag import Archive
        answers, end = set(), time.monotonic() + 8
        while time.monotonic() < end:
            with Archive.open(sys.argv[1]) as archive:
                hits = archive.search("How many people met in report 3?", limit=5)
                answers.add((archive.manifest.articles, len(hits)))
        print(sorted(answers))
    """
    askers = [
        subprocess.Popen(
            [sys.executable, "-c", asking, str(archive)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    subprocess.run(command(source, archive), check=True, cwd=ROOT, capture_output=True)
    for asker in askers:
        output, _ = asker.communicate()
        assert asker.returncode == 0
        assert output.strip() in ("[(20, 5)]", f"[(20, 5), ({ARTICLES}, 5)]")
    assert not list((archive / "views").iterdir())
    assert [path.name for path in (archive / "generations").iterdir()] == ["00000002"]


def test_a_kill_between_finishing_and_pointing_loses_nothing(
    source: Path, undisturbed: Points, tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    subprocess.run(command(source, archive), check=True, cwd=ROOT, capture_output=True)
    (archive / "current").unlink()
    done = subprocess.run(command(source, archive), cwd=ROOT, capture_output=True, text=True)
    assert f"{ARTICLES} unchanged" in done.stdout
    assert points(archive) == undisturbed
