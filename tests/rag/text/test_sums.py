"""Tests that things that are counted apart are added up, and nothing else is."""

import pytest

from rag.text.sums import added_in


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("two men and a woman", 3),
        ("Three soldiers and two nurses", 5),
        ("two pilots, three nurses and a cook", 6),
        ("a mother and her two children", 3),
        ("two men and their families", None),
        ("two men and a family", None),
    ],
)
def test_the_things_are_added_up_if_each_has_a_number(words: str, count: float | None) -> None:
    added = added_in(words)
    assert added is not None
    assert added.count == count


@pytest.mark.parametrize(
    "words",
    [
        "two men",
        "12 dead and 90 injured",
        "12 deaths and 90 injuries",
        "two and three",
        "three years and four months",
        "a man and a woman of Holm",
        "1,200 people, 300 of them pupils",
        "three boats and thousands of pounds",
        "the mayor and her husband",
    ],
)
def test_other_words_are_no_things_to_add_up(words: str) -> None:
    assert added_in(words) is None
