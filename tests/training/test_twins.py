"""Tests the unanswerable twins of questions."""

import random

import pytest

from rag.models.reading import Text
from training.examples import Example
from training.exchanges import Names
from training.twins import Twins

PASSAGE = Text(
    "", "Mayor Ana Ruiz opened the Hull bridge in 2019. It cost 45 million. The port lies north."
)
QUESTIONS = [
    "Who opened the Hull bridge in 2019?",
    "When did Leeds open the museum?",
    "What did Grimsby lose?",
    "Who runs York?",
]


def example(question: str, answer: str) -> Example:
    start = PASSAGE.body.index(answer)
    return Example("ours", question, PASSAGE, ((start, start + len(answer)),), ())


@pytest.fixture(scope="module")
def twins() -> Twins:
    return Twins(Names(QUESTIONS))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who opened it in 2019?", "Mayor Ana Ruiz"),
        ("Who opened the Hull bridge?", "Mayor Ana Ruiz"),
        ("What cost 45 million?", "the Hull bridge"),
        ("Where does the port of the north lie?", "north."),
    ],
)
def test_one_thing_is_exchanged_for_what_the_passage_does_not_have(
    twins: Twins, question: str, answer: str
) -> None:
    for seed in range(8):
        twin = twins.of(example(question, answer), random.Random(seed))
        assert twin is not None
        assert (twin.answers, twin.set_name, twin.passage) == ((), "twins", PASSAGE)
        new = set(twin.question.strip("?").split()) - set(question.strip("?").split())
        assert new
        assert not any(word in PASSAGE.body for word in new)


def test_what_answers_is_not_exchanged(twins: Twins) -> None:
    assert twins.of(example("Is it 45?", "45 million"), random.Random(1)) is None


def test_a_question_with_nothing_to_exchange_has_no_twin(twins: Twins) -> None:
    assert twins.of(example("What was that?", "2019"), random.Random(1)) is None


def test_a_question_that_nothing_answers_has_no_twin(twins: Twins) -> None:
    nothing = Example("ours", "Who opened it in 2019?", PASSAGE, (), ())
    assert twins.of(nothing, random.Random(1)) is None
