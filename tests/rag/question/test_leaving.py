"""Tests who is gone in a question that asks who came."""

import pytest

from rag.question.premises.leaving import who_is_gone
from rag.text.words import stems_of


@pytest.mark.parametrize(
    ("question", "gone"),
    [
        ("Who leads the trust now that Tom Orr has left?", "Orr"),
        ("Who was put in charge once Orr had left?", "Orr"),
        ("Who was the chair before Orr?", "Orr"),
        ("Who took over from Ada Orr?", "Orr"),
        ("Who ran the trust after Orr's resignation?", "Orr"),
        ("Who leads it while the search for a chair goes on at Orr?", ""),
        ("Who scored when Orr played Brae?", ""),
        ("Who won after Orr had appealed?", ""),
    ],
)
def test_whoever_left_is_not_who_came(question: str, gone: str) -> None:
    assert who_is_gone(question) == stems_of(gone)
