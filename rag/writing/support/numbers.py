"""Finds the numbers in a sentence that its quotes do not give."""

from collections.abc import Sequence, Set
from typing import Literal

from rag.text.figures import Figure, find_figures
from rag.text.rounding import is_same, opposite_bounds, rounds
from rag.text.words import is_inside, stems_of
from rag.timex import TimeExpression, find_times
from rag.writing.support.problems import Problem


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
    same = [other for other in [*every, *ordinals] if is_same(figure, other)]
    if not same:
        rounded = any(rounds(figure, other) for other in every)
        return None if rounded or figure.is_soft else "number"
    if all(other.bound in opposite_bounds(figure) for other in same):
        return "negation"
    exchanged = any(_is_exchanged(figure, quote, nouns) for quote in given)
    return "number" if exchanged else None


def _is_exchanged(figure: Figure, quote: Sequence[Figure], stems: Set[int]) -> bool:
    """Say whether a quote gives the number to another noun, and another number to its noun.

    `stems` are the stems of the sentence, which must have that other noun. An example is "380
    carriers and 90 vehicles" for 90 carriers and 380 vehicles.
    """
    if figure.noun is None:
        return False
    nouns = {other.noun for other in quote if is_same(figure, other)}
    elsewhere = any(other.noun == figure.noun for other in quote if not is_same(figure, other))
    return elsewhere and bool(nouns) and nouns <= stems - {figure.noun}
