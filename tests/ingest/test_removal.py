import gzip
import io
import json
from pathlib import Path

import pytest

from ingest.files import RunFiles
from ingest.removal import Removal, Removed, find_warnings
from ingest.removal_question import ask_person
from rag.store.model import ArticleHead
from tests.ingest.inboxes import CountingEmbedder, run, stored, write


def records(first: int, count: int) -> list[dict[str, object]]:
    return [{"id": n, "text": f"It rained {n} times."} for n in range(first, first + count)]


def refuse_all(removal: Removal) -> bool:
    return False


# -- what was not read whole and well loses nothing ---------------------------------------------


@pytest.mark.parametrize("content", [b"", b"  \n", b"[]", b"\xff\xfe\x00", b'{"text": "cut of'])
def test_a_failed_export_removes_nothing(
    inbox: Path, embedder: CountingEmbedder, content: bytes
) -> None:
    write(inbox, *records(0, 3))
    write(inbox, *records(3, 3), name="b.jsonl")
    run(inbox, embedder)
    (inbox / "b.jsonl").write_bytes(content)
    assert run(inbox, embedder, delete_missing=True).removed == 0
    assert len(stored(inbox)) == 6


def test_a_file_that_is_too_large_now_loses_nothing(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, *records(0, 3))
    write(inbox, *records(3, 9), name="b.jsonl")
    run(inbox, embedder)
    report = run(inbox, embedder, delete_missing=True, max_file_bytes=200)
    assert (report.files, report.removed, len(stored(inbox))) == (2, 0, 12)


def test_a_page_without_its_text_loses_nothing(inbox: Path, embedder: CountingEmbedder) -> None:
    write(inbox, *records(0, 9))
    page = "<html><head><title>Rain</title></head><body><article><p>{}</p></article></body></html>"
    said = "It rained on the northern coast for the third day, and the rivers rose. " * 3
    (inbox / "page.html").write_text(page.format(said))
    run(inbox, embedder)
    (inbox / "page.html").write_text(page.format(""))
    assert run(inbox, embedder, delete_missing=True).removed == 0
    assert len(stored(inbox)) == 10


def test_a_record_that_lost_its_text_keeps_what_it_gave(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, *records(0, 9))
    run(inbox, embedder)
    write(inbox, *records(0, 8), {"id": 8, "text": ""})
    assert run(inbox, embedder, delete_missing=True).removed == 0


@pytest.mark.parametrize("home", ["", "https://holm.example/"])
def test_a_record_without_an_id_that_lost_its_text_keeps_what_it_gave(
    inbox: Path, embedder: CountingEmbedder, home: str
) -> None:
    rows = [{"title": f"Day {n}", "url": home, "text": f"It rained {n} times."} for n in range(9)]
    write(inbox, *rows)
    run(inbox, embedder)
    write(inbox, *rows[:8], {**rows[8], "text": ""})
    assert run(inbox, embedder, delete_missing=True).removed == 0
    assert len(stored(inbox)) == 9
    write(inbox, *rows[:8])
    assert run(inbox, embedder, delete_missing=True).removed == 1


def test_a_container_that_is_cut_loses_nothing(inbox: Path, embedder: CountingEmbedder) -> None:
    write(inbox, *records(0, 3))
    packed = gzip.compress("\n".join(map(json.dumps, records(3, 40))).encode())
    (inbox / "b.jsonl.gz").write_bytes(packed)
    run(inbox, embedder)
    (inbox / "b.jsonl.gz").write_bytes(packed[:-20])
    assert run(inbox, embedder, delete_missing=True).removed == 0


def test_what_is_not_looked_into_any_more_loses_nothing(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, *records(0, 9))
    (inbox / "build").mkdir()
    (inbox / "build" / "b.txt").write_text("It rained on Tuesday.")
    run(inbox, embedder)
    (inbox / "Makefile").write_text("all:\n\ttrue\n")
    run(inbox, embedder, delete_missing=True)
    assert "It rained on Tuesday." in stored(inbox).values()


# -- what looks like an accident is confirmed -----------------------------------------------------


