"""Reads what is told with a number: its unit of measure, what it changed by or to, and its whole.

`numbers` compares these between a sentence and its quotes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from rag.text.figures import RANGE_LINKS, Figure, unhedged
from rag.text.measures import Measure, measure_behind
from rag.text.opposites import opposed_stems
from rag.text.words import stem_of, words_of

Change = Literal["", "by", "to", "from"]
Share = Literal["", "all", "part"]

_CHANGE = re.compile(r"\b(?P<word>by|to|from)\s*(?:(?:the|an?)\s+)?$", re.I)
# A word of rising or falling is at most so many characters before what it rose by or to.
_REACH = 90
_SENTENCE_END = re.compile(r"[.!?;]\s")
_DETERMINERS = r"(?:(?:the|its|their|his|her|our|these|those)\s+)"
_ALL = re.compile(rf"\ball\s+(?:of\s+)?{_DETERMINERS}?$", re.I)
_OF = re.compile(rf"\s+of\s+{_DETERMINERS}$", re.I)
_SOME = re.compile(
    r"\b(?:some|most|many|few|several|half|none|any|part|either|neither|one|a\s+third)$", re.I
)
# A converted amount is rounded to so many decimals, so that 300 metres equal 0.3 kilometres.
_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number of a text, and what is told with it.

    `change` is the word before a number that something rose or fell "by", "to" or "from". `share`
    says that it is "all" of a number ("all five"), or that only "part" of it is told of ("two of
    the five").
    """

    figure: Figure
    measure: Measure | None
    change: Change
    share: Share


def read_amounts(text: str, figures: Sequence[Figure]) -> list[Amount]:
    """Return the numbers of a text with what is told with them."""
    amounts: list[Amount] = []
    for place, figure in enumerate(figures):
        before = figures[place - 1] if place else None
        amounts.append(
            Amount(
                figure=figure,
                measure=_measure(text, figures[place:]),
                change=_change(text, figure, before, amounts[-1].change if amounts else ""),
                share=_share(text, figure, before),
            )
        )
    return amounts


def in_unit_of(stated: Amount, given: Amount) -> Amount | None:
    """Return an amount in the unit of another one; None if it cannot be the same amount."""
    wanted, measure = stated.measure, given.measure
    if wanted is None or measure is None:
        return given
    if wanted.per and measure.per and wanted.per != measure.per:
        return None
    if not wanted.kind or not measure.kind:
        return given
    if wanted.kind != measure.kind:
        return None
    if wanted.size == measure.size:
        return given
    ratio, figure = measure.size / wanted.size, given.figure
    low, high = round(figure.low * ratio, _DIGITS), round(figure.high * ratio, _DIGITS)
    return replace(given, figure=replace(figure, low=low, high=high))


def _measure(text: str, figures: Sequence[Figure]) -> Measure | None:
    """Return the unit of the first number, which that of a range has only at its end."""
    figure = figures[0]
    if figure.is_ordinal:
        return None
    measure = measure_behind(text, figure.end)
    if measure is None and len(figures) > 1:
        link = text[figure.end : figures[1].start].strip()
        return measure_behind(text, figures[1].end) if link in RANGE_LINKS else None
    return measure


def _change(text: str, figure: Figure, before: Figure | None, change: Change) -> Change:
    """Return the word by which a number belongs to a verb of rising or falling.

    `before` is the number before it, and `change` that number's word.
    """
    opening = unhedged(text[: figure.start])
    found = _CHANGE.search(opening)
    if found is None:
        return ""
    word = found["word"].lower()
    if before and word == "to" and change != "from" and _is_range(text, before, found.start()):
        return change
    rest = opening[max(0, found.start() - _REACH) : found.start()]
    clause = _SENTENCE_END.split(rest)[-1]
    tells = any(other.stem in _changing() for other in words_of(clause))
    return word if tells else ""  # type: ignore[return-value]  # the pattern has these words only


def _is_range(text: str, before: Figure, link: int) -> bool:
    """Say whether a bare number is the first end of a range: "by 10 to 15 per cent"."""
    return text[before.start : before.end].isdecimal() and not text[before.end : link].strip()


def _share(text: str, figure: Figure, before: Figure | None) -> Share:
    opening = text[: figure.start]
    if _ALL.search(opening):
        return "all"
    found = _OF.search(opening)
    if found is None:
        return ""
    is_counted = before is not None and before.end == found.start()
    return "part" if is_counted or _SOME.search(opening[: found.start()]) else ""


@cache
def _changing() -> frozenset[int]:
    """Return the stems of the verbs of rising and falling, which are opposites of each other."""
    rise, fall = stem_of("rise"), stem_of("fall")
    assert rise is not None
    assert fall is not None
    return opposed_stems(rise) | opposed_stems(fall)
