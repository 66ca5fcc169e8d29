from pathlib import Path

import pytest

from ingest.found import Reason
from ingest.plan import Options, Plan, make_plan
from rag.store.model import FileMark


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("It rained.")
    return tmp_path


def planned(folder: Path, plan: Plan | None = None, **options: object) -> Plan:
    """Return the plan for a folder; with one before, what that found is marked as read."""
    files = plan.files if plan else ()
    marks = {file.name: FileMark(path=file.name, state=file.state, gave={}) for file in files}
    return make_plan([folder], marks, Options(**options))  # type: ignore[arg-type]


def names(plan: Plan) -> tuple[list[str], list[str]]:
    """Return the names of the files that are read, and of those that need not be."""
    return [file.path.name for file in plan.changed], [file.path.name for file in plan.marked]


def test_only_files_that_changed_are_read(folder: Path) -> None:
    first = planned(folder)
    (folder / "b.txt").write_text("It snowed a lot.")
    assert names(first) == (["a.txt", "b.txt"], [])
    assert names(planned(folder, first)) == (["b.txt"], ["a.txt"])


def test_all_files_are_read_again_where_columns_are_named_otherwise(folder: Path) -> None:
    again = planned(folder, planned(folder), columns={"text": "story"})
    assert names(again) == (["a.txt", "b.txt"], [])


def test_a_mark_without_its_file_is_gone_only_where_that_is_to_be_deleted(folder: Path) -> None:
    first = planned(folder)
    (folder / "b.txt").unlink()
    assert planned(folder, first).gone == ()
    assert planned(folder, first, delete_missing=True).gone == (str(folder / "b.txt"),)


def test_nothing_is_gone_where_there_is_nothing_or_something_cannot_be_read(folder: Path) -> None:
    first = planned(folder)
    (folder / "a.txt").unlink()
    (folder / "b.txt").rename(folder / "c.txt")
    (folder / "b.txt").symlink_to(folder / "nowhere")
    assert planned(folder, first, delete_missing=True).gone == ()
    for path in folder.iterdir():
        path.unlink()
    assert planned(folder, first, delete_missing=True).gone == ()


def test_a_file_over_the_limit_is_a_skip_and_is_not_read(folder: Path) -> None:
    (folder / "b.txt").write_text("It snowed a lot.")
    plan = planned(folder, max_file_bytes=12)
    assert names(plan) == (["a.txt"], [])
    assert [(skip.reason, skip.path) for skip in plan.skips] == [
        (Reason.TOO_LARGE, str(folder / "b.txt"))
    ]


def test_the_files_of_inputs_are_those_that_hold_them(folder: Path) -> None:
    plan = planned(folder)
    places = [f"{folder}/a.txt!member.json", f"{folder}/gone.txt"]
    assert [file.path.name for file in plan.files_of(places)] == ["a.txt"]
