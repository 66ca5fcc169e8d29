import os
from collections.abc import Sized
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from ingest.decisions import Outcome
from ingest.found import Reason
from rag.store.edge import EdgeBuilder
from rag.store.model import Recipe
from tests.ingest.inboxes import (
    V1,
    V2,
    V3,
    CountingEmbedder,
    articles_in,
    counts,
    run,
    stored,
    write,
)


class CutOffBuilder(EdgeBuilder):
    """Is interrupted before it does what `at` names."""

    def __init__(self, root: Path, recipe: Recipe, *, at: str) -> None:
        super().__init__(root, recipe)
        self._at = at

    def remove(self, article_ids):  # type: ignore[no-untyped-def]
        self._stop_at("remove", article_ids)
        super().remove(article_ids)

    def set_paths(self, paths):  # type: ignore[no-untyped-def]
        self._stop_at("set_paths", paths)
        super().set_paths(paths)

    def put(self, entries):  # type: ignore[no-untyped-def]
        self._stop_at("put", [entry for entry in entries if entry.article.versions])
        super().put(entries)

    def _stop_at(self, name: str, what: Sized) -> None:
        if self._at == name and len(what):
            raise KeyboardInterrupt


class VanishingBuilder(EdgeBuilder):
    """Loses the input when it is asked to mark files as read."""

    def __init__(self, root: Path, recipe: Recipe, *, inbox: Path) -> None:
        super().__init__(root, recipe)
        self._inbox = inbox

    def mark(self, marks):  # type: ignore[no-untyped-def]
        for path in self._inbox.iterdir():
            path.unlink()
        super().mark(marks)


