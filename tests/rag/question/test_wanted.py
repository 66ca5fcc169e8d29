"""Which of several values a question wants, and whether one value can answer it."""

import pytest

from rag.question.wanted import shape_of, which_value


@pytest.mark.parametrize(
    ("question", "which"),
    [
        ("What is the current toll?", "newest"),
        ("How many are missing?", "newest"),
        ("How many pupils does the school have?", "newest"),
        ("How many boats were lost in the end?", "newest"),
        ("Who won the last election?", "newest"),
        ("Who won the election last year?", ""),
        ("Who won the race last Friday?", ""),
        ("How many boats were lost?", ""),
        ("How big was Tarn's debt?", ""),
        ("What was the highest fare?", "highest"),
        ("What was the lowest temperature?", "lowest"),
        ("How many were feared dead initially?", "oldest"),
    ],
)
def test_a_question_says_which_value_it_wants(question: str, which: str) -> None:
    assert which_value(question) == which


@pytest.mark.parametrize(
    ("question", "shape"),
    [
        ("Did the bridge reopen?", "yes-no"),
        ("Were there more fires than in 2018?", "comparison"),
        ("Which libraries are closing?", "list"),
        ("Who are the chief executives of the two banks?", "list"),
        ("Which bus is late?", ""),
        ("How many libraries are closing?", ""),
    ],
)
def test_a_question_that_one_value_cannot_answer_is_known(question: str, shape: str) -> None:
    assert shape_of(question) == shape
