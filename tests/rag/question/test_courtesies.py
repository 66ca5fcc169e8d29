"""Turns of a conversation that ask nothing."""

import pytest

from rag.archive import Archive
from rag.question.courtesies import asks_nothing


@pytest.mark.parametrize(
    "turn",
    [
        "Thanks!",
        "thank you very much",
        "OK, got it.",
        "Good morning",
        "That’s very helpful, thanks.",
    ],
)
def test_words_of_courtesy_ask_nothing(turn: str) -> None:
    assert asks_nothing(turn)


@pytest.mark.parametrize(
    "turn",
    [
        "Thanks, and who signed it?",
        "Is that right?",
        "Was it great?",
        "Who is there?",
        "Hello Dolly premiere",
        "The Great Morning Star",
        "thank you letter",
        "",
    ],
)
def test_whatever_else_is_said_is_asked(turn: str) -> None:
    assert not asks_nothing(turn)


def test_courtesies_are_not_searched_and_not_followed(archive: Archive) -> None:
    first = archive.ask("When did foreign troops leave Kabul?")
    thanks = archive.ask("Thanks!", history=[first])
    assert thanks.status == "not_in_archive"
    assert "asks nothing" in thanks.text
    assert not thanks.nearest
    after = archive.ask("Who left?", history=[first, thanks])
    assert after.carried == archive.ask("Who left?", history=[first]).carried
    assert after.follows == first.question
