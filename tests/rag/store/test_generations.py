"""Tests an archive directory with damage, kills, several processes and files of other users."""

import json
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from rag.errors import ArchiveBusy, ArchiveDamaged, ArchiveError, ArchiveUnavailable
from rag.records import Article
from rag.store.directory import ArchiveDirectory
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.model import Manifest, Recipe, StoreQuery
from rag.text.terms import question_terms
from tests.fakes import HashingEmbedder, write

ROOT = Path(__file__).parents[3]
EMBEDDER = HashingEmbedder()
RECIPE = Recipe(model=EMBEDDER.name, dimension=EMBEDDER.dimension, passage_words=40)
RAIN = Article(id="rain", text="It rained on the coast. The river rose by two feet.")
SNOW = Article(id="snow", text="It snowed in the hills. The pass was closed for a day.")


def put(root: Path, *articles: Article) -> None:
    with closing(EdgeBuilder(root, RECIPE)) as builder:
        write(builder, *articles)


def publish(root: Path, *articles: Article) -> Manifest:
    with closing(EdgeBuilder(root, RECIPE)) as builder:
        write(builder, *articles)
        return builder.publish()


def replace(path: Path, content: bytes) -> None:
    """Give a file new content and leave its other links alone."""
    path.unlink()
    path.write_bytes(content)


def files_of(archive: Path, generation: str = "00000001") -> list[Path]:
    """Return the files that the manifest answers for."""
    manifest = json.loads((archive / "generations" / generation / "manifest.json").read_text())
    return [archive / "generations" / generation / "shard" / name for name in manifest["files"]]


def generations(archive: Path) -> list[str]:
    return sorted(path.name for path in (archive / "generations").iterdir())


def views(archive: Path) -> list[str]:
    return [path.name for path in (archive / "views").iterdir()]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("published") / "archive"
    publish(root, RAIN)
    return root


@pytest.fixture
def archive(published: Path, tmp_path: Path) -> Path:
    """A published archive to spoil: its files are links, to be replaced and never written into."""
    root = tmp_path / "archive"
    shutil.copytree(published, root, copy_function=os.link, ignore=shutil.ignore_patterns("lock"))
    return root


@contextmanager
def somebody_who_may_only_read(folder: Path) -> Iterator[None]:
    """Be an account that owns nothing here, as a reader of a shared archive is."""
    for parent in (folder, *folder.parents[:4]):
        parent.chmod(parent.stat().st_mode | 0o055)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")


# -- writers and readers ----------------------------------------------------------------------


def test_a_second_writer_is_told_which_process_holds_the_archive(tmp_path: Path) -> None:
    holder = re.escape(f"process {os.getpid()} on {socket.gethostname()}")
    with closing(EdgeBuilder(tmp_path, RECIPE)), pytest.raises(ArchiveBusy, match=holder):
        EdgeBuilder(tmp_path, RECIPE)
    EdgeBuilder(tmp_path, RECIPE).close()


