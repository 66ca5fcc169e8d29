"""Tests which figure of a sentence is a toll."""

import pytest

from rag.text.figures import find_figures
from rag.text.tolls import asks_for_deaths, toll_in


@pytest.mark.parametrize(
    ("sentence", "toll"),
    [
        ("The death toll from the fire at the mill rose to 31 on Friday, with 90 injured.", "31"),
        ("The toll climbed from 31 to at least 40, and 12 are missing.", "40"),
        ("The number of deaths stands at 19.", "19"),
        ("The toll rose by at least 9 to 40.", "40"),
        ("The toll rose by 9.", None),
        ("The toll is the third highest ever.", None),
        ("The number of deaths is 9 times higher.", None),
        ("Officials put the toll at more than 2,000.", "2,000"),
        ("The fire hurt 90 people.", None),
        ("The toll road carries 4,000 cars.", None),
        ("The toll rose by 5 percent.", None),
    ],
)
def test_the_figure_that_a_toll_reaches_is_found(sentence: str, toll: str | None) -> None:
    found = toll_in(sentence, list(find_figures(sentence)))
    assert (found and sentence[found.start : found.end]) == toll


def test_a_question_asks_for_deaths_by_its_words() -> None:
    assert asks_for_deaths({"how", "many", "were", "killed"})
    assert not asks_for_deaths({"how", "many", "were", "hurt"})
