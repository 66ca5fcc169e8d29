"""Tests which words call off what was planned."""

import pytest

from rag.text.cancelling import find_cancelling, is_cancelling


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The regatta has been called off.", ["called off"]),
        ("Ulsby cancels its fair, the mayor said.", ["cancels"]),
        ("The vote was postponed until June.", ["postponed"]),
        ("The club put off the match.", ["put off"]),
        ("The regatta may be called off.", []),
        ("It has not been cancelled.", []),
        ("Parents feared that the fair would be scrapped.", []),
        ("There was no wind, and the regatta was called off.", ["called off"]),
    ],
)
def test_what_was_called_off_is_found_and_what_was_only_feared_is_not(
    sentence: str, words: list[str]
) -> None:
    assert [sentence[slice(*span)] for span in find_cancelling(sentence)] == words


def test_only_the_words_themselves_say_nothing_else() -> None:
    assert is_cancelling("called off")
    assert not is_cancelling("called off on Thursday")
