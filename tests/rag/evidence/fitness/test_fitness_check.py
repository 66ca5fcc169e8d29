"""Tests how much less likely a sentence answers for what does not fit."""

from rag.evidence.fitness import cost_of
from tests.rag.evidence.fitness.candidates import candidate


def test_a_sentence_that_fits_keeps_its_confidence() -> None:
    assert cost_of(candidate("When did the tunnel open?", "The tunnel opened on Sunday.")) == 0


def test_the_opposite_costs_more_than_missing_words() -> None:
    opposite = candidate("When did the Brae tunnel open?", "The Brae tunnel closed on Sunday.")
    bare = candidate("When did the Brae tunnel open?", "The Brae is frozen since Sunday.")
    assert cost_of(opposite) > cost_of(bare) > 0
