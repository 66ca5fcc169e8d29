"""Tests the ingest command with the real embedder, from its options to its exit status."""

import argparse
import json
import zipfile
from pathlib import Path

import pytest

from ingest.command import read_columns, run_ingest
from ingest.exits import FAILURE, SKIPPED, SUCCESS
from ingest.formats.fieldnames import ALIASES
from ingest.options import add_ingest, archive_option, json_option
from rag.errors import SettingsError
from rag.settings import load_settings
from rag.store import open_store


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def run(*arguments: object, archive: Path) -> int:
    parser = argparse.ArgumentParser(parents=[archive_option(), json_option()])
    add_ingest(parser)
    options = parser.parse_args([str(argument) for argument in arguments])
    return run_ingest(options, load_settings(archive=str(archive)))


def article_ids(archive: Path) -> list[str]:
    store = open_store(load_settings(archive=str(archive)))
    try:
        return sorted(head.id for head in store.heads())
    finally:
        store.close()


def write(path: Path, *records: object) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))


# -- columns ------------------------------------------------------------------------------------


def test_columns_are_pairs_with_space_around_them_or_not() -> None:
    assert read_columns("text=story, published = day of print") == {
        "text": "story",
        "published": "day of print",
    }
    assert read_columns("") == read_columns(",") == {}


@pytest.mark.parametrize("text", ["text", "text=", "text=story,day", "text= "])
def test_what_is_no_pair_is_named_with_an_example(text: str) -> None:
    with pytest.raises(SettingsError, match=r"write FIELD=COLUMN, such as text=story") as raised:
        read_columns(text)
    assert repr(text.rsplit(",", maxsplit=1)[-1]) in str(raised.value)


