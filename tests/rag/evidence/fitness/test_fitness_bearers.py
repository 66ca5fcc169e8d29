"""Tests that an amount is that of whom the question names, and nobody else's."""

import pytest

from rag.evidence.fitness import find_misfits
from tests.rag.evidence.fitness.candidates import candidate, kinds

JAILED = "Sam Vesk was jailed alongside Ian Orr, 41, who was given five and a half years."
SEATS = "The Union won the vote with 29.8% of all ballots."


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("How old is Lena Tait?", "Orr, 44, took over from Lena Tait in June.", "44"),
        ("How old is Lena Tait?", "Eva Orr (44) took over from Lena Tait in June.", "44"),
        ("How old is Lena Tait?", "Lena Tait praised 19-year-old Eva Orr.", "19-year-old"),
        ("How old is Lena Tait?", "Her husband, Tom Tait, 49, was charged.", "49"),
        ("What is Tait's age?", "Orr, 44, took over from Lena Tait in June.", "44"),
        (
            "How old is Lena Tait?",
            "The 39-year-old, who has coached in Holm, succeeds Lena Tait.",
            "39-year-old",
        ),
        ("How long was Sam Vesk jailed for?", JAILED, "five and a half years"),
        ("How much was Vesk fined?", "Vesk wept as Orr, who was fined £600, left.", "£600"),
    ],
)
def test_the_amount_of_somebody_else_does_not_fit(question: str, text: str, marked: str) -> None:
    assert "bearer" in kinds(question, text, marked=marked)


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("How old is Eva Orr?", "Orr, 44, took over from Lena Tait in June.", "44"),
        ("How old is Orr?", "Eva Orr, 44, took over from Lena Tait in June.", "44"),
        ("How old is Orr?", "Tom Vesk, a friend of Orr from Marden, 44, wept.", "44"),
        ("How old is Lena Tait?", "The 39-year-old, Lena Tait, has left.", "39-year-old"),
        ("How old is Lena Tait?", "The 39-year-old was named as Lena Tait.", "39-year-old"),
        ("How old is Lena Tait?", "Orr, 44, said that Tait was 39.", "39"),
        ("How old is Lena Tait?", "Tait, a 39-year-old clerk from Holm, left.", "39-year-old"),
        ("How old is the man from Holm?", "Eva Orr, 44, is from Holm.", "44"),
        ("How long was Ian Orr jailed for?", JAILED, "five and a half years"),
        ("How many people died in Holm?", "Ian Orr, who counted 12 dead, was in Holm.", "12"),
        ("How many did the Marden fire kill?", "Orr, who said that 12 had died, left.", "12"),
    ],
)
def test_the_amount_of_whom_is_asked_fits(question: str, text: str, marked: str) -> None:
    assert "bearer" not in kinds(question, text, marked=marked)


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        (
            "When did Vesk step down?",
            "Holm's Ian Orr, who retired hurt on Tuesday, was out.",
            False,
        ),
        ("When did Vesk step down?", "Orr, who saw Vesk go on Tuesday, was out.", True),
        ("When did Orr step down?", "Holm's Ian Orr, who retired hurt on Tuesday, was out.", True),
        ("When was the coach hurt?", "Holm's Ian Orr, who was hurt on Tuesday, was out.", True),
    ],
)
def test_the_day_of_somebody_else_does_not_fit(question: str, text: str, fits: bool) -> None:
    assert ("bearer" in kinds(question, text, marked="Tuesday")) != fits


def test_a_length_is_no_age() -> None:
    text = "Holm signed Lena Tait on a two-year contract."
    assert "unit" in kinds("How old is Lena Tait?", text, marked="two-year")


@pytest.mark.parametrize(
    ("question", "other", "is_lowered"),
    [
        ("What share did the Liberals win?", "The Liberals won 4.7% and left.", True),
        ("What share did the Liberals win?", "The Liberals lost all of their seats.", False),
        ("What share did the Liberals win?", "The Liberals won 12 seats.", False),
        ("What share did the Union win?", "The Liberals won 4.7% and left.", False),
    ],
)
def test_an_amount_of_another_counts_less_where_that_of_the_asked_is_told(
    question: str, other: str, is_lowered: bool
) -> None:
    one = candidate(question, SEATS, others=(other,), marked="29.8%")
    assert ("other bearer" in {misfit.kind for misfit in find_misfits(one)}) == is_lowered
