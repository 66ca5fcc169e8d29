"""Tests that another relative is no answer."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds

WHERE = "Where was Petra Orr's brother kidnapped?"


def test_what_befell_another_relative_does_not_fit() -> None:
    assert "kin" in kinds(WHERE, "Petra Orr's father was kidnapped in Holm.")
    told = "Petra Orr's father was kidnapped in Holm. The clerk lost her brother in the war."
    assert "kin" in kinds(WHERE, told)
    assert "kin" in kinds("Who is Petra Orr's sister?", "Her son Jan is a clerk.")
    assert "kin" in kinds("When did his wife die?", "His son died on Monday.", title="Orr mourns")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (WHERE, "Petra Orr's brother was kidnapped in Holm."),
        (WHERE, "Jan Orr, whose sister Petra is a minister, was kidnapped in Holm."),
        (WHERE, "He was kidnapped in Holm, and his father paid. Jan is the brother of Petra Orr."),
        ("When did her dad die?", "Her father died on Monday."),
        ("Where was Petra Orr kidnapped?", "Petra Orr's father was kidnapped in Holm."),
        ("Who was Petra Orr's husband?", "Jan Brandt, Ana's brother, married Petra Orr."),
    ],
)
def test_the_relative_in_other_words_fits(question: str, text: str) -> None:
    assert "kin" not in kinds(question, text)