@pytest.mark.parametrize("text", ["body text=story", "text=story,headlne=top", "=story"])
def test_a_field_that_there_is_not_is_named_with_those_that_there_are(text: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read_columns(text)
    message = str(raised.value)
    assert repr(text.rsplit(",", maxsplit=1)[-1].partition("=")[0]) in message
    assert all(field in message for field in ALIASES)


def test_columns_of_the_command_line_reach_the_reading(inbox: Path, archive: Path) -> None:
    (inbox / "a.csv").write_text("nr,story\n7,It rained on Tuesday.\n")
    assert run(inbox, "--columns", "id=nr,text=story", archive=archive) == SUCCESS
    assert article_ids(archive) == ["7"]


def test_wrong_columns_leave_no_archive(inbox: Path, archive: Path) -> None:
    write(inbox / "a.jsonl", {"id": "a", "text": "It rained."})
    with pytest.raises(SettingsError):
        run(inbox, "--columns", "story", archive=archive)
    assert not archive.exists()


# -- sources --------------------------------------------------------------------------------------


def test_an_empty_source_is_a_mistake_and_not_this_folder(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("", archive=archive)
    assert stopped.value.code == 2
    assert "it is empty; name a file or folder" in capsys.readouterr().err


# -- exit statuses ------------------------------------------------------------------------------


def test_all_was_taken_some_was_skipped_nothing_could_be_read(inbox: Path, archive: Path) -> None:
    write(inbox / "a.jsonl", {"id": "a", "text": "It rained."})
    assert run(inbox, archive=archive) == SUCCESS
    (inbox / "empty.txt").write_text("")
    assert run(inbox, archive=archive) == SKIPPED
    assert run(inbox / "empty.txt", archive=archive) == FAILURE


def test_the_report_is_for_people_or_for_machines(
    inbox: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(inbox / "a.jsonl", {"id": "a", "text": "It rained."})
    run(inbox, archive=archive)
    assert "1 records: 1 new, 0 unchanged, 0 skipped" in capsys.readouterr().out
    run(inbox, "--json", archive=archive)
    report = json.loads(capsys.readouterr().out)
    assert (report["unread"], report["unchanged"], report["embedded_sentences"]) == (1, 1, 0)


def test_an_empty_folder_is_a_failure_that_says_so(
    inbox: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(inbox, archive=archive) == FAILURE
    told = capsys.readouterr().err
    assert f"{inbox} is an empty folder; if it is the place of a disk, mount that" in told
    assert not (archive / "current").exists()


def test_a_folder_of_links_is_a_failure_that_says_what_is_there(
    inbox: Path, archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "more").symlink_to(tmp_path)
    (inbox / ".hidden").touch()
    assert run(inbox, archive=archive) == FAILURE
    told = capsys.readouterr().err
    assert "1 \xd7 hidden file or folder, 1 \xd7 link to a folder; name it as a source" in told


@pytest.mark.parametrize("content", ["[]", "id,title,text\n"])
def test_a_file_without_a_record_is_skipped_and_a_failure_where_it_is_all(
    inbox: Path, archive: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / ("a.json" if content == "[]" else "a.csv")).write_text(content)
    assert run(inbox, archive=archive) == FAILURE
    told = capsys.readouterr()
    assert "1 records: 0 new, 0 unchanged, 1 skipped" in told.out
    assert "nothing was read: none of 1 file holds an article" in told.err


def test_what_is_expired_is_told_and_kept_where_expiry_is_ignored(
    inbox: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = {"expires": "2020-12-01T00:00:00Z"}
    write(inbox / "a.jsonl", {"id": "a", "text": "It rained.", **day}, {"id": "b", "text": "Snow."})
    run(inbox, archive=archive)
    assert "1 of 2 articles are expired, so they are hidden" in capsys.readouterr().out
    assert run(inbox, "--ignore-expiry", "--json", archive=archive) == SUCCESS
    report = json.loads(capsys.readouterr().out)
    assert (report["updated"], report["hidden"]["expired"]) == (1, 0)


# -- dry runs -----------------------------------------------------------------------------------


def test_a_dry_run_leaves_no_folder_where_there_was_none(
    inbox: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(inbox / "a.jsonl", {"id": "a", "text": "It rained."})
    assert run(inbox, "--dry-run", "--json", archive=archive) == SUCCESS
    report = json.loads(capsys.readouterr().out)
    assert (report["new"], report["articles"], report["dry_run"]) == (1, 0, True)
    assert not archive.exists()


def test_a_dry_run_deletes_nothing_and_says_what_it_would(
    inbox: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(inbox / "a.jsonl", {"id": "a", "text": "It rained."})
    write(inbox / "b.jsonl", {"id": "b", "text": "It snowed."})
    run(inbox, archive=archive)
    (inbox / "b.jsonl").unlink()
    capsys.readouterr()
    assert run(inbox, "--dry-run", "--delete-missing", "--json", archive=archive) == SUCCESS
    assert json.loads(capsys.readouterr().out)["removed"] == 1
    assert article_ids(archive) == ["a", "b"]


# -- deletions ----------------------------------------------------------------------------------


def test_what_is_missing_is_deleted_where_that_is_asked_for(inbox: Path, archive: Path) -> None:
    write(inbox / "a.jsonl", {"id": "a", "text": "It rained."})
    write(inbox / "b.jsonl", {"id": "b", "text": "It snowed."})
    assert run(inbox, archive=archive) == SUCCESS
    (inbox / "b.jsonl").unlink()
    assert run(inbox, archive=archive) == SUCCESS
    assert article_ids(archive) == ["a", "b"]
    confirmed = ("--delete-missing", "--confirm-removal", "1")
    assert run(inbox, *confirmed, archive=archive) == SUCCESS
    assert article_ids(archive) == ["a"]


def test_a_large_removal_is_not_done_without_a_word(
    inbox: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(inbox / "a.jsonl", {"id": "a", "text": "It rained."})
    write(inbox / "b.jsonl", {"id": "b", "text": "It snowed.", "title": "Snow"})
    run(inbox, archive=archive)
    (inbox / "b.jsonl").unlink()
    capsys.readouterr()
    assert run(inbox, "--delete-missing", archive=archive) == FAILURE
    told = capsys.readouterr().out
    assert "1 of the 2 articles under the sources; nothing was removed" in told
    assert f"  {inbox / 'b.jsonl'}: Snow\n" in told
    assert "--delete-missing --confirm-removal 1" in told
    few = ("--delete-missing", "--confirm-removal", "0")
    assert run(inbox, *few, archive=archive) == FAILURE
    assert article_ids(archive) == ["a", "b"]


def test_a_word_for_a_removal_without_a_removal_is_wrong_usage(inbox: Path, archive: Path) -> None:
    with pytest.raises(SettingsError, match="add --delete-missing"):
        run(inbox, "--confirm-removal", "3", archive=archive)


def test_a_record_that_is_missing_is_deleted_too(inbox: Path, archive: Path) -> None:
    rain, snow = {"id": "a", "text": "It rained."}, {"id": "b", "text": "It snowed."}
    write(inbox / "a.jsonl", rain, snow)
    run(inbox, archive=archive)
    write(inbox / "a.jsonl", snow)
    run(inbox, "--delete-missing", "--confirm-removal", "1", archive=archive)
    assert article_ids(archive) == ["b"]


def zip_of(path: Path, **members: str) -> None:
    with zipfile.ZipFile(path, "w") as container:
        for name, text in members.items():
            container.writestr(f"{name}.jsonl", json.dumps({"id": name, "text": text}))


def test_a_member_that_is_missing_from_its_container_is_deleted_too(
    inbox: Path, archive: Path
) -> None:
    zip_of(inbox / "a.zip", rain="It rained.", snow="It snowed.")
    run(inbox, archive=archive)
    zip_of(inbox / "a.zip", rain="It rained.")
    run(inbox, "--delete-missing", "--confirm-removal", "1", archive=archive)
    assert article_ids(archive) == ["rain"]
