"""Finds that a sentence has no amount of the kind that is asked for: a share, a length, an age."""

import re
from dataclasses import dataclass
from functools import cache

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.calendar import TIME_UNITS
from rag.text.numerals import FRACTIONS, NUMERALS
from rag.text.patterns import any_of

_DISTANCES = (
    "mile miles km kilometre kilometres kilometer kilometers metre metres meter meters m "
    "yard yards foot feet ft inch inches"
).split()


@dataclass(frozen=True, slots=True)
class _Amount:
    """A kind of amount: its name, what asks for it, and what a sentence that gives it has."""

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]


def check_unit(candidate: Candidate) -> Misfit | None:
    """Return the kind of amount that is asked for and not in the sentence."""
    for amount in _amounts():
        if amount.asked.search(candidate.question) and not amount.given.search(candidate.text):
            return None if amount.name == "length" and candidate.times else _missing(amount)
    return None


def _missing(amount: _Amount) -> Misfit:
    return Misfit(kind="unit", value=amount.name)


@cache
def _amounts() -> tuple[_Amount, ...]:
    number = rf"(?:\d|\b{any_of(NUMERALS)}\b)"
    lengths = any_of({*TIME_UNITS, *_DISTANCES})
    return (
        _amount(
            "share",
            r"\b(?:what|which)\s+(?:percent\w*|per cent|share|proportion)\b|\bhow many per ?cent\b",
            rf"%|\bper ?cent|\b{any_of(FRACTIONS)}|\bout of\b|\bin {number}",
        ),
        _amount("length", r"\bhow\s+long\b", rf"\b{lengths}\b|\b(?:since|until|till|life|season)"),
        _amount("age", r"\bhow\s+old\b|\bwhat\s+age\b", rf"{number}|-year-old|\bborn\b"),
    )


def _amount(name: str, asked: str, given: str) -> _Amount:
    return _Amount(name, re.compile(asked, re.IGNORECASE), re.compile(given, re.IGNORECASE))
