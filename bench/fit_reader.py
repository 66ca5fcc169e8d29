"""Fit the reader's linear models: `python -m bench.fit_reader` writes them where they are read.

Sentence weights: softmax regression over all sentences of the ten passages, on the questions of
NewsQA, realtimeqa, the invented archives (`beats`, and the drills for tuning), those written for
Dateline and the sample's that have a right sentence among them. Confidence weights: logistic
regression on the best sentence of each question, on the same sets, on NewsQA with each question's
own article taken out of its hits (then nothing answers it), and on questions from outside the
archive. Every set counts by the square root of its size, so that none outweighs the others. Fitted
on the parts for tuning. `python -m bench calibration` shows what that gives on an invented archive
that was left out, and `python -m bench.signal_choice` which signals are worth something.

The signals are those of the mixture that is there. What was read is kept in `bench/cache`, so that
a second fit takes seconds.
"""

import argparse
import pickle
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench import cases, data
from bench.cases import COLUMNS, Case, Matrix
from bench.splits import Part
from rag.evidence import reader
from rag.evidence.clarity import clarity_of
from rag.models import reading
from rag.models.linear import Mixture, write_mixture
from rag.question.kinds import expected_kind
from rag.text.tolls import stems_of_toll

_THRESHOLDS = np.arange(0.05, 0.75, 0.05)
_SETS = (
    cases.newsqa,
    cases.realtimeqa,
    cases.sample,
    cases.orphans,
    cases.outside,
    cases.beats,
    cases.asked,
    cases.practised,
)
# Signals lie between -4 and 4; without a bound, rare ones would take weights from a few questions.
_SENTENCE_PENALTY = 1e-3
_CONFIDENCE_PENALTY = 1e-4
# A signal that speaks for an answer may not count against it, as happens where several say nearly
# the same. These speak against it, or either way; all others speak for it.
_SPEAKS_AGAINST = frozenset("kind_missing asks absent names_missing year_missing".split())
_SPEAKS_EITHER_WAY = frozenset("length ends lead".split())


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights in the order of `COLUMNS`, 0 for signals that are not used."""

    sentence: Matrix
    confidence: Matrix
    offset: float
    clarity: float = 0.0

    def best_of(self, case: Case) -> int:
        """Return the place of a case's best sentence."""
        return int(np.argmax(self.scores(case)))

    def scores(self, case: Case) -> Matrix:
        """Return the score `(n,)` of each sentence of a case."""
        scores: Matrix = case.signals @ self.sentence[: case.signals.shape[1]]
        return scores

    def unclarity(self, case: Case) -> float:
        """Return how unclear it is which answer of a case is the best, 0 if there is no other."""
        question = case.question
        return -clarity_of(
            self.scores(case), case.marked, expected_kind(question), stems_of_toll(question)
        )

    def as_mixture(self) -> Mixture:
        """Return the weights by their names, without those of 0."""
        sentence, confidence = (
            {name: float(weight) for name, weight in zip(COLUMNS, row, strict=True) if weight}
            for row in (self.sentence, self.confidence)
        )
        return Mixture(
            sentence=sentence, confidence=confidence, offset=self.offset, clarity=self.clarity
        )

    @classmethod
    def of(cls, mixture: Mixture) -> "Fitted":
        """Return the weights of a mixture in the order of the columns."""
        sentence, confidence = (
            np.array([weights.get(name, 0.0) for name in COLUMNS])
            for weights in (mixture.sentence, mixture.confidence)
        )
        return cls(sentence, confidence, mixture.offset, mixture.clarity)


