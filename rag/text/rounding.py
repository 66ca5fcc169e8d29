"""Compares two numbers of a text: whether they are the same, and whether one rounds the other.

"About 1,400" and 1,432 are one number that is told more and less exactly; 78 and 135 are two.
"""

import math
from collections.abc import Set

from rag.text.figures import Bound, Figure

# How far a hedged number may be from that of the quote. "About 1,400" for 1,432 is off by 2.2 %.
_ABOUT = 0.05
_NEARLY = 0.1
_BEYOND = 0.25
_OPPOSITE: dict[Bound, Set[Bound]] = {
    "least": {"most", "nearly"},
    "most": {"least"},
    "nearly": {"least"},
}


def opposite_bounds(figure: Figure) -> Set[Bound]:
    """Return the hedges that say the opposite of a number's own: "at most" of "at least"."""
    return _OPPOSITE.get(figure.bound, frozenset())


def is_same(figure: Figure, other: Figure) -> bool:
    """Say whether two numbers are equal, with the same unit where both have one."""
    if figure.is_ordinal != other.is_ordinal:
        return False
    if figure.is_vague or other.is_vague:
        return _overlaps(figure, other)
    if not figure.unit or not other.unit or figure.is_ordinal:
        return figure.low == other.low
    unit, amount = figure.measure
    other_unit, other_amount = other.measure
    return same_unit(unit, other_unit) and math.isclose(amount, other_amount, rel_tol=1e-9)


def same_unit(one: str, other: str) -> bool:
    """Say whether two units may be one: a dollar may be that of any country that has dollars."""
    is_dollar = "$" in {one, other} and one.endswith("$") and other.endswith("$")
    return one == other or is_dollar


def may_be_of_one_unit(one: str, other: str) -> bool:
    """Say whether two numbers may have one unit, which one of them may leave out."""
    return not (one and other) or same_unit(one, other)


def _overlaps(figure: Figure, other: Figure) -> bool:
    """Say whether "thousands" includes the quote's 6,500, or both are equally vague."""
    return figure.is_vague and figure.low <= other.low and other.high <= figure.high


def rounds(figure: Figure, other: Figure) -> bool:
    """Say whether a hedged number is a quote's number in fewer digits, on the side it states."""
    (unit, stated), (other_unit, exact) = figure.measure, other.measure
    if not _can_round(figure, other) or not may_be_of_one_unit(unit, other_unit):
        return False
    low, high = {
        "about": ((1 - _ABOUT) * exact, (1 + _ABOUT) * exact),
        "nearly": (exact, exact / (1 - _NEARLY)),
        "least": (exact / (1 + _BEYOND), exact),
        "most": (exact, exact / (1 - _BEYOND)),
    }[figure.bound]
    return low <= stated <= high


def _can_round(figure: Figure, other: Figure) -> bool:
    """Say whether one number is hedged and has at most two digits, and fewer than the other."""
    if not figure.bound or figure.is_ordinal or other.is_ordinal or other.is_vague:
        return False
    if other.bound in opposite_bounds(figure):
        return False
    return _digits(figure.low) <= 2 and _digits(figure.low) < _digits(other.low)


def _digits(value: float) -> int:
    """Return the number of significant digits: 2 for 1,400 and for 0.25."""
    return len(f"{value:.9g}".replace(".", "").split("e")[0].strip("0")) or 1
