"""Finds that a sentence has no amount of the kind asked for: money, a share, an age, a count."""

import re
from functools import cache

from rag.evidence.fitness.records import Candidate, Misfit
from rag.question.premises.amounts import AmountKind
from rag.text.counting import counted_by, is_rate
from rag.text.figures import Figure, find_figures
from rag.text.numerals import FRACTIONS, MULTIPLIERS, NUMERALS
from rag.text.patterns import any_of
from rag.text.tolls import counts_others
from rag.text.units import TIME_UNITS, currency_codes, units

_DISTANCES = (
    "mile miles km kilometre kilometres kilometer kilometers metre metres meter meters m "
    "yard yards foot feet ft inch inches"
).split()
# Words that say how many there were without a number.
_WITHOUT_A_NUMBER = re.compile(
    r"\b(?:no|none|nobody|both|an?|several|couple|few|many|multiple|numerous|various|some|most|more"
    r"|fewer|half|each|every|any|all|majority|pair|trio|duo|single|only|another|sole"
    r"|same|number)\b",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"\b(?:altogether|in\s+all|in\s+total|total)\b", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:an?|per|each|every)\s+(?:hour|day|night|week|month|year)\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def check_unit(candidate: Candidate) -> Misfit | None:
    """Return the kind of amount that is asked for and not in the sentence."""
    if "count" in candidate.premises.amounts and counts_others(
        candidate.premises.sufferers, candidate.text
    ):
        return Misfit(kind="unit", value="count")
    for kind in candidate.premises.amounts:
        if kind == "count":
            is_given = _has_count(candidate.text)
        else:
            is_since = kind == "length" and bool(candidate.times)
            is_given = is_since or bool(_given()[kind].search(candidate.text))
        if not is_given:
            return Misfit(kind="unit", value=kind)
    asks_for_all = _OF_ALL.search(candidate.asked.text) and not _EACH.search(candidate.asked.text)
    if asks_for_all and _has_only_rates(candidate.text):
        return Misfit(kind="unit", value="all")
    return None


def _has_only_rates(text: str) -> bool:
    """Say whether every amount of a text is one of each day or the like."""
    figures = [figure for figure in find_figures(text) if _counts(figure, text)]
    rates = [figure for figure in figures if is_rate(text, figure)]
    # A day of the month is no amount: "620 a day since 27 March".
    return bool(rates) and not any(
        counted_by(text, figure) for figure in figures if figure not in rates
    )


def _has_count(text: str) -> bool:
    """Say whether a text says how many: with a number that is no money, time or year, or a word."""
    if any(_counts(figure, text) for figure in find_figures(text)):
        return True
    return bool(_WITHOUT_A_NUMBER.search(text))


def _counts(figure: Figure, text: str) -> bool:
    is_year = not figure.bound and _YEAR.fullmatch(text[figure.start : figure.end])
    return figure.unit in {"", "%"} and not figure.is_ordinal and not is_year


@cache
def _given() -> dict[AmountKind, re.Pattern[str]]:
    """Return what a sentence has that gives an amount of each kind."""
    number = rf"(?:\d|\b{any_of(NUMERALS)}\b)"
    lengths = any_of({*TIME_UNITS, *_DISTANCES})
    # A unit that is neither a length nor a time may be a currency.
    money = any_of(units() - {*TIME_UNITS, *_DISTANCES})
    patterns: dict[AmountKind, str] = {
        "money": (
            r"[$¢£¤¥₠-⃀%]|\bper ?cent|\b(?:Rs\.?|[KTU]?Sh|RM|Tk|GHS|[RN])\s?(?=\d)|\d\s?p\b"
            rf"|\b{any_of(MULTIPLIERS)}s?\b"
            rf"|\d(?:bn|m|k)\b|\bfree\b|\b{any_of(currency_codes())}\b|\w\s?{money}\b"
        ),
        "share": rf"%|\bper ?cent|\b{any_of(FRACTIONS)}|\bout of\b|\bin {number}",
        "length": rf"(?<![^\W\d]){lengths}\b|\b(?:since|until|till|life|season)",
        "age": rf"{number}|-year-old|\bborn\b",
    }
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in patterns.items()}
