"""Tests that a generation links what the engine never changes, and that the engine never does.

The engine finishes a segment when it has much data. Here it is told to do so for little.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from rag.errors import ArchiveDamaged
from rag.records import Article
from rag.store.directory import disk
from rag.store.directory.backup import write_backup
from rag.store.directory.engine_files import segment_of, unchanging_files
from rag.store.directory.restore import restore_backup
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.model import ArticleHead, FileMark, Manifest, Recipe
from tests.fakes import HashingEmbedder, index_article, write
from tests.rag.store.merging import merge_everything

ROOT = Path(__file__).parents[3]
EMBEDDER = HashingEmbedder()
RECIPE = Recipe(model=EMBEDDER.name, dimension=EMBEDDER.dimension, passage_words=40)
ARTICLES = tuple(
    Article(
        id=f"{n}", text=f"Report {n} of the day. It names {n * 3} people. They met in hall {n}."
    )
    for n in range(40)
)
LATER = Article(id="later", text="A later report came in. It named nobody.")

Change = Callable[[EdgeBuilder], None]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("finished") / "archive"
    with closing(EdgeBuilder(root, RECIPE)) as builder:
        write(builder, *ARTICLES)
        builder.set_clusters({"0": "0", "1": "0"})
        builder.mark([FileMark(path="a.jsonl", state="1", gave={})])
    merge_everything(root / "generations" / "00000001.part")
    with closing(EdgeBuilder(root, RECIPE)) as builder:
        builder.publish()
    return root


@pytest.fixture
def archive(finished: Path, tmp_path: Path) -> Path:
    root = tmp_path / "archive"
    shutil.copytree(finished, root, copy_function=copy_with_holes)
    return root


def copy_with_holes(source: str, target: str) -> None:
    disk.copy_sparse(Path(source), Path(target))


def keep(archive: Path, folder: Path) -> Path:
    """Return links to the files of the first generation, which stay when it is removed."""
    shutil.copytree(shard_of(archive), folder, copy_function=os.link)
    return folder


def shard_of(archive: Path, generation: str = "00000001") -> Path:
    return archive / "generations" / generation / "shard"


def contents(shard: Path) -> dict[str, str]:
    """Return the digests of the files that a later generation may link."""
    return {name: disk.digest(shard / name) for name in unchanging_files(shard)}


def linked_file(shard: Path, kind: str) -> Path:
    """Return a file of a finished segment by the end of its name."""
    names = (name for name in unchanging_files(shard) if name.endswith(kind) and segment_of(name))
    return shard / min(names)


def shared(one: Path, other: Path) -> set[str]:
    names = (path.relative_to(one) for path in one.rglob("*") if path.is_file())
    return {str(name) for name in names if disk.is_same_file(one / name, other / name)}


def change(archive: Path, work: Change) -> Manifest:
    with closing(EdgeBuilder(archive, RECIPE)) as builder:
        work(builder)
        return builder.publish()


def edit(builder: EdgeBuilder) -> None:
    write(builder, Article(id="3", text="Report 3 was wrong. It names nobody now."))


def replace_vectors(builder: EdgeBuilder) -> None:
    entry = index_article(ARTICLES[4])
    builder.put([entry])


def set_times(builder: EdgeBuilder) -> None:
    builder.set_times([indexed.passage for indexed in index_article(ARTICLES[5]).passages])


CHANGES: dict[str, Change] = {
    "a new article": lambda builder: write(builder, LATER),
    "an edited article": edit,
    "an article without its vectors": replace_vectors,
    "a removed article": lambda builder: builder.remove(["6"]),
    "a withdrawn article": lambda builder: builder.withdraw(
        [ArticleHead(id="7", content_hash="x", withdrawn="killed")]
    ),
    "other inputs": lambda builder: builder.set_paths({"8": ["b.jsonl"]}),
    "other clusters": lambda builder: builder.set_clusters({"0": "", "9": "1"}),
    "other times": set_times,
    "a mark of a file": lambda builder: builder.mark(
        [FileMark(path="a.jsonl", state="2", gave={})]
    ),
    "no mark of a file": lambda builder: builder.unmark(["a.jsonl"]),
    "most articles removed": lambda builder: builder.remove([f"{n}" for n in range(10, 40)]),
}


# -- what is shared -------------------------------------------------------------------------------


def test_a_generation_links_what_was_finished_in_the_one_before(
    archive: Path, tmp_path: Path
) -> None:
    before = keep(archive, tmp_path / "before")
    assert change(archive, CHANGES["a new article"]).articles == 41
    linked = shared(before, shard_of(archive, "00000002"))
    assert {name.rsplit("/", 2)[1] for name in linked} >= {"payload_storage", "vectors", "store"}
    assert linked == unchanging_files(before)


def test_what_grows_is_copied(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    change(archive, CHANGES["a new article"])
    before = keep(archive, tmp_path / "before")
    change(archive, edit)
    assert shared(before, shard_of(archive, "00000002")) == set()


def test_a_linked_file_has_the_digest_of_its_content(archive: Path) -> None:
    change(archive, edit)
    with closing(EdgeStore(archive)) as store:
        assert store.damage() == []


def test_a_backup_of_linked_files_is_restored_as_they_are(archive: Path, tmp_path: Path) -> None:
    before = keep(archive, tmp_path / "before")
    change(archive, CHANGES["a new article"])
    assert shared(before, shard_of(archive, "00000002"))
    backup, restored = tmp_path / "backup.tar.gz", tmp_path / "restored"
    write_backup(archive, backup, version="0", report=lambda *_: None)
    restore_backup(backup, restored, version="0", report=lambda *_: None)
    assert shared(shard_of(archive, "00000002"), shard_of(restored, "00000002")) == set()
    with closing(EdgeStore(restored)) as store:
        assert store.damage() == []
        assert set(store.articles(["0", "later"])) == {"0", "later"}


def test_files_are_copied_where_they_cannot_be_linked(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    before = keep(archive, tmp_path / "before")
    builder = EdgeBuilder(archive, RECIPE)
    with closing(builder), monkeypatch.context() as patch:
        patch.setattr(os, "link", refuse)
        builder.unmark(["a.jsonl"])
    assert shared(before, archive / "generations" / "00000002.part" / "shard") == set()
    assert change(archive, CHANGES["a new article"]).articles == 41


# -- what the engine leaves as it is --------------------------------------------------------------


def test_no_kind_of_change_writes_into_the_generation_before(archive: Path, tmp_path: Path) -> None:
    before = keep(archive, tmp_path / "before")
    written = contents(before)
    with closing(EdgeBuilder(archive, RECIPE)) as builder:
        for work in CHANGES.values():
            work(builder)
        builder.publish()
    assert contents(before) == written


def test_a_merge_of_finished_segments_writes_into_none(archive: Path, tmp_path: Path) -> None:
    before = keep(archive, tmp_path / "before")
    written = contents(before)
    change(archive, CHANGES["most articles removed"])
    change(archive, CHANGES["a new article"])
    assert contents(before) == written
    merged = {segment_of(name) for name in unchanging_files(before)} - {None}
    assert not merged & {path.name for path in shard_of(archive, "00000003").glob("segments/*")}


KILLED = """if True:
    import os, signal, sys
    from pathlib import Path
    from tests.rag.store.test_shared_files import CHANGES, RECIPE, EdgeBuilder
    builder = EdgeBuilder(Path(sys.argv[1]), RECIPE)
    for name in sys.argv[2:]:
        CHANGES[name](builder)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_runs_write_into_nothing_that_is_served(archive: Path, tmp_path: Path) -> None:
    before = keep(archive, tmp_path / "before")
    written = contents(before)
    for names in (["an edited article"], ["a removed article", "other clusters"]):
        command = [sys.executable, "-c", KILLED, str(archive), *names]
        assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert change(archive, CHANGES["a new article"]).articles == 40
    assert contents(before) == written


