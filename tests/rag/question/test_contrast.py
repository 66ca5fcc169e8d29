"""Follow-ups that only name what the last question shall be asked about instead."""

import pytest

from rag.question.contrast import in_place
from rag.question.follow_ups import FollowUp, understand_follow_up


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("And Porter?", "When was Hale arrested?", "When was Porter arrested?"),
        ("Porter?", "When was Hale arrested?", "When was Porter arrested?"),
        (
            "What about Tolmer?",
            "How many lambs did Ask Farm lose?",
            "How many lambs did Tolmer lose?",
        ),
        ("and Porter", "How long did he serve?", "How long did Porter serve?"),
        (
            "And on the Isle of Ask?",
            "Who won for Labour in Tarn Hill?",
            "Who won for Labour on the Isle of Ask?",
        ),
        (
            "And the tunnel at Ulsby?",
            "Who dug the Tolmer Tunnel?",
            "Who dug the tunnel at Ulsby?",
        ),
        ("And the one at Ulsby?", "Who dug the Tolmer Tunnel?", "Who dug the tunnel at Ulsby?"),
        ("And the one in Ulsby?", "When did the mill close?", "When did the mill in Ulsby close?"),
        (
            "And in Ulsby?",
            "Who won for Labour in Tarn Hill?",
            "Who won for Labour in Ulsby?",
        ),
        ("How about Ulsby?", "When did Tarn's lido open?", "When did Ulsby's lido open?"),
        ("And the Ulsby one?", "Who built the pier at Tarn?", "Who built the pier at Ulsby?"),
        ("and in 2019?", "What did the tram lose in 2018?", "What did the tram lose in 2019?"),
        (
            "And in November?",
            "How much rain fell in October 2020?",
            "How much rain fell in November 2020?",
        ),
        (
            "And the second one?",
            "Who wrote the first report on the weir?",
            "Who wrote the second report on the weir?",
        ),
        (
            "And Anna Reiss's?",
            "What was Karl Lind's offer?",
            "What was Anna Reiss's offer?",
        ),
        (
            "And Ulsby?",
            "How many people did the Denholt mill employ?",
            "How many people did the Ulsby mill employ?",
        ),
        ("Thanks! And in Ulsby?", "Who won in Tarn?", "Who won in Ulsby?"),
        ("And the mayor?", "Who was the coroner (acting)?", "Who was the mayor (acting)?"),
        (
            "And in 2002?",
            "Who won the 1998 World Cup?",
            "Who won the 2002 World Cup?",
        ),
        (
            "And the second one?",
            "How long did the first strike last?",
            "How long did the second strike last?",
        ),
        (
            "What about the Aldous?",
            "Where was the ferry Corrigan towed?",
            "Where was the ferry Aldous towed?",
        ),
        (
            "And the customs office?",
            "What did the police find on board?",
            "What did the customs office find on board?",
        ),
        (
            "And the hospital?",
            "Was the fire station at Tarn damaged?",
            "Was the hospital at Tarn damaged?",
        ),
        (
            "And the police?",
            "How many were hurt, according to the hospital?",
            "How many were hurt, according to the police?",
        ),
    ],
)
def test_what_is_named_takes_the_place_of_its_like(question: str, before: str, wanted: str) -> None:
    assert in_place(question, before) == wanted


def test_what_was_carried_stays_but_for_what_was_replaced() -> None:
    before = "Hale, ferry strike: When was Hale arrested?"
    assert in_place("And Porter?", before) == "ferry strike: When was Porter arrested?"


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("And what did Porter say?", "When was Hale arrested?"),
        ("And the one in Harlow?", "How many died in Holm?"),
        ("And the tunnel at Harlow?", "How many people use the Holm tunnel?"),
        ("Why?", "When was Hale arrested?"),
        ("Yes.", "When was Hale arrested?"),
        ("And the deposit?", "When was Hale arrested?"),
        ("And before?", "How many worked at the yard in May?"),
        ("What about Porter?", "Tell me more about the yard."),
        ("What about Porter?", "That is bad. Who told Hale? And why?"),
        ("And in Ulsby?", "Who won?"),
        ("And in Ulsby?", "What did Hale say?"),
        ("What about Orr?", "What will the Harl bridge cost, according to Mayor Quay?"),
        ("And the cons?", "What are the pros and cons of such labels?"),
        ("And 2019?", "What did the tram lose between 2017 and 2018?"),
    ],
    ids=[
        "asks",
        "one of a town",
        "a tunnel of a tunnel",
        "why",
        "yes",
        "no like",
        "no thing",
        "no question",
        "two",
        "no place",
        "a person",
        "two mayors",
        "both",
        "two years",
    ],
)
def test_nothing_is_put_where_nothing_is_alike(question: str, before: str) -> None:
    assert in_place(question, before) == ""


def test_the_question_that_is_asked_is_shown_as_what_was_carried() -> None:
    asked = "When was Porter arrested?"
    assert understand_follow_up(
        "And Porter?", [("When was Hale arrested?", "")], model=None
    ) == FollowUp(carried=("When was Porter arrested",), rewritten=asked)
