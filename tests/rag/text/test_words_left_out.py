"""Tests what a question is without some of its words."""

import pytest

from rag.text.words import without_words


@pytest.mark.parametrize(
    ("question", "words", "rest"),
    [
        ("Who opened the dam in May?", "in May", "Who opened the dam?"),
        ("In May, who opened the dam?", "In May", "who opened the dam?"),
        ("Who opened  the dam?", "", "Who opened  the dam?"),
        ("After the recount?", "After the recount", "?"),
    ],
)
def test_the_space_and_the_comma_go_with_the_words(question: str, words: str, rest: str) -> None:
    assert without_words(question, words) == rest
