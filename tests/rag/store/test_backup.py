"""Tests that a backup brings an archive back as it was, and that nothing half-made is ever left."""

import gzip
import io
import json
import os
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rag.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveNotFound,
    ArchiveUnavailable,
    InputError,
)
from rag.records import Article
from rag.store.directory import ArchiveDirectory, disk
from rag.store.directory.backup import Backup, Report, write_backup
from rag.store.directory.restore import restore_backup
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.model import FileMark, Manifest, Recipe, StoreQuery
from rag.text.terms import question_terms
from tests.fakes import HashingEmbedder, write
from tests.rag.store.test_generations import as_root, somebody_who_may_only_read

EMBEDDER = HashingEmbedder()
RECIPE = Recipe(model=EMBEDDER.name, dimension=EMBEDDER.dimension, passage_words=40)
RAIN = Article(id="rain", text="It rained on the coast. The river rose by two feet.")
SNOW = Article(id="snow", text="It snowed in the hills. The pass was closed for a day.")
SMALL = {
    "segments/one/page_0.dat": bytes(range(256)) * 40,
    "segments/one/config.json": b"{}",
    "wal/open-1": bytes(2_000_000),
}
FOG = Article(id="fog", text="Fog lay over the bay. The ferry waited for an hour.")


def publish(root: Path, *articles: Article) -> None:
    with closing(EdgeBuilder(root, RECIPE)) as builder:
        write(builder, *articles)
        builder.mark([FileMark(path="wire.jsonl", state="1", gave={})])
        builder.publish()


def nobody(done: int, total: int) -> None:
    """Show nothing."""


def back_up(root: Path, file: Path, *, replace: bool = False, report: Report = nobody) -> Backup:
    return write_backup(root, file, version="1.2.3", replace=replace, report=report)


def restore(file: Path, root: Path, *, replace: bool = False, report: Report = nobody) -> Backup:
    return restore_backup(file, root, version="1.2.3", replace=replace, report=report)


def contents(root: Path) -> dict[str, Any]:
    """Return what a reader sees: the articles, their vectors, and what a search finds."""
    terms, vector = question_terms("river pass"), EMBEDDER.embed(["river pass"])[0]
    with closing(EdgeStore(root)) as store:
        hits = store.query(StoreQuery(terms=terms, vector=vector, limit=9))
        heads = sorted(store.heads(), key=lambda head: head.id)
        vectors = {head.id: store.stored_vectors(head.id) for head in heads}
        return {
            "heads": heads,
            "articles": store.articles([head.id for head in heads]),
            "vectors": repr(vectors),
            "hits": [(hit.passage, hit.score) for hit in hits],
            "damage": store.damage(),
        }


def files(root: Path) -> dict[str, bytes]:
    """Return the files of the served generation, for an archive that no engine can open."""
    (shard,) = root.glob("generations/*/shard")
    return {str(f.relative_to(shard)): f.read_bytes() for f in shard.rglob("*") if f.is_file()}


def disk_size(root: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in root.rglob("*") if path.is_file())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kept") / "archive"
    publish(root, RAIN)
    publish(root, SNOW)
    return root


