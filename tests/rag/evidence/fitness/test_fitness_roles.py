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
        ("Who sued Vesely?", "Arden, sued by Vesely over a fence, has moved."),
        # The doer is named, and whom they did it to is asked.
        ("Who did Vesely sue?", "Eva Arden sued her neighbour Jan Vesely over a fence."),
        ("Who did Vesely sue?", "Vesely was sued by the town of Arden."),
        ("Who is Vesely suing?", "Arden is suing Vesely."),
        (
            "Who did Lena Osk defeat?",
            "Orr was elected, defeating acting leader Lena Osk by 2 votes.",
        ),
        ("Who did Osk replace?", "Orr will replace the ailing Lena Osk."),
        ("Which club did Holm Rovers beat?", "Marden Town beat Holm Rovers on Saturday."),
        ("Who was Vesely sued by?", "Arden was sued by Vesely."),
        ("Who was sued by Vesely?", "Vesely was sued by Arden."),
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
        ("Who founded Holm Relief?", "Holm Relief, founded by Eva Arden, gives bread."),
        ("Who did Vesely sue?", "Vesely sued the town of Arden over a fence."),
        ("Who did Vesely sue?", "Arden, sued by Vesely over a fence, has moved."),
        ("Who did Vesely sue?", "Arden sued Vesely after Vesely had sued Orr."),
        ("Who did Vesely blame?", "Arden blamed Vesely's brother."),
        ("Who did Vesely accuse?", "The accused Vesely said that Arden had lied."),
        ("Who did Vesely attack?", "The attack Vesely led left Arden hurt."),
        ("Who did Vesely meet?", "Arden met Vesely on Monday."),
        ("Who did Vesely beat?", "Orr beat 300 others in a race that Vesely missed."),
        ("Who was Vesely sued by?", "Vesely was sued by Arden."),
        ("Who was Vesely sued by?", "Arden sued Vesely."),
        ("Who was sued by Vesely?", "Arden was sued by Vesely."),
    ],
)
def test_names_in_their_places_fit(question: str, sentence: str) -> None:
    assert "roles" not in kinds(question, sentence)


def test_a_pronoun_goes_on_about_those_of_the_sentence_before() -> None:
    text = "Holm lends Brae 3 million crowns a year. It lent 2 million in its first year."
    assert "roles" in kinds("How much did Brae lend Holm?", text, sentence=1)
    assert "roles" not in kinds("How much did Holm lend Brae?", text, sentence=1)
