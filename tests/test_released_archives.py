"""Tests that an archive of each released version is opened, or upgraded as the error says.

Each archive in `released/` was made by that version from `articles.jsonl` beside it. When the
format changes, add an archive of the version before.
"""

import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.progress import Progress, Step
from ingest.upgrade import upgrade
from rag.archive import Archive
from rag.errors import ArchiveBusy, ArchiveDamaged, ArchiveMismatch, SettingsError
from rag.records import Article
from rag.settings import load_settings
from rag.store import open_builder, open_older
from rag.store.directory.backup import write_backup
from rag.store.directory.restore import restore_backup
from rag.store.model import FORMAT, Recipe
from ui.cli import main

RELEASED = Path(__file__).parent / "released"
SOURCE = RELEASED / "articles.jsonl"
FORMATS = {"0.1.0": 1, "0.2.0": 2, "0.3.0": 2}
OLDER = [version for version, made in FORMATS.items() if made < FORMAT]
PRESENT = [version for version, made in FORMATS.items() if made == FORMAT]
QUESTION = "How many passengers were on the ferry?"
ANSWER = "201 passengers"

Unpack = Callable[[str], Path]


@pytest.fixture
def unpack(tmp_path: Path) -> Unpack:
    """Return what unpacks the archive of a version into a folder of the test's own."""

    def unpack(version: str) -> Path:
        root = tmp_path / "archive"
        with tarfile.open(RELEASED / f"{version}.tar.xz") as tar:
            tar.extractall(root, filter="data")
        return root

    return unpack


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("DATELINE_WORKERS", "1")


def articles(root: Path) -> dict[str, Article]:
    with Archive.open(root) as archive:
        assert ANSWER in archive.ask(QUESTION).text
        return {article.id: article for article in archive.articles()}


def test_there_is_an_archive_of_every_format(unpack: Unpack) -> None:
    assert {path.name.removesuffix(".tar.xz") for path in RELEASED.glob("*.xz")} == set(FORMATS)
    assert set(FORMATS.values()) == set(range(1, FORMAT + 1))


@pytest.mark.parametrize("version", FORMATS)
def test_an_archive_has_the_format_that_its_version_wrote(unpack: Unpack, version: str) -> None:
    settings = load_settings(archive=str(unpack(version)))
    with open_older(settings) as older:
        found = list(older.articles())
        assert (older.format, older.count) == (FORMATS[version], len(found))
    assert {article.id for article in found} == {"ferry", "bridge"}


@pytest.mark.parametrize("version", PRESENT)
def test_the_page_reads_what_an_archive_of_the_present_format_holds(
    unpack: Unpack, version: str
) -> None:
    with Archive.open(unpack(version)) as archive:
        assert sum(archive.sources().values()) == archive.coverage().articles == 2
        assert archive.sections() == {"local": 1, "politics": 1}
        assert [listed.article_id for listed in archive.browse().articles]
        assert archive.count(since="1900-01-01") == archive.browse(since="1900-01-01").total


