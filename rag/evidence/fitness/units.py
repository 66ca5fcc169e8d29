"""Finds that a sentence has no amount of the kind that is asked for: money, a share, an age."""

import re
from dataclasses import dataclass
from functools import cache

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.calendar import TIME_UNITS
from rag.text.numerals import FRACTIONS, MULTIPLIERS, NUMERALS
from rag.text.patterns import any_of
from rag.text.units import currency_codes, units

_DISTANCES = (
    "mile miles km kilometre kilometres kilometer kilometers metre metres meter meters m "
    "yard yards foot feet ft inch inches"
).split()

# What has an amount of money. A unit that is neither a length nor a time may be a currency.
_PRICES = (
    "cost costs price pay pays paid worth spend spent earn earned salary fine fined bail fee fees "
    "sell sold"
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
    money = any_of(units() - {*TIME_UNITS, *_DISTANCES})
    lengths = any_of({*TIME_UNITS, *_DISTANCES})
    return (
        _amount(
            "share",
            r"\b(?:what|which)\s+(?:percent\w*|per cent|share|proportion)\b|\bhow many per ?cent\b",
            rf"%|\bper ?cent|\b{any_of(FRACTIONS)}|\bout of\b|\bin {number}",
        ),
        _amount("length", r"\bhow\s+long\b", rf"\b{lengths}\b|\b(?:since|until|till|life|season)"),
        _amount(
            "money",
            rf"\b(?:how much\b[^?]*|what\b[^?]{{0,40}})\b{any_of(_PRICES)}\b",
            rf"[$¢£¤¥₠-⃀%]|\bper ?cent|\bRs\b|\b{any_of(MULTIPLIERS)}s?\b|\d(?:bn|m|k)\b|\bfree\b"
            rf"|\b{any_of(currency_codes())}\b|\w\s?{money}\b",
        ),
        _amount("age", r"\bhow\s+old\b|\bwhat\s+age\b", rf"{number}|-year-old|\bborn\b"),
    )


def _amount(name: str, asked: str, given: str) -> _Amount:
    return _Amount(name, re.compile(asked, re.IGNORECASE), re.compile(given, re.IGNORECASE))
