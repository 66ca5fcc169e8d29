"""Tests which figure of a sentence is a toll."""

import pytest

from rag.text.figures import find_figures
from rag.text.tolls import (
    asked_sufferers,
    asks_for_deaths,
    asks_for_the_ill,
    cases_in,
    counts_others,
    toll_in,
)


@pytest.mark.parametrize(
    ("sentence", "toll"),
    [
        ("The death toll from the fire at the mill rose to 31 on Friday, with 90 injured.", "31"),
        ("The toll climbed from 31 to at least 40, and 12 are missing.", "40"),
        ("The number of deaths stands at 19.", "19"),
        ("The toll rose by at least 9 to 40.", "40"),
        ("The find brings the number of people killed at the mill to nine.", "nine"),
        ("She put the number of deaths caused by the fire at 8, one fewer than the police.", "8"),
        ("Of those at work, one fewer died than the toll is.", None),
        ("The toll is likely to reach 100.", None),
        ("The toll on Friday, May 3, stood at 40, Will Brandt said.", "40"),
        ("Officials feared that the toll could have risen to 100.", None),
        ("The toll rose by 9.", None),
        ("The toll is the third highest ever.", None),
        ("The number of deaths is 9 times higher.", None),
        ("Officials put the toll at more than 2,000.", "2,000"),
        ("The fire hurt 90 people.", None),
        ("The toll road carries 4,000 cars.", None),
        ("The fire claimed 19 lives and made 300 homeless.", "19"),
        ("The law changed 19 lives.", None),
        ("The toll rose by 5 percent.", None),
    ],
)
def test_the_figure_that_a_toll_reaches_is_found(sentence: str, toll: str | None) -> None:
    found = toll_in(sentence, list(find_figures(sentence)))
    assert (found and sentence[found.start : found.end]) == toll


@pytest.mark.parametrize(
    ("sentence", "cases"),
    [
        ("There are now 52 cases.", "52"),
        ("The final count is 49 confirmed cases, and four people died.", "49"),
        ("The number of people ill has risen from 12 to 31.", "31"),
        ("That took the number of confirmed cases to 71 by Friday.", "71"),
        ("There were 9 new cases on Friday.", None),
        ("The court heard 52 cases.", None),
        ("There are 52 beds.", None),
    ],
)
def test_the_figure_that_counts_all_who_are_ill_is_found(sentence: str, cases: str | None) -> None:
    found = cases_in(sentence, list(find_figures(sentence)))
    assert (found and sentence[found.start : found.end]) == cases


def test_a_question_asks_for_deaths_by_its_words() -> None:
    assert asks_for_deaths("How many were killed?")
    assert asks_for_deaths("What is the death toll?")
    assert asks_for_deaths("What is the number of deaths?")
    assert not asks_for_deaths("How many were hurt?")
    assert not asks_for_deaths("How many people were arrested over the deaths in Holm?")
    assert not asks_for_deaths("How many were hurt in the fire that killed the mayor?")
    assert asks_for_deaths("How many were hurt or killed in the fire?")
    assert asks_for_deaths("How many sailors drowned?")


@pytest.mark.parametrize(
    ("question", "sentence", "counts"),
    [
        ("How many were killed in the fire?", "Two porters were injured.", True),
        ("How many were killed in the fire?", "Two porters were injured, and one died.", False),
        ("How many were killed in the fire?", "The fire claimed two lives and injured 9.", False),
        ("How many were hurt in the fire?", "The fire killed two porters.", True),
        ("How many were hurt in the fire?", "Two died, and nine are in hospital.", False),
        ("How many escaped the fire?", "Two porters were injured.", False),
    ],
)
def test_the_hurt_are_not_the_dead(question: str, sentence: str, *, counts: bool) -> None:
    assert counts_others(asked_sufferers(question), sentence) is counts
    assert asks_for_deaths("How many were killed in the fire that left 300 homeless?")
    assert asks_for_the_ill("How many caught measles?")
    assert not asks_for_the_ill("How many were hurt?")
