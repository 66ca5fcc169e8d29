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
    [figure] = find_figures("The bypass has gone up to nearly £61m.")
    assert figure.bound == "nearly"
