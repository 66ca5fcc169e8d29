"""Which kinds of amount a question asks for."""

import pytest

from rag.question.premises.amounts import asked_amounts


@pytest.mark.parametrize(
    "question",
    [
        "How much did it cost?",
        "How much money was spent on it?",
        "How much is the mill worth?",
        "What was the fine?",
        "What is the entrance fee?",
        "What was the total cost of the repair?",
        "What did the house sell for?",
        "What is Orr's salary?",
        "What was she paid?",
    ],
)
def test_money_is_asked_for(question: str) -> None:
    assert asked_amounts(question) == {"money"}


@pytest.mark.parametrize(
    "question",
    [
        "What was he fined for?",
        "How much time did she spend in hospital?",
        "What was sold at the auction?",
        "What did Orr Mills sell?",
        "What award did he earn?",
        "What did mourners pay tribute to?",
        "What did the mayor say about the cost of housing?",
        "What was he charged with?",
    ],
)
def test_what_has_to_do_with_money_is_no_amount_of_it(question: str) -> None:
    assert asked_amounts(question) == frozenset()
