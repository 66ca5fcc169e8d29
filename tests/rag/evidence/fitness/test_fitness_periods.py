"""Tests that a sentence about another time than the asked one is no answer."""

from datetime import date

import pytest

from rag.evidence.fitness import find_misfits, other_figure_of_period, value_of_period
from rag.text.sentences import Span
from tests.rag.evidence.fitness.candidates import candidate, kinds


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many thefts were there in 2017?", "There were 40 thefts in 2018 and 35 in 2019."),
        ("Who won the draw on 9 November 2020?", "Lena Osk won the draw on Tuesday."),
        ("How much did rents rise in May 2020?", "Rents rose by 2 per cent in June 2020."),
    ],
)
def test_another_time_does_not_fit(question: str, sentence: str) -> None:
    assert "time" in kinds(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("What did Orr say in November 2020?", "Orr said it was gloomy a year ago.", False),
        ("What did Orr say in November 2020?", "“It was gloomy in 2019,” Orr said.", False),
        ("What did Orr say in November 2020?", "Orr said in 2019 that it was gloomy.", True),
        ("What did Orr say in November 2020?", "Orr said to the council in 2019 it rained.", True),
        ("What did Orr say in 2017?", "Orr said it was gloomy in 2019.", True),
        ("What did Orr win in November 2020?", "Orr said he won a cup in 2019.", True),
    ],
)
def test_a_time_in_what_was_said_is_not_when_it_was_said(
    question: str, sentence: str, *, expected: bool
) -> None:
    assert ("time" in kinds(question, sentence)) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who was elected mayor of Holm in November 2020?", False),
        ("Who was elected mayor of Holm in March 2017?", True),
    ],
)
def test_a_year_since_when_is_not_the_time_of_the_news(question: str, expected: bool) -> None:
    sentence = "Lena Osk, a councillor since 2015, has been elected mayor of Holm."
    assert ("time" in kinds(question, sentence)) == expected


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many thefts were there in 2018?", "There were 40 thefts in 2018 and 35 in 2019."),
        ("Who won the draw on 10 November 2020?", "Lena Osk won the draw on Tuesday."),
        ("How many thefts were there since 2017?", "There were 40 thefts in 2018."),
    ],
)
def test_the_asked_time_and_no_time_fit(question: str, sentence: str) -> None:
    assert "time" not in kinds(question, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The fair sold 412 tickets, six per cent more than in 2012.",
        "The fair sold 412 tickets, twice as many as in 2012.",
        "Its 412 tickets were fewer than those of 2012.",
    ],
)
def test_a_time_to_compare_with_is_not_the_time_of_the_rest(sentence: str) -> None:
    assert "time" in kinds("How many tickets did the fair sell in 2012?", sentence)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The fair sold 412 tickets, compared with 389 in 2012.", "389"),
        (
            "The fair sold 412 tickets, down from 389 at the summer fair of the guilds in 2012.",
            "389",
        ),
        ("The fair sold 412 tickets in 2013, but below 2012's record of 489.", "489"),
        ("The fair sold 412 tickets, up from 389 in 2012.", "389"),
        ("The fair sold 389 tickets in 2012.", None),
        ("The fair sold 412 tickets, more than in 2012.", None),
    ],
)
def test_the_figure_to_compare_with_is_that_of_its_time(sentence: str, value: str | None) -> None:
    asked = candidate("How many tickets did the fair sell in 2012?", sentence)

    found = value_of_period(asked)

    assert (found and asked.article.text[found.start : found.end]) == value
    assert value is None or "time" not in {misfit.kind for misfit in find_misfits(asked)}


@pytest.mark.parametrize(
    ("sentence", "marked", "value"),
    [
        ("Police held 12 people in 2011 and 40 in 2012.", "12 people", "40"),
        ("Police held 40 people in 2012 and 12 in 2011.", "12", "40"),
        ("Police held 40 people in 2012, and then 12 more in 2011.", "12", "40"),
        ("Police held 12 people in 2011 and 40 in 2012.", "40", None),
        ("Police held 12 people in 2011 and fined 40 drivers in 2012.", "12 people", None),
        ("Police held 12 people in 2011, 30 in 2013 and 40 in 2012.", "12 people", None),
    ],
)
def test_of_two_told_alike_the_figure_is_that_of_its_time(
    sentence: str, marked: str, value: str | None
) -> None:
    asked = candidate("How many people did police hold in 2012?", sentence)
    start = asked.article.text.index(f" {marked} ") + 1

    found = other_figure_of_period(asked, Span(start, start + len(marked)))

    assert (found and asked.article.text[found.start : found.end]) == value


def test_who_won_more_often_than_in_a_year_is_no_number() -> None:
    assert "time" not in kinds("Who won in 2012?", "Ana Orr won by more votes than in 2012.")


@pytest.mark.parametrize(
    ("text", "sentence", "is_long_ago"),
    [
        ("Lena Osk directed the fair.", 0, True),
        ("In 2012 the fair was in a tent. Lena Osk directed the fair.", 1, False),
        ("Lena Osk directed the fair. In 2012 it was in a tent.", 0, True),
        ("Lena Osk directed the fair this year.", 0, False),
    ],
)
def test_an_article_of_a_later_year_must_name_the_asked_one_before(
    text: str, sentence: int, *, is_long_ago: bool
) -> None:
    asked = candidate("Who directed the fair in 2012?", text, sentence=sentence)

    found = {misfit.kind for misfit in find_misfits(asked)}

    assert ("long ago" in found) is is_long_ago


def test_an_article_from_soon_after_needs_no_time() -> None:
    asked = candidate(
        "Who directed the fair in 2012?",
        "Lena Osk directed the fair.",
        published=date(2013, 1, 20),
    )

    assert not find_misfits(asked)
