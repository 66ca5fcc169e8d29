import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from ingest.full_disk import is_full
from ingest.scratch import scratch_folder
from rag.errors import ScratchUnavailable


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_there_for_a_run_and_gone_after_it(place: Path) -> None:
    with scratch_folder() as folder:
        (folder / "a").write_text("x")
    assert list(place.iterdir()) == []


def test_what_a_killed_run_left_is_removed_and_what_another_run_uses_stays(place: Path) -> None:
    left = place / "dateline-run-left"
    left.mkdir()
    (left / "lock").touch()
    (left / "catalog.sqlite").write_text("x")
    other = place / "dateline-other"
    other.mkdir()
    with scratch_folder() as first, scratch_folder() as second:
        assert sorted(place.iterdir()) == sorted([first, second, other])


def test_a_full_disk_is_told_with_what_to_do(place: Path) -> None:
    told = f"{place}; free some room in it, or set TMPDIR"
    with pytest.raises(ScratchUnavailable, match=told), scratch_folder():
        raise OSError(28, os.strerror(28))


def test_a_full_database_is_a_full_disk(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        database.execute("PRAGMA max_page_count=2")
        with pytest.raises(sqlite3.OperationalError) as raised:
            database.executescript(";".join(f"CREATE TABLE t{n} (a)" for n in range(9)))
    assert is_full(raised.value)
    assert not is_full(sqlite3.OperationalError("no such table"))


def test_other_errors_are_not_taken_for_a_full_disk() -> None:
    with pytest.raises(PermissionError), scratch_folder():
        raise PermissionError