def test_a_disk_with_a_note_on_it_removes_nothing_without_a_word(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    for n in range(8):
        write(inbox, *records(n, 1), name=f"{n}.jsonl")
    run(inbox, embedder)
    for path in inbox.iterdir():
        path.unlink()
    (inbox / "README.txt").write_text("Mount the disk of the archive here.")
    report = run(inbox, embedder, delete_missing=True, confirm=refuse_all)
    assert (report.removed, report.removal.refused) == (0, True)
    assert len(stored(inbox)) == 9


def test_up_to_a_fifth_goes_without_a_word(inbox: Path, embedder: CountingEmbedder) -> None:
    write(inbox, *records(0, 10))
    run(inbox, embedder)
    write(inbox, *records(0, 8))
    report = run(inbox, embedder, delete_missing=True, confirm=refuse_all)
    assert (report.removed, len(stored(inbox))) == (2, 8)
    assert [removed.id for removed in report.removal.articles] == ["8", "9"]


def test_what_was_refused_is_removed_when_it_is_confirmed(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, *records(0, 10))
    write(inbox, *records(5, 5), {"id": "x", "text": "It hailed."}, name="b.jsonl")
    run(inbox, embedder)
    write(inbox, *records(0, 2))
    (inbox / "b.jsonl").unlink()
    refused = run(inbox, embedder, delete_missing=True, confirm=refuse_all)
    assert (refused.removed, len(stored(inbox))) == (0, 11)
    report = run(inbox, embedder, delete_missing=True)
    assert (report.removed, sorted(stored(inbox))) == (9, ["0", "1"])


def test_what_a_file_lost_before_is_removed_where_that_is_asked_for_later(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, *records(0, 10))
    run(inbox, embedder)
    write(inbox, *records(0, 9), *records(20, 1))
    assert (run(inbox, embedder).removed, run(inbox, embedder).unread) == (0, 1)
    report = run(inbox, embedder, delete_missing=True)
    assert (report.removed, len(stored(inbox))) == (1, 10)
    assert run(inbox, embedder, delete_missing=True).unread == 1


def test_an_edited_text_needs_no_word(inbox: Path, embedder: CountingEmbedder) -> None:
    (inbox / "note.txt").write_text("It rained on Tuesday.")
    run(inbox, embedder)
    (inbox / "note.txt").write_text("It rained on Wednesday.")
    report = run(inbox, embedder, delete_missing=True, confirm=refuse_all)
    assert (report.removed, list(stored(inbox).values())) == (1, ["It rained on Wednesday."])


def test_a_dry_run_lists_what_would_go_and_removes_nothing(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, *records(0, 4))
    run(inbox, embedder)
    write(inbox, *records(0, 1))
    report = run(inbox, embedder, delete_missing=True, dry_run=True, confirm=refuse_all)
    assert (report.removed, report.removal.refused, len(stored(inbox))) == (3, True, 4)


# -- warnings -----------------------------------------------------------------------------------


def heads(tmp_path: Path, *places: tuple[str, str, int]) -> list[ArticleHead]:
    """Return heads of so many articles in each file and of each outlet."""
    return [
        ArticleHead(
            id=f"{file}{outlet}{n}",
            content_hash="x",
            paths=(str(tmp_path / file),),
            source=outlet,
        )
        for file, outlet, count in places
        for n in range(count)
    ]


def warnings(tmp_path: Path, stored: list[ArticleHead], gone: str, *roots: str) -> tuple[str, ...]:
    removed = [head.id for head in stored if head.id.startswith(gone)]
    there = RunFiles([tmp_path / root for root in roots] or [tmp_path], [])
    return find_warnings(removed, stored, there)


def test_a_folder_that_is_there_and_lost_everything_is_an_accident(tmp_path: Path) -> None:
    stored = heads(tmp_path, ("one/a", "", 50), ("two/b", "", 2))
    assert warnings(tmp_path, stored, "two/b") == ()
    (tmp_path / "two").mkdir()
    assert warnings(tmp_path, stored, "two/b") == (
        f"it is everything that came from {tmp_path / 'two'}",
    )


@pytest.mark.parametrize("file", ["Holm!/a.jsonl", "Holm!/deep!/a.jsonl", "Holm!/a.zip!b!/c.json"])
def test_a_folder_may_have_an_exclamation_mark_in_its_name(tmp_path: Path, file: str) -> None:
    stored = heads(tmp_path, ("one/a", "", 50), (file, "", 2))
    (tmp_path / "Holm!").mkdir()
    assert warnings(tmp_path, stored, "Holm!") == (
        f"it is everything that came from {tmp_path / 'Holm!'}",
    )


@pytest.mark.parametrize("file", ["Holm!.jsonl", "Holm!.zip"])
def test_a_file_that_is_there_and_lost_everything_is_an_accident(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_text("")
    member = "!one.json" if file.endswith(".zip") else ""
    stored = heads(tmp_path, ("one/a", "", 50), (f"{file}{member}", "", 2))
    assert warnings(tmp_path, stored, "Holm!") == (
        f"it is everything that came from {tmp_path / file}",
    )


def test_a_place_of_a_disk_whose_folders_are_gone_with_it_is_an_accident(tmp_path: Path) -> None:
    stored = heads(tmp_path, ("one/a", "", 50), ("disk/2020/b", "", 1), ("disk/2021/b", "", 1))
    (tmp_path / "disk").mkdir()
    assert warnings(tmp_path, stored, "disk") == (
        f"it is everything that came from {tmp_path / 'disk'}",
    )
    assert warnings(tmp_path, stored, "disk/2020") == ()


def test_everything_from_one_source_is_an_accident(tmp_path: Path) -> None:
    stored = heads(tmp_path, ("one/a", "", 50), ("two/b", "", 1))
    assert warnings(tmp_path, stored, "two/b", "one", "two") == (
        f"it is everything that came from {tmp_path / 'two'}",
    )


def test_everything_from_one_outlet_is_an_accident(tmp_path: Path) -> None:
    stored = heads(tmp_path, ("a", "tass.com", 50), ("b", "town.example", 2))
    assert warnings(tmp_path, stored, "b") == ("it is everything that came from town.example",)
    assert warnings(tmp_path, stored[:-1], "b") == ()


def test_a_share_is_of_what_is_under_the_sources(tmp_path: Path) -> None:
    stored = heads(tmp_path, ("one/a", "", 50), ("two/b", "", 2), ("two/c", "", 2))
    assert warnings(tmp_path, stored, "two/b") == ()
    assert warnings(tmp_path, stored, "two/b", "two") == (
        "it is 2 of the 4 articles under the sources",
    )


# -- the question -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "done"), [("y\n", True), ("Yes\n", True), ("\n", False), ("", False)]
)
def test_a_person_is_asked_after_a_list(
    said: str, done: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    articles = tuple(Removed(id=str(n), title="", path=f"/in/{n}.txt") for n in range(30))
    assert ask_person(Removal(articles=articles, warnings=("it is everything",))) is done
    asked = capsys.readouterr().err
    assert "30 articles are in no input any more:\n  /in/0.txt: 0\n" in asked
    assert "  and 10 more\n" in asked
    assert asked.endswith("Remove these 30 articles? [y/N] ")