def test_the_view_of_a_killed_reader_is_removed_by_the_next_writer(archive: Path) -> None:
    imports = "import sys; from pathlib import Path; from rag.store.edge import EdgeStore"
    reading = f"{imports}; store = EdgeStore(Path(sys.argv[1]))"
    command = [sys.executable, "-c", f"{reading}; print('open', flush=True); input()", str(archive)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == b"open\n"
        reader.kill()
    assert len(views(archive)) == 2, "the folder and its lock"
    EdgeBuilder(archive, RECIPE).close()
    assert views(archive) == []


def test_the_view_of_a_living_reader_stays_until_it_closes(archive: Path) -> None:
    with closing(EdgeStore(archive)) as store:
        before = views(archive)
        EdgeBuilder(archive, RECIPE).close()
        assert views(archive) == before != []
        assert store.articles(["rain"]) == {"rain": RAIN}
    assert views(archive) == []


def test_an_old_generation_is_removed_under_a_reader_that_goes_on(archive: Path) -> None:
    with closing(EdgeStore(archive)) as store:
        publish(archive, SNOW)
        assert generations(archive) == ["00000002"]
        assert store.articles(["rain", "snow"]) == {"rain": RAIN}
        assert [head.id for head in store.heads()] == ["rain"]


def test_a_reader_of_an_old_generation_cannot_check_its_files(archive: Path) -> None:
    with closing(EdgeStore(archive)) as store:
        publish(archive, SNOW)
        with pytest.raises(ArchiveUnavailable, match="open it again"):
            store.damage()


def test_asking_changes_nothing_that_was_written(archive: Path) -> None:
    question = StoreQuery(terms=question_terms("rain"), vector=EMBEDDER.embed(["rain"])[0], limit=5)
    with closing(EdgeStore(archive)) as store, closing(EdgeStore(archive)) as other:
        assert store.query(question)[0].passage == other.query(question)[0].passage
    with closing(EdgeStore(archive)) as store:
        assert store.damage() == []


def test_asking_where_something_was_replaced_changes_nothing_either(archive: Path) -> None:
    for text in ("It rained again. The river fell.", "It rained for days. The river rose."):
        publish(archive, Article(id="rain", text=text))
        with closing(EdgeStore(archive)) as store:
            assert store.damage() == []


@as_root
@pytest.mark.parametrize("views_mode", [0o755, 0o777])
def test_an_archive_of_somebody_else_is_copied_once_however_often_it_is_read(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, views_mode: int
) -> None:
    (archive / "views").chmod(views_mode)  # at 777 a view can be made, but no file linked into it
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    temporary.chmod(0o777)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    copies = []
    with somebody_who_may_only_read(archive):
        for _ in range(2):
            with closing(EdgeStore(archive)) as store, closing(EdgeStore(archive)) as other:
                assert store.articles(["rain"]) == other.articles(["rain"]) == {"rain": RAIN}
            (copy,) = temporary.glob("dateline-65534/*-*")
            copies.append(copy.stat().st_ino)
        assert list((copy.parent / "views").iterdir()) == []
    assert copies[0] == copies[1]
    assert views(archive) == []


@as_root
def test_an_archive_of_somebody_else_cannot_be_written(archive: Path) -> None:
    with (
        somebody_who_may_only_read(archive),
        pytest.raises(ArchiveUnavailable, match=f"cannot write to {archive}: Permission denied"),
    ):
        EdgeBuilder(archive, RECIPE)


def test_a_disk_without_room_for_the_next_generation_is_named(archive: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with closing(EdgeBuilder(archive, RECIPE)) as builder:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
        try:
            with pytest.raises(ArchiveUnavailable, match=r"cannot write to .*: File too large"):
                write(builder, SNOW)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert generations(archive) == ["00000001"]


# -- damage -----------------------------------------------------------------------------------


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def grow(path: Path) -> None:
    os.truncate(path, path.stat().st_size + 1)


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("harm", [cut, grow, remove])
def test_no_file_can_be_cut_grown_or_missing_unnoticed(
    archive: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    files = files_of(archive)
    assert len(files) > 40
    for path in files:
        sound = path.rename(tmp_path / "sound")
        shutil.copyfile(sound, path)
        harm(path)
        with pytest.raises(ArchiveDamaged, match=f"^{re.escape(str(path))} should have"):
            EdgeStore(archive)
        sound.replace(path)
    EdgeStore(archive).close()


@pytest.mark.parametrize(
    "name",
    [
        "payload_storage/page_0.dat",
        "vector_storage-bm25/store/page_0.dat",
        "vector_storage-dense/vectors/chunk_0.mmap",
        "vector_storage-sentences/vectors/chunk_0.mmap",
    ],
)
def test_a_file_altered_without_changing_its_size_is_found(archive: Path, name: str) -> None:
    (path,) = (path for path in files_of(archive) if str(path).endswith(name))
    content = bytearray(path.read_bytes())
    content[-1] ^= 0xFF
    replace(path, bytes(content))
    with closing(EdgeStore(archive)) as store:
        (problem,) = store.damage()
    assert problem.endswith(f"{name} has changed since it was written")


def test_a_file_that_vanished_after_opening_is_found(archive: Path) -> None:
    with closing(EdgeStore(archive)) as store:
        files_of(archive)[0].unlink()
        (problem,) = store.damage()
    assert files_of(archive)[0].name in problem


@pytest.mark.parametrize("content", [b"", b'{"recipe": ', b"[]", b"\xff\xfe\x00"])
def test_a_broken_manifest_is_damage(archive: Path, content: bytes) -> None:
    replace(archive / "generations" / "00000001" / "manifest.json", content)
    with pytest.raises(ArchiveDamaged, match=f"{archive}.* cannot be read"):
        EdgeStore(archive)


def test_a_missing_manifest_is_damage(archive: Path) -> None:
    manifest = archive / "generations" / "00000001" / "manifest.json"
    manifest.unlink()
    with pytest.raises(ArchiveDamaged, match=f"{manifest} cannot be read"):
        EdgeStore(archive)


def test_a_shard_that_lost_points_is_refused_and_leaves_no_view(archive: Path) -> None:
    path = archive / "generations" / "00000001" / "manifest.json"
    manifest = json.loads(path.read_text()) | {"articles": 2}
    replace(path, json.dumps(manifest).encode())
    with pytest.raises(ArchiveDamaged, match=r"holds 1 articles .* says 2 and 1"):
        EdgeStore(archive)
    assert views(archive) == []


@pytest.mark.parametrize("content", [b"", b"latest\n", b"../..\n", b"\xff\xfe", b"00000009\n"])
def test_a_broken_pointer_stops_readers_and_writers_and_loses_nothing(
    archive: Path, content: bytes
) -> None:
    replace(archive / "current", content)
    with pytest.raises(ArchiveDamaged, match=r"current|generation 00000009 of .* is gone"):
        EdgeStore(archive)
    with pytest.raises(ArchiveDamaged):
        EdgeBuilder(archive, RECIPE)
    assert generations(archive) == ["00000001"]


def test_a_damaged_archive_is_not_built_upon(archive: Path) -> None:
    cut_file = files_of(archive)[0]
    replace(cut_file, cut_file.read_bytes()[:-1])
    with pytest.raises(ArchiveDamaged, match=re.escape(str(cut_file))):
        EdgeBuilder(archive, RECIPE)
    assert not list((archive / "generations").glob("*.part"))


def test_a_file_in_the_place_of_the_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("not a folder")
    for open_it in (EdgeStore, lambda root: EdgeBuilder(root, RECIPE)):
        with pytest.raises(ArchiveError, match=str(tmp_path / "archive")):
            open_it(tmp_path / "archive")


# -- kills ------------------------------------------------------------------------------------


def test_a_publish_stopped_before_its_rename_is_gone_on_with(archive: Path) -> None:
    put(archive, SNOW)
    (build,) = (archive / "generations").glob("*.part")
    (build / "manifest.json").write_text("{half a mani")
    assert EdgeStore(archive).manifest.articles == 1
    with closing(EdgeBuilder(archive, RECIPE)) as builder:
        assert {head.id for head in builder.heads()} == {"rain", "snow"}
        assert builder.publish().articles == 2
    assert generations(archive) == ["00000002"]


@pytest.mark.parametrize("older", [True, False])
def test_a_publish_stopped_before_its_pointer_is_finished_by_the_next_run(
    archive: Path, tmp_path: Path, older: bool
) -> None:
    before = tmp_path / "before"
    shutil.copytree(archive, before, copy_function=os.link)
    publish(archive, SNOW)
    (archive / "current").unlink()
    if older:
        os.link(before / "current", archive / "current")
        shutil.move(before / "generations" / "00000001", archive / "generations")
    with closing(EdgeBuilder(archive, RECIPE)) as builder:
        assert {head.id for head in builder.heads()} == {"rain", "snow"}
    assert (archive / "current").read_text() == "00000002\n"
    assert generations(archive) == ["00000002"]


def test_a_copy_that_was_cut_off_is_removed(archive: Path) -> None:
    copying = archive / "generations" / "00000002.copying"
    (copying / "shard").mkdir(parents=True)
    assert publish(archive, SNOW).articles == 2
    assert generations(archive) == ["00000002"]


def test_a_build_without_its_recipe_is_begun_again(archive: Path) -> None:
    (archive / "generations" / "00000002.part" / "shard").mkdir(parents=True)
    assert publish(archive, SNOW).articles == 2
    assert generations(archive) == ["00000002"]


def test_a_build_that_cannot_be_loaded_is_begun_anew(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    put(archive, RAIN)
    shard = archive / "generations" / "00000001.part" / "shard"
    shutil.rmtree(shard / "segments")
    (shard / "edge_config.json").write_text("{")
    with closing(EdgeBuilder(archive, RECIPE)) as builder:
        assert list(builder.heads()) == []
    assert publish(archive, SNOW).articles == 1


@pytest.mark.parametrize("name", ["id_tracker.versions", "id_tracker.deleted", "edge_config.json"])
def test_what_the_engine_writes_in_place_is_a_readers_own(archive: Path, name: str) -> None:
    # A large archive has these in every merged segment; the engine writes into them as it opens.
    written = archive / "generations" / "00000001" / "shard" / "segments" / "merged" / name
    written.parent.mkdir()
    written.write_text("as published")
    with ArchiveDirectory(archive).view("00000001") as view:
        (copy,) = view.rglob(f"merged/{name}")
        copy.write_text("as opened")
    assert written.read_text() == "as published"
