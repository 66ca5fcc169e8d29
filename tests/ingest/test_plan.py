import os
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


def test_nothing_is_gone_where_there_is_nothing(folder: Path) -> None:
    first = planned(folder)
    for path in folder.iterdir():
        path.unlink()
    assert planned(folder, first, delete_missing=True).gone == ()


def test_a_link_that_leads_nowhere_protects_itself_alone(folder: Path) -> None:
    (folder / "c.txt").write_text("It hailed.")
    first = planned(folder)
    for name in ("b.txt", "c.txt"):
        (folder / name).unlink()
    (folder / "b.txt").symlink_to(folder / "nowhere")
    plan = planned(folder, first, delete_missing=True)
    assert (plan.gone, plan.notes) == ((str(folder / "c.txt"),), ())


@pytest.mark.parametrize("missing", ["typo", "link"])
def test_a_source_that_is_not_there_keeps_what_is_gone_and_the_plan_says_so(
    folder: Path, missing: str
) -> None:
    first = planned(folder)
    (folder / "b.txt").unlink()
    source = folder.parent / missing
    if missing == "link":
        source.symlink_to(folder.parent / "nowhere")
    marks = {file.name: FileMark(path=file.name, state=file.state, gave={}) for file in first.files}
    plan = make_plan([folder, source], marks, Options(delete_missing=True))
    assert plan.gone == plan.absent == ()
    assert [(note.path, note.detail[:35]) for note in plan.notes] == [
        (str(source), "1 file is gone from the sources, an")
    ]


def test_a_folder_that_cannot_be_read_keeps_what_is_gone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = folder / "locked"
    locked.mkdir()
    first = planned(folder)
    (folder / "b.txt").unlink()
    scan = os.scandir

    def refusing(path: str) -> object:
        if Path(path) == locked:
            raise PermissionError(13, "Permission denied", str(locked))
        return scan(path)

    monkeypatch.setattr("os.scandir", refusing)
    plan = planned(folder, first, delete_missing=True)
    assert plan.gone == ()
    assert [note.path for note in plan.notes] == [str(locked)]


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
