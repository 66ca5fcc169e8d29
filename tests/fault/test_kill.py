"""Kills of the real ingest command: what was acknowledged survives, and the end is the same."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rag.store.edge import EdgeStore
from rag.store.model import SENTENCES

pytestmark = pytest.mark.fault
ROOT = Path(__file__).parent.parent.parent
ARTICLES = 160


def command(source: Path, archive: Path) -> list[str]:
    return [sys.executable, "-m", "ingest", str(source), "--archive", str(archive)]


def points(archive: Path) -> dict[str, tuple[str, str]]:
    """Return every point's payload and vectors, as text to compare."""
    import qdrant_edge as edge

    store = EdgeStore(archive)
    try:
        request = edge.ScrollRequest(limit=100_000, with_payload=True, with_vector=True)
        records, _ = store.shard.engine.scroll(request)
        assert any(record.vector and SENTENCES in record.vector for record in records)
        return {
            str(record.id): (
                json.dumps(record.payload, sort_keys=True),
                repr(_sorted(record.vector)),
            )
            for record in records
        }
    finally:
        store.close()


def _sorted(vectors: object) -> object:
    return sorted(vectors.items()) if isinstance(vectors, dict) else vectors


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("input") / "articles.jsonl"
    with path.open("w") as file:
        for n in range(ARTICLES):
            text = f"Report {n} said that {n * 7} people met. " * 3 + f"They left on day {n}."
            file.write(json.dumps({"id": n, "title": f"Report {n}", "text": text}) + "\n")
    return path


@pytest.fixture(scope="module")
def undisturbed(
    source: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[str, str]]:
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


@pytest.mark.parametrize("batches", range(1, 5))
def test_a_run_killed_after_any_batch_and_run_again_equals_an_undisturbed_one(
    source: Path, undisturbed: dict[str, tuple[str, str]], tmp_path: Path, batches: int
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


def test_ctrl_c_says_how_to_go_on_and_going_on_ends_the_same(
    source: Path, undisturbed: dict[str, tuple[str, str]], tmp_path: Path
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
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode == 130
    assert "run the same command to go on" in errors
    subprocess.run(command(source, archive), check=True, cwd=ROOT, capture_output=True)
    assert points(archive) == undisturbed


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
    source: Path, undisturbed: dict[str, tuple[str, str]], tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    subprocess.run(command(source, archive), check=True, cwd=ROOT, capture_output=True)
    (archive / "current").unlink()
    done = subprocess.run(command(source, archive), cwd=ROOT, capture_output=True, text=True)
    assert f"{ARTICLES} unchanged" in done.stdout
    assert points(archive) == undisturbed
