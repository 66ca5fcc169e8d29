from datetime import date
from pathlib import Path

import pytest

from bench.timex import Scores, Timex, is_tuning, matches, read_timeml

TUESDAY = Timex(10, 17, "DATE", "2020-11-10")
MORNING = Timex(10, 25, "TIME", "2020-11-10TMO")
MONTH = Timex(30, 38, "DATE", "2020-11")

TIMEML = """<?xml version="1.0" ?>
<TimeML><DOCID>a</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2020-11-12">12 November 2020</TIMEX3></DCT>
<TEXT>He <EVENT eid="e1">left</EVENT> &amp; <TIMEX3 tid="t1" type="DATE" value="2020-11-10">on
<EVENT eid="e2">Tuesday</EVENT></TIMEX3>.</TEXT></TimeML>
"""


def scored(gold: list[Timex], found: list[Timex]) -> Scores:
    scores = Scores()
    scores.add(gold, found)
    return scores


def test_equal_expressions_score_full_marks() -> None:
    scores = scored([TUESDAY, MONTH], [TUESDAY, MONTH])
    for count in (scores.strict, scores.relaxed, scores.types, scores.values):
        assert scores.precision(count) == scores.recall(count) == scores.f1(count) == 1


def test_an_overlap_is_a_relaxed_match_only() -> None:
    scores = scored([MORNING], [TUESDAY])
    assert (scores.strict, scores.relaxed, scores.types, scores.values) == (0, 1, 0, 0)


def test_one_hand_worked_text() -> None:
    # Three there, four found: one exact, one overlapping with a wrong value, two spurious.
    gold = [TUESDAY, MONTH, Timex(50, 60, "DURATION", "P2D")]
    found = [
        TUESDAY,
        Timex(28, 38, "DATE", "2019-11"),
        Timex(70, 75, "DATE", "2020"),
        Timex(80, 85, "SET", "P1D"),
    ]
    scores = scored(gold, found)
    assert scores.precision(scores.strict) == pytest.approx(1 / 4)
    assert scores.recall(scores.strict) == pytest.approx(1 / 3)
    assert scores.f1(scores.strict) == pytest.approx(2 / 7)
    assert scores.f1(scores.relaxed) == pytest.approx(4 / 7)
    assert scores.f1(scores.types) == pytest.approx(4 / 7)
    assert scores.f1(scores.values) == pytest.approx(2 / 7)


def test_the_value_score_is_relaxed_f1_times_accuracy() -> None:
    scores = scored([TUESDAY, MONTH], [TUESDAY, Timex(30, 38, "DATE", "2019-11"), MORNING])
    accuracy = scores.values / scores.relaxed
    assert scores.f1(scores.values) == pytest.approx(scores.f1(scores.relaxed) * accuracy)


def test_an_expression_matches_one_other_at_most() -> None:
    both = Timex(10, 38, "DATE", "2020-11-10")
    assert matches([TUESDAY, MONTH], [both]) == [(TUESDAY, both)]
    assert matches([both], [TUESDAY, MONTH]) == [(both, TUESDAY)]


def test_equal_extents_match_before_overlaps() -> None:
    assert matches([MORNING], [TUESDAY, MORNING]) == [(MORNING, MORNING)]


def test_scores_add_up_over_texts() -> None:
    scores = scored([TUESDAY], [TUESDAY])
    scores.add([MONTH], [])
    assert scores.recall(scores.strict) == pytest.approx(1 / 2)
    assert scores.precision(scores.strict) == 1


def test_nothing_there_and_nothing_found_scores_nothing() -> None:
    assert scored([], []).f1(0) == 0


def test_timeml_is_read_with_exact_offsets_and_without_its_creation_time(tmp_path: Path) -> None:
    path = tmp_path / "a.tml"
    path.write_text(TIMEML)
    text = read_timeml(path)
    (gold,) = text.gold
    assert text.text == "He left & on\nTuesday."
    assert text.text[gold.start : gold.end] == "on\nTuesday"
    assert text.created == date(2020, 11, 12)


def test_a_file_is_in_a_half_by_its_name_alone() -> None:
    assert is_tuning("AP.tml")
    assert not is_tuning("CNN.tml")
