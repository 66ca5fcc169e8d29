"""Compute the loss of a batch: one number that training makes smaller."""

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import Batch

# A passage without an answer teaches the span heads only to keep silent.
_SILENCE = 0.3
_RELEVANCE = 0.7
_ANSWERABILITY = 0.5
_NEVER = -1e4


def loss_of(batch: Batch, judgement: Tensor, edges: Tensor) -> Tensor:
    """Return the sum of the three heads' losses.

    The span heads take any of several right answers (marginal likelihood); relevance is a choice
    among the passages of one question; answerability stands by itself, so that it can be
    calibrated.
    """
    edges = edges.float().masked_fill(~batch.allowed.unsqueeze(-1), _NEVER)
    spans = _missed(edges[..., 0], batch.starts) + _missed(edges[..., 1], batch.ends)
    weights = torch.where(batch.answers, 1.0, _SILENCE)
    span_loss = (spans * weights).sum() / (2 * weights.sum())
    judgement = judgement.float()
    answerability = functional.binary_cross_entropy_with_logits(
        judgement[:, 1], batch.answers.float()
    )
    relevance = _choice(judgement[:, 0], batch)
    return span_loss + _RELEVANCE * relevance + _ANSWERABILITY * answerability


def _missed(scores: Tensor, targets: Tensor) -> Tensor:
    """Return `(n,)` the negative log likelihood that one of the targets is chosen."""
    return scores.logsumexp(1) - scores.masked_fill(~targets, _NEVER).logsumexp(1)


def _choice(scores: Tensor, batch: Batch) -> Tensor:
    """Return the mean loss over questions of choosing the passage that answers."""
    groups, place = batch.group.unique(return_inverse=True)
    same = functional.one_hot(place, len(groups)).T.bool()  # (groups, n)
    of_group = scores.expand(len(groups), -1).masked_fill(~same, _NEVER)
    right = same & batch.answers
    chosen = right.any(1) & (same.sum(1) > 1)
    if not chosen.any():
        return scores.sum() * 0
    losses = of_group.logsumexp(1) - of_group.masked_fill(~right, _NEVER).logsumexp(1)
    return losses[chosen].mean()
