"""Which signals the mixture uses: what each is worth on data that had no part in the fit.

From all signals, the one whose loss costs least is dropped again and again, as long as the mean
over the sources from outside does not fall; a hand-made signal that is worth nothing on them
goes. The sample does not choose: it is what the product was built on.
"""

from collections.abc import Callable, Sequence

import numpy as np

from bench.cases import COLUMNS, Case
from bench.fit_reader import (
    fit_confidence,
    fit_sentences,
    judge_best,
    kept_cases,
    source_of,
)
from bench.folds import folds
from bench.tables import Table
from rag.evidence.reader import load_mixture

_JUDGES = ("beats", "newsqa", "realtimeqa", "outside")
# Less of the mean than this is chance.
_LEAST = 0.002
# Dropped together where that costs nothing, which saves most of the time.
_AT_ONCE = 3

Names = tuple[str, ...]
Worth = Callable[[Names], dict[str, float]]


def main() -> None:
    """Print what is left when signals that are worth nothing are dropped."""
    every = [case for case in kept_cases("tune") if len(case.signals)]
    choosing = _chosen(COLUMNS, lambda names: sentence_worth(every, names))
    print("sentence:", " ".join(choosing))
    sure = _chosen(COLUMNS, lambda names: confidence_worth(every, choosing, names))
    print("confidence:", " ".join(sure))


def measure() -> list[Table]:
    """Return what each signal of the shipped mixture is worth."""
    every = [case for case in kept_cases("tune") if len(case.signals)]
    used = load_mixture(is_read=True)
    choosing, sure = tuple(used.sentence), tuple(used.confidence)
    return [
        _table(
            "Signals that choose a sentence: log likelihood of the right ones, not fitted on",
            choosing,
            lambda names: sentence_worth(every, names),
        ),
        _table(
            "Signals of the confidence: log likelihood of right or wrong, not fitted on",
            sure,
            lambda names: confidence_worth(every, choosing, names),
        ),
    ]


def sentence_worth(every: Sequence[Case], names: Names) -> dict[str, float]:
    """Return the mean log likelihood of right sentences, by source, each fold left out in turn."""
    found: dict[str, list[float]] = {source: [] for source in _JUDGES}
    for others, own in folds(every):
        weights = fit_sentences(others, names)
        for case in own:
            if case.right.any() and source_of(case) in found:
                scores = case.signals @ weights
                shares = np.exp(scores - scores.max())
                likelihood = np.log(shares[case.right].sum() / shares.sum())
                found[source_of(case)].append(float(likelihood))
    return {source: float(np.mean(values)) for source, values in found.items() if values}


def confidence_worth(every: Sequence[Case], choosing: Names, names: Names) -> dict[str, float]:
    """Return the mean log likelihood of the confidence, by source, each fold left out in turn."""
    found: dict[str, list[float]] = {source: [] for source in _JUDGES}
    for others, own in folds(every):
        sentence = fit_sentences(others, choosing)
        fitted = fit_confidence(others, sentence, names)
        judged = [case for case in own if source_of(case) in found]
        chance, right = judge_best(judged, fitted)
        likelihood = np.log(np.clip(np.where(right, chance, 1 - chance), 1e-6, 1))
        for case, value in zip(judged, likelihood, strict=True):
            found[source_of(case)].append(float(value))
    return {source: float(np.mean(values)) for source, values in found.items() if values}


def _chosen(names: Names, worth: Worth) -> Names:
    """Return the signals that are left when those that are worth nothing are dropped."""
    left, best = names, _mean(worth(names))
    while len(left) > 1:
        tried = {name: _mean(worth(_without(left, name))) for name in left}
        order = sorted(left, key=lambda name: -tried[name])
        for together in (_AT_ONCE, 1):
            kept = _without(left, *order[:together])
            value = _mean(worth(kept)) if kept else -np.inf
            if value >= best - _LEAST:
                print(f"without {', '.join(order[:together])}: {value:.4f}", flush=True)
                left, best = kept, max(best, value)
                break
        else:
            break
    return left


def _mean(values: dict[str, float]) -> float:
    """Return the mean over the sources, of which each counts alike."""
    return float(np.mean(list(values.values())))


def _without(names: Names, *dropped: str | None) -> Names:
    return tuple(name for name in names if name not in dropped)


def _table(title: str, left: Names, worth: Worth) -> Table:
    table = Table(title=title, columns=["without", *_JUDGES, "mean"])
    for name in (None, *left):
        values = worth(_without(left, name))
        of_sources = (f"{values[source]:.3f}" if source in values else "" for source in _JUDGES)
        table.add(name or "none of them", *of_sources, f"{_mean(values):.3f}")
    return table


if __name__ == "__main__":
    main()
