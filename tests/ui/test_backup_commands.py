"""Tests backups as a shell calls them: what is printed, the exit status, and the archive after."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.two_articles import ask, ingest_into, run
from ui.cli import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive, its source, and its backup."""
    folder = tmp_path_factory.mktemp("backup")
    ingest_into(folder)
    assert main(["backup", str(folder / "archive"), str(folder / "a.tar.gz")]) == 0
    return folder


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_a_restored_archive_is_sound_answers_alike_and_is_ingested_into(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new"
    said = run(capsys, "restore", folder / "a.tar.gz", new)
    assert f"{new} holds 2 articles in 2 passages, as on 2" in said
    assert "problem" not in run(capsys, "doctor", "--deep", "--archive", new)
    before, after = ask(capsys, folder / "archive"), ask(capsys, new)
    assert before == after
    assert "nine days" in after["citations"][0]["quote"]
    # The marks of the files came with it, so the source is not even read again.
    again = run(capsys, "ingest", folder / "wire.jsonl", "--archive", new)
    assert "1 of them unchanged and not read again" in again
    assert "0 new, 2 unchanged" in again


def test_both_print_what_the_backup_says_as_json(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, new = tmp_path / "b.tar.gz", tmp_path / "new"
    made = json.loads(run(capsys, "backup", folder / "archive", file, "--json"))
    assert made["file_size"] == file.stat().st_size
    back = json.loads(run(capsys, "restore", file, new, "--json"))
    assert back["archive"] == str(new)
    assert {key: made[key] for key in made.keys() & back.keys()} == {
        key: back[key] for key in made.keys() & back.keys()
    }
    assert back["articles"] == 2


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["backup", "http://127.0.0.1:9", "b"], 2, "to back up the server, copy its archive"),
        (["restore", "a.tar.gz", "http://127.0.0.1:9"], 2, "is a Qdrant server"),
        (["backup", "archive", "a.tar.gz"], 1, "a.tar.gz exists; name another file, or add"),
        (["backup", "archve", "b"], 1, "there is no archive in archve"),
        (["restore", "a.tar.gz", "archive"], 1, "there is an archive in archive; name another"),
        (["restore", "b.tar.gz", "new"], 1, "there is no backup b.tar.gz"),
        (["restore", "wire.jsonl", "new"], 1, "wire.jsonl is damaged or no backup"),
    ],
)
def test_what_cannot_be_done_says_why_and_what_to_do(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    says: str,
) -> None:
    monkeypatch.chdir(folder)
    there = sorted(path.name for path in folder.iterdir())
    assert main(arguments) == status
    assert says in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == there


def _obey_ctrl_c() -> None:
    """Undo what a shell does to a command in the background, as these tests may be run."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_restore_ends_with_130_and_leaves_nothing(
    folder: Path, tmp_path: Path, number: signal.Signals
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "ui.cli", "restore", str(pipe), str(tmp_path / "new")]
    half = (folder / "a.tar.gz").read_bytes()
    half = half[: len(half) // 2]
    with (
        subprocess.Popen(
            command,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_obey_ctrl_c,  # noqa: PLW1509  no thread runs here
        ) as restoring,
        open(pipe, "wb") as writer,
    ):
        writer.write(half)
        writer.flush()
        while not list(tmp_path.glob("new/generations/*/shard/segments/*/*")):
            assert restoring.poll() is None
        restoring.send_signal(number)
        _, said = restoring.communicate(timeout=60)
    assert restoring.returncode == 130
    assert "interrupted" in said
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_a_folder_is_no_backup(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(capsys, "restore", folder, tmp_path / "new", status=1)
    assert said == f"dateline: {folder} is a folder; name a file of 'dateline backup'\n"


def test_a_backup_whose_name_leaves_no_room_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # The file gets its name at the end; until then, it has a longer one.
    file = tmp_path / ("n" * 253)
    assert "cannot be written: File name" in run(
        capsys, "backup", folder / "archive", file, status=1
    )
