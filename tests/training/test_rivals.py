"""Tests the rivals of answers: the same told of another name."""

import random
from collections.abc import Iterator

import pytest

from rag.models.reading import Text
from training.examples import Example
from training.exchanges import Names
from training.rivals import Rivals

PASSAGE = Text(
    "Hull handed over",
    "Troops came from the east. Hull was handed over on Monday, with 45 lorries. Nobody cheered.",
)
NAMES = ["When was Hull taken?", "When did Leeds fall?", "Who runs York?", "Who left Grimsby?"]
LOOK_ALIKE = Text("", "Bakers are on strike.")


def example(question: str, answer: str) -> Example:
    start = PASSAGE.body.index(answer)
    return Example("ours", question, PASSAGE, ((start, start + len(answer)),), (LOOK_ALIKE,))


def answers(made: Example) -> list[str]:
    return [made.passage.body[start:end] for start, end in made.answers]


@pytest.fixture(scope="module")
def rivals() -> Rivals:
    return Rivals(Names(NAMES))


def made(rivals: Rivals, question: str, answer: str) -> Iterator[Example]:
    for seed in range(40):
        rival = rivals.of(example(question, answer), random.Random(seed))
        assert rival is not None
        assert rival.set_name == "rivals"
        yield rival


def test_a_passage_that_tells_it_of_both_is_answered_by_the_name(rivals: Rivals) -> None:
    both = [one for one in made(rivals, "When was Hull handed over?", "Monday") if one.answers]
    assert {one.question == "When was Hull handed over?" for one in both} == {True, False}
    for one in both:
        (said,) = answers(one)
        name = one.question.split()[2]
        sentence = next(
            part for part in one.passage.body.split(". ") if f"{name} was" in part and said in part
        )
        assert (said == "Monday") == (name == "Hull"), sentence
        assert one.passage.body.count("was handed over") == 2
    assert {one.passage.body.index("Hull") < 30 for one in both} == {True, False}


def test_the_rival_alone_answers_nothing_whatever_the_headline_says(rivals: Rivals) -> None:
    alone = [one for one in made(rivals, "When was Hull handed over?", "Monday") if not one.answers]
    assert alone
    for one in alone:
        assert "Hull" not in one.passage.body
        assert one.passage.title == PASSAGE.title
        assert one.question == "When was Hull handed over?"


def test_look_alikes_are_of_the_question_that_was_put(rivals: Rivals) -> None:
    for one in made(rivals, "How many lorries came to Hull?", "45"):
        assert one.negatives == ((LOOK_ALIKE,) if "Hull" in one.question else ())
        assert not one.answers or ("45" in answers(one)) == ("Hull" in one.question)


@pytest.mark.parametrize("question", ["Who cheered?", "Who cheered in Hull?"])
def test_without_a_name_beside_the_answer_there_is_no_rival(rivals: Rivals, question: str) -> None:
    assert rivals.of(example(question, "Nobody"), random.Random(1)) is None
