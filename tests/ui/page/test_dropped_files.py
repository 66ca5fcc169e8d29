"""Tests where files that people drop on the page are kept, and under which names."""

import io
from pathlib import Path

import pytest

from ui.page.dropped_files import clean_name, folder_for, keep_files


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("export.csv", "export.csv"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\me\news.jsonl", "news.jsonl"),
        (".bashrc", "bashrc"),
        ("-rf.txt", "rf.txt"),
        ("a\x00b\n<script>.html", "a_b__script_.html"),
        ("", "file"),
        ("..", "file"),
        ("Übersicht 2020.tar.gz", "Übersicht 2020.tar.gz"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_a_long_name_is_cut_before_its_suffix() -> None:
    cut = clean_name("ü" * 500 + ".jsonl")
    assert cut.endswith(".jsonl")
    assert len(cut.encode()) <= 120


def test_a_file_is_kept_once_and_another_of_its_name_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "dropped"

    def keep(content: bytes) -> Path:
        (kept,) = keep_files([("a.txt", io.BytesIO(content))], folder)
        return kept.path

    first, same, other = keep(b"one"), keep(b"one"), keep(b"two")
    assert first == same != other
    assert (first.read_bytes(), other.read_bytes()) == (b"one", b"two")
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == ["a.txt", "a.txt"]
    assert not list(folder.glob(".part-*"))


def test_files_are_kept_beside_the_archive_and_not_in_it(tmp_path: Path) -> None:
    assert folder_for(str(tmp_path / "archive")) == tmp_path / "archive-dropped"
    here, there = folder_for("http://a:6333"), folder_for("http://b:6333")
    assert here != there
    assert here.parent.name == "dropped"
