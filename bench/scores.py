"""F1 of a decision between yes and no, of one by a threshold, and how well a score tells them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from rag.settings import Settings

# The least confidence of an answer, unless a user sets another.
DEFAULT_THRESHOLD = float(Settings.model_fields["answer_threshold"].default)
THRESHOLDS = tuple(round(0.02 * step, 2) for step in range(10, 36))


def f1(labels: Sequence[bool], said: Sequence[bool]) -> float:
    """Return the F1 of "yes"."""
    both = sum(labels) + sum(said)
    right = sum(label and answer for label, answer in zip(labels, said, strict=True))
    return 2 * right / both if both else 0.0


def macro_f1(labels: Sequence[bool], said: Sequence[bool]) -> float:
    """Return the mean of the F1 of "yes" and that of "no"."""
    no = f1([not label for label in labels], [not answer for answer in said])
    return (f1(labels, said) + no) / 2


def best_threshold(labels: Sequence[bool], chances: Sequence[float]) -> float:
    """Return the least chance to say "yes" at for the best F1."""
    return max(THRESHOLDS, key=lambda least: f1(labels, [chance >= least for chance in chances]))


def auc(higher: Sequence[float], lower: Sequence[float]) -> float:
    """Return the chance that a value of the first list exceeds one of the second; ties are half."""
    if not higher or not lower:
        return 0.0
    ordered = sorted(lower)
    below = sum(bisect_left(ordered, v) + bisect_right(ordered, v) for v in higher)
    return below / (2 * len(higher) * len(lower))
