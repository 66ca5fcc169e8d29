"""Tests that the last measurements meet the floors, and so do those that are quick to repeat."""

from dataclasses import replace

import pytest

from bench import data, support, timex
from bench.floors import FLOORS, Floor, misses
from bench.tables import Table, read_tables

RESULTS = read_tables((data.ROOT / "bench" / "results.md").read_text(encoding="utf-8"))
TIMEML = data.DATA / "timeml"


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.name)
def test_each_floor_names_a_measure_of_the_results_which_meets_it(floor: Floor) -> None:
    (table,) = [table for table in RESULTS if floor.is_in(table)]
    assert floor.miss(table) == ""


def test_no_measure_has_two_floors() -> None:
    assert len({floor.name for floor in FLOORS}) == len(FLOORS)


def table(share: str, *, row: str = "all") -> Table:
    made = Table(title="Answers: 3 questions", columns=["what", "share"])
    made.add(row, share)
    return made


def test_a_floor_is_missed_by_less_and_a_ceiling_by_more() -> None:
    floor = Floor(title="Answers", row=("all",), column="share", least=0.5)
    ceiling = replace(floor, least=None, most=0.5)
    assert floor.miss(table("0.500")) == ceiling.miss(table("0.500")) == ""
    assert "at least 0.5 is wanted" in floor.miss(table("0.499"))
    assert "at most 0.5 is wanted" in ceiling.miss(table("0.501"))


@pytest.mark.parametrize("without", [table("0.9", row="some"), table("")])
def test_a_measure_that_is_gone_misses_its_floor(without: Table) -> None:
    floor = Floor(title="Answers", row=("all",), column="share", least=0.5)
    assert "not measured any more" in floor.miss(without)


def test_a_floor_is_low_or_high_and_not_both() -> None:
    with pytest.raises(ValueError, match="one of least and most"):
        Floor(title="Answers", row=("all",), column="share", least=0.5, most=0.6)


def test_the_misses_of_the_results_are_named_once_a_measure_falls() -> None:
    fallen = Table(title="Dates, sample archive: 23 when-questions", columns=["measure", "share"])
    fallen.add("right day", "0.5")
    (miss,) = misses([fallen])
    assert miss.startswith("Dates, sample archive, right day, share is 0.5")


@pytest.mark.skipif(not TIMEML.exists(), reason=f"the annotated texts are not in {TIMEML}")
def test_time_expressions_are_found_as_well_as_measured() -> None:
    assert misses([timex.scored(list(timex.timed_texts()))]) == []


@pytest.mark.scale
def test_altered_sentences_are_caught_as_well_as_measured() -> None:
    assert misses([support.written_by_hand()]) == []
