"""Says how clear it is which of the sentences that were read is the best answer."""

import re
from collections.abc import Sequence, Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.question.kinds import Kind
from rag.text.figures import find_figures
from rag.text.words import stems_of

# Answers with this share of their words in common say the same.
_AGREE = 0.5
# Sentences with so much in common beside their answers say the same of different things. A
# headline has so many words.
_ALIKE, _LEAST_WORDS = 0.8, 4


class Marked(NamedTuple):
    """A sentence, and the words of it that are marked as its answer; empty if none are."""

    sentence: str
    answer: str


def clarity_of(
    scores: Sequence[float] | NDArray[np.float64],
    marked: Sequence[Marked],
    kind: Kind,
    toll: Set[int] = frozenset(),
) -> float:
    """Return the logarithm of the share of the best answer among all; 0 if there is no other.

    `scores` are logits of a choice among the sentences that are `marked`. Those that give the same
    answer count together. So do those that are worded like the best one: it is clear what answers,
    and they are told as sources that differ. A when-question may be about several events, which are
    told apart, so that the days of all count together, too. So do the tolls that one report after
    the other gives: which of them holds is told by their days. `toll` are the stems by which these
    tell it (`Wanted.toll`).
    """
    if not len(scores):
        return 0.0
    odds = np.exp(np.asarray(scores) - np.max(scores))
    best = int(np.argmax(odds))
    words = [_words(one.answer) for one in marked]
    beside = [_words(one.sentence) - told for one, told in zip(marked, words, strict=True)]
    agrees = [
        _agree(told, words[best]) or (bool(told) and _are_alike(others, beside[best]))
        for told, others in zip(words, beside, strict=True)
    ]
    if kind == "when" and words[best]:
        agrees = [bool(told) for told in words]
    elif kind == "number" and toll:
        tells = [_tells_count(one, toll) for one in marked]
        agrees = [agrees[n] or (tells[best] and tells_count) for n, tells_count in enumerate(tells)]
    agrees[best] = True
    return float(np.log(odds[agrees].sum() / odds.sum()))


def _tells_count(one: Marked, counted: Set[int]) -> bool:
    """Say whether a sentence answers with a number, and has a word for what is counted."""
    return bool(find_figures(one.answer)) and not counted.isdisjoint(stems_of(one.sentence))


def _words(answer: str) -> Set[str]:
    return set(re.findall(r"\w+", answer.lower()))


def _agree(one: Set[str], other: Set[str]) -> bool:
    both = len(one) + len(other)
    return bool(one and other) and 2 * len(one & other) >= _AGREE * both


def _are_alike(one: Set[str], other: Set[str]) -> bool:
    both = len(one) + len(other)
    return min(len(one), len(other)) >= _LEAST_WORDS and 2 * len(one & other) >= _ALIKE * both
