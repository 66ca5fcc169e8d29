"""Finds the numbers in a sentence that its quotes do not give."""

from collections.abc import Sequence, Set
from typing import Literal

from rag.text.figures import Figure, find_figures
from rag.text.rounding import is_same, opposite_bounds, rounds
from rag.text.words import is_inside, stems_of
from rag.timex import TimeExpression, find_times
from rag.writing.support.amounts import Amount, in_unit_of, read_amounts
from rag.writing.support.problems import Problem


def check_numbers(
    sentence: str, times: Sequence[TimeExpression], quotes: Sequence[str], context: str
) -> list[Problem]:
    """Return the numbers that no quote gives, and those that a quote gives as the opposite bound.

    A number with another unit is another number, unless it is converted rightly. So is one that
    something was cut to where a quote says by, and all of a number where it tells of a part.
    Numbers in `times`, the dates of the sentence, are left to the check of dates. `context` holds
    the titles and the question. It may give only ordinals: "the second truce".
    """
    spans = [(time.start, time.end) for time in times if time.type in {"DATE", "TIME"}]
    stated = [f for f in find_figures(sentence) if not is_inside(f.start, spans)]
    if not stated:
        return []
    given = [read_amounts(quote, figures_outside_dates(quote)) for quote in quotes]
    ordinals = [figure for figure in find_figures(context) if figure.is_ordinal]
    nouns = stems_of(sentence)
    problems = []
    for amount in read_amounts(sentence, stated):
        kind = _problem_of(amount, given, ordinals, nouns)
        if kind is not None:
            problems.append(Problem(kind=kind, value=_words_of(sentence, amount)))
    return problems


def _words_of(sentence: str, amount: Amount) -> str:
    """Return the words of a number, with its unit."""
    end = amount.measure.end if amount.measure and amount.measure.kind else amount.figure.end
    return sentence[amount.figure.start : max(end, amount.figure.end)]


def figures_outside_dates(text: str) -> list[Figure]:
    """Return a quote's numbers without those of its dates, but with "ten days ago", "the 10th"."""
    spans = [(t.start, t.end) for t in find_times(text) if t.type in {"DATE", "TIME"}]
    figures = find_figures(text)
    return [f for f in figures if f.unit or f.is_ordinal or not is_inside(f.start, spans)]


def _problem_of(
    amount: Amount,
    given: Sequence[Sequence[Amount]],
    ordinals: Sequence[Figure],
    nouns: Set[int],
) -> Literal["number", "negation"] | None:
    figure = amount.figure
    comparable = [[one for other in quote if (one := in_unit_of(amount, other))] for quote in given]
    every = [one.figure for quote in comparable for one in quote]
    same = [other for other in [*every, *ordinals] if is_same(figure, other)]
    if not same:
        rounded = any(rounds(figure, other) for other in every)
        return None if rounded or figure.is_soft else "number"
    if all(other.bound in opposite_bounds(figure) for other in same):
        return "negation"
    told = [one for quote in comparable for one in quote if is_same(figure, one.figure)]
    if told and all(_is_told_otherwise(amount, one) for one in told):
        return "number"
    figures = [[one.figure for one in quote] for quote in comparable]
    return "number" if any(_is_exchanged(figure, quote, nouns) for quote in figures) else None


def _is_told_otherwise(amount: Amount, given: Amount) -> bool:
    """Say whether a sentence has "cut to 12 million" for "cut by", or "all five" for "two of"."""
    is_changed = bool(amount.change and given.change) and amount.change != given.change
    return is_changed or (amount.share == "all" and given.share == "part")


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
