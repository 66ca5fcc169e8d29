"""Fit the reader's linear models: `python -m bench.fit_reader` writes them where they are read.

Sentence weights: softmax regression over all sentences of the ten passages, on the questions of
NewsQA, realtimeqa, the invented archives and the sample that have a right sentence among them.
Confidence weights: logistic regression on the best sentence of each question, on the same sets, on
NewsQA with each question's own article taken out of its hits (then nothing answers it), and on
questions from outside the archive. Every question counts alike, the sample's too. Fitted on the
parts for tuning. `python -m bench calibration` shows what that gives on an invented archive that
was left out.

What was read is kept in `bench/cache`, so that a second fit takes seconds.
"""

import argparse
import pickle
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench import cases, data
from bench.cases import Case, Matrix
from bench.splits import Part
from rag.evidence import reader
from rag.evidence.signals import READER_SIGNALS, WORD_SIGNALS
from rag.models import reading
from rag.models.linear import Mixture, Weights, write_mixture

_THRESHOLDS = np.arange(0.05, 0.75, 0.05)
_SETS = (
    cases.newsqa,
    cases.realtimeqa,
    cases.sample,
    cases.orphans,
    cases.outside,
    cases.beats,
)


def main() -> int:
    """Fit and print the models with and without the reader, and how each does."""
    parser = argparse.ArgumentParser(prog="python -m bench.fit_reader")
    parser.add_argument("--again", action="store_true", help="read again, though it is kept")
    again = parser.parse_args().again
    tune = kept_cases("tune", again=again)
    words = len(WORD_SIGNALS)
    for names, width in ((WORD_SIGNALS, words), (WORD_SIGNALS + READER_SIGNALS, None)):
        print("\n" + ("with" if width is None else "without") + " the reader")
        fitted = [replace(case, signals=case.signals[:, :width]) for case in tune]
        mixture = fit(fitted)
        for name in ("newsqa", "realtimeqa", "beats, answerable", "sample, answerable"):
            some = [case for case in fitted if case.set_name == name]
            print(f"  {name}: right sentence first {first_right(some, mixture.sentence):.3f}")
        _write(mixture, names)
        _print_confidence(fitted, mixture)
    return 0


def fit(fitted: Sequence[Case]) -> Mixture:
    """Return the weights that choose a sentence and say how likely it answers."""
    sentence = fit_sentences(fitted)
    *confidence, offset = fit_confidence(fitted, sentence)
    return Mixture(sentence=sentence, confidence=np.array(confidence), offset=float(offset))


def kept_cases(part: Part, *, again: bool = False) -> list[Case]:
    """Return every case of a part, read now or kept from before."""
    path = data.CACHE / f"read-{part}.pickle"
    if again or not path.exists():
        with_default = cases.Reading.default()
        read = [case for of_set in _SETS for case in of_set(with_default, part)]
        path.write_bytes(pickle.dumps(read))
    found: list[Case] = pickle.loads(path.read_bytes())  # written above
    return found


def fit_sentences(fitted: Sequence[Case]) -> Matrix:
    """Return the weights `(s,)` that put right sentences first."""
    answered = [case for case in fitted if case.right.any()]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, gradient = 0.0, np.zeros_like(weights)
        for case in answered:
            scores = case.signals @ weights
            share = np.exp(scores - scores.max())
            share /= share.sum()
            of_right = np.where(case.right, share, 0)
            total -= np.log(of_right.sum() + 1e-12)
            gradient += case.signals.T @ (share - of_right / (of_right.sum() + 1e-12))
        every = len(answered)
        return float(total / every + 1e-3 * weights @ weights), gradient / every + 2e-3 * weights

    start = np.zeros(answered[0].signals.shape[1])
    weights: Matrix = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return weights


def fit_confidence(fitted: Sequence[Case], sentence: Matrix) -> Matrix:
    """Return the weights `(s + 1,)`, the offset last, of the chance that the best answers."""
    tops = [(case, best_of(case, sentence)) for case in fitted if len(case.signals)]
    signals = np.array([[*case.signals[best], 1.0] for case, best in tops])
    right = np.array([float(case.right[best]) for case, best in tops])

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        chance = _chance(signals @ weights)
        entropy = right * np.log(chance + 1e-9) + (1 - right) * np.log(1 - chance + 1e-9)
        penalty = 1e-4 * float(weights[:-1] @ weights[:-1])
        gradient = signals.T @ (chance - right) / len(right)
        return float(-entropy.mean()) + penalty, gradient + 2e-4 * np.array([*weights[:-1], 0.0])

    weights: Matrix = minimize(loss, np.zeros(signals.shape[1]), jac=True, method="L-BFGS-B").x
    return weights


def best_of(case: Case, sentence: Weights) -> int:
    """Return the place of a case's best sentence; signals without a weight do not count."""
    return int(np.argmax(case.signals[:, : len(sentence)] @ sentence))


def first_right(some: Sequence[Case], sentence: Weights) -> float:
    """Return the share of cases whose best sentence is right."""
    hits = [bool(case.right[best_of(case, sentence)]) for case in some if len(case.signals)]
    return float(np.mean(hits)) if hits else 0.0


def _chance(scores: Weights) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -60, 60))))


def judge_best(some: Sequence[Case], mixture: Mixture) -> tuple[Matrix, NDArray[np.bool_]]:
    """Return the confidence `(n,)` in each case's best sentence, and whether that is right."""
    best = [best_of(case, mixture.sentence) for case in some]
    width = len(mixture.confidence)
    tops = np.array([case.signals[n, :width] for case, n in zip(some, best, strict=True)])
    right = np.array([bool(case.right[n]) for case, n in zip(some, best, strict=True)])
    return _chance(tops @ mixture.confidence + mixture.offset), right


def _print_confidence(some: Sequence[Case], mixture: Mixture) -> None:
    """Print what each threshold gives and refuses."""
    with_any = [case for case in some if len(case.signals)]
    chance, right = judge_best(with_any, mixture)
    for threshold in _THRESHOLDS:
        given = chance >= threshold
        print(f"  {threshold:.2f}: given right {right[given].mean():.3f};", end="")
        for name in dict.fromkeys(case.set_name for case in some):
            of_set = np.array([case.set_name == name for case in with_any])
            print(f" {name} given {given[of_set].mean():.3f}", end="")
            if right[of_set].any():
                print(f" (of right {given[of_set & right].mean():.3f})", end="")
        print()


def _write(fitted: Mixture, names: Sequence[str]) -> None:
    """Write a mixture to the file that it is read from."""
    is_read = len(names) > len(WORD_SIGNALS)
    folder = Path(reading.__file__).parent / reading.PACKAGED_READER
    path = (folder if is_read else Path(reader.__file__).parent) / reader.MIXTURE_FILE
    path.write_text(write_mixture(fitted, names), encoding="utf-8")
    print(f"written to {path}")


if __name__ == "__main__":
    sys.exit(main())
