"""Tests the copies by which archives are read that cannot be written."""

import os
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from rag.errors import ArchiveUnavailable
from rag.records import Article
from rag.store.directory import ArchiveDirectory
from rag.store.directory.mirrors import view_of_mirror
from rag.store.edge import EdgeBuilder
from rag.store.edge.shard import Shard
from rag.store.model import ARTICLE, PASSAGE, Recipe
from tests.fakes import HashingEmbedder, write

EMBEDDER = HashingEmbedder()
RECIPE = Recipe(model=EMBEDDER.name, dimension=EMBEDDER.dimension, passage_words=40)
RAIN = Article(id="rain", text="It rained on the coast. The river rose by two feet.")
SNOW = Article(id="snow", text="It snowed in the hills. The pass was closed for a day.")
DAY = 24 * 3600


def publish(root: Path, article: Article) -> Path:
    """Serve one more article; return the shard that holds it."""
    with closing(EdgeBuilder(root, RECIPE)) as builder:
        write(builder, article)
        builder.publish()
    directory = ArchiveDirectory(root)
    return directory.shard(directory.require_served())


@pytest.fixture(scope="module")
def rain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("rain") / "archive", RAIN)


@pytest.fixture(scope="module")
def snow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("snow") / "archive", SNOW)


@pytest.fixture
def mirrors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the copies, in a temporary folder of the test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path / f"dateline-{os.geteuid()}"


def copies(mirrors: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in mirrors.glob("*-*")}


def read(shard: Path) -> dict[str, int]:
    with view_of_mirror(shard) as view:
        opened = Shard(view, "the copy")
        counts = opened.counts()
        opened.close()
    return counts


def test_a_copy_is_read_like_the_archive_and_nothing_but_it_is_left(
    rain: Path, mirrors: Path
) -> None:
    assert read(rain) == {ARTICLE: 1, PASSAGE: 1}
    (copy,) = mirrors.glob("*-*")
    assert {path.name for path in mirrors.iterdir()} == {copy.name, "lock", "views"}
    assert list((mirrors / "views").iterdir()) == []
    assert mirrors.stat().st_mode & 0o077 == 0


def test_an_archive_is_copied_once_and_its_files_are_linked_by_each_reader(
    rain: Path, mirrors: Path
) -> None:
    with view_of_mirror(rain) as one, view_of_mirror(rain) as other:
        made = copies(mirrors)
        (page, *_) = one.rglob("page_0.dat")
        assert page.samefile(other / page.relative_to(one))
    read(rain)
    assert copies(mirrors) == made
    assert len(made) == 1


def test_a_copy_that_lost_a_file_is_made_again(rain: Path, mirrors: Path) -> None:
    read(rain)
    (page, *_) = mirrors.rglob("page_0.dat")
    page.unlink()
    assert read(rain) == {ARTICLE: 1, PASSAGE: 1}


def test_the_next_generation_replaces_the_copy_under_a_reader(
    tmp_path: Path, mirrors: Path
) -> None:
    with view_of_mirror(publish(tmp_path / "archive", RAIN)) as view:
        (before,) = copies(mirrors)
        assert read(publish(tmp_path / "archive", SNOW)) == {ARTICLE: 2, PASSAGE: 2}
        (after,) = copies(mirrors)
        assert before != after
        opened = Shard(view, "the copy before")
        assert opened.counts() == {ARTICLE: 1, PASSAGE: 1}
        opened.close()


@pytest.mark.parametrize(("age", "left"), [(DAY - 60, 2), (DAY + 60, 1)])
def test_a_copy_that_nobody_opened_for_a_day_is_removed_with_the_next(
    rain: Path, snow: Path, mirrors: Path, age: int, left: int
) -> None:
    read(rain)
    (old,) = mirrors.glob("*-*")
    os.utime(old, times=(time.time() - age,) * 2)
    read(snow)
    assert len(copies(mirrors)) == left


def test_what_a_killed_copy_left_is_removed(rain: Path, mirrors: Path) -> None:
    read(rain)
    (copy,) = mirrors.glob("*-*")
    copy.rename(copy.with_suffix(".copying"))
    read(rain)
    assert list(copies(mirrors)) == [copy.name]


@pytest.mark.parametrize("mode", [0o777, 0o755])
def test_a_folder_that_others_may_use_is_refused(rain: Path, mirrors: Path, mode: int) -> None:
    mirrors.mkdir()
    mirrors.chmod(mode)
    with pytest.raises(ArchiveUnavailable, match="only you can use; remove it, or set TMPDIR"):
        read(rain)
    assert list(mirrors.iterdir()) == []


def test_a_folder_that_is_a_link_is_refused(rain: Path, mirrors: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    mirrors.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ArchiveUnavailable, match="only you can use"):
        read(rain)


def test_a_missing_temporary_folder_is_told(
    rain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(ArchiveUnavailable, match="set TMPDIR to a folder with room for it"):
        read(rain)


def test_a_generation_that_is_gone_is_told_from_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "generations" / "00000001" / "shard")
