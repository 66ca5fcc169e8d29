from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.decisions import Decision, Outcome, Record
from ingest.history import Content, History, Origin
from tests.ingest.records import record


@dataclass(frozen=True, slots=True)
class Stored:
    """What an archive holds of one id: the article or its withdrawal, and its versions."""

    content: str = ""
    rank: str = ""
    withdrawn: bool = False
    versions: frozenset[tuple[str, str]] = frozenset()
    gone: str = ""

    def history(self) -> History:
        """Return it as a run finds it."""
        if not self.content:
            return History()
        versions = [
            Content(hash=content, rank=rank, origin=Origin.VERSION, kept=True)
            for content, rank in self.versions
        ]
        article = Content(
            hash=self.content,
            rank=self.rank,
            withdrawn=self.withdrawn,
            origin=Origin.ARTICLE,
            kept=True,
        )
        contents = {content.hash: content for content in (*versions, article)}
        return History(contents=contents, written=self.content, gone=self.gone)

    def with_record(self, one: Record, decision: Decision, history: History) -> "Stored":
        """Return it as the intake writes what was decided."""
        if not (decision.write or decision.keep_version or decision.forget_versions):
            return self
        versions = set(self.versions) if not decision.write or decision.keep_version else set()
        if not decision.write and decision.keep_version:
            versions.add((one.content_hash, one.rank))
        elif decision.keep_version:
            versions.add((self.content, self.rank))
        after = self
        if decision.write:
            after = Stored(one.content_hash, one.rank, one.withdrawn)
        gone = history.gone
        kept = frozenset(v for v in versions if gone < v[1] <= after.rank and v[0] != after.content)
        return replace(after, versions=kept, gone="" if after.withdrawn else gone)


@dataclass(slots=True)
class Run:
    """A run over records of one id, read twice where the first reading leaves something."""

    stored: Stored
    counts: Counter[Outcome] = field(default_factory=Counter)
    writes: int = 0

    def read(self, records: Sequence[Record], *, steps: int = 1000) -> "Run":
        """Read the records; a kill cuts that off after so many steps."""
        history = self.stored.history()
        for one in records[:steps]:
            history, decision = self._take(history, one, all_read=False)
            self.counts[decision.outcome] += 1
            self.counts.subtract(recount.was for recount in decision.recounts)
            self.counts.update(recount.now for recount in decision.recounts)
        steps -= len(records)
        if steps < 0 or not records:
            return self
        if history.may_give_way():
            # All inputs are read here, so they lack what is stored and was not given.
            before, history = history, replace(history, abandoned=True)
            self.counts.subtract(recount.was for recount in before.recounts(history))
            self.counts.update(recount.now for recount in before.recounts(history))
        if history.unwritten():
            for one in records[:steps]:
                history, decision = self._take(history, one, all_read=True)
                assert (decision.outcome, decision.recounts) == (Outcome.REPEATED, ())
            assert steps < len(records) or not history.unwritten()
        return self

    def _take(self, history: History, one: Record, *, all_read: bool) -> tuple[History, Decision]:
        history, decision = history.take(one, all_read=all_read)
        self.stored = self.stored.with_record(one, decision, history)
        self.writes += decision.write or decision.keep_version or decision.forget_versions
        return history, decision


def read(records: Iterable[Record], stored: Stored = Stored()) -> Run:
    return Run(stored).read(list(records))


def non_zero(counts: Counter[Outcome]) -> dict[Outcome, int]:
    return {outcome: count for outcome, count in counts.items() if count}


# -- what wins ------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_undated_records_the_last_one_in_its_file_is_the_article(order: tuple[int, ...]) -> None:
    records = [record("z", number=0), record("x", number=1), record("y", number=2)]
    run = read(records[place] for place in order)
    assert run.stored.content == "y"
    assert run.stored.versions == {("z", "1"), ("x", "1")}


def test_of_undated_records_in_two_inputs_the_later_name_wins() -> None:
    records = [record("x", path="b", number=0), record("y", path="a", number=7)]
    assert read(records).stored.content == "x"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_an_undated_record_that_is_repeated_later_does_not_become_the_newest(
    order: tuple[int, ...],
) -> None:
    records = [record("x", number=0), record("y", number=1), record("x", number=2)]
    run = read(records[place] for place in order)
    assert run.stored.content == "y"
    assert non_zero(run.counts) == {Outcome.NEW: 1, Outcome.EARLIER: 1, Outcome.REPEATED: 1}


