"""Tests `dateline keys` as a shell calls it."""

import json
from pathlib import Path

import pytest

from api.keys import KeyFile
from tests.ui.two_articles import run
from ui.cli import main


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATELINE_API_KEYS", str(tmp_path / "keys.json"))
    return tmp_path / "keys.json"


def test_where_there_are_no_keys_that_is_said(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keys", "list"]) == 0
    captured = capsys.readouterr()
    said = f"dateline: there are no keys in {file}; make one with 'dateline keys add NAME'\n"
    assert (captured.out, captured.err) == ("", said)
    main(["keys", "add", "Holm desk"])
    capsys.readouterr()
    assert main(["keys", "list"]) == 0
    captured = capsys.readouterr()
    assert captured.out.endswith("valid  Holm desk\n")
    assert captured.err == ""


@pytest.mark.parametrize("name", ["", "  "])
def test_a_key_has_a_name(file: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    said = run(capsys, "keys", "add", name, status=2)
    assert said == "dateline: the key has no name; say whom or what it is for\n"
    assert not file.exists()


def test_a_key_that_is_revoked_again_keeps_the_day_on_which_it_ended(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, _ = KeyFile(file).add("Orr desk", ("ask",))
    run(capsys, "keys", "revoke", key.id)
    (kept,) = json.loads(file.read_text())
    file.write_text(json.dumps([kept | {"revoked": "2021-03-04T05:06:07Z"}]))
    assert "revoked 2021-03-04" in run(capsys, "keys", "revoke", key.id)
    assert "revoked 2021-03-04" in run(capsys, "keys", "list")


def test_a_file_of_keys_that_cannot_be_used_comes_with_the_next_step(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("a file where the folder should be")
    monkeypatch.setenv("DATELINE_API_KEYS", str(file / "keys.json"))
    assert "name another file in DATELINE_API_KEYS" in run(capsys, "keys", "list", status=2)
    assert "name another file in DATELINE_API_KEYS" in run(capsys, "keys", "add", "a", status=2)
