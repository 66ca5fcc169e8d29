"""Fit the score of `rag.writing.support`; `python -m bench.fit_support` prints the weights.

Logistic regression on half of AttributionBench's development claims and on the written sentences
that are not held back: the faithful ones and those with an addition, which no check of numbers,
dates or names can find. Each counts once, an addition three times, as there are fewer of them. The
threshold is the one with the best F1 on the same half of the claims.
"""

import sys
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench import data
from bench.claims import FAITHFUL, Claim, attribution_claims, written_claims
from bench.scores import best_threshold
from rag.models.embedding import Embedder
from rag.writing.support.check import signals_of
from rag.writing.support.meaning import SIGNALS

_ADDITION = "addition"
_ADDITION_WEIGHT = 3.0
_PENALTY = 3e-3

Matrix = NDArray[np.float64]


def main() -> int:
    """Fit and print the model with an embedder and the one without."""
    claims = [claim for claim in attribution_claims() if claim.is_tuning]
    written = [
        claim
        for claim in written_claims()
        if claim.is_tuning and claim.kind in (FAITHFUL, _ADDITION)
    ]
    for name, embedder in (("with an embedder", data.embedder()), ("without", None)):
        signals = _signals([*claims, *written], embedder)
        weights = _fit(signals, [*claims, *written])
        chances = 1 / (1 + np.exp(-(signals @ weights[:-1] + weights[-1])))
        threshold = best_threshold([claim.is_carried for claim in claims], chances[: len(claims)])
        listed = ", ".join(f"{s} {w:.2f}" for s, w in zip(SIGNALS, weights, strict=False))
        print(f"{name}: {listed}, offset {weights[-1]:.2f}; best F1 at {threshold:.2f}")
    return 0


def _signals(claims: Iterable[Claim], embedder: Embedder | None) -> Matrix:
    rows = [
        signals_of(claim.sentence, claim.quotes, embedder=embedder, question=claim.question)
        for claim in claims
    ]
    return np.array([[row[name] for name in SIGNALS] for row in rows])


def _fit(signals: Matrix, claims: list[Claim]) -> Matrix:
    inputs = np.hstack([signals, np.ones((len(claims), 1))])
    carried = np.array([float(claim.is_carried) for claim in claims])
    counts = np.array([_ADDITION_WEIGHT if c.kind == _ADDITION else 1.0 for c in claims])
    counts /= counts.sum()

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        chance = 1 / (1 + np.exp(-(inputs @ weights)))
        entropy = carried * np.log(chance + 1e-9) + (1 - carried) * np.log(1 - chance + 1e-9)
        penalty = _PENALTY * float(weights[:-1] @ weights[:-1])
        gradient = inputs.T @ ((chance - carried) * counts)
        return float(-entropy @ counts) + penalty, gradient + 2 * _PENALTY * np.array(
            [*weights[:-1], 0.0]
        )

    weights: Matrix = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B").x
    return weights


if __name__ == "__main__":
    sys.exit(main())
