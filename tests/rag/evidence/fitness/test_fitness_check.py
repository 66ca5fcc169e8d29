"""Tests how much less likely a sentence answers for what does not fit."""

from rag.evidence.fitness import cost_of
from tests.rag.evidence.fitness.candidates import candidate


def test_a_sentence_that_fits_keeps_its_confidence() -> None:
    assert cost_of(candidate("When did the tunnel open?", "The tunnel opened on Sunday.")) == 0


def test_a_sentence_in_other_words_is_not_held_against_the_words_of_the_question() -> None:
    question = "When did the doors of the Brae tunnel open to cars for the last time?"
    alike = candidate(question, "The doors of the Brae tunnel closed to cars on Sunday.")
    text = "Drivers lost the road under the river when both ends closed."
    other = candidate(question, text, title="Brae")
    assert cost_of(alike) > 0
    assert cost_of(other) == 0


def test_the_opposite_costs_more_than_missing_words() -> None:
    opposite = candidate("When did the Brae tunnel open?", "The Brae tunnel closed on Sunday.")
    bare = candidate("When did the Brae tunnel open?", "The Brae is frozen since Sunday.")
    assert cost_of(opposite) > cost_of(bare) > 0
