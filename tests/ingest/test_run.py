import gzip
import json
import os
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ingest.decisions import Outcome
from ingest.found import Reason
from ingest.report import describe
from rag.answering import Answering
from rag.archive import Archive
from rag.errors import ArchiveNotFound
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.model import Hidden
from tests.fakes import HashingEmbedder
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


@contextmanager
def asked(inbox: Path, embedder: HashingEmbedder) -> Iterator[Archive]:
    store = EdgeStore(inbox.parent / "archive")
    with Archive(Answering(store=store, embedder=embedder, threshold=0.0)) as archive:
        yield archive


def test_what_goes_in_is_indexed_or_skipped_with_its_reason(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, {"id": 1, "text": "It rained."}, {"id": 2}, {"id": 3, "text": "It snowed."})
    (inbox / "empty.txt").write_text("")
    report = run(inbox, embedder)
    assert (report.records, report.articles, counts(report)) == (4, 2, {"new": 2})
    assert sorted(skip.reason for skip in report.skipped) == [Reason.EMPTY, Reason.NO_TEXT]


def test_a_second_run_embeds_nothing_and_keeps_the_generation(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, {"id": 1, "text": "It rained."})
    run(inbox, embedder)
    embedder.count = 0
    report = run(inbox, embedder)
    assert (counts(report), report.embedded_sentences, embedder.count) == ({"unchanged": 1}, 0, 0)
    assert (inbox.parent / "archive" / "current").read_text().strip() == "00000001"


def test_only_what_changed_is_embedded_again(inbox: Path, embedder: CountingEmbedder) -> None:
    write(inbox, {"id": 1, "text": "It rained."}, {"id": 2, "text": "It snowed."})
    run(inbox, embedder)
    embedder.count = 0
    write(inbox, {"id": 1, "text": "It rained."}, {"id": 2, "text": "It hailed. Much."})
    report = run(inbox, embedder)
    assert (counts(report), embedder.count) == ({"updated": 1, "unchanged": 1}, 2)
    assert stored(inbox) == {"1": "It rained.", "2": "It hailed. Much."}


