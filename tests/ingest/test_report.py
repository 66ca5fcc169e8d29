import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.decisions import Outcome
from ingest.found import Note, Reason, Skip
from ingest.report import Report, describe
from ingest.tally import Tally

BROKEN = Skip(reason=Reason.BROKEN, detail="not JSON", path="/in/a.jsonl", line=2)
EMPTY = Skip(reason=Reason.EMPTY, detail="it has no content", path="/in/b.txt")
NOTE = Note(detail="'published' is '31 February'", path="/in/a.jsonl", line=3)
EXAMPLE = Report(
    files=3,
    unread=1,
    records=7,
    outcomes={Outcome.NEW: 3, Outcome.UPDATED: 1, Outcome.EARLIER: 1},
    removed=2,
    embedded=4,
    embedded_sentences=40,
    skipped=(BROKEN, EMPTY),
    notes=(NOTE,),
    articles=1200,
    passages=4000,
    copies=5,
    clusters=2,
    seconds={"read": 0.1234, "complete": 9.8765},
)

skips = st.builds(
    Skip,
    reason=st.sampled_from(Reason),
    detail=st.text(),
    path=st.text(),
    line=st.none() | st.integers(1),
)
notes = st.builds(Note, detail=st.text(), path=st.text(), line=st.none() | st.integers(1))


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    """Draw a tally by counting, as a run does."""
    tally = Tally()
    for note in draw(st.lists(notes, max_size=3)):
        tally.note(note)
    for counted in draw(st.lists(st.sampled_from(Outcome) | skips, max_size=12)):
        if isinstance(counted, Skip):
            tally.skip(counted)
        else:
            tally.count(counted)
    return tally


def adds_up(tally: Tally) -> bool:
    return tally.records == tally.outcomes.total() + sum(skip.count for skip in tally.skips)


def noted(tally: Tally) -> int:
    return sum(note.count for note in tally.notes)


@given(st.lists(tallies(), max_size=4))
def test_the_outcomes_and_the_skips_are_the_records(given_tallies: list[Tally]) -> None:
    total = Tally()
    for tally in given_tallies:
        total.add(tally)
    assert adds_up(total)
    assert total.records == sum(tally.records for tally in given_tallies)
    assert noted(total) == sum(map(noted, given_tallies))


@given(tallies())
def test_what_a_file_gave_comes_back_through_json_with_nothing_new(tally: Tally) -> None:
    again = Tally.unread(json.loads(json.dumps(tally.to_dict())))
    assert (again.records, again.skips, again.notes) == (tally.records, tally.skips, tally.notes)
    assert not again.outcomes.keys() & {Outcome.NEW, Outcome.UPDATED}
    assert adds_up(again)


def test_what_was_new_or_updated_is_unchanged_when_it_is_not_read_again() -> None:
    tally = Tally()
    for outcome in (Outcome.NEW, Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.EARLIER):
        tally.count(outcome)
    again = Tally.unread(tally.to_dict())
    assert again.outcomes == {Outcome.UNCHANGED: 4, Outcome.EARLIER: 1}


def test_a_file_that_gave_only_skips_gives_no_outcome_again() -> None:
    tally = Tally()
    tally.skip(EMPTY)
    again = Tally.unread(tally.to_dict())
    assert (again.records, dict(again.outcomes), again.skips) == (1, {}, [EMPTY])


def test_the_articles_written_are_the_new_and_the_updated() -> None:
    assert EXAMPLE.indexed == 4
    assert replace(EXAMPLE, outcomes={Outcome.UNCHANGED: 5}).indexed == 0


def test_the_report_for_machines_has_every_count_and_adds_up() -> None:
    report = json.loads(json.dumps(EXAMPLE.to_dict()))
    assert {outcome.value for outcome in Outcome} <= report.keys()
    counted = sum(report[outcome] for outcome in Outcome) + sum(report["skipped"].values())
    assert counted == report["records"] == 7
    assert report["skipped"] == {"broken": 1, "empty": 1}
    assert report["seconds"] == {"read": 0.12, "complete": 9.88}


def test_the_report_for_machines_names_every_skip_and_note() -> None:
    report = EXAMPLE.to_dict()
    first, second = report["skips"]
    assert (first["path"], first["line"], first["reason"]) == ("/in/a.jsonl", 2, "broken")
    assert (second["line"], second["detail"]) == (None, "it has no content")
    assert report["notes"] == ["/in/a.jsonl:3: 'published' is '31 February'"]


def test_the_report_for_people_names_every_skip_and_note() -> None:
    lines = describe(EXAMPLE).splitlines()
    assert lines[-3:] == [
        "skipped /in/a.jsonl:2: broken: not JSON",
        "skipped /in/b.txt: empty: it has no content",
        "note /in/a.jsonl:3: 'published' is '31 February'",
    ]


def test_the_report_for_people_gives_the_counts() -> None:
    text = describe(EXAMPLE)
    assert "3 files, 1 of them unchanged and not read again" in text
    assert "7 records: 3 new, 1 updated, 0 unchanged, 1 earlier, 2 skipped" in text
    assert "2 articles were removed" in text
    assert "1,200 articles in 4,000 passages; 5 articles are copies" in text


def test_a_dry_run_says_that_nothing_was_written_and_what_would_be() -> None:
    text = describe(replace(EXAMPLE, dry_run=True, removed=0))
    assert "nothing was written, because this was a dry run" in text
    assert "the archive holds" not in text
    assert "removed" not in text


# -- many alike -----------------------------------------------------------------------------------


def alike(count: int) -> Tally:
    tally = Tally()
    for line in range(count, 0, -1):
        tally.note(replace(NOTE, line=line))
        tally.skip(replace(BROKEN, line=line))
    return tally


def test_what_is_said_of_many_records_of_an_input_is_said_once() -> None:
    tally = alike(20_000)
    assert (tally.records, len(tally.skips), len(tally.notes)) == (20_000, 1, 1)
    assert str(tally.notes[0]) == (
        "/in/a.jsonl:1: 'published' is '31 February' (20,000 times, here first)"
    )
    again = Tally.unread(json.loads(json.dumps(tally.to_dict())))
    assert (again.records, again.notes) == (20_000, tally.notes)


def test_what_is_said_of_many_inputs_is_one_line_for_people() -> None:
    notes = tuple(replace(NOTE, path=f"/in/{n}.jsonl", line=None) for n in range(5000))
    last = describe(replace(EXAMPLE, notes=notes)).splitlines()[-1]
    assert last == (
        "note /in/0.jsonl: 'published' is '31 February' (5,000 times in 5,000 inputs, here first)"
    )


def test_of_very_many_different_skips_a_mark_keeps_some_and_the_number_of_the_others() -> None:
    tally = Tally()
    for line in range(5000):
        tally.skip(replace(BROKEN, line=line, detail=f"not JSON at column {line}"))
    remembered = tally.to_dict()
    assert len(remembered["skips"]) == 1001
    assert adds_up(again := Tally.unread(remembered))
    assert again.records == 5000


def test_a_mark_of_an_earlier_version_counts_each_skip_once() -> None:
    gave = {"records": 1, "outcomes": {}, "skips": [["empty", "it", "/a", None]], "notes": []}
    assert Tally.unread(gave).records == 1
