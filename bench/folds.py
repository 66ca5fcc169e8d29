"""Folds of the questions: each is judged by what was fitted on the others.

The six invented archives are a fold each; other questions go into one of as many by their words.
"""

import hashlib
from collections.abc import Iterator, Sequence

from bench.cases import Case

FOLDS = 6


def folds(every: Sequence[Case]) -> Iterator[tuple[list[Case], list[Case]]]:
    """Yield, for each fold, the cases of the others and its own."""
    archives = sorted({case.group for case in every} - {""})
    numbers = [
        archives.index(case.group) % FOLDS if case.group else _by_words(case.question)
        for case in every
    ]
    for fold in range(FOLDS):
        others = [case for case, n in zip(every, numbers, strict=True) if n != fold]
        yield others, [case for case, n in zip(every, numbers, strict=True) if n == fold]


def _by_words(question: str) -> int:
    return int(hashlib.sha256(question.encode()).hexdigest()[:8], 16) % FOLDS
