import os
from pathlib import Path

import pytest

from ingest.found import FoundRecord, Reason, Skip
from ingest.sources import find_files, read_file

PAGE = (
    "<!DOCTYPE html><html><head><title>Rain</title></head><body><article>{}</article></body></html>"
)
PARAGRAPH = "<p>It rained on the northern coast for the third day, and the rivers rose again.</p>"


def read(path: Path) -> list[FoundRecord | Skip]:
    return list(read_file(path))


def test_a_folder_is_walked_in_order_and_hidden_files_are_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", ".hidden", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [
        str(path.relative_to(tmp_path)) for path in find_files([tmp_path]) if isinstance(path, Path)
    ]
    assert found == ["b.txt", "a/z.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    assert list(find_files([path, tmp_path])) == [path]


def test_a_folder_that_links_to_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "a.txt").write_text("x")
    assert list(find_files([tmp_path])) == [tmp_path / "a.txt"]


def test_what_does_not_exist_is_a_skip_that_names_it(tmp_path: Path) -> None:
    (skip,) = find_files([tmp_path / "gone"])
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.UNREADABLE
    assert str(tmp_path / "gone") in str(skip)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not read")
def test_an_unreadable_folder_is_a_skip_and_its_neighbours_are_found(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o700)
    (tmp_path / "a.txt").write_text("x")
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o055)
    os.seteuid(65534)
    try:
        found = list(find_files([tmp_path]))
    finally:
        os.seteuid(0)
    assert tmp_path / "a.txt" in found
    assert [skip.reason for skip in found if isinstance(skip, Skip)] == [Reason.UNREADABLE]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \n\t\n", Reason.EMPTY),
        (b"\x7fELF\0\0\1\2", Reason.NOT_TEXT),
        (b"%PDF-1.7\0\0\1\2", Reason.BROKEN),
        (b"\xff\xfea", Reason.ENCODING),
        (b"<html><body></body></html>", Reason.NO_TEXT),
    ],
)
def test_a_file_without_an_article_says_why(tmp_path: Path, content: bytes, reason: Reason) -> None:
    path = tmp_path / "input"
    path.write_bytes(content)
    (skip,) = read(path)
    assert isinstance(skip, Skip)
    assert skip.reason == reason
    assert str(path) in str(skip)


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (PAGE.format(PARAGRAPH * 5), "Rain"),
        ('{"text": "It rained.", "title": "Wet"}\n', "Wet"),
        ("Storm hits the coast\n\nIt rained.", "Storm hits the coast"),
    ],
)
def test_a_format_is_told_by_its_content(tmp_path: Path, content: str, title: str) -> None:
    path = tmp_path / "no-suffix"
    path.write_text(content)
    (found,) = read(path)
    assert isinstance(found, FoundRecord)
    assert found.fields["title"] == title