def test_a_build_that_wrote_into_a_linked_file_is_not_served(archive: Path) -> None:
    with closing(EdgeBuilder(archive, RECIPE)) as builder:
        write(builder, LATER)
        page = linked_file(archive / "generations" / "00000002.part" / "shard", "page_0.dat")
        with page.open("r+b") as file:
            file.write(b"\xff")
        with pytest.raises(ArchiveDamaged, match=r"page_0\.dat has changed"):
            builder.publish()
    assert [path.name for path in (archive / "generations").iterdir()] == ["00000001"]


# -- damage ---------------------------------------------------------------------------------------


def flip(shard: Path, kind: str) -> Path:
    """Turn the bits of a byte in a linked file, as a bad disk does; its other links stay."""
    path = linked_file(shard, kind)
    content = bytearray(path.read_bytes())
    content[next(at for at, byte in enumerate(content) if byte)] ^= 0xFF
    times = path.stat()
    path.unlink()
    path.write_bytes(content)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    return path


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("payload_storage/page_0.dat", "an edited article"),
        ("vector_storage-dense/matrix.dat", "other clusters"),
        ("vector_storage-sentences/vectors/chunk_0.mmap", "most articles removed"),
    ],
)
def test_what_was_made_from_a_damaged_segment_is_not_served(
    archive: Path, kind: str, name: str
) -> None:
    path = flip(shard_of(archive), kind)
    with pytest.raises(ArchiveDamaged, match=f"{re.escape(str(path))} has changed"):
        change(archive, CHANGES[name])
    assert [path.name for path in (archive / "generations").iterdir()] == ["00000001"]


def test_damage_in_a_segment_that_a_run_does_not_use_is_still_told(archive: Path) -> None:
    change(archive, CHANGES["a new article"])  # the engine ends what it had left to do
    path = flip(shard_of(archive, "00000002"), "vector_storage-dense/matrix.dat")
    change(archive, lambda builder: builder.unmark(["b.jsonl"]))
    with closing(EdgeStore(archive)) as store:
        assert [line.split()[0] for line in store.damage()] == [
            path.relative_to(shard_of(archive, "00000002")).as_posix()
        ]
