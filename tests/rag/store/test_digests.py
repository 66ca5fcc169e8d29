"""Tests digests and copies of files with holes, and links instead of copies."""

import hashlib
from pathlib import Path

import pytest

from rag.store.directory import disk

MEGABYTE = 1 << 20


def write(path: Path, *places: int) -> Path:
    """Write a file of 4 MB that is a hole but for a word at each place."""
    with path.open("wb") as file:
        file.truncate(4 * MEGABYTE)
        for place in places:
            file.seek(place)
            file.write(b"data")
    return path


@pytest.mark.parametrize("places", [(), (0,), (3 * MEGABYTE,), (MEGABYTE, 2 * MEGABYTE)])
def test_a_digest_is_of_the_whole_content_wherever_its_holes_are(
    tmp_path: Path, places: tuple[int, ...]
) -> None:
    path = write(tmp_path / "file", *places)
    assert hashlib.blake2b(path.read_bytes()).hexdigest().startswith(disk.digest(path))


@pytest.mark.parametrize("places", [(), (0,), (3 * MEGABYTE,), (MEGABYTE, 2 * MEGABYTE)])
def test_a_copy_has_the_content_and_the_holes_of_its_file(
    tmp_path: Path, places: tuple[int, ...]
) -> None:
    path, copy = write(tmp_path / "file", *places), tmp_path / "copy"
    disk.copy_sparse(path, copy)
    assert copy.read_bytes() == path.read_bytes()
    assert disk.size([copy]) <= disk.size([path])


def test_only_the_named_files_of_a_tree_are_linked(tmp_path: Path) -> None:
    tree, copy = tmp_path / "tree", tmp_path / "copy"
    (tree / "inner").mkdir(parents=True)
    for name in ("one", "inner/one", "inner/other"):
        write(tree / name, 0)
    disk.copy_tree(tree, copy, linked={"inner/one"})
    assert disk.is_same_file(tree / "inner/one", copy / "inner/one")
    for name in ("one", "inner/other"):
        assert not disk.is_same_file(tree / name, copy / name)
        assert (tree / name).read_bytes() == (copy / name).read_bytes()


def test_a_digest_is_of_what_the_file_holds_now(tmp_path: Path) -> None:
    path = write(tmp_path / "file", 0)
    before = disk.digest(path)
    write(path, MEGABYTE)
    assert disk.digest(path) != before
    write(path, 0)
    assert disk.digest(path) == before
