import math
from dataclasses import replace

import pytest
import torch

from training.batches import Batch
from training.losses import loss_of


def batch_of(answers: list[bool], group: list[int]) -> Batch:
    """Return a batch of four tokens, the answer at the third where there is one."""
    count = len(answers)
    places = torch.zeros((count, 4), dtype=torch.bool)
    for row, answered in enumerate(answers):
        places[row, 2 if answered else 0] = True
    ids = torch.zeros((count, 4), dtype=torch.long)
    every = torch.ones((count, 4), dtype=torch.bool)
    return Batch(ids, ids, ids, every, places, places, torch.tensor(group), torch.tensor(answers))


def test_without_any_knowledge_each_head_pays_for_its_choices() -> None:
    batch = batch_of([True, False], [0, 0])
    loss = loss_of(batch, torch.zeros(2, 2), torch.zeros(2, 4, 2))
    expected = math.log(4) + 0.7 * math.log(2) + 0.5 * math.log(2)
    assert float(loss) == pytest.approx(expected, abs=1e-4)


def test_knowing_everything_costs_nothing() -> None:
    batch = batch_of([True, False], [0, 0])
    edges = torch.full((2, 4, 2), -50.0)
    edges[0, 2], edges[1, 0] = 50.0, 50.0
    judgement = torch.tensor([[50.0, 50.0], [-50.0, -50.0]])
    assert float(loss_of(batch, judgement, edges)) == pytest.approx(0, abs=1e-4)


def test_any_of_several_right_answers_will_do() -> None:
    batch = batch_of([True], [0])
    both = batch.starts.clone()
    both[0, 3] = True
    one = loss_of(batch, torch.zeros(1, 2), torch.zeros(1, 4, 2))
    two = loss_of(replace(batch, starts=both, ends=both), torch.zeros(1, 2), torch.zeros(1, 4, 2))
    assert float(one - two) == pytest.approx(math.log(2), abs=1e-4)


def test_relevance_is_a_choice_within_one_question_only() -> None:
    apart = batch_of([True, False], [0, 1])
    judgement = torch.tensor([[-9.0, 0.0], [9.0, 0.0]])
    edges = torch.zeros(2, 4, 2)
    together = loss_of(batch_of([True, False], [5, 5]), judgement, edges)
    assert float(together - loss_of(apart, judgement, edges)) == pytest.approx(0.7 * 18, abs=0.01)


def test_a_forbidden_token_is_never_chosen() -> None:
    batch = batch_of([True], [0])
    allowed = batch.allowed.clone()
    allowed[0, 1] = False
    edges = torch.zeros(1, 4, 2)
    edges[0, 1] = 100.0
    loss = loss_of(replace(batch, allowed=allowed), torch.zeros(1, 2), edges)
    assert float(loss) == pytest.approx(math.log(3) + 0.5 * math.log(2), abs=1e-3)
