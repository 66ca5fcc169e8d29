"""Tests that a sentence that begins with somebody else is less likely to answer."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds


@pytest.mark.parametrize(
    ("question", "sentence", "fits"),
    [
        ("How many votes did Pia Osk win?", "Torvik won 900 votes.", False),
        ("How many votes did Pia Osk win?", "Osk won 900 votes.", True),
        ("How many votes did Pia Osk win?", "Torvik beat her by 900 votes.", True),
        ("How many votes did Pia Osk win?", "The winner had 900 votes.", True),
        ("Who followed Pia Osk as mayor?", "Torvik was elected on Monday.", True),
        ("How many votes were there?", "Torvik won 900 votes.", True),
    ],
)
def test_a_sentence_should_not_begin_with_somebody_else(
    question: str, sentence: str, fits: bool
) -> None:
    assert ("subject" not in kinds(question, sentence)) == fits
