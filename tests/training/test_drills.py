"""The archives that were invented for practice."""

import pytest

from bench.data import Record, read_lines
from bench.drills import ARTICLES, QUESTIONS
from training.drills import drills
from training.examples import Example


@pytest.fixture(scope="module")
def texts() -> dict[tuple[str, str], str]:
    return {(a["archive"], a["id"]): a["text"] for a in read_lines(ARTICLES)}


@pytest.fixture(scope="module")
def taught() -> list[Example]:
    return list(drills("train"))


def test_every_place_is_in_its_article(texts: dict[tuple[str, str], str]) -> None:
    for question in read_lines(QUESTIONS):
        for article, start, end in _places(question):
            words = texts[question["archive"], article][start:end]
            assert words.strip(), question
            assert words == words.strip(), question


def test_a_question_has_an_answer_or_is_a_near_miss() -> None:
    for question in read_lines(QUESTIONS):
        is_miss = question["kind"].startswith("miss")
        assert is_miss == (not question["answers"]) == ("near" in question), question


def test_no_passage_beside_the_right_one_answers(taught: list[Example]) -> None:
    answering = {(e.question, e.passage) for e in taught if e.answers}
    for example in taught:
        assert not any((example.question, text) in answering for text in example.negatives)


def test_archives_for_tuning_are_not_trained_on(taught: list[Example]) -> None:
    tuning = {example.passage for example in drills("tune")}
    assert tuning
    assert tuning.isdisjoint(example.passage for example in taught)


def _places(question: Record) -> list[tuple[str, int, int]]:
    return [*question["answers"], *([question["near"]] if "near" in question else [])]
