"""How the confidence does on an archive that it was not fitted on: each left out in its turn.

The weights are fitted again without one of the six invented archives, and then judge its questions;
so every row is of archives that had no part in their own judgement. The shipped weights are fitted
on all six. Beside them stand the questions from outside that the weights were fitted on.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bench.cases import Case, Matrix
from bench.fit_reader import Fitted, fit, judge_best, kept_cases, risk_by_coverage, risks_at
from bench.folds import folds
from bench.scores import DEFAULT_THRESHOLD
from bench.tables import Table
from rag.evidence.reader import load_mixture
from rag.records import CERTAINTY

_THRESHOLDS = sorted({0.1, 0.2, 0.25, 0.3, DEFAULT_THRESHOLD, 0.4, 0.45, 0.5, 0.6})
_COVERAGES = (0.25, 0.5, 0.75)
_SAID_OF = {
    "newsqa": ("newsqa",),
    "realtimeqa": ("realtimeqa",),
    "beats, near misses too": ("beats, answerable", "beats, near miss"),
    "asked, near misses too": ("asked, answerable", "asked, near miss"),
}
# By default nothing weak is answered. Somebody may set this threshold to see such answers.
_LOW_THRESHOLD = 0.2
_BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 1.0)


def measure() -> list[Table]:
    """Return what thresholds give, and whether the confidence means what it says."""
    cases = [case for case in kept_cases("tune") if len(case.signals)]
    groups = sorted({case.group for case in cases} - {""})
    left_out = [case for case in cases if case.group]
    judged = [_left_out(cases, group) for group in groups]
    chance = np.concatenate([chance for chance, _ in judged])
    right = np.concatenate([right for _, right in judged])
    ordered = [case for group in groups for case in left_out if case.group == group]
    answerable = np.array([case.set_name == "beats, answerable" for case in ordered])
    outside = [case for case in cases if case.set_name == "outside"]
    outside_chance, _ = judge_best(outside, _fitted(cases))
    return [
        _curve(chance, right, answerable, outside_chance),
        _reliability(chance, right),
        *_by_set(cases),
    ]


def _by_set(every: Sequence[Case]) -> tuple[Table, Table]:
    """Return how every set does when it is judged by what was fitted on other questions."""
    judged: dict[str, list[tuple[float, bool]]] = {}
    for others, own in folds(every):
        chance, right = judge_best(own, _fitted(others))
        for case, *of_case in zip(own, chance, right, strict=True):
            judged.setdefault(case.set_name, []).append((float(of_case[0]), bool(of_case[1])))
    return _sets(judged), _words(judged)


def _words(judged: Mapping[str, Sequence[tuple[float, bool]]]) -> Table:
    """Return how many of the answers that each word of certainty is said of are right."""
    table = Table(
        title="Words of certainty, each question left out of the fit",
        columns=["word", "confidence", *(f"{name}: right of" for name in _SAID_OF), "all", "of"],
    )
    below = 1.01
    for word, lowest in CERTAINTY.items():
        least = lowest or _LOW_THRESHOLD
        cells: list[str] = []
        every: list[bool] = []
        for names in _SAID_OF.values():
            of_word = [r for n in names for c, r in judged.get(n, ()) if least <= c < below]
            cells.append(f"{np.mean(of_word):.2f} of {len(of_word)}" if of_word else "")
            every += of_word
        table.add(word, f"{least:.2f}", *cells, f"{np.mean(every):.2f}", str(len(every)))
        below = least
    return table


def _sets(judged: Mapping[str, Sequence[tuple[float, bool]]]) -> Table:
    table = Table(
        title="Calibration by set, each question left out of the fit",
        columns=[
            *("set", "questions", "mean confidence", "right", f"given at {DEFAULT_THRESHOLD}"),
            *("right of those", *(f"risk at {share:.2f}" for share in _COVERAGES)),
        ],
    )
    for name, pairs in judged.items():
        chance, right = (np.array(column) for column in zip(*pairs, strict=True))
        given = chance >= DEFAULT_THRESHOLD
        table.add(
            *(name, str(len(pairs)), f"{chance.mean():.3f}", f"{right.mean():.3f}"),
            f"{given.mean():.3f}",
            f"{right[given].mean():.3f}" if given.any() else "",
            *risks_at(risk_by_coverage(chance, right), _COVERAGES),
        )
    table.notes.append("Risk is the share of given answers that are wrong, the surest given first.")
    return table


def _left_out(cases: Sequence[Case], group: str) -> tuple[Matrix, NDArray[np.bool_]]:
    """Return the confidence in an archive's questions when it is not fitted on."""
    fitted = _fitted([case for case in cases if case.group != group])
    return judge_best([case for case in cases if case.group == group], fitted)


def _fitted(some: Sequence[Case]) -> Fitted:
    """Return weights of the signals that the shipped mixture uses."""
    used = load_mixture(is_read=True)
    return fit(some, sentence=used.sentence, confidence=used.confidence)


def _curve(
    chance: Matrix, right: NDArray[np.bool_], answerable: NDArray[np.bool_], outside: Matrix
) -> Table:
    title = f"Calibration, six invented archives, each left out of the fit: {len(chance)} questions"
    table = Table(
        title=title,
        columns=[
            *(
                "threshold",
                "cost of a wrong answer",
                "first right",
                "given answers right",
                "answerable refused",
            ),
            *("near misses refused", "outside refused"),
        ],
    )
    for threshold in _THRESHOLDS:
        given = chance >= threshold
        table.add(
            f"{threshold:.2f}",
            f"{threshold / (1 - threshold):.2f}",
            f"{np.mean((given & right)[answerable]):.3f}",
            f"{np.mean(right[given]):.3f}",
            f"{np.mean(~given[answerable]):.3f}",
            f"{np.mean(~given[~answerable]):.3f}",
            f"{np.mean(outside < threshold):.3f}",
        )
    table.notes.append("Judged by the sentence alone; what is asked of a day is not looked at.")
    table.notes.append(
        "The cost for which a threshold is right, if the confidence is: a refusal costs nothing, a "
        "right answer gains 1, and one with this confidence gains as much as it costs."
    )
    return table


def _reliability(chance: Matrix, right: NDArray[np.bool_]) -> Table:
    table = Table(
        title="Calibration, confidence beside the share that is right, archives left out",
        columns=["confidence", "questions", "mean confidence", "right"],
    )
    for low, high in pairwise(_BINS):
        inside = (chance >= low) & (chance < high)
        if inside.any():
            table.add(
                f"{low:.1f} to {high:.1f}",
                str(int(inside.sum())),
                f"{chance[inside].mean():.3f}",
                f"{right[inside].mean():.3f}",
            )
    return table
