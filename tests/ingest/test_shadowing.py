"""Tests that folders of the user called `rag` or `ingest` do not take the place of ours."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.pool import Ended, Gave, Pool

ROOT = Path(__file__).parents[2]
THEIRS = "raise RuntimeError('this is not yours')\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def python(*arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [path, str(ROOT)]))},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("name", ["rag.py", "rag/__init__.py"])
def test_another_rag_where_the_user_stands_is_told_and_not_imported(here: Path, name: str) -> None:
    (here / name).parent.mkdir(exist_ok=True)
    (here / name).write_text(THEIRS)
    done = python("-m", "ingest", "--help")
    assert done.returncode == 1
    assert done.stderr.startswith(f"Dateline's package 'rag' is hidden by {here / name}; ")
    assert "'python -P'" in done.stderr
    assert python("-P", "-m", "ingest", "--help").returncode == 0


def test_another_rag_on_the_path_is_told_by_the_command(here: Path) -> None:
    (here / "rag.py").write_text(THEIRS)
    done = python("-P", "-m", "ui.cli", "--version", path=str(here))
    assert done.returncode == 1
    assert f"hidden by {here / 'rag.py'}" in done.stderr


def test_a_folder_rag_that_is_no_package_hides_nothing(here: Path) -> None:
    (here / "rag").mkdir()
    assert python("-m", "ingest", "--help").returncode == 0


def make_doubler() -> Callable[[int], Iterator[int]]:
    return lambda number: iter([2 * number])


def test_workers_are_ours_where_a_folder_is_called_ingest(here: Path) -> None:
    (here / "ingest").mkdir()
    (here / "ingest" / "__init__.py").write_text(THEIRS)
    with Pool(make_doubler, workers=1, patience_seconds=60) as pool:
        assert list(pool.run([21])) == [Gave(21, 42), Ended(21)]