def main() -> int:
    """Fit and print the models with and without the reader, and how each does."""
    parser = argparse.ArgumentParser(prog="python -m bench.fit_reader")
    parser.add_argument("--again", action="store_true", help="read again, though it is kept")
    tune = kept_cases("tune", again=parser.parse_args().again)
    for is_read in (False, True):
        print("\n" + ("with" if is_read else "without") + " the reader")
        used = reader.load_mixture(is_read=is_read)
        fitted = fit(tune, sentence=used.sentence, confidence=used.confidence, with_clarity=is_read)
        for name in ("newsqa", "realtimeqa", "beats, answerable", "sample, answerable"):
            some = [case for case in tune if case.set_name == name]
            print(f"  {name}: right sentence first {first_right(some, fitted):.3f}")
        _write(fitted.as_mixture(), is_read=is_read)
        _print_confidence(tune, fitted)
    return 0


def kept_cases(part: Part, *, again: bool = False) -> list[Case]:
    """Return every case of a part, read now or kept from before."""
    path = data.CACHE / f"read-{part}.pickle"
    if again or not path.exists():
        with_default = cases.Reading.default()
        read = [case for of_set in _SETS for case in of_set(with_default, part)]
        path.write_bytes(pickle.dumps(read))
    found: list[Case] = pickle.loads(path.read_bytes())  # written above
    return found


def fit(
    some: Sequence[Case],
    *,
    sentence: Iterable[str],
    confidence: Iterable[str],
    with_clarity: bool = True,
) -> Fitted:
    """Return the weights of these signals that choose a sentence and say how likely it answers."""
    chosen = fit_sentences(some, sentence)
    return fit_confidence(some, chosen, confidence, with_clarity=with_clarity)


def source_of(case: Case) -> str:
    """Return where a case comes from."""
    return case.set_name.split(",")[0].split()[0]


def counts_of(some: Sequence[Case]) -> Matrix:
    """Return how much each case counts `(n,)`, 1 in all; a set counts by the root of its size."""
    sizes = Counter(map(source_of, some))
    counts = np.array([sizes[source_of(case)] ** -0.5 for case in some])
    shares: Matrix = counts / counts.sum()
    return shares


def fit_sentences(some: Sequence[Case], names: Iterable[str]) -> Matrix:
    """Return the weights that put right sentences first, in the order of the columns."""
    names = tuple(names)
    columns = [COLUMNS.index(name) for name in names]
    answered = [case for case in some if case.right.any()]
    signals = np.concatenate([case.signals[:, columns] for case in answered])
    right = np.concatenate([case.right for case in answered])
    lengths = np.array([len(case.right) for case in answered])
    firsts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    of_case = np.repeat(np.arange(len(answered)), lengths)
    counts = counts_of(answered)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = signals @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, firsts)[of_case])
        share = odds / np.add.reduceat(odds, firsts)[of_case]
        of_right = np.where(right, share, 0)
        hit = np.add.reduceat(of_right, firsts) + 1e-12
        pull = (share - of_right / hit[of_case]) * counts[of_case]
        penalty = _SENTENCE_PENALTY * float(weights @ weights)
        return (
            float(-np.log(hit) @ counts) + penalty,
            signals.T @ pull + 2 * _SENTENCE_PENALTY * weights,
        )

    found = _lowest(loss, [*map(_bounds, names)])
    weights = np.zeros(len(COLUMNS))
    weights[columns] = found
    return weights


def fit_confidence(
    some: Sequence[Case], sentence: Matrix, names: Iterable[str], *, with_clarity: bool = True
) -> Fitted:
    """Return the weights that choose a sentence, with those of the chance that the best answers."""
    names = tuple(names)
    columns = [COLUMNS.index(name) for name in names]
    read = [case for case in some if len(case.signals)]
    chooser = Fitted(sentence, sentence, 0.0)
    best = [chooser.best_of(case) for case in read]
    tops = np.array([case.signals[n, columns] for case, n in zip(read, best, strict=True)])
    unclear = [chooser.unclarity(case) if with_clarity else 0.0 for case in read]
    signals = np.column_stack([tops, unclear, np.ones(len(tops))])
    right = np.array([float(case.right[n]) for case, n in zip(read, best, strict=True)])
    counts = counts_of(read)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        chance = _chance(signals @ weights)
        entropy = right * np.log(chance + 1e-9) + (1 - right) * np.log(1 - chance + 1e-9)
        penalty = _CONFIDENCE_PENALTY * float(weights[:-1] @ weights[:-1])
        gradient = signals.T @ ((chance - right) * counts)
        pulled_back = 2 * _CONFIDENCE_PENALTY * np.array([*weights[:-1], 0.0])
        return float(-entropy @ counts) + penalty, gradient + pulled_back

    found = _lowest(loss, [*map(_bounds, names), (None, 0.0), (None, None)])
    weights = np.zeros(len(COLUMNS))
    weights[columns] = found[:-2]
    return Fitted(sentence, weights, offset=float(found[-1]), clarity=-float(found[-2]))