def test_of_two_records_with_one_id_the_newer_is_kept_in_any_order(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    old = {"id": 1, "text": "Ten died.", "published": "2020-11-10"}
    new = {"id": 1, "text": "Twelve died.", "published": "2020-11-11"}
    for archive, records in (("one", (old, new)), ("other", (new, old))):
        write(inbox, *records)
        assert counts(run(inbox, embedder, archive)) == {"new": 1, "earlier": 1}
        article = articles_in(inbox, archive)["1"]
        assert (article.text, article.versions[0].text) == ("Twelve died.", "Ten died.")


def test_a_repeated_record_counts_once(inbox: Path, embedder: CountingEmbedder) -> None:
    write(inbox, {"id": 1, "text": "It rained."}, {"id": 1, "text": "It rained."})
    assert counts(run(inbox, embedder)) == {"new": 1, "repeated": 1}


def test_an_edited_text_file_replaces_its_article(inbox: Path, embedder: CountingEmbedder) -> None:
    (inbox / "note.txt").write_text("It rained on Tuesday.")
    run(inbox, embedder)
    (inbox / "note.txt").write_text("It rained on Wednesday.")
    report = run(inbox, embedder)
    assert report.removed == 1
    assert list(stored(inbox).values()) == ["It rained on Wednesday."]


def test_articles_of_files_that_are_not_named_again_stay(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    (inbox / "a.txt").write_text("It rained on Tuesday.")
    run(inbox, embedder)
    (inbox / "a.txt").unlink()
    (inbox / "b.txt").write_text("It snowed on Friday.")
    run(inbox, embedder)
    assert len(stored(inbox)) == 2


def test_an_input_without_articles_makes_no_archive(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    (inbox / "empty.txt").write_text("")
    assert run(inbox, embedder).articles == 0
    with pytest.raises(ArchiveNotFound):
        stored(inbox)


def test_the_report_names_every_skip_with_file_and_line(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    (inbox / "a.jsonl").write_text('{"text": "It rained."}\n{"text":\n')
    text = describe(run(inbox, embedder))
    assert f"skipped {inbox / 'a.jsonl'}:2: broken: not JSON at column" in text


def test_the_report_for_machines_reconciles(inbox: Path, embedder: CountingEmbedder) -> None:
    write(inbox, {"id": 1, "text": "It rained.", "published": "31 February"}, {"id": 2})
    report = json.loads(json.dumps(run(inbox, embedder).to_dict()))
    outcomes = sum(report[outcome] for outcome in Outcome)
    assert report["records"] == outcomes + sum(report["skipped"].values()) == 2
    assert "31 February" in report["notes"][0]


# -- versions and withdrawals -------------------------------------------------------------------


@pytest.mark.parametrize("order", [(V1, V2, V3), (V3, V2, V1), (V2, V3, V1)])
def test_versions_make_one_history_in_whatever_order_and_runs_they_come(
    inbox: Path, embedder: CountingEmbedder, order: tuple[dict[str, object], ...]
) -> None:
    for record in order:
        write(inbox, record, name=f"{record['version']}.jsonl")
        run(inbox, embedder)
    write(inbox, *order)
    run(inbox, embedder, "at once")
    one_by_one, at_once = articles_in(inbox)["a"], articles_in(inbox, "at once")["a"]
    assert [version.version for version in one_by_one.versions] == ["1", "2"]
    assert [v.text for v in at_once.versions] == ["Ten died.", "Twelve died."]
    assert one_by_one.text == at_once.text == V3["text"]


def test_an_older_version_that_comes_later_does_not_replace_the_newer(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, V2)
    run(inbox, embedder)
    write(inbox, V1, name="b.jsonl")
    assert counts(run(inbox, embedder)) == {"unchanged": 1, "earlier": 1}
    assert stored(inbox) == {"a": "Twelve died."}


@pytest.mark.parametrize("mended", [{"version": 1}, {"updated": "2019-11-10", "version": None}])
def test_a_mended_record_replaces_what_its_place_gave_whatever_its_date_or_version(
    inbox: Path, embedder: CountingEmbedder, mended: dict[str, object]
) -> None:
    write(inbox, V2, {"id": "b", "text": "It rained."})
    run(inbox, embedder)
    write(inbox, {**V2, "text": "Eleven died.", **mended}, {"id": "b", "text": "It rained."})
    assert counts(run(inbox, embedder)) == {"updated": 1, "unchanged": 1}
    article = articles_in(inbox)["a"]
    assert (article.text, article.versions) == ("Eleven died.", ())
    assert counts(run(inbox, embedder)) == {"unchanged": 2}


def test_the_counts_add_up_where_a_repetition_in_an_unread_file_is_the_last_one(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, V1)
    write(inbox, V1, name="b.jsonl")
    assert counts(run(inbox, embedder)) == {"new": 1, "repeated": 1}
    write(inbox, V2)
    report = run(inbox, embedder)
    assert (report.unread, counts(report)) == (1, {"updated": 1, "earlier": 1})


def test_names_of_raw_bytes_are_told_apart_from_names_that_look_like_them(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    for name, text in ((b"\xff.txt", "It rained."), (b"\\xff.txt", "It snowed.")):
        (inbox / os.fsdecode(name)).write_text(text)
    assert (counts(run(inbox, embedder)), len(stored(inbox))) == ({"new": 2}, 2)
    assert run(inbox, embedder).unread == 2
    (inbox / os.fsdecode(b"\xff.txt")).unlink()
    assert run(inbox, embedder, delete_missing=True).removed == 1
    assert list(stored(inbox).values()) == ["It snowed."]


def test_what_is_expired_or_under_embargo_is_counted_in_the_report(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    ended, soon = "2020-12-01T00:00:00Z", "2999-01-01T00:00:00Z"
    write(
        inbox,
        {"id": 1, "text": "It rained.", "expires": ended},
        {"id": 2, "text": "It snowed.", "embargoed": soon, "published": "2998-01-01"},
        {"id": 3, "text": "It hailed."},
    )
    report = run(inbox, embedder)
    assert report.hidden == Hidden(expired=1, embargoed=1, ahead=1)
    told = describe(report)
    assert "1 of 3 articles are expired and 1 of 3 articles are under embargo, so they are" in told
    assert "1 of 3 articles are dated in the future" in told
    write(inbox, {"id": 1, "text": "It rained.", "expires": ended})
    assert run(inbox, embedder, "kept", ignore_expiry=True).hidden == Hidden()


def test_twenty_thousand_equal_notes_are_one_and_their_file_is_marked(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    lines = [f'{{"id": {n}, "published": "0000-00-00", "text": ""}}\n' for n in range(2000)]
    (inbox / "a.jsonl").write_text("".join(lines) + '{"id": "x", "text": "It rained."}\n')
    report = run(inbox, embedder)
    assert (report.records, report.skips, len(report.skipped)) == (2001, 2000, 1)
    assert "(2,000 times, here first)" in describe(report)
    again = run(inbox, embedder)
    assert (again.unread, again.skips) == (1, 2000)


def test_a_record_that_another_file_holds_still_does_not_give_way(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, V2)
    write(inbox, V2, name="b.jsonl")
    run(inbox, embedder)
    write(inbox, V1)
    run(inbox, embedder)
    assert stored(inbox) == {"a": "Twelve died."}


def test_other_columns_leave_nothing_of_what_was_read_by_the_ones_before(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    (inbox / "a.csv").write_text("nr,summary,story\n7,Rain.,It rained.\n8,Snow.,It snowed.\n")
    run(inbox, embedder, columns={"text": "summary"})
    report = run(inbox, embedder, columns={"id": "nr", "text": "story"})
    assert (report.removed, stored(inbox)) == (2, {"7": "It rained.", "8": "It snowed."})
    run(inbox, embedder, columns={"id": "nr", "text": "story"})
    assert run(inbox, embedder, columns={"id": "nr", "text": "gone"}).removed == 0
    assert len(stored(inbox)) == 2


@pytest.mark.parametrize("later", [{}, {"text": "stroy"}, {"id": "nr", "text": "stroy"}])
@pytest.mark.parametrize("others", [0, 1])
def test_records_that_have_no_text_by_other_columns_lose_nothing(
    inbox: Path, embedder: CountingEmbedder, later: dict[str, str], others: int
) -> None:
    records = [{"nr": n, "story": f"It rained {n} times."} for n in range(9)]
    write(inbox, *records, *[{"story": "It snowed.", "text": "It snowed."}] * others)
    run(inbox, embedder, columns={"text": "story"})
    report = run(inbox, embedder, columns=later)
    assert (report.removed, len(stored(inbox))) == (0, 9 + others)
    assert "was read before with other --columns" in report.notes[-1].detail
    assert run(inbox, embedder, columns={"text": "story"}).outcomes[Outcome.UNCHANGED] == 9 + others


def test_other_columns_leave_nothing_of_a_file_that_changed_too(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    rows = [f"Rain {n}.,It rained {n} times.\n" for n in range(10)]
    (inbox / "a.csv").write_text("summary,story\n" + "".join(rows[:9]))
    run(inbox, embedder, columns={"text": "summary"})
    (inbox / "a.csv").write_text("summary,story\n" + "".join(rows))
    assert run(inbox, embedder, columns={"text": "story"}).removed == 9
    assert len(stored(inbox)) == 10


def test_a_file_that_gives_less_by_other_columns_as_it_was_cut_loses_nothing(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    rows = [f"Rain {n}.,It rained {n} times.\n" for n in range(10)]
    (inbox / "a.csv").write_text("summary,story\n" + "".join(rows))
    run(inbox, embedder, columns={"text": "summary"})
    (inbox / "a.csv").write_text("summary,story\n" + "".join(rows[:3]))
    report = run(inbox, embedder, columns={"text": "story"})
    assert (report.removed, len(stored(inbox))) == (0, 13)
    assert "gives fewer articles" in report.notes[-1].detail


class StoppedBuilder(EdgeBuilder):
    """Is interrupted when so many batches are written."""

    batches = 2

    def put(self, entries):  # type: ignore[no-untyped-def]
        if not self.batches:
            raise KeyboardInterrupt
        self.batches -= 1
        super().put(entries)


@pytest.mark.parametrize("finished", [True, False])
def test_other_columns_leave_nothing_of_a_reading_that_was_interrupted(
    inbox: Path, embedder: CountingEmbedder, finished: bool
) -> None:
    write(inbox, *({"a": f"Rain {n}.", "b": f"It rained {n} times."} for n in range(200)))
    if finished:
        run(inbox, embedder, columns={"text": "b"})
    with pytest.raises(KeyboardInterrupt):
        run(inbox, embedder, columns={"text": "a"}, make=StoppedBuilder)
    run(inbox, embedder, columns={"text": "b"})
    assert len(stored(inbox)) == 200
    assert all(text.startswith("It rained") for text in stored(inbox).values())


def test_an_edited_record_replaces_its_text_and_keeps_it_as_a_version(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    for text in ("It rained.", "It poured."):
        write(inbox, {"id": 1, "text": text})
        run(inbox, embedder)
    article = articles_in(inbox)["1"]
    assert (article.text, [version.text for version in article.versions]) == (
        "It poured.",
        ["It rained."],
    )


def test_a_text_that_is_published_again_counts_from_its_first_day(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    for day, count in (("2020-11-10", "ten"), ("2020-11-11", "nine")):
        text = f"The bridge at Ganja was shut overnight by {count} of the men."
        write(inbox, {"id": 1, "text": text, "published": day})
        run(inbox, embedder)
    with closing(EdgeStore(inbox.parent / "archive")) as store:
        (passage,) = store.stored_vectors("1")
    assert [time.value for time in passage.times] == ["2020-11-10TNI"]


def test_a_canceled_article_is_removed_and_an_old_copy_of_it_stays_out(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, V1, {"id": "b", "text": "It rained."})
    run(inbox, embedder)
    write(inbox, {"id": "a", "version": 2, "pubstatus": "stat:canceled"}, name="b.jsonl")
    assert counts(run(inbox, embedder)) == {"unchanged": 1, "withdrawn": 2}
    assert stored(inbox) == {"b": "It rained."}
    write(inbox, V1, name="c.jsonl")
    run(inbox, embedder)
    assert stored(inbox) == {"b": "It rained."}


def test_a_cancellation_without_date_or_version_takes_back_every_version(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, V1)
    run(inbox, embedder)
    write(inbox, {"id": "a", "pubstatus": "killed"}, name="b.jsonl")
    run(inbox, embedder)
    assert stored(inbox) == {}


def test_a_withdrawn_article_comes_back_with_a_newer_version(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, {"id": "a", "version": 2, "pubstatus": "withheld"}, V3)
    assert counts(run(inbox, embedder)) == {"withdrawn": 1, "new": 1}
    assert articles_in(inbox)["a"].versions == ()


def test_what_is_under_embargo_is_stored_and_found_when_it_ends(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    ended = datetime.now(UTC) - timedelta(hours=1)
    write(
        inbox,
        {"id": "later", "text": "The budget will rise.", "embargoed": soon.isoformat()},
        {"id": "now", "text": "The budget may rise.", "embargoed": ended.isoformat()},
        {"id": "over", "text": "The budget was to rise.", "expires": ended.isoformat()},
    )
    assert run(inbox, embedder).articles == 3
    with asked(inbox, embedder) as archive:
        assert [hit.article_id for hit in archive.search("budget rise")] == ["now"]
        assert archive.article("later").embargoed == soon


# -- copies ---------------------------------------------------------------------------------------

WIRE = " ".join(
    f"The ministry said on day {n} that the bridge over the river would stay shut for repairs, and "
    f"{n + 3} detours were named by officer {n * 7}."
    for n in range(12)
)


def test_copies_are_one_hit_that_names_the_others(inbox: Path, embedder: CountingEmbedder) -> None:
    wire = {"id": "w", "text": WIRE, "source": "wire.example", "published": "2021-03-02"}
    reprint = {"id": "r", "text": WIRE, "source": "town.example", "published": "2021-03-03"}
    write(inbox, reprint, {"id": "x", "text": "The bridge of sighs is in Venice."})
    run(inbox, embedder)
    write(inbox, wire, name="later.jsonl")
    report = run(inbox, embedder)
    assert (report.copies, report.clusters) == (1, 1)
    with asked(inbox, embedder) as archive:
        hits = archive.search("bridge repairs")
        assert [hit.article_id for hit in hits if hit.article_id != "x"] == ["w"]
        assert [copy.source for copy in hits[0].copies] == ["town.example"]
        only = archive.search("bridge repairs", sources=["town.example"])
        assert [(hit.article_id, hit.copies[0].article_id) for hit in only] == [("r", "w")]


def test_a_cluster_ends_when_its_copies_are_gone(inbox: Path, embedder: CountingEmbedder) -> None:
    write(inbox, {"id": "w", "text": WIRE}, {"id": "r", "text": WIRE + " It is closed."})
    run(inbox, embedder)
    write(inbox, {"id": "w", "text": WIRE})
    report = run(inbox, embedder, delete_missing=True)
    assert (report.removed, report.copies, stored(inbox)) == (1, 0, {"w": WIRE})
    assert articles_in(inbox)["w"].cluster == ""


# -- folders again --------------------------------------------------------------------------------


def test_deleting_what_is_missing_is_asked_for_and_counted(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, {"id": 1, "text": "It rained."}, name="a.jsonl")
    write(inbox, {"id": 2, "text": "It snowed."}, name="b.jsonl")
    run(inbox, embedder)
    (inbox / "b.jsonl").unlink()
    assert run(inbox, embedder).removed == 0
    assert run(inbox, embedder, delete_missing=True).removed == 1
    assert stored(inbox) == {"1": "It rained."}


def test_nothing_is_deleted_where_the_folder_is_empty_or_gone(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, {"id": 1, "text": "It rained."})
    run(inbox, embedder)
    (inbox / "a.jsonl").rename(inbox.parent / "kept")
    assert run(inbox, embedder, delete_missing=True).removed == 0
    inbox.rmdir()
    assert run(inbox, embedder, delete_missing=True).removed == 0
    assert stored(inbox) == {"1": "It rained."}


def test_nothing_is_deleted_that_may_stand_behind_damage(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    records = [json.dumps({"id": n, "text": f"It rained {n} times."}) for n in range(40)]
    packed = gzip.compress("\n".join(records).encode())
    (inbox / "a.jsonl.gz").write_bytes(packed)
    run(inbox, embedder)
    (inbox / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    report = run(inbox, embedder, delete_missing=True)
    assert (report.removed, len(stored(inbox))) == (0, 40)
    assert report.skipped


def test_a_moved_file_moves_its_articles_and_embeds_nothing(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, {"id": 1, "text": "It rained."}, name="a.jsonl")
    run(inbox, embedder)
    embedder.count = 0
    (inbox / "a.jsonl").rename(inbox / "b.jsonl")
    report = run(inbox, embedder, delete_missing=True)
    assert (report.removed, embedder.count) == (0, 0)
    assert articles_in(inbox)["1"].path == str(inbox / "b.jsonl")


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, V1)
    run(inbox, embedder)
    before = articles_in(inbox)
    write(inbox, V2, {"id": "b", "text": "It rained."})
    report = run(inbox, embedder, dry_run=True)
    assert counts(report) == {"updated": 1, "new": 1}
    assert articles_in(inbox) == before
    assert not list((inbox.parent / "archive" / "generations").glob("*.part"))


def test_an_unchanged_file_is_not_read_again_and_its_skips_are_told_again(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, {"id": 1, "text": "It rained."}, {"id": 2})
    run(inbox, embedder)
    report = run(inbox, embedder)
    assert (report.files, report.unread, counts(report)) == (1, 1, {"unchanged": 1})
    assert [skip.line for skip in report.skipped] == [2]


def test_a_file_over_the_limit_is_skipped_and_says_what_to_do(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, {"id": 1, "text": "It rained." * 100})
    report = run(inbox, embedder, max_file_bytes=500)
    assert "raise DATELINE_MAX_FILE_MB" in report.skipped[0].detail


def test_columns_are_mapped_by_option_and_read_again_when_that_changes(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    (inbox / "a.csv").write_text("nr,story,day\n7,It rained.,2020-11-10\n")
    assert run(inbox, embedder).skipped
    run(inbox, embedder, columns={"id": "nr", "text": "story", "published": "day"})
    article = articles_in(inbox)["7"]
    assert (article.text, article.published) == ("It rained.", date(2020, 11, 10))


# -- processes ------------------------------------------------------------------------------------


def test_the_order_of_input_and_the_number_of_processes_change_nothing(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    records = [{"id": n, "text": f"Report {n}. {WIRE[: 400 + n]}"} for n in range(12)]
    write(inbox, *records[:6], V2, name="a.jsonl")
    write(inbox, *records[6:], V1, name="b.jsonl")
    run(inbox, embedder, workers=2, embedding_workers=2, load_embedder=HashingEmbedder)
    write(inbox, V1, *reversed(records[6:]), name="a.jsonl")
    write(inbox, V2, *reversed(records[:6]), name="b.jsonl")
    run(inbox, embedder, "other")
    one, other = articles_in(inbox), articles_in(inbox, "other")
    assert one.keys() == other.keys()
    for article_id, article in one.items():
        again = other[article_id]
        assert (article.content_hash, article.cluster) == (again.content_hash, again.cluster)
        assert [v.text for v in article.versions] == [v.text for v in again.versions]


def test_a_better_tagger_changes_only_the_times(
    inbox: Path, embedder: CountingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(inbox, {"id": 1, "text": "It rained on Tuesday.", "published": "2020-11-12"})
    run(inbox, embedder)
    embedder.count = 0
    monkeypatch.setattr("ingest.retagging.TAGGER", 99)
    monkeypatch.setattr("rag.dates.event_times.find_times", lambda text, anchor: [])
    run(inbox, embedder)
    with closing(EdgeStore(inbox.parent / "archive")) as store:
        ((passage, vectors),) = store.stored_vectors("1").items()
    assert (passage.times, vectors is not None, embedder.count) == ((), True, 0)


def test_a_better_splitter_embeds_only_the_articles_that_it_cuts_otherwise(
    inbox: Path, embedder: CountingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        inbox, {"id": 1, "text": "It rained; Ann left. It snowed."}, {"id": 2, "text": "It hailed."}
    )
    run(inbox, embedder)
    before = articles_in(inbox)
    embedder.count = 0
    monkeypatch.setattr("ingest.resplitting.SPLITTER", 99)
    monkeypatch.setattr("rag.text.sentences._END", re.compile(r"[;.](?=\s)"))
    run(inbox, embedder)
    with closing(EdgeStore(inbox.parent / "archive")) as store:
        passages = store.stored_vectors("1")
        assert [len(passage.sentences) for passage in passages] == [3]
        assert all(vectors is not None for vectors in passages.values())
    assert (embedder.count, articles_in(inbox)) == (3, before)
    embedder.count = 0
    run(inbox, embedder)
    assert embedder.count == 0


def test_what_is_cut_again_keeps_its_inputs_and_what_was_withdrawn(
    inbox: Path, embedder: CountingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(inbox, {"id": 1, "text": "It rained; Ann left. It snowed."}, name="a.jsonl")
    write(inbox, {"id": 1, "text": "It rained; Ann left. It snowed."}, name="b.jsonl")
    run(inbox, embedder)
    monkeypatch.setattr("ingest.resplitting.SPLITTER", 99)
    monkeypatch.setattr("rag.text.sentences._END", re.compile(r"[;.](?=\s)"))
    run(inbox, embedder)
    with closing(EdgeStore(inbox.parent / "archive")) as store:
        (head,) = store.heads()
    assert len(head.paths) == 2
    assert head.embedded
    (inbox / "a.jsonl").unlink()
    assert run(inbox, embedder, delete_missing=True).articles == 1


def test_passages_carry_the_days_of_their_events(inbox: Path, embedder: CountingEmbedder) -> None:
    write(inbox, {"id": 1, "text": "It rained on Tuesday.", "published": "2020-11-12"})
    run(inbox, embedder)
    with closing(EdgeStore(inbox.parent / "archive")) as store:
        (passage,) = store.stored_vectors("1")
    (time,) = passage.times
    assert (time.value, time.first) == ("2020-11-10", date(2020, 11, 10))
    assert passage.days == ((date(2020, 11, 10), date(2020, 11, 10)),)
