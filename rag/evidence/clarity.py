"""Says how clear it is which of the sentences that were read is the best answer."""

import re
from collections.abc import Sequence, Set

import numpy as np
from numpy.typing import NDArray

from rag.question.kinds import Kind
from rag.question.wanted import Wanted
from rag.text.figures import find_figures

# Answers with this share of their words in common say the same.
_AGREE = 0.5


def clarity_of(
    scores: Sequence[float] | NDArray[np.float64],
    answers: Sequence[str],
    wanted: Wanted,
    kind: Kind,
) -> float:
    """Return the share of the best answer among all, 0 to 1; 1 if there is none.

    `scores` are logits of a choice among sentences, and `answers` the words that are marked in
    each, empty if none are. Sentences that give the same answer count together. So do figures,
    where the question is for the latest or the highest, or for a count, which changes: they are
    told as values, and one of them is chosen by its day. A when-question may be about several
    events, which are told apart, so that the days of all count together, too.
    """
    if not len(scores):
        return 1.0
    odds = np.exp(np.asarray(scores) - np.max(scores))
    best = int(np.argmax(odds))
    words = [*map(_words, answers)]
    agrees = [_agree(told, words[best]) for told in words]
    if kind == "when" and answers[best]:
        agrees = [bool(told) for told in answers]
    elif (wanted.which or wanted.is_count) and find_figures(answers[best]):
        figures = [bool(find_figures(told)) for told in answers]
        agrees = [one or other for one, other in zip(agrees, figures, strict=True)]
    agrees[best] = True
    return float(odds[agrees].sum() / odds.sum())


def _words(answer: str) -> Set[str]:
    return set(re.findall(r"\w+", answer.lower()))


def _agree(one: Set[str], other: Set[str]) -> bool:
    both = len(one) + len(other)
    return bool(one and other) and 2 * len(one & other) >= _AGREE * both
