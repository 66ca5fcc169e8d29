"""Tests how clear it is which answer is the best."""

import math

import pytest

from rag.evidence.clarity import Marked, clarity_of


def share(scores: list[float], answers: list[str]) -> float:
    """Return the share of the best answer to a question."""
    return _share(scores, [Marked(f"{n} {answer}", answer) for n, answer in enumerate(answers)])


def _share(scores: list[float], told: list[Marked]) -> float:
    return math.exp(clarity_of(scores, told))


def test_one_answer_far_ahead_is_clear_and_two_alike_are_not() -> None:
    assert share([9.0, 0.0, 0.0], ["Mina Orr", "Jo Falk", ""]) > 0.99
    assert share([2.0, 2.0], ["Mina Orr", "Jo Falk"]) == pytest.approx(0.5)


def test_sentences_that_say_the_same_count_together() -> None:
    assert share([2.0, 2.0, 2.0], ["Mina Orr", "the smith Mina Orr", "Jo"]) > 0.6
    assert share([2.0, 2.0], ["", ""]) == pytest.approx(0.5)


def test_sentences_that_are_worded_alike_are_sources_that_differ() -> None:
    told = [
        Marked("The clock of the town hall was fixed by Mina Orr on Monday.", "Mina Orr"),
        Marked("The clock of the town hall was fixed by Jo Falk on Monday.", "Jo Falk"),
    ]
    other = Marked("Jo Falk is the smith who could fix the old clock.", "Jo Falk")
    assert _share([2.0, 2.0], told) == pytest.approx(1.0)
    assert _share([2.0, 2.0], [told[0], other]) == pytest.approx(0.5)
    assert _share([2.0, 2.0], [told[0], told[1]._replace(answer="")]) < 1.0


def test_nothing_read_is_clear() -> None:
    assert share([], []) == pytest.approx(1.0)
