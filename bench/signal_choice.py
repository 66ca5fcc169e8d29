"""Which signals the mixture uses: what each is worth on data that had no part in the fit.

The questions are put into folds, by archive and by article, and each fold is judged by weights
fitted on the others. From all signals, the one whose loss costs least is dropped again and again,
as long as the mean over the three sources from outside does not fall; a hand-made signal that is
worth nothing on them goes.
"""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from bench.cases import COLUMNS, Case
from bench.fit_reader import (
    Fitted,
    fit_confidence,
    fit_sentences,
    judge_best,
    kept_cases,
    source_of,
)
from bench.tables import Table

_FOLDS = 6
# The sample does not choose: it is what the product was built on.
_JUDGES = ("beats", "newsqa", "realtimeqa")
# Less of the mean than this is chance.
_LEAST = 0.0005

Names = tuple[str, ...]
Worth = Callable[[Names], float]


def measure() -> list[Table]:
    """Return what is left, and what each signal left is worth."""
    every = [case for case in kept_cases("tune") if len(case.signals)]
    folds = _folds(every)
    choosing = _chosen(COLUMNS, lambda names: float(np.mean(sentence_worth(every, folds, names))))
    sure = _chosen(
        COLUMNS, lambda names: float(np.mean(confidence_worth(every, folds, choosing, names)))
    )
    return [
        _table(
            "Signals that choose a sentence, right ones first in questions not fitted on",
            choosing,
            lambda names: sentence_worth(every, folds, names),
        ),
        _table(
            "Signals of the confidence, likelihood in bits a question gained on questions not "
            "fitted on",
            sure,
            lambda names: confidence_worth(every, folds, choosing, names),
        ),
    ]


def _folds(every: Sequence[Case]) -> list[int]:
    """Return the fold of each case: an archive of the invented ones, else by its question."""
    archives = sorted({case.group for case in every} - {""})
    return [
        archives.index(case.group) % _FOLDS
        if case.group
        else int(hashlib.sha256(case.question.encode()).hexdigest()[:8], 16) % _FOLDS
        for case in every
    ]


def sentence_worth(every: Sequence[Case], folds: Sequence[int], names: Names) -> list[float]:
    """Return the mean log likelihood of right sentences, by source, each fold left out in turn."""
    found: dict[str, list[float]] = {source: [] for source in _JUDGES}
    for fold in range(_FOLDS):
        weights = fit_sentences(
            [case for case, n in zip(every, folds, strict=True) if n != fold], names
        )
        for case, n in zip(every, folds, strict=True):
            if n == fold and case.right.any() and source_of(case) in found:
                scores = case.signals @ weights
                shares = np.exp(scores - scores.max())
                found[source_of(case)].append(
                    float(np.log(shares[case.right].sum() / shares.sum()))
                )
    return [float(np.mean(of_source)) for of_source in found.values()]


def confidence_worth(
    every: Sequence[Case], folds: Sequence[int], choosing: Names, names: Names
) -> list[float]:
    """Return the mean log likelihood of the confidence, by source, each fold left out in turn."""
    found: dict[str, list[float]] = {source: [] for source in _JUDGES}
    for fold in range(_FOLDS):
        others = [case for case, n in zip(every, folds, strict=True) if n != fold]
        sentence = fit_sentences(others, choosing)
        fitted = Fitted(sentence, *fit_confidence(others, sentence, names))
        own = [
            case
            for case, n in zip(every, folds, strict=True)
            if n == fold and source_of(case) in found
        ]
        chance, right = judge_best(own, fitted)
        likelihood = np.log(np.clip(np.where(right, chance, 1 - chance), 1e-6, 1))
        for case, value in zip(own, likelihood, strict=True):
            found[source_of(case)].append(float(value))
    return [float(np.mean(of_source)) for of_source in found.values()]


def _chosen(names: Names, worth: Worth) -> Names:
    """Return the signals that are left when those that are worth nothing are dropped."""
    left, best = names, worth(names)
    while len(left) > 1:
        tried = {name: worth(tuple(n for n in left if n != name)) for name in left}
        name = max(tried, key=lambda name: tried[name])
        if tried[name] < best - _LEAST:
            break
        left, best = tuple(n for n in left if n != name), max(best, tried[name])
        print(f"without {name}: {tried[name]:.4f}", flush=True)
    return left


def _table(title: str, left: Names, worth: Callable[[Names], list[float]]) -> Table:
    table = Table(title=title, columns=["without", *_JUDGES, "mean"])
    for name in (None, *left):
        values = worth(tuple(n for n in left if n != name))
        table.add(name or "all that are left", *(f"{v:.4f}" for v in (*values, np.mean(values))))
    return table
