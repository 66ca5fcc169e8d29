"""Tests that it matters who did something, and to whom."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How much did Brae lend Holm?", "Holm will lend Brae 3 million crowns."),
        ("When did Vesely sue Arden?", "On Monday, Arden sued Vesely over a fence."),
        ("Who sued Vesely?", "Vesely sued the town of Arden over a fence."),
        ("Who sued Vesely?", "Arden was sued by Vesely over a fence."),
        ("Did Brae apologise to Holm?", "Holm apologised to Brae on Friday."),
        ("Did Brae testify against Holm?", "Holm will testify against Brae."),
        ("Who has thanked Holm?", "Holm has thanked Brae."),
        ("Was Holm sued by Brae?", "Holm sued the town of Brae."),
        ("Did Vesely sue Arden?", "Vesely was sued by the minister of trade Eva Arden."),
    ],
)
def test_names_that_have_changed_places_do_not_fit(question: str, sentence: str) -> None:
    assert "roles" in kinds(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How much did Brae lend Holm?", "Brae lent Holm 3 million crowns."),
        ("Who sued Vesely?", "Vesely was sued by the town of Arden over a fence."),
        ("Who sued Vesely?", "Arden sued Vesely over a fence."),
        ("When did Vesely meet with Arden?", "Arden met Vesely on Monday."),
        ("When did Vesely talk to Arden?", "Arden talked to Vesely on Monday."),
        ("Who married Vesely?", "Vesely married Arden in May."),
        ("Was Holm sued by Brae?", "Brae sued Holm over a fence."),
        ("Was Holm sued by Brae?", "Holm was sued by Brae over a fence."),
        ("Did Brae apologise to Holm?", "Brae has apologised to Holm."),
    ],
)
def test_names_in_their_places_fit(question: str, sentence: str) -> None:
    assert "roles" not in kinds(question, sentence)


def test_a_pronoun_goes_on_about_those_of_the_sentence_before() -> None:
    text = "Holm lends Brae 3 million crowns a year. It lent 2 million in its first year."
    assert "roles" in kinds("How much did Brae lend Holm?", text, sentence=1)
    assert "roles" not in kinds("How much did Holm lend Brae?", text, sentence=1)
