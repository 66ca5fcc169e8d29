import math
from dataclasses import replace

import pytest
import torch

from training.batches import Batch, Lesson
from training.losses import loss_of, sentence_support
from training.model import SUPPORT


def batch_of(answers: list[bool], group: list[int]) -> Batch:
    """Return a batch of four tokens, of two sentences; the answer, if any, is at the third."""
    count = len(answers)
    places = torch.zeros((count, 4), dtype=torch.bool)
    for row, answered in enumerate(answers):
        places[row, 2 if answered else 0] = True
    ids = torch.zeros((count, 4), dtype=torch.long)
    every = torch.ones((count, 4), dtype=torch.bool)
    sentences = torch.tensor([[0, 1, 2, 2]] * count)
    supports = torch.tensor([[False, answered] for answered in answers])
    return Batch(
        *(ids, ids, ids, every, places, places, sentences, supports),
        torch.tensor(group),
        torch.tensor(answers),
        torch.ones(count, dtype=torch.bool),
        lesson_of(count),
    )


def lesson_of(count: int, *, told: bool = False) -> Lesson:
    """Return what a teacher says who is sure of the third token and of the second sentence."""
    places = torch.zeros((count, 4))
    places[:, 2] = 1.0
    supports = torch.tensor([[-5.0, 30.0]] * count)
    sure = torch.full((count,), 30.0)
    return Lesson(torch.full((count,), told), places, places, supports, sure, sure)


# What it costs to choose the right one of four sentences or none, knowing nothing.
GUESSED = math.log(5)


def test_without_any_knowledge_each_head_pays_for_its_choices() -> None:
    batch = batch_of([True, False], [0, 0])
    loss = loss_of(batch, torch.zeros(2, 2), torch.zeros(2, 4, 3))
    expected = math.log(4) + 0.7 * math.log(2) + 0.5 * math.log(2) + GUESSED
    assert float(loss) == pytest.approx(expected, abs=1e-4)


def test_knowing_everything_costs_nothing() -> None:
    batch = batch_of([True, False], [0, 0])
    edges = torch.full((2, 4, 3), -50.0)
    edges[0, 2], edges[1, 0] = 50.0, 50.0
    edges[0, 3, SUPPORT] = 50.0
    judgement = torch.tensor([[50.0, 50.0], [-50.0, -50.0]])
    assert float(loss_of(batch, judgement, edges)) == pytest.approx(0, abs=1e-4)


def test_any_of_several_right_answers_will_do() -> None:
    batch = batch_of([True], [0])
    both = batch.starts.clone()
    both[0, 3] = True
    one = loss_of(batch, torch.zeros(1, 2), torch.zeros(1, 4, 3))
    two = loss_of(replace(batch, starts=both, ends=both), torch.zeros(1, 2), torch.zeros(1, 4, 3))
    assert float(one - two) == pytest.approx(math.log(2), abs=1e-4)


def test_relevance_is_a_choice_within_one_question_only() -> None:
    apart = batch_of([True, False], [0, 1])
    judgement = torch.tensor([[-9.0, 0.0], [9.0, 0.0]])
    edges = torch.zeros(2, 4, 3)
    together = loss_of(batch_of([True, False], [5, 5]), judgement, edges)
    # Apart, the sentences of the first are chosen among fewer, and none is right for the second.
    sentences = GUESSED - math.log(3)
    difference = float(together - loss_of(apart, judgement, edges))
    assert difference == pytest.approx(0.7 * 18 + sentences, abs=0.01)


def test_a_forbidden_token_is_never_chosen() -> None:
    batch = batch_of([True], [0])
    allowed = batch.allowed.clone()
    allowed[0, 1] = False
    edges = torch.zeros(1, 4, 3)
    edges[0, 1, :2] = 100.0
    loss = loss_of(replace(batch, allowed=allowed), torch.zeros(1, 2), edges)
    assert float(loss) == pytest.approx(math.log(3) + 0.5 * math.log(2) + math.log(3), abs=1e-3)


def test_the_support_of_a_sentence_is_the_mean_over_its_tokens() -> None:
    batch = batch_of([True], [0])
    support = sentence_support(batch, torch.tensor([[9.0, 1.0, 2.0, 6.0]]))
    assert support.tolist() == [[1.0, 4.0]]


def test_where_nothing_answers_every_sentence_is_to_lie_below_none() -> None:
    batch = batch_of([False, False], [0, 0])
    edges = torch.zeros(2, 4, 3)
    low = edges.clone()
    low[..., SUPPORT] = -30.0
    judgement = torch.zeros(2, 2)
    difference = loss_of(batch, judgement, edges) - loss_of(batch, judgement, low)
    assert float(difference) == pytest.approx(GUESSED, abs=1e-4)


def test_where_the_words_that_answer_are_not_known_the_spans_cost_nothing() -> None:
    batch = batch_of([True], [0])
    unknown = torch.zeros_like(batch.starts)
    batch = replace(batch, starts=unknown, ends=unknown)
    loss = loss_of(batch, torch.zeros(1, 2), torch.zeros(1, 4, 3))
    assert float(loss) == pytest.approx(0.5 * math.log(2) + math.log(3), abs=1e-4)


def test_a_teacher_costs_nothing_to_whoever_says_the_same() -> None:
    batch = replace(batch_of([True], [0]), lesson=lesson_of(1, told=True))
    edges = torch.full((1, 4, 3), -50.0)
    edges[0, 2] = 50.0
    edges[0, 3, SUPPORT] = 50.0
    agreeing = torch.tensor([[50.0, 50.0]])
    assert float(loss_of(batch, agreeing, edges)) == pytest.approx(0, abs=1e-3)
    edges[0, 2], edges[0, 1] = -50.0, 50.0
    assert float(loss_of(batch, agreeing, edges)) > 10


def test_without_a_label_only_the_teacher_counts() -> None:
    unlabelled = replace(batch_of([False], [0]), labelled=torch.tensor([False]))
    judgement, edges = torch.zeros(1, 2), torch.zeros(1, 4, 3)
    assert float(loss_of(unlabelled, judgement, edges)) == 0
    told = replace(unlabelled, lesson=lesson_of(1, told=True))
    # Four tokens, of which one is the answer; two sentences and none; answerable or not.
    expected = math.log(4) + 0.5 * math.log(2) + math.log(3)
    assert float(loss_of(told, judgement, edges)) == pytest.approx(expected, abs=1e-3)
