"""Tests that what was asked for or offered is not what was agreed."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How much more pay was agreed?", "The mill offered 4 per cent more pay."),
        ("How many crowns will the crews get?", "The crews want 700 crowns a month."),
        ("How much did parliament approve?", "The cabinet proposed spending of 61 billion."),
        ("How much was awarded?", "The union asked for 9 per cent, and later called for 12."),
    ],
)
def test_an_amount_that_was_only_wanted_was_not_decided(question: str, sentence: str) -> None:
    assert "stage" in kinds(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How much more pay was agreed?", "The mill, which had offered 4, agreed to 6 per cent."),
        ("How much more pay was agreed?", "They settled on 6 per cent."),
        ("How much more pay was offered?", "The mill offered 4 per cent more pay."),
        ("How many accepted?", "Only 23 per cent took up what the mill had offered."),
    ],
)
def test_what_was_decided_fits_and_what_was_offered_if_asked_for(
    question: str, sentence: str
) -> None:
    assert "stage" not in kinds(question, sentence)
