"""Tests which words before a number say on which side of it the exact number is."""

import pytest

from rag.text.figures import find_figures, unhedged, with_hedges
from rag.text.sentences import Span


@pytest.mark.parametrize(
    "text",
    [
        "The bypass has gone up to £61m.",
        "The toll went up to 12.",
        "The toll went back up to 12.",
        "Fares will go up to £4 on Monday.",
        "The fare was put up to £4.",
        "It brought the number of dead up to 12.",
        "That takes its total cost up to £61m.",
        "Holm pushed the price up to £4.",
    ],
)
def test_what_has_gone_up_to_an_amount_is_that_amount(text: str) -> None:
    [figure] = find_figures(text)
    whole = Span(figure.start, figure.end)
    assert figure.bound == ""
    assert unhedged(text[: figure.start]) == text[: figure.start]
    assert with_hedges(text, whole, Span(0, len(text))) == whole


@pytest.mark.parametrize(
    "text",
    [
        "Up to 12 were hurt.",
        "The bypass costs up to £61m.",
        "It took up to 12 days.",
        "It took the crew up to 12 days.",
        "The club puts up to £4 aside.",
        "Fines can go up to £500.",
        "The plan brings Holm up to 500 jobs.",
        "Prices rose by up to 12 per cent.",
    ],
)
def test_other_verbs_leave_up_to_a_hedge(text: str) -> None:
    [figure] = find_figures(text)
    assert figure.bound == "most"
    assert unhedged(text[: figure.start]) != text[: figure.start]


def test_a_number_that_was_moved_up_may_have_another_hedge() -> None:
    [figure] = find_figures("Ulsby handed over 12 prisoners.")
    assert figure.bound == ""
    [figure] = find_figures("The bypass has gone up to nearly £61m.")
    assert figure.bound == "nearly"


@pytest.mark.parametrize(
    ("text", "marked", "bound", "shown"),
    [
        ("Orr would not sell for less than £5.", "£5", "least", "not sell for less than £5"),
        (
            "Orr would not sell for less than £5.",
            "less than £5",
            "least",
            "not sell for less than £5",
        ),
        ("It will not cost more than £5m.", "£5m", "most", "not cost more than £5m"),
        ("It has never fallen below £40.", "£40", "least", "never fallen below £40"),
        ("Orr refused to pay over £5m.", "£5m", "most", "refused to pay over £5m"),
        ("Orr doesn't pay less than £5.", "£5", "least", "doesn't pay less than £5"),
        ("Orr did not say if less than £5m was lost.", "£5m", "most", "less than £5m"),
        ("It was not one of more than 40 mills.", "40", "least", "more than 40"),
        ("It was no less than £5m.", "£5m", "least", "no less than £5m"),
        ("It is not just more than £5m.", "£5m", "least", "more than £5m"),
        (
            "No class in Holm will have more than 24 pupils.",
            "24",
            "most",
            "No class in Holm will have more than 24",
        ),
        ("Nobody can claim more than £5.", "£5", "most", "Nobody can claim more than £5"),
        (
            "None of the crew may work less than 9 hours.",
            "9 hours",
            "least",
            "None of the crew may work less than 9 hours",
        ),
        ("No doubt it will cost more than £5m.", "£5m", "least", "more than £5m"),
        ("No trains ran for more than 12 days.", "12 days", "least", "more than 12 days"),
        ("No deal was made, and it will cost more than £5m.", "£5m", "least", "more than £5m"),
    ],
)
def test_a_hedge_that_is_denied_is_the_opposite(
    text: str, marked: str, bound: str, shown: str
) -> None:
    figure = find_figures(text)[-1]
    start = text.index(marked)
    whole = with_hedges(text, Span(start, start + len(marked)), Span(0, len(text)))
    assert (figure.bound, text[slice(*whole)]) == (bound, shown)
