"""A name, an amount or an age alone does not say why something is so."""

import pytest

from rag.text.reasons import asks_for_reason, tells_no_reason
from rag.text.sentences import Span


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Why did Orr leave?", True),
        ("And why is the mill shut?", True),
        ("How did Orr die?", True),
        ("How was Orr killed?", True),
        ("What did Orr die of?", True),
        ("Of what did Orr die?", True),
        ("Who left, and why?", False),
        ("How did the match end?", False),
        ("What did Orr say?", False),
        ("How many were killed?", False),
    ],
)
def test_which_questions_ask_for_a_reason(question: str, *, expected: bool) -> None:
    assert asks_for_reason(question) is expected


WHY, HOW, OF_WHAT = "Why did it shut?", "How did Orr die?", "What did Orr die of?"


@pytest.mark.parametrize(
    ("sentence", "marked", "question", "expected"),
    [
        ("The mill shut for at least two weeks.", "at least two weeks", WHY, True),
        ("The mill lost £5m.", "£5m", WHY, True),
        ("The mill fired its assistant Jim Orr.", "assistant Jim Orr", WHY, True),
        ("The mill was closed by the mayor.", "by the mayor", WHY, False),
        ("The mill shut because of Storm Orr.", "Storm Orr", WHY, False),
        ("Holm blamed Storm Orr.", "Storm Orr", WHY, False),
        ("Snow shut the mill.", "Snow", WHY, False),
        ("It was fined for 12 faults.", "12 faults", WHY, False),
        ("Storm Orr Shuts Mill In Holm Again", "Storm Orr", WHY, False),
        ("Orr, 64, from Ashby Cross, died.", "64, from Ashby Cross", HOW, True),
        ("Orr died at 87.", "87", OF_WHAT, True),
        ("Orr had Covid-19.", "Covid-19", OF_WHAT, False),
        ("Orr had a heart attack at 87.", "heart attack at 87", OF_WHAT, False),
    ],
)
def test_which_words_tell_no_reason(
    sentence: str, marked: str, question: str, *, expected: bool
) -> None:
    start = sentence.index(marked)
    span = Span(start, start + len(marked))
    assert tells_no_reason(sentence, span, question) is expected
