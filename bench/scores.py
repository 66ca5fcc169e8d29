"""F1 of a decision between yes and no, and of one by a threshold on a probability."""

from collections.abc import Sequence

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