@pytest.fixture(scope="module")
def backup(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backups") / "archive.tar.gz"
    back_up(archive, file)
    return file


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The backup of an archive of a few small files, which no engine can open."""
    root = tmp_path_factory.mktemp("small") / "archive"
    generation = root / "generations" / "00000002"
    for name, content in SMALL.items():
        path = generation / "shard" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    files = ArchiveDirectory(root).checked_files(generation / "shard")
    manifest = Manifest(recipe=RECIPE, articles=2, passages=2, files=files)
    (generation / "manifest.json").write_text(manifest.to_json())
    (root / "current").write_text("00000002\n")
    back_up(root, root.parent / "small.tar.gz")
    return root.parent / "small.tar.gz"


@pytest.fixture(scope="module")
def restored(backup: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("restored") / "new" / "archive"
    restore(backup, root)
    return root


@pytest.fixture
def changing(restored: Path, tmp_path: Path) -> Path:
    """A restored archive of the test's own."""
    (tmp_path / "changing").mkdir()
    disk.copy_tree(restored, tmp_path / "changing")
    return tmp_path / "changing"


# -- there and back -------------------------------------------------------------------------------


def test_a_restored_archive_is_the_one_that_was_backed_up(archive: Path, restored: Path) -> None:
    assert contents(restored) == contents(archive)
    assert names(restored / "generations") == ["00000002"]


def test_a_restore_tells_what_the_backup_says_of_itself(small: Path, tmp_path: Path) -> None:
    told = restore(small, tmp_path / "archive")
    found = (told.dateline, told.generation, told.articles, told.passages)
    assert found == ("1.2.3", "00000002", 2, 2)


def test_holes_take_no_room_in_the_backup_nor_after_it(
    archive: Path, backup: Path, tmp_path: Path
) -> None:
    told = restore(backup, tmp_path / "archive")
    after = disk_size(tmp_path / "archive")
    assert told.size > 50 * after
    assert after <= disk_size(archive)
    assert backup.stat().st_size < after


def test_zeros_that_a_copy_wrote_become_holes_again(small: Path, tmp_path: Path) -> None:
    with tarfile.open(small) as tar:
        tar.extractall(tmp_path / "full", filter="data")  # tarfile writes the zeros
    back_up(tmp_path / "full", tmp_path / "again.tar.gz")
    restore(tmp_path / "again.tar.gz", tmp_path / "archive")
    assert disk_size(tmp_path / "archive") * 20 < disk_size(tmp_path / "full")


def test_any_tar_unpacks_a_backup_into_an_archive(
    archive: Path, backup: Path, tmp_path: Path
) -> None:
    with tarfile.open(backup) as tar:
        tar.extractall(tmp_path, filter="data")
    assert contents(tmp_path) == contents(archive)


def test_an_ingest_goes_on_from_a_restored_archive(changing: Path) -> None:
    with closing(EdgeBuilder(changing, RECIPE)) as builder:
        assert [mark.path for mark in builder.marks()] == ["wire.jsonl"]
        write(builder, FOG)
        write(builder, Article(id="rain", text="It rained no more. The river fell by a foot."))
        builder.publish()
    found = contents(changing)
    assert set(found["articles"]) == {"fog", "rain", "snow"}
    assert "no more" in found["articles"]["rain"].text
    assert found["damage"] == []


def test_a_backup_is_of_one_generation_although_an_ingest_serves_the_next(
    archive: Path, changing: Path, tmp_path: Path
) -> None:
    def ingest(done: int, total: int) -> None:
        if not (changing / "generations" / "00000003").exists():
            publish(changing, FOG)

    assert back_up(changing, tmp_path / "a.tar.gz", report=ingest).articles == 2
    assert names(changing / "generations") == ["00000003"]
    assert names(changing / "views") == []
    restore(tmp_path / "a.tar.gz", tmp_path / "restored")
    assert contents(tmp_path / "restored") == contents(archive)


def test_the_progress_counts_every_byte_both_ways(small: Path, tmp_path: Path) -> None:
    archive = small.parent / "archive"
    seen: list[tuple[int, int]] = []
    told = back_up(archive, tmp_path / "a", report=lambda done, total: seen.append((done, total)))
    restore(tmp_path / "a", tmp_path / "b", report=lambda done, total: seen.append((done, total)))
    ends = [done for done, total in seen if done == total == told.size]
    assert len(ends) >= 2
    assert {total for _, total in seen} == {told.size}


@as_root
def test_an_archive_of_somebody_else_is_backed_up_without_links(
    small: Path, tmp_path: Path
) -> None:
    tmp_path.chmod(0o777)
    with somebody_who_may_only_read(small.parent / "archive"):
        back_up(small.parent / "archive", tmp_path / "a.tar.gz")
    assert names(small.parent / "archive" / "views") == []
    assert restore(tmp_path / "a.tar.gz", tmp_path / "archive").articles == 2


# -- what is there already ------------------------------------------------------------------------


def test_a_file_is_replaced_only_if_that_is_said(small: Path, tmp_path: Path) -> None:
    archive = small.parent / "archive"
    file = tmp_path / "kept.tar.gz"
    file.write_text("precious")
    with pytest.raises(ArchiveError, match="exists; name another file, or add --replace"):
        back_up(archive, file)
    assert file.read_text() == "precious"
    back_up(archive, file, replace=True)
    restore(file, tmp_path / "archive")
    assert names(tmp_path) == ["archive", "kept.tar.gz"]


def test_an_archive_is_replaced_only_if_that_is_said(
    archive: Path, backup: Path, tmp_path: Path
) -> None:
    publish(tmp_path / "other", FOG)
    with pytest.raises(ArchiveError, match=r"there is an archive in .* or add --replace"):
        restore(backup, tmp_path / "other")
    with closing(EdgeStore(tmp_path / "other")) as reader:
        restore(backup, tmp_path / "other", replace=True)
        assert not reader.is_current()  # so those who follow the archive take the restored one
    assert contents(tmp_path / "other") == contents(archive)
    assert len(names(tmp_path / "other" / "generations")) == 1


def test_a_damaged_archive_can_be_replaced(small: Path, tmp_path: Path) -> None:
    restore(small, tmp_path / "archive")
    (tmp_path / "archive" / "current").write_text("???")
    restore(small, tmp_path / "archive", replace=True)
    assert files(tmp_path / "archive") == SMALL
    assert (tmp_path / "archive" / "current").read_text() == "00000003\n"


def test_an_unfinished_ingest_is_not_thrown_away_unasked(
    archive: Path, backup: Path, tmp_path: Path
) -> None:
    with closing(EdgeBuilder(tmp_path / "begun", RECIPE)) as builder:
        write(builder, FOG)
    with pytest.raises(ArchiveError, match="--replace"):
        restore(backup, tmp_path / "begun")
    restore(backup, tmp_path / "begun", replace=True)
    with closing(EdgeBuilder(tmp_path / "begun", RECIPE)) as builder:
        assert not builder.resumed
        assert {head.id for head in builder.heads()} == {"rain", "snow"}


@pytest.mark.parametrize("replace", [False, True])
def test_files_that_are_no_archive_are_never_replaced(
    small: Path, tmp_path: Path, replace: bool
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Dear all")
    with pytest.raises(ArchiveError, match="holds files, but no archive"):
        restore(small, tmp_path / "letters", replace=replace)
    with pytest.raises(ArchiveError, match="is a file"):
        restore(small, tmp_path / "letters" / "a.txt", replace=replace)
    assert names(tmp_path / "letters") == ["a.txt"]


def test_an_empty_folder_is_filled(small: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    restore(small, tmp_path / "empty")
    assert files(tmp_path / "empty") == SMALL


def test_what_a_killed_restore_left_is_no_hindrance_and_no_archive(
    small: Path, tmp_path: Path
) -> None:
    left = tmp_path / "archive" / "generations" / "00000002.received" / "shard"
    left.mkdir(parents=True)
    (left / "half").write_text("half")
    (tmp_path / "archive" / "lock").touch()
    with pytest.raises(ArchiveNotFound):
        EdgeStore(tmp_path / "archive")
    restore(small, tmp_path / "archive")
    assert files(tmp_path / "archive") == SMALL
    assert names(tmp_path / "archive" / "generations") == ["00000002"]


def test_a_restore_waits_for_no_ingest(backup: Path, changing: Path) -> None:
    with closing(EdgeBuilder(changing, RECIPE)), pytest.raises(ArchiveBusy, match="being written"):
        restore(backup, changing, replace=True)
    assert names(changing / "generations") == ["00000002"]


# -- stopped on the way ---------------------------------------------------------------------------


def interrupt(done: int, total: int) -> None:
    if done > total // 2:
        raise KeyboardInterrupt


def test_an_interrupted_backup_leaves_no_file(small: Path, tmp_path: Path) -> None:
    archive = small.parent / "archive"
    with pytest.raises(KeyboardInterrupt):
        back_up(archive, tmp_path / "a.tar.gz", report=interrupt)
    assert names(tmp_path) == []
    assert names(archive / "views") == []


def test_an_interrupted_backup_leaves_the_one_before(small: Path, tmp_path: Path) -> None:
    (tmp_path / "a.tar.gz").write_bytes(small.read_bytes())
    with pytest.raises(KeyboardInterrupt):
        back_up(small.parent / "archive", tmp_path / "a.tar.gz", replace=True, report=interrupt)
    assert names(tmp_path) == ["a.tar.gz"]
    assert (tmp_path / "a.tar.gz").read_bytes() == small.read_bytes()


def test_an_interrupted_restore_leaves_nothing(small: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        restore(small, tmp_path / "archive", report=interrupt)
    assert names(tmp_path) == []


def test_an_interrupted_restore_leaves_the_archive_that_it_was_to_replace(
    backup: Path, tmp_path: Path
) -> None:
    publish(tmp_path / "other", FOG)
    before = contents(tmp_path / "other")
    with pytest.raises(KeyboardInterrupt):
        restore(backup, tmp_path / "other", replace=True, report=interrupt)
    assert contents(tmp_path / "other") == before
    assert names(tmp_path / "other" / "generations") == ["00000001"]


def test_a_place_that_cannot_be_written_is_named(small: Path, tmp_path: Path) -> None:
    archive = small.parent / "archive"
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveUnavailable, match="cannot be written: No such file"):
        back_up(archive, tmp_path / "missing" / "a.tar.gz")
    with pytest.raises(ArchiveError, match="is a folder; name a file in it"):
        back_up(archive, tmp_path, replace=True)
    with pytest.raises(ArchiveError, match=r"is a file|cannot write"):
        restore(small, tmp_path / "file" / "archive")


# -- damage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.9, 0.999])
def test_a_cut_backup_is_refused_with_the_next_step(
    small: Path, tmp_path: Path, share: float
) -> None:
    whole = small.read_bytes()
    (tmp_path / "cut").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(InputError, match=r"cut is damaged or no backup .* nothing was restored;"):
        restore(tmp_path / "cut", tmp_path / "archive")
    assert names(tmp_path) == ["cut"]


@pytest.mark.parametrize("share", [0.0, 0.02, 0.2, 0.5, 0.8, 0.9999])
def test_a_backup_with_a_changed_byte_is_refused(small: Path, tmp_path: Path, share: float) -> None:
    content = bytearray(small.read_bytes())
    content[int(len(content) * share)] ^= 0xFF
    (tmp_path / "bad").write_bytes(content)
    with pytest.raises(InputError, match="bad is damaged or no backup"):
        restore(tmp_path / "bad", tmp_path / "archive")
    assert names(tmp_path) == ["bad"]


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "other.tar.gz", "w:gz") as tar:
        tar.add(__file__, "readme")
    (tmp_path / "text").write_text("It rained.")
    for name in ("other.tar.gz", "text"):
        with pytest.raises(InputError, match=f"{name} is damaged or no backup"):
            restore(tmp_path / name, tmp_path / "archive")
    with pytest.raises(InputError, match="there is no backup"):
        restore(tmp_path / "missing", tmp_path / "archive")
    assert names(tmp_path) == ["other.tar.gz", "text"]


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.unlink()  # its other links stay as they are
    path.write_bytes(content)


@pytest.mark.parametrize("harm", [flip, Path.unlink, lambda path: os.truncate(path, 10)])
def test_a_damaged_archive_gives_no_backup_and_leaves_the_one_before(
    backup: Path, changing: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    before = backup.read_bytes()
    (tmp_path / "a.tar.gz").write_bytes(before)
    harm(next(changing.glob("generations/*/shard/segments/*/payload_storage/page_0.dat")))
    with pytest.raises(ArchiveDamaged, match=r"page_0.dat .* no backup was made; run 'dateline"):
        back_up(changing, tmp_path / "a.tar.gz", replace=True)
    assert (tmp_path / "a.tar.gz").read_bytes() == before


def test_where_nothing_was_ingested_there_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(ArchiveNotFound):
        back_up(tmp_path / "missing", tmp_path / "a.tar.gz")
    assert names(tmp_path) == []


# -- backups that somebody made up ----------------------------------------------------------------

Entries = list[tuple[tarfile.TarInfo, bytes]]


def forged(whole: Path, file: Path, change: Callable[[Entries], None]) -> Path:
    """Write a backup again with other entries."""
    with tarfile.open(whole) as tar:
        entries = [(e, tar.extractfile(e).read()) for e in tar.getmembers()]  # type: ignore[union-attr]
    change(entries)
    with gzip.open(file, "wb", 1) as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        for entry, content in entries:
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return file


def with_notes(**changed: object) -> Callable[[Entries], None]:
    def change(entries: Entries) -> None:
        entries[0] = (entries[0][0], json.dumps(json.loads(entries[0][1]) | changed).encode())

    return change


def with_file(name: str) -> Callable[[Entries], None]:
    """Return a change that lets the manifest name a file of this name."""

    def change(entries: Entries) -> None:
        manifest = json.loads(entries[2][1])
        first = next(iter(manifest["files"]))
        manifest["files"] = {name: manifest["files"].pop(first)} | manifest["files"]
        entries[2] = (entries[2][0], json.dumps(manifest).encode())
        entries[3][0].name = f"generations/00000002/shard/{name}"

    return change


def make_link(kind: bytes) -> Callable[[Entries], None]:
    def change(entries: Entries) -> None:
        entries[3][0].type = kind
        entries[3][0].linkname = "/etc/passwd"
        entries[3] = (entries[3][0], b"")

    return change


def add_entry(entries: Entries) -> None:
    entries.append((tarfile.TarInfo("../escaped"), b"out"))


@pytest.mark.parametrize(
    "change",
    [
        with_file("../../../../escaped"),
        with_file("/tmp/escaped"),
        with_file("segments/../../../escaped"),
        make_link(tarfile.SYMTYPE),
        make_link(tarfile.LNKTYPE),
        make_link(tarfile.CHRTYPE),
        make_link(tarfile.FIFOTYPE),
        make_link(tarfile.DIRTYPE),
        add_entry,
        lambda entries: entries.pop(),
        lambda entries: entries.insert(4, entries[3]),
        with_notes(generation="../1"),
        with_notes(articles="many"),
    ],
)
def test_a_forged_backup_writes_nothing_anywhere(
    small: Path, tmp_path: Path, change: Callable[[Entries], None]
) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    file = forged(small, tmp_path / "forged", change)
    with pytest.raises(InputError, match="forged is damaged or no backup"):
        restore(file, tmp_path / "deep" / "er" / "archive")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["deep", "er", "forged"]
    assert not Path("/tmp/escaped").exists()


@pytest.mark.parametrize("newer", [{"layout": 99}, {"format": 99}])
def test_a_backup_of_a_newer_dateline_says_which(
    small: Path, tmp_path: Path, newer: dict[str, int]
) -> None:
    file = forged(small, tmp_path / "newer", with_notes(dateline="9.0", **newer))
    with pytest.raises(InputError, match=r"written by Dateline 9\.0, and this is 1\.2\.3"):
        restore(file, tmp_path / "archive")
    assert names(tmp_path) == ["newer"]


def test_a_restored_archive_has_the_modes_of_new_files(small: Path, tmp_path: Path) -> None:
    def open_up(entries: Entries) -> None:
        for entry, _ in entries:
            entry.mode = 0o6777

    restore(forged(small, tmp_path / "forged", open_up), tmp_path / "archive")
    (tmp_path / "plain").touch()
    plain = (tmp_path / "plain").stat().st_mode
    files = [path for path in (tmp_path / "archive").rglob("*") if path.is_file()]
    assert {path.stat().st_mode for path in files if path.name != "lock"} == {plain}
    assert ArchiveDirectory(tmp_path / "archive").is_made
