"""Tests who is gone in a question that asks who came."""

import pytest

from rag.question.premises.leaving import who_is_gone


@pytest.mark.parametrize(
    ("question", "gone"),
    [
        ("Who leads the trust now that Tom Orr has left?", "tom orr"),
        ("Who was put in charge once Orr had left?", "orr"),
        ("Who was the chair before Orr?", "orr"),
        ("Who took over from Ada Orr?", "ada orr"),
        ("Who ran the trust after Orr's resignation?", "orr"),
        ("Who leads it while the search for a chair goes on at Orr?", ""),
        ("Who scored when Orr played Brae?", ""),
        ("Who won after Orr had appealed?", ""),
        ("Who was prime minister when Orr resigned?", ""),
    ],
)
def test_whoever_left_is_not_who_came(question: str, gone: str) -> None:
    assert who_is_gone(question) == ({tuple(gone.split())} if gone else set())
