"""Finds that a sentence has no amount of the kind that is asked for: money, a share, an age."""

import re
from functools import cache

from rag.evidence.fitness.records import Candidate, Misfit
from rag.question.premises.amounts import AmountKind
from rag.text.numerals import FRACTIONS, MULTIPLIERS, NUMERALS
from rag.text.patterns import any_of
from rag.text.units import TIME_UNITS, currency_codes, units

_DISTANCES = (
    "mile miles km kilometre kilometres kilometer kilometers metre metres meter meters m "
    "yard yards foot feet ft inch inches"
).split()


def check_unit(candidate: Candidate) -> Misfit | None:
    """Return the kind of amount that is asked for and not in the sentence."""
    for kind in candidate.premises.amounts:
        is_since = kind == "length" and candidate.times
        if not is_since and not _given()[kind].search(candidate.text):
            return Misfit(kind="unit", value=kind)
    return None


@cache
def _given() -> dict[AmountKind, re.Pattern[str]]:
    """Return what a sentence has that gives an amount of each kind."""
    number = rf"(?:\d|\b{any_of(NUMERALS)}\b)"
    lengths = any_of({*TIME_UNITS, *_DISTANCES})
    # A unit that is neither a length nor a time may be a currency.
    money = any_of(units() - {*TIME_UNITS, *_DISTANCES})
    patterns: dict[AmountKind, str] = {
        "money": (
            rf"[$¢£¤¥₠-⃀%]|\bper ?cent|\bRs\b|\b{any_of(MULTIPLIERS)}s?\b|\d(?:bn|m|k)\b|\bfree\b"
            rf"|\b{any_of(currency_codes())}\b|\w\s?{money}\b"
        ),
        "share": rf"%|\bper ?cent|\b{any_of(FRACTIONS)}|\bout of\b|\bin {number}",
        "length": rf"\b{lengths}\b|\b(?:since|until|till|life|season)",
        "age": rf"{number}|-year-old|\bborn\b",
    }
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in patterns.items()}
