"""Tests which words are usual ones."""

import pytest

from rag.models.known_words import is_known_word


@pytest.mark.parametrize(
    "word", ["lorry", "Lorries", "postcode", "handsets", "bailiff's", "sewage"]
)
def test_a_usual_noun_is_known_in_its_forms(word: str) -> None:
    assert is_known_word(word)


@pytest.mark.parametrize("word", ["skelby", "kertesz", "ulsby", "zsofia"])
def test_a_name_that_nobody_knows_is_none(word: str) -> None:
    assert not is_known_word(word)


@pytest.mark.parametrize("word", ["hous", "polic", "bridg"])
def test_a_word_that_lost_its_last_letter_is_none(word: str) -> None:
    assert not is_known_word(word)
