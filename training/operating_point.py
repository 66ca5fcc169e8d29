"""Choose from which logit on a word is carried.

It is chosen on conversations that were not trained on (`tune`): of the questions that people left
as they were, at least `_LEFT_ALONE` are to be left alone, and with that the F1 of carried terms,
over all terms, is the best. Whether anything is needed is decided at a probability of one half.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rag.models.carrying import CarryingModel, Terms, Weighed, terms_in
from training.conversations import Conversation, Example, examples

_LEFT_ALONE = 0.9
_LOGITS = np.arange(-3.0, 2.01, 0.1)
# As many questions of a set as tell points apart that are a hundredth away from each other.
_MOST = 400


class Scores(NamedTuple):
    """What carried terms are worth: their F1, and the share of complete questions left alone."""

    f1: float
    left_alone: float


def choose(model: CarryingModel, conversations: Sequence[Conversation]) -> tuple[float, Scores]:
    """Return the least logit of a word, and what it gives on what it was chosen on."""
    asked: list[Example] = []
    for name in sorted({one.set_name for one in conversations}):
        asked += list(examples([one for one in conversations if one.set_name == name]))[:_MOST]
    weighed = [model.weigh(example.question, example.turns) for example in asked]
    points = [(float(logit), scores_of(asked, weighed, least=logit)) for logit in _LOGITS]
    quiet = [point for point in points if point[1].left_alone >= _LEFT_ALONE]
    return max(quiet or points[-1:], key=lambda point: point[1].f1)


def scores_of(
    asked: Sequence[Example], weighed: Sequence[Weighed], *, least: float = 0.0
) -> Scores:
    """Return what is carried with a least logit, beside what people added."""
    carried = [
        _carried(found, least) - terms_in(example.question)
        for example, found in zip(asked, weighed, strict=True)
    ]
    pairs = [(given, example.wanted) for given, example in zip(carried, asked, strict=True)]
    right = sum(len(given & wanted) for given, wanted in pairs)
    total = sum(len(given) + len(wanted) for given, wanted in pairs)
    alone = [not given for given, wanted in pairs if not wanted]
    return Scores(2 * right / max(1, total), sum(alone) / max(1, len(alone)))


def _carried(found: Weighed, least: float) -> Terms:
    if found.needs < 0:
        return frozenset()
    likely = zip(found.words, found.logits, strict=True)
    return frozenset(term for word, logit in likely if logit >= least for term in word.terms)
