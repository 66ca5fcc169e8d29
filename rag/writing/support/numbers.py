"""Finds the numbers in a sentence that its quotes do not give."""

import math
from collections.abc import Sequence, Set
from typing import Literal

from rag.text.words import is_inside, stems_of
from rag.timex import TimeExpression, find_times
from rag.writing.support.figures import Figure, find_figures
from rag.writing.support.problems import Problem

# How far a hedged number may be from that of the quote. "About 1,400" for 1,432 is off by 2.2 %.
_ABOUT = 0.05
_NEARLY = 0.1
_BEYOND = 0.25
_OPPOSITE = {"least": {"most", "nearly"}, "most": {"least"}, "nearly": {"least"}}


def check_numbers(
    sentence: str, times: Sequence[TimeExpression], quotes: Sequence[str], context: str
) -> list[Problem]:
    """Return the numbers that no quote gives, and those that a quote gives as the opposite bound.

    Numbers in `times`, the dates of the sentence, are left to the check of dates. `context` holds
    the titles and the question. It may give only ordinals: "the second truce".
    """
    spans = [(time.start, time.end) for time in times if time.type in {"DATE", "TIME"}]
    stated = [f for f in find_figures(sentence) if not is_inside(f.start, spans)]
    if not stated:
        return []
    given = [figures_outside_dates(quote) for quote in quotes]
    ordinals = [figure for figure in find_figures(context) if figure.is_ordinal]
    nouns = stems_of(sentence)
    problems = []
    for figure in stated:
        kind = _problem_of(figure, given, ordinals, nouns)
        if kind is not None:
            value = sentence[figure.start : figure.end]
            problems.append(Problem(kind=kind, value=value))
    return problems


def figures_outside_dates(text: str) -> list[Figure]:
    """Return a quote's numbers without those of its dates, but with "ten days ago", "the 10th"."""
    spans = [(t.start, t.end) for t in find_times(text) if t.type in {"DATE", "TIME"}]
    figures = find_figures(text)
    return [f for f in figures if f.unit or f.is_ordinal or not is_inside(f.start, spans)]


def _problem_of(
    figure: Figure,
    given: Sequence[Sequence[Figure]],
    ordinals: Sequence[Figure],
    nouns: Set[int],
) -> Literal["number", "negation"] | None:
    every = [other for quote in given for other in quote]
    same = [other for other in [*every, *ordinals] if _is_same(figure, other)]
    if not same:
        rounded = any(_rounds(figure, other) for other in every)
        return None if rounded or figure.is_soft else "number"
    if all(other.bound in _OPPOSITE.get(figure.bound, ()) for other in same):
        return "negation"
    exchanged = any(_is_exchanged(figure, quote, nouns) for quote in given)
    return "number" if exchanged else None


def _is_same(figure: Figure, other: Figure) -> bool:
    if figure.is_ordinal != other.is_ordinal:
        return False
    if figure.is_vague or other.is_vague:
        return _overlaps(figure, other)
    if not figure.unit or not other.unit or figure.is_ordinal:
        return figure.low == other.low
    unit, amount = figure.measure
    other_unit, other_amount = other.measure
    return unit == other_unit and math.isclose(amount, other_amount, rel_tol=1e-9)


def _overlaps(figure: Figure, other: Figure) -> bool:
    """Say whether "thousands" includes the quote's 6,500, or both are equally vague."""
    return figure.is_vague and figure.low <= other.low and other.high <= figure.high


def _rounds(figure: Figure, other: Figure) -> bool:
    """Say whether a hedged number is a quote's number in fewer digits, on the side it states."""
    (unit, stated), (other_unit, exact) = figure.measure, other.measure
    if not _can_round(figure, other) or (unit and other_unit and unit != other_unit):
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
    if other.bound in _OPPOSITE.get(figure.bound, ()):
        return False
    return _digits(figure.low) <= 2 and _digits(figure.low) < _digits(other.low)


def _digits(value: float) -> int:
    """Return the number of significant digits: 2 for 1,400 and for 0.25."""
    return len(f"{value:.9g}".replace(".", "").split("e")[0].strip("0")) or 1


def _is_exchanged(figure: Figure, quote: Sequence[Figure], stems: Set[int]) -> bool:
    """Say whether a quote gives the number to another noun, and another number to its noun.

    `stems` are the stems of the sentence, which must have that other noun. An example is "380
    carriers and 90 vehicles" for 90 carriers and 380 vehicles.
    """
    if figure.noun is None:
        return False
    nouns = {other.noun for other in quote if _is_same(figure, other)}
    elsewhere = any(other.noun == figure.noun for other in quote if not _is_same(figure, other))
    return elsewhere and bool(nouns) and nouns <= stems - {figure.noun}
