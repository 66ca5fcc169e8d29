"""Tests that a number which was only expected does not say how many there were."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds

EXPECTED = "About 9,000 people had been expected to walk to Holm."


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many people marched to Holm?", EXPECTED),
        ("How many people marched?", "The club had expected at least 9,000 people to march."),
        ("How many came to the fair?", "Some 9,000 were due to come to the fair."),
    ],
)
def test_an_expected_number_is_not_how_many_did(question: str, sentence: str) -> None:
    assert "ahead" in kinds(question, sentence, marked="9,000")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many people had been expected to march to Holm?", EXPECTED),
        ("How many people will march to Holm?", EXPECTED),
        ("How many people marched?", "Some 9,000 people marched, more than had been expected."),
        ("How many people marched?", "Only 9,000 marched, and 12,000 had been expected to come."),
    ],
)
def test_other_numbers_fit(question: str, sentence: str) -> None:
    assert "ahead" not in kinds(question, sentence, marked="9,000")
