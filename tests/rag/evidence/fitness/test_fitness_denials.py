"""Tests that a sentence which denies what is asked does not tell when, who or how many."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did Brae sign the treaty?", "Brae did not sign the treaty on Tuesday."),
        ("When was the mill opened?", "The mill was never officially opened in 2012."),
        ("Who paid the fine?", "Ana Orr, its owner, has not yet paid the fine."),
        ("How many signed it?", "Twelve members refused to sign it."),
        ("Which towns signed it?", "Holm took part in the talks but did not sign it."),
        ("Which party joined the cabinet?", "The Reds did not join the cabinet."),
        ("Which country signed it?", "Norland has not signed it."),
    ],
)
def test_a_denial_of_the_verb_is_no_answer(question: str, sentence: str) -> None:
    assert "denial" in kinds(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did Brae last win?", "Brae has not won since May 2016."),
        ("When did the mill open?", "The mill did not open until May."),
        ("Who did not pay the fine?", "Ana Orr did not pay the fine."),
        ("When did Brae sign it?", "Brae signed it on Tuesday and did not wait."),
        ("Which towns did not sign it?", "Holm did not sign it."),
        ("Which towns signed it?", "Holm and Vell signed it, and Tarn did not sign."),
        ("How was it signed?", "It was not signed by hand."),
        ("Who paid it?", "Ana Orr paid it, and Lena Osk did not pay."),
        ("Why was the mill sold?", "It was not sold but given away, because nobody wanted it."),
    ],
)
def test_other_denials_fit(question: str, sentence: str) -> None:
    assert "denial" not in kinds(question, sentence)
