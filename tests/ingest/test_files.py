import os
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.files import File, RunFiles, find
from ingest.found import Skip
from rag.store.model import FileMark


def one(path: Path, reading: str = "r") -> File:
    (file,) = find([path], reading=reading)
    assert isinstance(file, File)
    return file


def files(*names: str) -> list[File]:
    return [File(path=Path(name), name=name, size=1, state="s") for name in names]


def mark(file: File) -> dict[str, FileMark]:
    return {file.name: FileMark(path=file.name, state=file.state, gave={})}


def test_a_file_is_found_once_with_its_name_and_size(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.")
    found = list(find([tmp_path, tmp_path / "a.txt"], reading="r"))
    assert [(file.name, file.size) for file in found if isinstance(file, File)] == [
        (str(tmp_path / "a.txt"), 10)
    ]


def test_what_is_not_there_is_a_skip(tmp_path: Path) -> None:
    (skip,) = find([tmp_path / "missing"], reading="r")
    assert isinstance(skip, Skip)
    assert skip.path == str(tmp_path / "missing")


def test_a_file_that_was_not_touched_stays_marked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.")
    file = one(tmp_path / "a.txt")
    assert one(tmp_path / "a.txt").is_marked(mark(file))
    assert not file.is_marked({})


def test_a_file_of_another_length_is_not_marked_any_more(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It rained.")
    before = one(path)
    path.write_text("It rained again.")
    assert not one(path).is_marked(mark(before))


def test_an_edit_that_keeps_the_length_is_seen_even_with_its_time_set_back(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It rained.")
    os.utime(path, ns=(0, 0))
    before = one(path)
    path.write_text("It poured.")
    assert not one(path).is_marked(mark(before))
    os.utime(path, ns=(0, 0))
    assert not one(path).is_marked(mark(before))


def test_a_file_that_would_be_read_otherwise_is_not_marked(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\nIt rained.\n")
    before = one(tmp_path / "a.csv")
    assert not one(tmp_path / "a.csv", reading="other").is_marked(mark(before))


def test_a_mark_is_of_the_state_and_not_of_the_name_alone() -> None:
    (file,) = files("/in/a.txt")
    assert file.is_marked(mark(file))
    assert not replace(file, state="other").is_marked(mark(file))


@pytest.mark.parametrize(
    ("place", "file"),
    [
        ("/in/a.zip", "/in/a.zip"),
        ("/in/a.zip!one.txt", "/in/a.zip"),
        ("/in/a.zip!b.tar!one.txt", "/in/a.zip"),
        ("/in/a.zip!wow!.txt", "/in/a.zip"),
        ("/in/wow!.zip", "/in/wow!.zip"),
        ("/in/wow!.zip!one.txt", "/in/wow!.zip"),
        ("/in/wow!.zip!!.txt", "/in/wow!.zip"),
        ("/in/a.zip!", "/in/a.zip"),
        ("/in/wow", None),
        ("/in/wow!", None),
        ("/in/a.zippy", None),
        ("/in/b.zip!one.txt", None),
    ],
)
def test_the_file_of_an_input_is_found_whatever_the_names(place: str, file: str | None) -> None:
    assert RunFiles([Path("/in")], files("/in/a.zip", "/in/wow!.zip")).file_of(place) == file


@pytest.mark.parametrize(
    ("place", "missing"),
    [
        ("/in/a.txt", False),
        ("/in/b.txt", True),
        ("/in/deep/b.zip!one.txt", True),
        ("/in/a.zip!gone.txt", False),
        ("/inbox/b.txt", False),
        ("/elsewhere/b.txt", False),
        ("/box/c.zip", True),
        ("/box/c.zip!one.txt", True),
        ("/box/c.zip.old", False),
    ],
)
def test_what_is_missing_is_under_the_sources(place: str, missing: bool) -> None:
    found = RunFiles([Path("/in/"), Path("/box/c.zip")], files("/in/a.txt", "/in/a.zip"))
    assert found.is_missing(place) is missing


def test_a_source_may_be_named_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert RunFiles([Path("in")], []).is_missing(str(tmp_path / "in" / "a.txt"))
    assert RunFiles([Path()], []).is_missing(str(tmp_path / "a.txt"))


def test_a_folder_beside_a_source_whose_name_goes_on_is_not_missing(tmp_path: Path) -> None:
    (tmp_path / "Holm").mkdir()
    found = RunFiles([tmp_path / "Holm"], [])
    assert not found.is_missing(f"{tmp_path}/Holm!/a.jsonl")
    assert found.is_missing(f"{tmp_path}/Holm/a.jsonl")


def test_what_is_missing_under_the_root_is_missing() -> None:
    assert RunFiles([Path("/")], []).is_missing("/in/a.txt")
