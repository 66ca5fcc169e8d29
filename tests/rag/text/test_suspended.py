"""A length of a sentence keeps the words that say that the sentence is suspended."""

import pytest

from rag.text.sentences import Span
from rag.text.suspended import with_suspension


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        (
            "Orr got 18 months, suspended for two years.",
            "18 months",
            "18 months, suspended for two years",
        ),
        ("Orr got 18 months in jail, suspended.", "18 months", "18 months in jail, suspended"),
        (
            "Orr got 18 months' prison, suspended for a year.",
            "18 months",
            "18 months' prison, suspended for a year",
        ),
        (
            "Orr got six months, which was suspended.",
            "six months",
            "six months, which was suspended",
        ),
        ("Orr got an 18-month suspended sentence.", "18-month", "18-month suspended sentence"),
        (
            "Orr got a suspended sentence of 18 months.",
            "18 months",
            "a suspended sentence of 18 months",
        ),
        (
            "Orr got a suspended jail term of six weeks.",
            "six weeks",
            "a suspended jail term of six weeks",
        ),
        ("Orr got 18 months, suspended for two years.", "two years", "two years"),
        ("Orr got 18 months and was suspended from the club.", "18", "18"),
        ("Orr got 18 months.", "18 months", "18 months"),
        ("The bridge was suspended for two years.", "two years", "two years"),
    ],
)
def test_a_suspended_sentence_is_told_as_one(sentence: str, marked: str, expected: str) -> None:
    start = sentence.index(marked)
    span = Span(start, start + len(marked))
    whole = with_suspension(sentence, span, Span(0, len(sentence)))
    assert sentence[slice(*whole)] == expected
