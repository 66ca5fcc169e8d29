"""Tests that the number of a part is no answer to a question for the rest."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds

WORKING = "Twelve of the 20 mills were working last week."
FOUND = "Seven in ten pupils found work; the rest did not."
CUT = "The mill is to cut 900 of its 4,600 jobs."
LAID_OFF = "The mill has laid off nine of its 38 men."


@pytest.mark.parametrize(
    ("question", "sentence", "marked"),
    [
        ("How many of the mills were not working?", WORKING, "Twelve"),
        ("What percentage of pupils did not find work?", FOUND, "Seven in ten"),
        ("How many of the members are not women?", "Nine of the members are women.", "Nine"),
        ("How many roofs are unrepaired?", "Nine of the roofs were repaired.", "Nine"),
        ("Which mills are not being sold?", "The mills in Holm and Brae are being sold.", "Holm"),
        ("Who has not signed it?", "Eva Orr signed it.", "Eva Orr"),
        ("How many jobs will remain?", CUT, "900"),
        ("How many men have kept their jobs?", LAID_OFF, "nine"),
        ("How many of the mills are left?", "Nine of the 20 mills have been closed.", "Nine"),
        ("How many of the crew survived?", "Nine of the 20 crew drowned.", "Nine"),
        ("How many of the crew drowned?", "Nine of the 20 crew survived.", "Nine"),
        ("How many children went home?", "Nine of the children stayed in hospital.", "Nine"),
        ("How many jobs were cut?", "Nine of the jobs will be kept.", "Nine"),
        ("How many of them are 20 or over?", "Nine of the 38 are under 20.", "Nine"),
        ("How many of them are under 20?", "Nine of the 38 are over 20.", "Nine"),
    ],
)
def test_a_part_is_no_answer_for_the_rest(question: str, sentence: str, marked: str) -> None:
    assert "denial" in kinds(question, sentence, marked=marked)


@pytest.mark.parametrize(
    ("question", "sentence", "marked"),
    [
        ("How many of the mills were working?", WORKING, "Twelve"),
        ("How many of the mills were not working?", "Eight of the mills did not work.", "Eight"),
        ("How many mills were not working?", "Twelve were working, but eight were idle.", "eight"),
        ("How many of the mills were not working?", "All but eight were working.", "eight"),
        ("Who has not signed it?", "Eva Orr has yet to sign it.", "Eva Orr"),
        ("Which towns did not sign it?", "All towns except Holm signed it.", "Holm"),
        ("How many mills were unveiled?", "Nine mills were veiled.", "Nine"),
        ("How many not including Orr died?", "Nine died, including Orr.", "Nine"),
        ("How many jobs will remain?", "The mill is to cut 900 jobs to 3,700.", "3,700"),
        ("How many jobs will remain?", "Jobs will be cut from 900 to 370.", "370"),
        ("How many jobs will remain?", "It cuts 900 jobs and keeps 3,700.", "3,700"),
        ("How many people died?", "The fire left 12 dead.", "12"),
        ("How many people left Holm?", "Nine people were killed as others left Holm.", "Nine"),
        ("How many jobs were cut?", CUT, "900"),
        ("How many of them are under 20?", "Nine of the 38 are under 20.", "Nine"),
        ("How many of them are over 20?", "Nine of the 38 are under 30.", "Nine"),
        ("Why was it not sold?", "The mill was sold in May.", "May"),
    ],
)
def test_an_answer_for_what_is_asked_fits(question: str, sentence: str, marked: str) -> None:
    assert "denial" not in kinds(question, sentence, marked=marked)
