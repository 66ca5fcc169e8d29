"""Conversations with the archives that were invented for practice."""

import pytest

from bench.data import read_lines
from bench.drills import ARTICLES, CONVERSATIONS, conversations
from rag.models.carrying import terms_in
from training.conversation_turns import conversation_turns
from training.examples import Example


@pytest.fixture(scope="module")
def taught() -> list[Example]:
    return list(conversation_turns("train"))


def test_every_answer_stands_in_its_article() -> None:
    texts = {(a["archive"], a["id"]): f"{a['title']}\n{a['text']}" for a in read_lines(ARTICLES)}
    for conversation in read_lines(CONVERSATIONS):
        for turn in conversation["turns"]:
            assert bool(turn["answer"]) == bool(turn["article"]), turn
            if turn["answer"]:
                assert turn["answer"] in texts[conversation["archive"], turn["article"]], turn


def test_what_a_follow_up_needs_stands_in_a_turn_before_it() -> None:
    for conversation in read_lines(CONVERSATIONS):
        said = terms_in("")
        for place, turn in enumerate(conversation["turns"]):
            in_full = turn["standalone"] or turn["question"]
            if turn["standalone"]:
                assert place, turn
                added = terms_in(in_full) - terms_in(turn["question"])
                assert added, turn
                assert added <= said, turn
            said |= terms_in(in_full) | terms_in(turn["answer"])


def test_archives_for_tuning_are_not_trained_on() -> None:
    names = {one["archive"] for one in conversations("train")}
    tuning = {one["archive"] for one in conversations("tune")}
    assert tuning
    assert tuning.isdisjoint(names)


def test_the_sentence_that_answers_is_marked_and_its_words_are_not(taught: list[Example]) -> None:
    answered = [example for example in taught if example.answers]
    assert answered
    assert all(example.somewhere for example in answered)
    sentences = {turn["answer"] for one in conversations("train") for turn in one["turns"]}
    for example in answered:
        [(start, end)] = example.answers
        assert example.passage.body[start:end] in sentences, example


def test_no_passage_beside_the_right_one_says_most_of_the_same(taught: list[Example]) -> None:
    for example in taught:
        for start, end in example.answers:
            said = terms_in(example.passage.body[start:end])
            for text in example.negatives:
                assert len(terms_in(text.body) & said) < max(1, len(said) / 2), example


def test_a_follow_up_is_read_behind_words_and_before_a_question(taught: list[Example]) -> None:
    follow_ups = {
        turn["question"]
        for one in conversations("train")
        for turn in one["turns"]
        if turn["standalone"] and turn["answer"]
    }
    asked = [example.question for example in taught]
    behind = {one.split(": ", 1)[-1] for one in asked}
    before = {one.split(" (")[0] for one in asked if one.endswith(")")}
    assert len(follow_ups & behind) > 0.9 * len(follow_ups)
    assert len(follow_ups & before) > 0.9 * len(follow_ups)
