"""An amount is that of whom it stands beside."""

import pytest

from rag.text.figures import find_figures
from rag.text.named_amounts import amount_of_named


def _chosen(question: str, sentence: str, marked: str) -> str | None:
    figures = find_figures(sentence)
    at = next(f for f in figures if sentence[f.start : f.end] == marked)
    chosen = amount_of_named(question, sentence, figures, at)
    return chosen and sentence[chosen.start : chosen.end]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many votes did Vesk get?", "Norland got 5,400 votes and Vesk 3,900."),
        ("How many votes did Vesk get?", "Vesk won 3,900 votes to Norland's 5,400."),
        (
            "How many were hurt in Vesk?",
            "Rescuers said 5,400 were hurt in Norland and 3,900 in Vesk.",
        ),
        (
            "How many votes did the Vesk candidate get?",
            "Lee Norland came first with 5,400, while the Vesks' Ada Orr came last with 3,900.",
        ),
        (
            "How many votes did Vesk get?",
            "Ada Vesk came last with 3,900, while the other, Tom Orr, got 5,400 votes.",
        ),
        ("How many live in Vesk County?", "Norland County has 5,400 people, Vesk County 3,900."),
    ],
)
def test_the_amount_of_the_named_is_taken(question: str, sentence: str) -> None:
    assert _chosen(question, sentence, "5,400") == "3,900"
    assert _chosen(question, sentence, "3,900") is None


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "wanted"),
    [
        ("How many votes did Vesk get?", "Of 9,300 votes cast, Vesk got 3,900.", "9,300", "3,900"),
        ("How many seats has Vesk?", "He has 52 seats; Vesk has 37.", "52", "37"),
        (
            "How many homes lost power in Vesk?",
            "Some 9,000 homes lost power, 400 of them in Vesk.",
            "9,000",
            "400",
        ),
        (
            "What is Vesk's share?",
            "By then Norland gets 60 percent and Vesk 40.",
            "60 percent",
            "40",
        ),
        ("What was turnout in Vesk?", "Turnout in Norland was 61%, in Vesk 48.", "61%", "48"),
    ],
)
def test_what_is_told_of_the_named_is_taken_in_fewer_words(
    question: str, sentence: str, marked: str, wanted: str
) -> None:
    assert _chosen(question, sentence, marked) == wanted


@pytest.mark.parametrize(
    ("question", "sentence", "marked"),
    [
        # Nobody is beside the marked one, and the other is a number in a name.
        ("How many people can a Vesk 777 hold?", "A Vesk 777 can hold 300 people.", "300"),
        # Two amounts are beside the one that is named.
        ("How many did Vesk sell?", "Norland sold 5,400, Vesk 3,900 and 120 Vesk boats.", "5,400"),
        # The other amount is of another unit.
        ("How many jobs will Vesk cut?", "Norland will cut 5,400 jobs, Vesk 3,900 euros.", "5,400"),
        # The name is in another clause.
        (
            "How many were hurt, says Vesk?",
            "In Norland 40 were hurt, said Vesk, and 12 killed.",
            "40",
        ),
        ("How many votes were cast?", "Norland got 5,400 votes and Vesk 3,900.", "5,400"),
    ],
)
def test_the_marked_amount_stays(question: str, sentence: str, marked: str) -> None:
    assert _chosen(question, sentence, marked) is None
