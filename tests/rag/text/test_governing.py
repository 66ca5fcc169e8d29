"""Tests that marked words keep to the clause that is asked about, and keep their denial."""

import pytest

from rag.text.governing import asks_of_denial, in_one_clause, is_denied_clause, with_denial
from rag.text.sentences import Span
from rag.text.words import stems_of


def place(sentence: str, marked: str) -> tuple[Span, Span]:
    start = sentence.index(marked)
    return Span(start, start + len(marked)), Span(0, len(sentence))


VOTE = "Reds voted against; the Greens abstained."
RANKS = "Five of six voted for the levy; Ann Orr dissented."
PAY = "The crew wants a pay rise of 14%; the port offered 6%."
DEAD = "Killed were Tom Ray, who led the mill; Eva Orr, a cook."


@pytest.mark.parametrize(
    ("sentence", "marked", "question", "kept"),
    [
        (VOTE, "Reds voted against; the Greens", "Who abstained?", "the Greens"),
        (VOTE, "Reds voted against; the Greens", "Who voted against?", "Reds voted against"),
        (RANKS, RANKS[:39], "Who dissented?", "Ann Orr"),
        (
            VOTE,
            "Reds voted against; the Greens",
            "Who was there?",
            "Reds voted against; the Greens",
        ),
        (DEAD, DEAD[12:-1], "Who was killed?", DEAD[12:-1]),
        (PAY, PAY[29:-1], "What pay rise was the crew offered?", "the port offered 6%"),
        ("They are Tom Ray; Eva Orr.", "Tom Ray; Eva Orr", "Who are they?", "Tom Ray; Eva Orr"),
        (VOTE, "the Greens", "Who voted against?", "the Greens"),
    ],
)
def test_of_two_clauses_the_one_that_is_asked_about_is_kept(
    sentence: str, marked: str, question: str, kept: str
) -> None:
    words = set(question.lower().strip("?").split())
    stems = stems_of(question)
    span = in_one_clause(sentence, *place(sentence, marked), asked=stems, words=words)
    assert sentence[slice(*span)] == kept


@pytest.mark.parametrize(
    ("sentence", "marked", "said"),
    [
        ("Holm denied that it was in talks.", "it was in talks", "denied that it was in talks"),
        (
            "Holm denied any plan to sell the mill.",
            "sell the mill",
            "denied any plan to sell the mill",
        ),
        ("Orr has not yet been sacked.", "sacked", "has not yet been sacked"),
        ("Orr won't sell the mill.", "sell the mill", "won't sell the mill"),
        ("Orr ruled out a sale.", "a sale", "ruled out a sale"),
        ("Orr is selling the mill.", "selling the mill", "selling the mill"),
        ("Orr declined to comment on the sale.", "the sale", "the sale"),
        ("Orr is not only selling the mill.", "selling the mill", "selling the mill"),
    ],
)
def test_what_is_denied_keeps_its_denial(sentence: str, marked: str, said: str) -> None:
    span = with_denial(sentence, *place(sentence, marked))
    assert sentence[slice(*span)] == said


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did Holm deny?", True),
        ("What has Orr ruled out?", True),
        ("Is Holm selling the mill?", False),
    ],
)
def test_which_questions_are_about_a_denial(question: str, *, expected: bool) -> None:
    assert asks_of_denial(question) is expected


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        ("Holm denied that it was in talks.", "it was in talks", True),
        ("Holm denied it was in talks.", "it was in talks", True),
        ("Orr denied murder.", "murder", False),
        ("Orr did not say that it was in talks.", "it was in talks", False),
    ],
)
def test_a_clause_is_denied_by_a_verb_of_denying(
    sentence: str, marked: str, expected: bool
) -> None:
    assert is_denied_clause(sentence, *place(sentence, marked)) is expected