def test_a_stored_version_that_is_repeated_elsewhere_stays_a_version() -> None:
    stored = Stored("y", "1", versions=frozenset({("x", "1")}))
    run = read([record("y", path="a"), record("x", path="b")], stored)
    assert (run.stored, run.writes) == (stored, 0)


def test_an_undated_record_that_is_added_after_the_stored_one_is_newer() -> None:
    run = read([record("x", number=0), record("w", number=1)], Stored("x", "1"))
    assert run.stored == Stored("w", "1", versions=frozenset({("x", "1")}))
    assert non_zero(run.counts) == {Outcome.UPDATED: 1, Outcome.EARLIER: 1}


def test_an_edit_that_is_undone_brings_the_older_version_back() -> None:
    stored = Stored("y", "1", versions=frozenset({("x", "1")}))
    run = read([record("x")], stored)
    assert run.stored == Stored("x", "1", versions=frozenset({("y", "1")}))
    assert non_zero(run.counts) == {Outcome.UPDATED: 1}


def test_an_article_comes_back_when_its_withdrawal_of_the_same_rank_is_taken_out() -> None:
    run = read([record("x")], Stored("w", "1", withdrawn=True))
    assert (run.stored.content, non_zero(run.counts)) == ("x", {Outcome.NEW: 1})


def test_what_is_stored_gives_way_to_an_older_record_that_stands_in_its_place() -> None:
    run = read([record("x", 1)], Stored("y", "2", versions=frozenset({("w", "1"), ("v", "2")})))
    assert run.stored == Stored("x", "1", versions=frozenset({("w", "1")}))
    assert non_zero(run.counts) == {Outcome.UPDATED: 1}


def test_a_withdrawal_does_not_give_way_to_an_older_article() -> None:
    stored = Stored("w", "2", withdrawn=True)
    assert read([record("x", 1)], stored).stored == stored


def test_nothing_is_written_of_a_tie_before_all_is_read() -> None:
    history, _ = Stored("x", "1").history().take(record("y"), all_read=False)
    assert [content.hash for content in history.unwritten()] == ["y"]
    _, decision = history.take(record("y"), all_read=True)
    assert decision == Decision(outcome=Outcome.REPEATED, write=True, keep_version=True)


def test_what_the_day_alone_ranked_is_ranked_by_its_record() -> None:
    stored = Stored("y", "2020-11-10T09", versions=frozenset({("x", "2020-11-10")}))
    given = replace(record("x"), rank="2020-11-10T09")
    history, decision = stored.history().take(given, all_read=False)
    assert (history.contents["x"].rank, decision.unsettled) == ("2020-11-10T09", True)


# -- in whatever order ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scene:
    """What is stored, and records that are read in one order or another, or cut off by a kill."""

    stored: Stored
    one: list[Record]
    other: list[Record]
    steps: int


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    ranks = {content: draw(st.integers(1, 3)) for content in "abcdef"}
    withdrawn = draw(st.sets(st.sampled_from("abc"), max_size=2))
    drawn = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6))
    records = [
        record(
            content,
            ranks[content],
            draw(st.sampled_from("pq")),
            number=number,
            withdrawn=is_withdrawn,
        )
        for number, content in enumerate(drawn)
        for is_withdrawn in [content in withdrawn]
    ]
    earlier = draw(st.lists(st.sampled_from(records), max_size=4))
    stored = read(replace(one, number=n) for n, one in enumerate(earlier)).stored
    steps = draw(st.integers(0, 2 * len(records)))
    return Scene(stored, records, draw(st.permutations(records)), steps)


@settings(deadline=None)
@given(scenes())
def test_records_make_one_history_and_one_count_in_whatever_order(scene: Scene) -> None:
    one, other = read(scene.one, scene.stored), read(scene.other, scene.stored)
    assert one.stored == other.stored
    assert non_zero(one.counts) == non_zero(other.counts)
    assert one.counts.total() == len(scene.one)
    assert min(non_zero(one.counts).values()) > 0


@settings(deadline=None)
@given(scenes())
def test_what_was_read_is_read_again_without_writing_anything(scene: Scene) -> None:
    run = read(scene.one, scene.stored)
    again = read(scene.other, run.stored)
    assert (again.stored, again.writes) == (run.stored, 0)


@settings(deadline=None)
@given(scenes())
def test_a_run_that_is_killed_and_begun_again_ends_as_an_undisturbed_one(scene: Scene) -> None:
    killed = Run(scene.stored).read(scene.one, steps=scene.steps)
    assert read(scene.other, killed.stored).stored == read(scene.one, scene.stored).stored