@pytest.mark.parametrize("version", PRESENT)
def test_an_archive_of_the_present_format_is_opened_and_ingested_into(
    unpack: Unpack, version: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = unpack(version)
    before = articles(root)
    assert [old.version for old in before["ferry"].versions] == ["1"]
    assert main(["doctor", "--deep", "--archive", str(root)]) == 0
    assert main(["ingest", str(SOURCE), "--archive", str(root)]) == 0
    assert "3 records: 0 new, 2 unchanged, 1 earlier, 0 skipped" in capsys.readouterr().out
    after = articles(root)
    assert {i: replace(a, path="") for i, a in after.items()} == {
        i: replace(a, path="") for i, a in before.items()
    }


@pytest.mark.parametrize("version", OLDER)
def test_the_error_for_an_older_archive_names_the_command_that_upgrades_it(
    unpack: Unpack, version: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = unpack(version)
    with pytest.raises(ArchiveMismatch) as caught:
        Archive.open(root)
    assert f"run 'dateline upgrade {root}', which needs nothing but" in str(caught.value)
    assert main(["ingest", str(SOURCE), "--archive", str(root)]) == 1
    assert f"dateline upgrade {root}" in capsys.readouterr().err
    assert main(["upgrade", str(root)]) == 0
    assert "has the format of this version now: 2 articles in 2 passages" in capsys.readouterr().out
    assert main(["doctor", "--deep", "--archive", str(root)]) == 0


@pytest.mark.parametrize("version", OLDER)
def test_an_upgrade_keeps_every_article_and_goes_on_from_there(
    unpack: Unpack, version: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = unpack(version)
    settings = load_settings(archive=str(root))
    with open_older(settings) as older:
        before = {article.id: article for article in older.articles()}
    assert upgrade(settings, Progress()) is not None
    assert articles(root) == before
    assert sorted(path.name for path in root.iterdir() if path.is_dir()) == ["generations", "views"]
    assert main(["upgrade", str(root), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["upgraded"] is False
    assert main(["ingest", str(SOURCE), "--archive", str(root)]) == 0
    assert articles(root)["ferry"].note == "Corrects the number of passengers."


class Stopping(Progress):
    """Interrupts a run when it comes to a step."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    @contextmanager
    def step(self, name: str, total: int, unit: str) -> Iterator[Step]:
        with super().step(name, total, unit) as step:
            if name == self._name:
                raise KeyboardInterrupt
            yield step


@pytest.mark.parametrize("version", OLDER)
@pytest.mark.parametrize("step", ["reading", "embedding"])
def test_an_interrupted_upgrade_changes_nothing_and_is_continued(
    unpack: Unpack, version: str, step: str
) -> None:
    root = unpack(version)
    settings = load_settings(archive=str(root))
    with pytest.raises(KeyboardInterrupt):
        upgrade(settings, Stopping(step))
    with pytest.raises(ArchiveMismatch, match="dateline upgrade"):
        Archive.open(root)
    manifest = upgrade(settings, Progress())
    assert manifest is not None
    assert (manifest.articles, manifest.embedded) == (2, 2)
    assert set(articles(root)) == {"ferry", "bridge"}


@pytest.mark.parametrize("version", OLDER)
def test_two_upgrades_at_once_do_not_mix(unpack: Unpack, version: str) -> None:
    root = unpack(version)
    staging = load_settings(archive=str(root / "upgrade"))
    recipe = Recipe(model="m", dimension=384, passage_words=150)
    with closing(open_builder(staging, recipe)), pytest.raises(ArchiveBusy):
        upgrade(load_settings(archive=str(root)), Progress())


@pytest.mark.parametrize("version", OLDER)
def test_a_damaged_older_archive_is_not_upgraded(unpack: Unpack, version: str) -> None:
    root = unpack(version)
    (path,) = root.glob("generations/*/shard/segments/*/payload_storage/page_0.dat")
    with path.open("r+b") as file:
        file.write(b"\0" * 64)
    with pytest.raises(ArchiveDamaged, match="has changed since it was written"):
        upgrade(load_settings(archive=str(root)), Progress())
    assert not (root / "upgrade").exists()


@pytest.mark.parametrize("version", OLDER)
def test_an_older_archive_can_be_backed_up_first(
    unpack: Unpack, version: str, tmp_path: Path
) -> None:
    file, new = tmp_path / "a.tar.gz", tmp_path / "new"
    write_backup(unpack(version), file, version="1", report=lambda done, total: None)
    restore_backup(file, new, version="1", report=lambda done, total: None)
    assert upgrade(load_settings(archive=str(new)), Progress()) is not None
    assert set(articles(new)) == {"ferry", "bridge"}


def test_an_archive_on_a_server_is_not_upgraded() -> None:
    with pytest.raises(SettingsError, match="is a Qdrant server"):
        upgrade(load_settings(archive="http://127.0.0.1:9"), Progress())
