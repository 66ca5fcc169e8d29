"""Tests that a name alone does not make a sentence an answer."""

from dataclasses import replace

import pytest

from rag.evidence.fitness.topics import check_topic
from rag.question.asked import read_part
from tests.rag.evidence.fitness.candidates import candidate, kinds
from tests.rag.stories import EMBEDDER


@pytest.mark.parametrize(
    ("question", "sentence", "fits"),
    [
        ("How much was offered for Lidden Mills?", "Lidden Mills employs 90 people.", False),
        ("How much was offered for Lidden Mills?", "Orr offered 2 million crowns.", True),
        ("How many people did Storm Wanda kill?", "Six died after Storm Wanda.", True),
        ("When did the pilot Mina Torvik retire?", "The pilot Mina Torvik sang on Sunday.", False),
        ("Who is buying the mill from Tom Orr?", "Tom Orr is to sell it to Eva Lind.", True),
        ("Who replaced Tom Orr?", "Tom Orr was succeeded by Eva Lind.", True),
        ("Where did Tom Orr work before?", "Tom Orr joined from the Holm Courier.", True),
        ("Why was Lidden Mills sold?", "Lidden Mills employs 90 people.", True),
        ("How much does Lidden Mills get?", "Orr owes Lidden Mills 2 million crowns.", True),
    ],
)
def test_something_of_what_is_asked_must_be_told(question: str, sentence: str, fits: bool) -> None:
    assert ("topic" not in kinds(question, sentence)) == fits


@pytest.mark.parametrize(
    ("question", "sentence", "fits"),
    [
        ("And at Marden Moor?", "The Marden Moor plant loses 540 posts.", True),
        ("And at Marden Moor?", "The Ulsby plant loses 540 posts.", False),
        ("How many jobs go at Marden Moor?", "The Marden Moor plant loses 540 posts.", False),
    ],
)
def test_a_sentence_on_what_a_follow_up_names_needs_no_word_of_the_topic(
    question: str, sentence: str, fits: bool
) -> None:
    before = "How many jobs will Holm Mills axe?"
    part = read_part(question, EMBEDDER, after=before)
    one = replace(candidate(before, sentence), asked=part)
    assert (check_topic(one) is None) == fits