_Bounds = tuple[float | None, float | None]


def _bounds(name: str) -> _Bounds:
    """Return the least and the most that a signal may weigh."""
    if name in _SPEAKS_EITHER_WAY:
        return None, None
    return (None, 0.0) if name in _SPEAKS_AGAINST else (0.0, None)


def _lowest(loss: Callable[[Matrix], tuple[float, Matrix]], bounds: Sequence[_Bounds]) -> Matrix:
    """Return the weights within their bounds at which a loss is lowest."""
    start = np.zeros(len(bounds))
    weights: Matrix = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return weights


def first_right(some: Sequence[Case], fitted: Fitted) -> float:
    """Return the share of cases whose best sentence is right."""
    hits = [bool(case.right[fitted.best_of(case)]) for case in some if len(case.signals)]
    return float(np.mean(hits)) if hits else 0.0


def _chance(scores: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -60, 60))))


def judge_best(some: Sequence[Case], fitted: Fitted) -> tuple[Matrix, NDArray[np.bool_]]:
    """Return the confidence `(n,)` in each case's best sentence, and whether that is right."""
    best = [fitted.best_of(case) for case in some]
    tops = np.array([case.signals[n] for case, n in zip(some, best, strict=True)])
    right = np.array([bool(case.right[n]) for case, n in zip(some, best, strict=True)])
    unclear = np.array([fitted.unclarity(case) if fitted.clarity else 0.0 for case in some])
    sums = tops @ fitted.confidence[: tops.shape[1]] + fitted.offset - fitted.clarity * unclear
    return _chance(sums), right


def risk_by_coverage(chance: Matrix, right: NDArray[np.bool_]) -> Matrix:
    """Return the share of answers that are wrong when the surest 1, 2, … `n` are given, `(n,)`."""
    wrong = ~right[np.argsort(-chance, kind="stable")]
    risks: Matrix = np.cumsum(wrong) / np.arange(1, len(wrong) + 1)
    return risks


def risks_at(risks: Matrix, shares: Sequence[float]) -> list[str]:
    """Return as table cells the risk when these shares of the questions are answered."""
    return [f"{risks[max(0, round(share * len(risks)) - 1)]:.3f}" for share in shares]


def _print_confidence(some: Sequence[Case], fitted: Fitted) -> None:
    """Print what each threshold gives and refuses."""
    with_any = [case for case in some if len(case.signals)]
    chance, right = judge_best(with_any, fitted)
    for threshold in _THRESHOLDS:
        given = chance >= threshold
        print(f"  {threshold:.2f}: given right {right[given].mean():.3f};", end="")
        for name in dict.fromkeys(case.set_name for case in some):
            of_set = np.array([case.set_name == name for case in with_any])
            print(f" {name} given {given[of_set].mean():.3f}", end="")
            if right[of_set].any():
                print(f" (of right {given[of_set & right].mean():.3f})", end="")
        print()


def _write(mixture: Mixture, *, is_read: bool) -> None:
    """Write a mixture to the file that it is read from."""
    folder = Path(reading.__file__).parent / reading.PACKAGED_READER
    path = (folder if is_read else Path(reader.__file__).parent) / reader.MIXTURE_FILE
    path.write_text(write_mixture(mixture), encoding="utf-8")
    print(f"written to {path}")


if __name__ == "__main__":
    sys.exit(main())
