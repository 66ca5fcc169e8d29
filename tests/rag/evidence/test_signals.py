"""Tests the signals of a sentence: of a time, of its passage's place among others, of a mark."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from rag.evidence.signals import Signals, take_signals
from rag.models.reading import Reading
from rag.question.asked import read_part
from tests.rag.stories import EMBEDDER, found, story


def signals_of(sentence: str, question: str) -> Signals:
    """Return the signals of an article's only sentence, by name."""
    passage = found(story(sentence, title=""))
    (one,) = take_signals(read_part(question, EMBEDDER), [passage], {}, passages=1)
    return one.signals


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("The war broke out on Sunday.", 1),
        ("It was the worst day since the 2020 war.", 0),
        ("The war of 2016 broke out on 2 April 2016.", 0),
        ("PORT ALDER, Nov. 12 (Wire) — The war has broken out.", 0),
    ],
)
def test_a_time_answers_only_if_it_may_be_of_what_is_asked_about(
    sentence: str, held: float
) -> None:
    assert signals_of(sentence, "When did the 2020 war break out?")["kind_held"] == held


def standings(scores: Sequence[float]) -> list[float]:
    """Return how far passages with these scores stand out among each other."""
    passages = [found(story("Rain fell.", title="")) for _ in scores]
    passages = [
        replace(passage, hit=replace(passage.hit, score=score))
        for passage, score in zip(passages, scores, strict=True)
    ]
    taken = take_signals(read_part("Who?", EMBEDDER), passages, {}, passages=len(passages))
    return [sentence.signals["retrieval"] for sentence in taken]


def test_a_passage_stands_out_as_far_wherever_the_scores_lie() -> None:
    scores = [2.0, 1.6, 1.5, 1.4, 1.3, 1.3, 1.2, 1.2, 1.1, 1.1]
    narrow = [1 + (score - 1) / 2 for score in scores]
    assert standings(narrow) == pytest.approx(standings(scores))
    assert standings(scores)[0] == max(standings(scores)) > 2


def test_a_passage_that_is_alone_stands_out_as_the_best_usually_does() -> None:
    (alone,) = standings([1.3])
    assert 2 < alone < 3
    assert standings([1.3, 1.3]) == pytest.approx([standings([1.3, 1.3])[0]] * 2)


def test_a_pronoun_alone_is_not_marked() -> None:
    passage = found(story("She fixed the clock.", title=""))
    scores = np.array([9, 1, 0, 3], dtype=np.float32)
    reading = Reading(
        relevance=0,
        answerable=0,
        silence=0,
        offsets=np.array([[0, 3], [4, 9], [10, 13], [14, 19]]),
        starts=scores,
        ends=np.array([9, 0, 0, 3], dtype=np.float32),
        support=scores,
    )
    question = read_part("What was fixed?", EMBEDDER)
    (one,) = take_signals(question, [passage], {}, passages=1, readings=[reading])
    assert one.answer is not None
    assert passage.article.text[one.answer.start : one.answer.end] != "She"
