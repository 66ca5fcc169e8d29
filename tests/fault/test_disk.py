"""Tests that a full disk gives a clear error in time, that the old archive stays, and no loss."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rag.archive import Archive

pytestmark = pytest.mark.fault
ROOT = Path(__file__).parent.parent.parent
MEGABYTE = 1_000_000


@contextmanager
def disk(place: Path, size: str) -> Iterator[Path]:
    """Make a file system of its own, of a size that `mount` knows."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root can make a file system of its own")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with disk(tmp_path / "disk", "400m") as place:
        yield place


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    with disk(tmp_path / "tiny", "32k") as place:
        yield place


def write(path: Path, first: int, count: int) -> Path:
    with path.open("w") as file:
        for n in range(first, first + count):
            text = " ".join(
                f"Report {n} said that {n * 7 + k} people met in hall {k}." for k in range(9)
            )
            file.write(json.dumps({"id": n, "text": text}) + "\n")
    return path


def ingest(source: Path, archive: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ingest", str(source), "--archive", str(archive)]
    variables = os.environ | environment
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=variables)


def test_a_disk_that_fills_up_stops_the_ingest_and_loses_nothing(
    small_disk: Path, tmp_path: Path
) -> None:
    archive = small_disk / "archive"
    assert ingest(write(tmp_path / "a.jsonl", 0, 20), archive).returncode == 0
    ballast = small_disk / "ballast"
    free = 400 * MEGABYTE - sum(p.stat().st_blocks * 512 for p in small_disk.rglob("*"))
    ballast.write_bytes(bytes(free - 100 * MEGABYTE))
    more = write(tmp_path / "b.jsonl", 20, 60)
    full = ingest(more, archive)
    assert full.returncode == 1, full.stderr
    assert "MB free and the next step may take" in full.stderr
    assert "run the same command again" in full.stderr
    with Archive.open(archive) as served:
        assert served.manifest.articles == 20
        assert served.search("How many people met in hall 3?")
    ballast.unlink()
    done = ingest(more, archive)
    assert done.returncode == 0, done.stderr
    with Archive.open(archive) as served:
        assert served.manifest.articles == served.manifest.embedded == 80
        assert served.damage() == []


def test_an_archive_that_does_not_fit_is_not_begun_beyond_what_does(
    small_disk: Path, tmp_path: Path
) -> None:
    with (tmp_path / "long.jsonl").open("w") as file:
        for n in range(3000):
            words = " ".join(f"word{(n * 7919 + k * 104729) % 99991}" for k in range(6000))
            file.write(json.dumps({"id": n, "text": f"{words}."}) + "\n")
    full = ingest(tmp_path / "long.jsonl", small_disk / "archive")
    assert (full.returncode, "free some space" in full.stderr) == (1, True), full.stderr


def test_a_temporary_folder_that_is_full_is_told_with_what_to_do(
    tiny_disk: Path, tmp_path: Path
) -> None:
    source, archive = write(tmp_path / "a.jsonl", 0, 20), tmp_path / "archive"
    full = ingest(source, archive, TMPDIR=str(tiny_disk))
    assert full.returncode == 1, full.stderr
    assert f"the temporary folder is full: {tiny_disk}; free some room in it" in full.stderr
    assert "Traceback" not in full.stderr
    assert list(tiny_disk.iterdir()) == []
    assert ingest(source, archive).returncode == 0
