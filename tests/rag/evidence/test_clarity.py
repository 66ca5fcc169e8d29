"""Tests how clear it is which answer is the best."""

import pytest

from rag.evidence.clarity import Marked, clarity_of
from rag.question.kinds import expected_kind
from rag.question.wanted import read_wanted


def clarity(scores: list[float], answers: list[str], question: str = "Who fixed it?") -> float:
    """Return how clear the best answer to a question is."""
    told = [Marked(f"{n} {answer}", answer) for n, answer in enumerate(answers)]
    return _clarity(scores, told, question)


def _clarity(scores: list[float], told: list[Marked], question: str) -> float:
    return clarity_of(scores, told, read_wanted(question), expected_kind(question))


def test_one_answer_far_ahead_is_clear_and_two_alike_are_not() -> None:
    assert clarity([9.0, 0.0, 0.0], ["Mina Orr", "Jo Falk", ""]) > 0.99
    assert clarity([2.0, 2.0], ["Mina Orr", "Jo Falk"]) == pytest.approx(0.5)


def test_sentences_that_say_the_same_count_together() -> None:
    assert clarity([2.0, 2.0, 2.0], ["Mina Orr", "the smith Mina Orr", "Jo"]) > 0.6
    assert clarity([2.0, 2.0], ["", ""]) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("question", "clear"),
    [
        ("How many people were hurt in the fire?", True),
        ("What is the latest price of bread?", True),
        ("When did the fire break out?", True),
        ("How deep was the shaft at Lidden in 2015?", False),
        ("Who fixed the clock?", False),
    ],
)
def test_figures_that_change_do_not_make_a_count_unclear(question: str, clear: bool) -> None:
    found = clarity([2.0, 2.0], ["17 people", "21 people in the night"], question)
    assert (found == pytest.approx(1.0)) == clear


def test_sentences_that_are_worded_alike_are_sources_that_differ() -> None:
    told = [
        Marked("The clock of the town hall was fixed by Mina Orr on Monday.", "Mina Orr"),
        Marked("The clock of the town hall was fixed by Jo Falk on Monday.", "Jo Falk"),
    ]
    other = Marked("Jo Falk is the smith who could fix the old clock.", "Jo Falk")
    assert _clarity([2.0, 2.0], told, "Who fixed the clock?") == 1.0
    assert _clarity([2.0, 2.0], [told[0], other], "Who fixed the clock?") == pytest.approx(0.5)
    assert _clarity([2.0, 2.0], [told[0], told[1]._replace(answer="")], "Who fixed it?") < 1.0


def test_nothing_read_is_clear() -> None:
    assert clarity([], []) == 1.0
