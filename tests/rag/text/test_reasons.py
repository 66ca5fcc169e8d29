"""A name, an amount or an age alone does not say why something is so."""

import pytest

from rag.text.reasons import Reason, reason_asked, tells_no_reason
from rag.text.sentences import Span


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Why did Orr leave?", "why"),
        ("And why is the mill shut?", "why"),
        ("How did Orr die?", "death"),
        ("How was Orr killed?", "death"),
        ("What did Orr die of?", "death"),
        ("Of what did Orr die?", "death"),
        ("Who left, and why?", ""),
        ("How did the match end?", ""),
        ("What did Orr say?", ""),
        ("How many were killed?", ""),
    ],
)
def test_which_questions_ask_for_a_reason(question: str, expected: Reason) -> None:
    assert reason_asked(question) == expected


@pytest.mark.parametrize(
    ("sentence", "marked", "reason", "expected"),
    [
        ("The mill shut for at least two weeks.", "at least two weeks", "why", True),
        ("The mill lost £5m.", "£5m", "why", True),
        ("The mill fired its assistant Jim Orr.", "assistant Jim Orr", "why", True),
        ("The mill was closed by the mayor.", "by the mayor", "why", False),
        ("The mill shut because of Storm Orr.", "Storm Orr", "why", False),
        ("Holm blamed Storm Orr.", "Storm Orr", "why", False),
        ("Snow shut the mill.", "Snow", "why", False),
        ("It was fined for 12 faults.", "12 faults", "why", False),
        ("Storm Orr Shuts Mill In Holm Again", "Storm Orr", "why", False),
        ("Orr, 64, from Ashby Cross, died.", "64, from Ashby Cross", "death", True),
        ("Orr died at 87.", "87", "death", True),
        ("Orr had Covid-19.", "Covid-19", "death", False),
        ("Orr had a heart attack at 87.", "heart attack at 87", "death", False),
    ],
)
def test_which_words_tell_no_reason(
    sentence: str, marked: str, reason: Reason, *, expected: bool
) -> None:
    start = sentence.index(marked)
    span = Span(start, start + len(marked))
    assert tells_no_reason(sentence, span, reason) is expected
