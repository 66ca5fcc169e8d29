"""Tests that the opposite of what is asked is no answer."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When was Tilda Brack freed?", "Tilda Brack was arrested on Sunday in Port Alder."),
        ("When did the theatre shut when it rained?", "The theatre reopened on Sunday."),
        ("When did the Alder theatre reopen?", "The Alder theatre shut its doors on Monday."),
        ("Why did the ferry line cut its fares?", "The ferry line raised its fares by a tenth."),
        ("When did Oda Lindh step down as dean?", "Oda Lindh took over as dean in March."),
        ("When did Harrow United sell Pim Vos?", "Harrow United bought Pim Vos on Friday."),
        ("What raise did the pilots agree to?", "The pilots demanded a raise of 8 per cent."),
    ],
)
def test_the_opposite_of_what_is_asked_does_not_fit(question: str, sentence: str) -> None:
    assert "opposite" in kinds(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When was Tilda Brack freed?", "Tilda Brack was released on Sunday."),
        ("When was the mill sold?", "The mill was bought by a farmer on Friday."),
        ("Which farms go under the Brae deal?", "Holm must hand over two Brae farms."),
        ("Who sang when the mill opened?", "Pia Osk sang at both ends of the mill."),
        ("When did Osk and Orr agree to stop work?", "Osk and Orr began a pause on Monday."),
        ("When did the theatre reopen?", "The theatre, shut since May, reopened on Monday."),
    ],
)
def test_the_same_in_other_words_fits(question: str, sentence: str) -> None:
    assert "opposite" not in kinds(question, sentence)
