"""Says how far each sentence stands out as the answer among all sentences that were read.

If one sentence of fifty is much better than the others, it is more likely right than if ten are as
good. Sentences that give the same answer do not compete: reports that agree make it surer.
"""

import math
from collections.abc import Sequence, Set

import numpy as np
from numpy.typing import NDArray

SHARE = "share"
# Sentences with less of the choice than this make no other sentence surer.
_LEAST = 0.01
_LOWEST = -4.0


def log_shares(
    scores: Sequence[float] | NDArray[np.float64], answers: Sequence[Set[str]]
) -> NDArray[np.float64]:
    """Return the logarithm `(n,)` of each sentence's share of the choice, -4 at the least.

    `scores` `(n,)` are those that choose the sentence, and their softmax is the share of each.
    `answers` has the words that each sentence answers with, none if it is not known. A sentence
    also has the shares of those that answer with the same words, in part if some are the same.
    """
    odds = np.exp(np.asarray(scores) - np.max(scores, initial=-np.inf))
    own = odds / odds.sum()
    together = own.copy()
    well = np.flatnonzero(own >= _LEAST)
    for one in map(int, well):
        together[one] += sum(
            own[n] * _alike(answers[one], answers[n]) for n in map(int, well) if n != one
        )
    found: NDArray[np.float64] = np.log(np.clip(together, math.exp(_LOWEST), 1.0))
    return found


def _alike(one: Set[str], other: Set[str]) -> float:
    """Return how far two answers have the same words, 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
