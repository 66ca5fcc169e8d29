"""Tests that things of one name are told apart by their numbers."""

import pytest

from rag.text.numbered import numbered_in_question, numbers_of
from tests.rag.evidence.fitness.candidates import kinds

WARDS = "Turnout in Ward 4 was 61 per cent. In Wards 2, 7 and 9 it was lower: 48 per cent in each."


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What was the turnout in Ward 7?", "Turnout in Ward 4 was 61 per cent."),
        ("What was the turnout in ward 7?", "The fourth ward had a turnout of 61 per cent."),
        ("When was Harbour Raiders 2 released?", "Harbour Raiders X was released on 9 April."),
        ("Who commanded Selene 11?", "Ana Ruiz commanded Selene 12."),
        ("How long is Route 12?", "Route Fourteen is 90 miles long."),
        ("Who was Orr's second husband?", "Orr was painted by her first husband, Tom Brae."),
        ("When was the first strike?", "The 2nd strike was on 9 April."),
        ("What was the half-time score in Holm?", "Full-time: Holm 2-1 Dray."),
        ("What was the half-time score in Holm?", "Holm 2-1 Dray! Half-time was a long way off."),
        ("What was the full-time score in Holm?", "Dray led 1-0 at the break in Holm."),
    ],
)
def test_another_number_does_not_fit(question: str, text: str) -> None:
    assert "name" in kinds(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who was Orr's second husband?", "Orr left her first husband, and Brae was the second."),
        ("Who was Orr's second husband?", "Orr's husband Tom Brae met her first husband."),
        ("Who was Orr's second husband?", "Orr married Tom Brae in 1975."),
        ("Which was the first to close?", "The second mill closed first."),
        ("When did the second strike begin?", "The first strike began in May, a second in June."),
        ("What was the half-time score in Holm?", "Dray led 1-0 at the interval in Holm."),
        ("What was the half-time score in Holm?", "Half-time: Holm 0-1 Dray. Full-time: 2-1."),
        ("What was the score in Holm?", "Half-time: Holm 0-1 Dray."),
        ("What was the turnout in Ward 7?", "Turnout in the seventh ward was 61 per cent."),
        ("What was the turnout in Ward 7?", "Turnout in Ward Seven was 61 per cent."),
        ("What was the turnout in Ward 7?", "Turnout in ward no. 7 was 61 per cent."),
        ("Who commanded Selene 11?", "Ana Ruiz commanded the first Selene landing."),
        ("What was the turnout in the ward?", "Turnout in Ward 4 was 61 per cent."),
        ("When was Harbour Raiders 2 released?", "Harbour Raiders II was released on 9 April."),
        ("When was Harbour Raiders 2 released?", "Harbour Raiders was released on 9 April."),
        ("Which wards did turnout fall in, Ward 2 or Ward 4?", "It fell in Ward 4."),
        ("Who beat Holm 3-1?", "Dray beat Holm 3 goals to 1. In Holm 4,000 people watched."),
        ("Who spoke in Holm 24 hours later?", "The mayor of Holm 7 spoke a day later."),
        ("What did the 12 nurses win?", "The 9 nurses won a pay rise."),
        ("who lost 3 goats?", "Mina Torvik lost 12 goats."),
    ],
)
def test_the_same_number_or_none_fits(question: str, text: str) -> None:
    assert "name" not in kinds(question, text)


def test_of_an_article_with_both_the_sentence_decides() -> None:
    question = "What was the turnout in Ward 7?"
    assert "name" in kinds(question, WARDS, sentence=0)
    assert "name" not in kinds(question, WARDS, sentence=1)


def test_numbers_are_read_in_every_form() -> None:
    text = "Wards 3, Five and IX, ward number 12, the 20th ward, ward 4,000 and ward 6 per cent"
    assert numbers_of(text, "ward") == {3, 5, 9, 12, 20}


def test_a_year_a_day_and_what_is_counted_are_no_numbers_of_a_name() -> None:
    for question in (
        "Who won the Holm Games 2020?",
        "What happened on May 3?",
        "Who was in Holm 3 weeks ago?",
        "How many did Torvik and I meet?",
    ):
        assert not list(numbered_in_question(question))
