"""Tests how clear it is which answer is the best."""

import math

import pytest

from rag.evidence.clarity import Marked, clarity_of
from rag.question.kinds import Kind
from rag.text.tolls import stems_of_toll


def share(scores: list[float], answers: list[str], kind: Kind = "who") -> float:
    """Return the share of the best answer to a question."""
    told = [Marked(f"{n} {answer}", answer) for n, answer in enumerate(answers)]
    return _share(scores, told, kind)


def _share(
    scores: list[float], told: list[Marked], kind: Kind = "who", question: str = ""
) -> float:
    return math.exp(clarity_of(scores, told, kind, stems_of_toll(question)))


def test_one_answer_far_ahead_is_clear_and_two_alike_are_not() -> None:
    assert share([9.0, 0.0, 0.0], ["Mina Orr", "Jo Falk", ""]) > 0.99
    assert share([2.0, 2.0], ["Mina Orr", "Jo Falk"]) == pytest.approx(0.5)


def test_sentences_that_say_the_same_count_together() -> None:
    assert share([2.0, 2.0, 2.0], ["Mina Orr", "the smith Mina Orr", "Jo"]) > 0.6
    assert share([2.0, 2.0], ["", ""]) == pytest.approx(0.5)


def test_days_of_several_events_do_not_make_a_when_question_unclear() -> None:
    days = ["on 4 May", "in the night to Sunday", ""]
    assert share([2.0, 2.0, -9.0], days, "when") == pytest.approx(1.0, abs=1e-3)
    assert share([2.0, 2.0, -9.0], days) == pytest.approx(0.5, abs=1e-3)


def test_sentences_that_are_worded_alike_are_sources_that_differ() -> None:
    told = [
        Marked("The clock of the town hall was fixed by Mina Orr on Monday.", "Mina Orr"),
        Marked("The clock of the town hall was fixed by Jo Falk on Monday.", "Jo Falk"),
    ]
    other = Marked("Jo Falk is the smith who could fix the old clock.", "Jo Falk")
    assert _share([2.0, 2.0], told) == pytest.approx(1.0)
    assert _share([2.0, 2.0], [told[0], other]) == pytest.approx(0.5)
    assert _share([2.0, 2.0], [told[0], told[1]._replace(answer="")]) < 1.0


@pytest.mark.parametrize(
    ("question", "is_clear"),
    [
        ("How many people died in the fire at Orr?", True),
        ("How many were killed?", True),
        ("How many were hurt in the fire that killed the mayor?", False),
        ("How many engines came to the fire?", False),
    ],
)
def test_the_tolls_of_several_reports_do_not_make_it_unclear(
    question: str, *, is_clear: bool
) -> None:
    told = [
        Marked("Five people died in the March fire, which was set for money.", "Five"),
        Marked("At least three people were killed when fire swept the hall.", "three"),
        Marked("The fire chief thanked the crews of nine engines.", "nine"),
    ]
    share = _share([2.0, 2.0, -9.0], told, "number", question)
    assert share == pytest.approx(1.0 if is_clear else 0.5, abs=1e-3)


def test_nothing_read_is_clear() -> None:
    assert share([], []) == pytest.approx(1.0)
