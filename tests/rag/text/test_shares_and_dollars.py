"""Tests shares that are written as "one in five", and the dollars of several countries."""

import pytest

from rag.text.figures import Figure, find_figures
from rag.text.rounding import is_same


def figure(text: str) -> Figure:
    return find_figures(text)[0]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("One in five shops has closed.", 20.0),
        ("Nine out of ten voters stayed away.", 90.0),
        ("Three in four of them agreed.", 75.0),
    ],
)
def test_a_share_in_words_is_one_of_a_hundred(text: str, share: float) -> None:
    assert (figure(text).low, figure(text).unit) == (share, "%")


@pytest.mark.parametrize(
    "text", ["Two in ten years is enough.", "One in the hall saw it.", "Three in 2019 were enough."]
)
def test_other_numbers_before_in_are_no_shares(text: str) -> None:
    assert figure(text).unit == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("US$5 million", "$5 million"),
        ("A$5 million", "$5m"),
        ("AU$5m", "five million Australian dollars"),
        ("USD 5 million", "US$5m"),
    ],
)
def test_dollars_are_the_same_where_a_country_is_missing(one: str, other: str) -> None:
    assert is_same(figure(one), figure(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("A$5 million", "US$5 million"), ("R$5 million", "$5 million"), ("NZ$5m", "C$5m")],
)
def test_dollars_of_two_countries_are_not_the_same(one: str, other: str) -> None:
    assert not is_same(figure(one), figure(other))
