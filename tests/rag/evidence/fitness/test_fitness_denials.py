"""Tests that what an article denies is no answer to a question that takes it for granted."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why did Osk sign the charter?", "Osk did not sign the charter, because it was late."),
        ("Which towns did not flood?", "The towns of Brae and Holm flooded on Sunday."),
        ("When was the chimney repaired?", "The chimney was never repaired, neighbours said."),
    ],
)
def test_what_only_one_of_them_denies_does_not_fit(question: str, sentence: str) -> None:
    assert "denial" in kinds(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Did Osk sign the charter?", "Osk did not sign the charter."),
        ("Why did Osk not sign the charter?", "Osk did not sign the charter, because it was late."),
        ("How many drivers who didn't stop were fined?", "Nine drivers were fined on Monday."),
        ("Why did Osk reject the charter?", "Osk rejected the charter, because it was late."),
    ],
)
def test_a_denial_that_is_asked_for_fits(question: str, sentence: str) -> None:
    assert "denial" not in kinds(question, sentence)