def run_cut_off(inbox: Path, embedder: CountingEmbedder, at: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(inbox, embedder, make=partial(CutOffBuilder, at=at))


# -- undated records ------------------------------------------------------------------------------

U1, U2 = {"id": "a", "text": "It rained."}, {"id": "a", "text": "It poured."}


@pytest.mark.parametrize("order", [(U1, U2), (U2, U1)])
def test_of_undated_records_the_last_in_the_file_is_the_article(
    inbox: Path, embedder: CountingEmbedder, order: tuple[dict[str, str], dict[str, str]]
) -> None:
    write(inbox, *order)
    assert counts(run(inbox, embedder)) == {"new": 1, "earlier": 1}
    article = articles_in(inbox)["a"]
    assert (article.text, [v.text for v in article.versions]) == (
        order[1]["text"],
        [order[0]["text"]],
    )
    assert embedder.count == 1


@pytest.mark.parametrize("later", [(U1, U2), (U2, U1), (U1, U2, U1)])
def test_undated_records_that_are_read_again_rewrite_nothing(
    inbox: Path, embedder: CountingEmbedder, later: tuple[dict[str, str], ...]
) -> None:
    write(inbox, U1, U2)
    run(inbox, embedder)
    embedder.count = 0
    write(inbox, *later)
    report = run(inbox, embedder)
    assert (report.unread, report.outcomes[Outcome.UNCHANGED], embedder.count) == (0, 1, 0)
    assert (inbox.parent / "archive" / "current").read_text().strip() == "00000001"
    assert stored(inbox) == {"a": "It poured."}


def test_an_undated_record_that_is_repeated_in_another_file_stays_a_version(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, U1, U2)
    run(inbox, embedder)
    write(inbox, U1, name="later.jsonl")
    assert run(inbox, embedder).outcomes[Outcome.EARLIER] == 1
    assert stored(inbox) == {"a": "It poured."}


def test_an_edit_that_is_undone_brings_the_text_back_and_keeps_the_other_as_a_version(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    for record in (U1, U2):
        write(inbox, record)
        run(inbox, embedder)
    write(inbox, U1)
    assert counts(run(inbox, embedder)) == {"updated": 1}
    article = articles_in(inbox)["a"]
    assert (article.text, [v.text for v in article.versions]) == ("It rained.", ["It poured."])


def test_undated_records_in_files_read_by_two_processes_are_ordered_by_the_names_of_these(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    for name, record in (("a.jsonl", U2), ("b.jsonl", U1), ("c.jsonl", U2)):
        write(inbox, record, name=name)
    assert counts(run(inbox, embedder, workers=2)) == {"new": 1, "earlier": 1, "repeated": 1}
    assert stored(inbox) == {"a": "It rained."}


def changed_at(path: Path, seconds: int) -> None:
    os.utime(path, (seconds, seconds))


@pytest.mark.parametrize(
    ("old", "new"),
    [("export-9.jsonl", "export-10.jsonl"), ("story.json", "story-corrected.json")],
)
@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("workers", [0, 2])
def test_a_correction_wins_whatever_its_file_is_called(
    inbox: Path, embedder: CountingEmbedder, old: str, new: str, at_once: bool, workers: int
) -> None:
    for name, text in ((old, U1), (new, U2)):
        write(inbox, {**text, "published": "2020-11-10"}, name=name)
        changed_at(inbox / name, 1_600_000_000)
        if not at_once:
            run(inbox, embedder, workers=workers)
    run(inbox, embedder, workers=workers)
    article = articles_in(inbox)["a"]
    assert (article.text, [one.text for one in article.versions]) == ("It poured.", ["It rained."])


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("workers", [0, 2])
def test_of_undated_records_the_one_in_the_file_that_was_changed_last_is_the_article(
    inbox: Path, embedder: CountingEmbedder, at_once: bool, workers: int
) -> None:
    for seconds, name, text in ((1, "z.jsonl", U1), (2, "a.jsonl", U2)):
        write(inbox, text, name=name)
        changed_at(inbox / name, 1_600_000_000 + seconds)
        if not at_once:
            run(inbox, embedder, workers=workers)
    run(inbox, embedder, workers=workers)
    assert stored(inbox) == {"a": "It poured."}


def test_a_dry_run_counts_undated_records_as_a_run_does(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, U1, U2)
    assert counts(run(inbox, embedder, dry_run=True)) == {"new": 1, "earlier": 1}


def test_a_file_that_goes_away_before_its_records_are_ordered_is_named(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, U1, {"id": "b", "text": "It snowed."})
    run(inbox, embedder)
    write(inbox, U2)
    report = run(inbox, embedder, make=partial(VanishingBuilder, inbox=inbox))
    assert [skip.reason for skip in report.skipped] == [Reason.UNREADABLE]
    assert "the next run tries again" in report.skipped[0].detail
    assert stored(inbox)["a"] == "It rained."


# -- cut off before what follows from all of it is done -------------------------------------------


def test_an_article_whose_removal_was_cut_off_is_removed_by_the_next_run(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    (inbox / "note.txt").write_text("It rained on Tuesday.")
    run(inbox, embedder)
    (inbox / "note.txt").write_text("It rained on Wednesday.")
    run_cut_off(inbox, embedder, "remove")
    assert run(inbox, embedder).removed == 1
    assert list(stored(inbox).values()) == ["It rained on Wednesday."]


def test_an_input_whose_writing_was_cut_off_is_written_by_the_next_run(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, U1, name="a.jsonl")
    run(inbox, embedder)
    write(inbox, U1, {"id": "b", "text": "It snowed."}, name="b.jsonl")
    run_cut_off(inbox, embedder, "set_paths")
    run(inbox, embedder)
    (inbox / "a.jsonl").unlink()
    assert run(inbox, embedder, delete_missing=True).removed == 0
    assert articles_in(inbox)["a"].path == str(inbox / "b.jsonl")


@pytest.mark.parametrize("before", [(), (U1,), (U2, U1)])
def test_undated_records_that_were_cut_off_are_ordered_by_the_next_run(
    inbox: Path, embedder: CountingEmbedder, before: tuple[dict[str, str], ...]
) -> None:
    if before:
        write(inbox, *before)
        run(inbox, embedder)
    write(inbox, U1, U2 if len(before) < 2 else {"id": "a", "text": "It hailed."})
    run_cut_off(inbox, embedder, "put")
    run(inbox, embedder)
    wanted = "It poured." if len(before) < 2 else "It hailed."
    assert (stored(inbox)["a"], embedder.count > 0) == (wanted, True)


# -- files that were moved ------------------------------------------------------------------------


def test_a_record_that_is_mended_wins_after_its_file_was_renamed(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, V2, {"id": "b", "text": "It snowed."})
    run(inbox, embedder)
    (inbox / "a.jsonl").rename(inbox / "b.jsonl")
    run(inbox, embedder)
    assert {one.path for one in articles_in(inbox).values()} == {str(inbox / "b.jsonl")}
    mended = {**V1, "text": "Eleven died."}
    write(inbox, mended, {"id": "b", "text": "It snowed."}, name="b.jsonl")
    assert counts(run(inbox, embedder)) == {"updated": 1, "unchanged": 1}
    article = articles_in(inbox)["a"]
    assert (article.text, article.path) == ("Eleven died.", str(inbox / "b.jsonl"))
    assert counts(run(inbox, embedder)) == {"unchanged": 2}


def test_an_older_version_does_not_win_because_a_file_is_gone(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, U1)
    write(inbox, U2, name="b.jsonl")
    run(inbox, embedder)
    (inbox / "b.jsonl").unlink()
    write(inbox, U1, {"id": "b", "text": "It snowed."})
    run(inbox, embedder)
    assert stored(inbox)["a"] == "It poured."


def moved_and_edited(inbox: Path, embedder: CountingEmbedder) -> Path:
    """Read a note, move it, read it again, and edit it; return where it was."""
    old, new = inbox / "new" / "n.txt", inbox / "done" / "n.txt"
    for path in (old, new):
        path.parent.mkdir()
    old.write_text("It rained on Tuesday.")
    (inbox / "other.txt").write_text("It snowed.")
    run(inbox, embedder)
    old.rename(new)
    run(inbox, embedder)
    new.write_text("It rained on Wednesday.")
    return old


def test_a_note_that_was_moved_and_edited_is_there_once(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    moved_and_edited(inbox, embedder)
    assert run(inbox, embedder).removed == 1
    assert sorted(stored(inbox).values()) == ["It rained on Wednesday.", "It snowed."]


@pytest.mark.parametrize("at", [None, "remove"])
def test_a_file_that_was_gone_and_comes_back_is_read_again(
    inbox: Path, embedder: CountingEmbedder, at: str | None
) -> None:
    old = moved_and_edited(inbox, embedder)
    if at:
        run_cut_off(inbox, embedder, at)
    run(inbox, embedder)
    recipe = Recipe(model=embedder.name, dimension=embedder.dimension, passage_words=150)
    with closing(EdgeBuilder(inbox.parent / "archive", recipe)) as builder:
        marked = {mark.path for mark in builder.marks()}
    assert str(inbox / "done" / "n.txt") in marked
    assert str(old) not in marked


def test_a_note_whose_file_may_be_there_still_is_kept(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    old = moved_and_edited(inbox, embedder)
    old.symlink_to(inbox / "nowhere")
    assert run(inbox, embedder).removed == 0
    assert len(stored(inbox)) == 3


# -- older versions -------------------------------------------------------------------------------


def test_an_older_version_answers_again_when_the_newer_one_is_deleted(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, V1, name="a.jsonl")
    write(inbox, V2, name="b.jsonl")
    run(inbox, embedder)
    (inbox / "b.jsonl").unlink()
    assert counts(run(inbox, embedder, delete_missing=True)) == {"unchanged": 1}
    assert stored(inbox) == {"a": "Ten died."}


def test_of_older_versions_the_newest_answers_when_what_was_newer_is_deleted(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    for record in (V1, V2, V3):
        write(inbox, record, name=f"{record['version']}.jsonl")
    run(inbox, embedder)
    (inbox / "3.jsonl").unlink()
    assert counts(run(inbox, embedder, delete_missing=True)) == {"unchanged": 2}
    article = articles_in(inbox)["a"]
    assert (article.text, [v.text for v in article.versions]) == ("Twelve died.", ["Ten died."])
