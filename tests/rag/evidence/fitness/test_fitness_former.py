"""Tests that what an amount was before does not tell what it is."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds

ASKED = "What is the weight limit on the bridge?"


@pytest.mark.parametrize(
    "sentence",
    [
        "The limit had been eight tonnes since November.",
        "Until now the limit was eight tonnes.",
        "The previous limit was eight tonnes.",
        "The new limit replaces one of eight tonnes.",
        "It used to be eight tonnes.",
    ],
)
def test_a_former_amount_is_not_the_present_one(sentence: str) -> None:
    assert "former" in kinds(ASKED, sentence)
    assert "former" not in kinds(ASKED.replace("is", "was"), sentence)


def test_what_had_been_expected_is_expected_no_more() -> None:
    text = "The pilot, 31, had been expected to be out for six weeks after the match in Holm."
    assert "former" in kinds("How long will the pilot be out?", text)
    assert "former" not in kinds("How long will the pilot be out?", text.replace("had been", "is"))
    assert "former" not in kinds("How long was the pilot expected to be out?", text)


@pytest.mark.parametrize(
    "sentence",
    [
        "The limit is eight tonnes.",
        "The limit, which had been eight tonnes, is now 18 tonnes.",
        "The limit has been eight tonnes since November.",
        "The former mayor, who set it, said that the limit on the bridge was eight tonnes.",
    ],
)
def test_another_amount_or_another_former_thing_fits(sentence: str) -> None:
    assert "former" not in kinds(ASKED, sentence)
