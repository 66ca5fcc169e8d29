"""Damages every file of an archive in turn, and tests that Dateline reports it or is unaffected."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import qdrant_edge as edge

from rag.errors import DatelineError
from rag.records import Article
from rag.settings import load_settings
from rag.store import damaged_files
from rag.store.conditions import of_kinds
from rag.store.directory.disk import copy_sparse
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.edge.points import vector_of
from rag.store.model import ARTICLE, BM25, DENSE, PASSAGE, SENTENCES, FileMark, Recipe
from tests.fakes import HashingEmbedder, write
from ui.doctor import examine

pytestmark = pytest.mark.fault
EMBEDDER = HashingEmbedder()
RECIPE = Recipe(model=EMBEDDER.name, dimension=EMBEDDER.dimension, passage_words=40)
ARTICLES = tuple(
    Article(
        id=f"{n}", text=f"Report {n} of the day. It names {n * 3} people. They met in hall {n}."
    )
    for n in range(6)
)
LATER = Article(id="later", text="A later report came in. It named nobody.")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sound") / "archive"
    with closing(EdgeBuilder(root, RECIPE)) as builder:
        write(builder, *ARTICLES)
        builder.mark([FileMark(path="a.jsonl", state="1", gave={})])
        builder.set_clusters({"0": "0", "1": "0"})
        builder.publish()
    return root


def copy_with_holes(source: str, target: str) -> None:
    # The engine's logs are files of 32 MB with little in them.
    copy_sparse(Path(source), Path(target))


def files(root: Path) -> list[Path]:
    found = (path.relative_to(root) for path in sorted(root.rglob("*")) if path.is_file())
    return [path for path in found if path.name != "lock"]


def cut(path: Path) -> bool:
    size = path.stat().st_size
    os.truncate(path, size // 2)
    return size > 0


def empty(path: Path) -> bool:
    size = path.stat().st_size
    os.truncate(path, 0)
    return size > 0


def flip(path: Path) -> bool:
    """Turn the bits of the first byte that is not zero, else of the one in the middle."""
    with path.open("r+b") as file:
        content = file.read(1 << 20)
        place = next((at for at, byte in enumerate(content) if byte), len(content) // 2)
        file.seek(place)
        file.write(bytes([content[place] ^ 0xFF]) if content else b"")
    return bool(content)


def wipe(path: Path) -> bool:
    """Zero the first page, as a lost write does."""
    with path.open("r+b") as file:
        content = file.read(4096)
        file.seek(0)
        file.write(bytes(len(content)))
    return any(content)


def remove(path: Path) -> bool:
    path.unlink()
    return True


def damaged(sound: Path, folder: Path, harm: Callable[[Path], bool]) -> Iterator[tuple[Path, Path]]:
    """Yield a copy of the archive for each file, with that file harmed, and the file."""
    for number, name in enumerate(files(sound)):
        root = folder / str(number)
        shutil.copytree(sound, root, copy_function=copy_with_holes)
        if harm(root / name):
            yield root, name
        shutil.rmtree(root)


def contents(root: Path) -> dict[str, str]:
    """Return every article with its passages and all their vectors, as text to compare."""
    with closing(EdgeStore(root)) as store:
        wanted = of_kinds(ARTICLE, PASSAGE)
        found = store.shard.scroll(wanted, vectors=[SENTENCES, DENSE, BM25])
        return {str(record.id): f"{record.payload}{_vectors(record)}" for record in found}


def _vectors(record: edge.Record) -> str:
    words = vector_of(record, BM25)
    terms = sorted(zip(words.indices, words.values, strict=True)) if words else []
    return f"{terms}{vector_of(record, DENSE)}{vector_of(record, SENTENCES)}"


@pytest.mark.parametrize("harm", [cut, empty, flip, wipe, remove])
def test_a_damaged_file_is_told_by_the_doctor_or_changes_nothing(
    sound: Path, tmp_path: Path, harm: Callable[[Path], bool]
) -> None:
    whole = contents(sound)
    silent: list[str] = []
    for root, name in damaged(sound, tmp_path, harm):
        try:
            problems = damaged_files(load_settings(archive=str(root)))
            if not problems:
                EdgeStore(root).close()
        except DatelineError as error:
            problems = [str(error)]
        if not problems:
            silent.append(name.name)
            assert contents(root) == whole, name
    # What nobody reads once a build is served.
    assert set(silent) <= {"recipe"}


@pytest.mark.parametrize("harm", [cut, flip, remove])
def test_an_ingest_into_a_damaged_archive_fails_or_loses_nothing(
    sound: Path, tmp_path: Path, harm: Callable[[Path], bool]
) -> None:
    wanted = contents(sound)
    for root, name in damaged(sound, tmp_path, harm):
        try:
            with closing(EdgeBuilder(root, RECIPE)) as builder:
                write(builder, LATER)
                builder.publish()
        except DatelineError:
            continue
        found = contents(root)
        assert found.items() >= wanted.items(), name
        assert len(found) == len(wanted) + 2, name


def test_the_doctor_says_it_in_plain_words_with_the_remedy(sound: Path, tmp_path: Path) -> None:
    shutil.copytree(sound, tmp_path / "archive")
    (segment, *_) = (tmp_path / "archive").glob("generations/*/shard/segments/*/segment.json")
    segment.unlink()
    (problem,) = examine(load_settings(archive=str(tmp_path / "archive")), deep=False).problems
    assert "is missing" in problem
    assert "restore it from a backup" in problem
