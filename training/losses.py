"""Compute the loss of a batch: one number that training makes smaller."""

import torch
from torch import Tensor
from torch.nn import functional

from rag.models.reading import NO_SUPPORT
from training.batches import Batch
from training.model import END, START, SUPPORT

# A passage without an answer teaches the span heads only to keep silent.
_SILENCE = 0.3
_RELEVANCE = 0.7
_ANSWERABILITY = 0.5
_SUPPORT = 1.0
# The lesson beside the labels: a teacher's doubts say more than a label, but it errs too.
_LESSON = 1.0
_NEVER = -1e4
_LEAST_LOG = -20.0  # a word that cannot be chosen costs so much, not infinitely much


def loss_of(batch: Batch, judgement: Tensor, edges: Tensor) -> Tensor:
    """Return the sum of the four heads' losses.

    The span heads take any of several right answers (marginal likelihood); relevance is a choice
    among the passages of one question, support among their sentences and none; answerability
    stands by itself, so that it can be calibrated.
    """
    edges = edges.float()
    bounds = edges.masked_fill(~batch.allowed.unsqueeze(-1), _NEVER)
    spans = _missed(bounds[..., START], batch.starts) + _missed(bounds[..., END], batch.ends)
    weights = torch.where(batch.answers, 1.0, _SILENCE) * batch.starts.any(1) * batch.labelled
    span_loss = (spans * weights).sum() / (2 * weights.sum()).clamp(min=1.0)
    judgement = judgement.float()
    answerability = functional.binary_cross_entropy_with_logits(
        judgement[:, 1], batch.answers.float(), weight=batch.labelled.float()
    )
    relevance = _choice(judgement[:, 0], batch)
    supports = sentence_support(batch, edges[..., SUPPORT])
    support = _sentence_choice(supports, batch)
    loss = span_loss + _RELEVANCE * relevance + _ANSWERABILITY * answerability + _SUPPORT * support
    if not bool(batch.lesson.told.any()):
        return loss
    return loss + _LESSON * _lesson_loss(batch, judgement, bounds, supports)


def _lesson_loss(batch: Batch, judgement: Tensor, bounds: Tensor, supports: Tensor) -> Tensor:
    """Return how far the heads are from what the teacher said, in the losses' own units."""
    lesson = batch.lesson
    told = lesson.told.float()
    count = told.sum().clamp(min=1.0)
    spans = _crossed(bounds[..., START], lesson.starts) + _crossed(bounds[..., END], lesson.ends)
    # Where the teacher is silent too, there is little to learn from the words.
    weights = told * (_SILENCE + (1 - _SILENCE) * (1 - lesson.starts[:, 0]))
    span_loss = (spans * weights).sum() / (2 * weights.sum()).clamp(min=1.0)
    answerability = functional.binary_cross_entropy_with_logits(
        judgement[:, 1], lesson.answerable.sigmoid(), weight=told, reduction="sum"
    )
    same = _same_group(batch) & lesson.told
    same = same[same.sum(1) > 0]
    relevance = _agreement(judgement[:, 0], lesson.relevance, same)
    of_group = same.repeat_interleave(supports.shape[1], dim=1)
    # A sentence that is not there, or that the teacher did not read, is out of the choice.
    there = of_group & (supports.flatten() > _NEVER / 2) & (lesson.supports.flatten() > NO_SUPPORT)
    none = torch.zeros(1, dtype=supports.dtype, device=supports.device)
    support = _agreement(
        torch.cat([none, supports.flatten()]),
        torch.cat([none, lesson.supports.flatten()]),
        functional.pad(there, (1, 0), value=True),
    )
    return (
        span_loss
        + _RELEVANCE * relevance
        + _ANSWERABILITY * answerability / count
        + _SUPPORT * support
    )


def _crossed(scores: Tensor, targets: Tensor) -> Tensor:
    """Return `(n,)` the cross entropy of the scores with the teacher's probabilities."""
    logs = scores - scores.logsumexp(1, keepdim=True)
    return -(targets * logs.clamp(min=_LEAST_LOG)).sum(1)


def _agreement(scores: Tensor, targets: Tensor, chosen_from: Tensor) -> Tensor:
    """Return the mean cross entropy of two choices, each among the places of a row."""
    if not len(chosen_from):
        return scores.sum() * 0
    of_row = scores.expand(len(chosen_from), -1).masked_fill(~chosen_from, _NEVER)
    wanted = targets.expand(len(chosen_from), -1).masked_fill(~chosen_from, _NEVER).softmax(1)
    logs = of_row - of_row.logsumexp(1, keepdim=True)
    return -(wanted * logs.clamp(min=_LEAST_LOG)).sum(1).mean()


def _missed(scores: Tensor, targets: Tensor) -> Tensor:
    """Return `(n,)` the negative log likelihood that one of the targets is chosen."""
    return scores.logsumexp(1) - scores.masked_fill(~targets, _NEVER).logsumexp(1)


def _choice(scores: Tensor, batch: Batch) -> Tensor:
    """Return the mean loss over questions of choosing the passage that answers."""
    same = _same_group(batch)
    of_group = scores.expand(len(same), -1).masked_fill(~same, _NEVER)
    right = same & batch.answers
    chosen = right.any(1) & (same.sum(1) > 1)  # what is not labelled has nothing right
    if not chosen.any():
        return scores.sum() * 0
    losses = of_group.logsumexp(1) - of_group.masked_fill(~right, _NEVER).logsumexp(1)
    return losses[chosen].mean()


def _same_group(batch: Batch) -> Tensor:
    """Return `(groups, n)` which passages belong to each question."""
    groups, place = batch.group.unique(return_inverse=True)
    return functional.one_hot(place, len(groups)).T.bool()


def sentence_support(batch: Batch, of_token: Tensor) -> Tensor:
    """Return `(n, sentences)` the mean of what a sentence's tokens say; very low where is none."""
    places = functional.one_hot(batch.sentences, batch.supports.shape[1] + 1)[..., 1:].float()
    lengths = places.sum(1)
    sums = torch.einsum("nt,nts->ns", of_token, places)
    return (sums / lengths.clamp(min=1)).masked_fill(lengths == 0, _NEVER)


def _sentence_choice(scores: Tensor, batch: Batch) -> Tensor:
    """Return the mean loss over questions of choosing a sentence that answers, or none.

    None of them has the score 0, so that a sentence above 0 answers rather than not.
    """
    same = _same_group(batch)
    flat, right = scores.flatten(), batch.supports.flatten()
    of_group = same.repeat_interleave(scores.shape[1], dim=1)  # (groups, n * sentences)
    silent = torch.zeros(len(same), 1, dtype=scores.dtype, device=scores.device)
    every = flat.expand(len(same), -1).masked_fill(~of_group, _NEVER)
    answering = every.masked_fill(~right, _NEVER)
    is_silent = ~(of_group & right).any(1, keepdim=True)
    known = (same & batch.labelled).any(1)
    if not known.any():
        return scores.sum() * 0
    answering = torch.cat([silent.masked_fill(~is_silent, _NEVER), answering], dim=1)
    losses = torch.cat([silent, every], dim=1).logsumexp(1) - answering.logsumexp(1)
    return losses[known].mean()
