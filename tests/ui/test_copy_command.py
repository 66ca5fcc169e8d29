"""Tests copies as a shell calls them: what is printed, the exit status, and both archives after."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from rag.settings import load_settings
from rag.store import open_builder, open_store
from rag.store.copying import COPY_MARK
from rag.store.model import FileMark
from tests.ui.two_articles import ask, ingest_into, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive and its source."""
    folder = tmp_path_factory.mktemp("copy")
    ingest_into(folder)
    return folder


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_a_copy_is_sound_answers_alike_and_is_ingested_into(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new"
    said = run(capsys, "copy", folder / "archive", new)
    assert f"{new} holds 2 articles in 2 passages, as {folder / 'archive'} does" in said
    assert "problem" not in run(capsys, "doctor", "--deep", "--archive", new)
    before, after = ask(capsys, folder / "archive"), ask(capsys, new)
    assert before == after
    assert "nine days" in after["citations"][0]["quote"]
    # The marks of the files came with it, so the source is not even read again.
    again = run(capsys, "ingest", folder / "wire.jsonl", "--archive", new)
    assert "2 unchanged" in again


def test_a_copy_says_in_json_what_it_did(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new"
    first = json.loads(run(capsys, "copy", folder / "archive", new, "--json"))
    assert (first["articles"], first["passages"], first["archive"]) == (2, 2, str(new))
    assert first["written"] == first["points"]
    second = json.loads(run(capsys, "copy", folder / "archive", new, "--json", "--replace"))
    assert (second["written"], second["removed"]) == (0, 0)
    assert second["digest"] == first["digest"]


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("archive", "would be copied to itself"),
        ("taken", "replace it with --replace"),
        ("none/http://host:1", "copied to itself"),
    ],
)
def test_a_copy_says_why_it_does_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], target: str, says: str
) -> None:
    source: object = folder / "archive"
    if target == "taken":
        run(capsys, "copy", source, folder / "taken", "--replace")
    if target.startswith("none"):
        source, where = "http://127.0.0.1:9", "http://127.0.0.1:9/"
    else:
        where = str(folder / target)
    assert says in run(capsys, "copy", source, where, status=1 if target == "taken" else 2)


def test_a_copy_of_nothing_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(capsys, "copy", tmp_path / "none", tmp_path / "new", status=1)
    assert "no archive" in said
    assert not (tmp_path / "new").exists()


def test_an_ingest_does_not_go_on_with_half_an_archive(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new"
    with closing(open_store(load_settings(archive=str(folder / "archive")))) as source:
        recipe = source.manifest.recipe
        with closing(open_builder(load_settings(archive=str(new)), recipe)) as builder:
            builder.mark([FileMark(path=COPY_MARK, state="", gave={})])
            builder.put_whole(list(source.whole_points("passage"))[:1])
    said = run(capsys, "ingest", folder / "wire.jsonl", "--archive", new, status=1)
    assert "run 'dateline copy' again" in said
    assert "holds 2 articles" in run(capsys, "copy", folder / "archive", new)
    assert "2 unchanged" in run(capsys, "ingest", folder / "wire.jsonl", "--archive", new)


@pytest.mark.parametrize(
    ("target", "collection", "said"),
    [
        ("http://127.0.0.1:9", "my archive", "--to-collection is 'my archive': use letters of"),
        ("new", "holm", "new is a folder; leave it out"),
    ],
)
def test_a_collection_that_cannot_be_is_wrong_usage(
    folder: Path, capsys: pytest.CaptureFixture[str], target: str, collection: str, said: str
) -> None:
    command = ("copy", folder / "archive", target, "--to-collection", collection)
    assert said in run(capsys, *command, status=2)
