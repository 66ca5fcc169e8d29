"""Reads amounts such as "ten", "5 1/2" and "a couple of", and writes lengths in ISO 8601."""

from rag.text.numerals import NUMERALS, number_of
from rag.text.units import TIME_UNITS
from rag.timex.grammar import Match
from rag.timex.modifiers import APPROX

_NUMBER = (
    r"(?:(?:SMALL|YEAR|NUMBER) FRACTION?|FRACTION|NUMERAL (?:HYPHEN? NUMERAL)?) MULTIPLIER?"
    r"(?: HYPHEN? AND HYPHEN? (?:A|NUMERAL) HYPHEN? HALF)?"
)
# An amount with the words before it: "nearly two", "at least 30", "a few", "another ten".
AMOUNT = (
    rf"{APPROX} (?P<amount>(?:A|JUST)? (?:FEW MULTIPLIER?|COUPLE OF?|MANY)|A (?:HALF|MULTIPLIER)"
    rf"|A QUARTER (?:OF A)?"
    rf"|HALF A|OTHER_ONE|{_NUMBER} (?:(?:OR|TO|HYPHEN) {_NUMBER})?|A)"
)
_VAGUE = frozenset({"few", "several", "many"})
_LINKS = frozenset({"or", "to", "-", "–"})
# The smaller unit in which the half of a unit is written: PT5H30M, PT1M30S.
_SMALLER = {"TH": "M", "TM": "S"}
# ISO 8601 has no letter for these units. TimeML writes decades and centuries in years.
_IN_OTHERS = {"E": (10, "Y"), "C": (100, "Y"), "F": (2, "W")}


def unit_of(word: str) -> str:
    """Return the ISO designator of "week" or "weeks"; the empty string for other words."""
    return TIME_UNITS.get(word, "")


def amount_of(match: Match) -> float | None:
    """Return the number in an AMOUNT; None if it is vague: "several", "two or three"."""
    words = match.words("amount")
    if words[-1] == "half" and "and" in words:
        return _and_a_half(words)
    is_range = _LINKS.intersection(words[1:-1]) and not _is_one_numeral(words)
    if is_range or _VAGUE.intersection(words):
        return None
    if "quarter" in words:
        return 0.25
    if "half" in words:
        return 0.5 + (number_of([word for word in words if word not in {"half", "a", "an"}]) or 0)
    if words[-1] in {"a", "an", "another"}:
        return 1
    return 2 if "couple" in words else number_of(words)


def _and_a_half(words: list[str]) -> float | None:
    """Return the number of "two-and-a-half", "two and one-half"."""
    whole = number_of(words[: words.index("and")])
    return None if whole is None or not {"or", "to"}.isdisjoint(words) else whole + 0.5


def _is_one_numeral(words: list[str]) -> bool:
    """Say whether a hyphen only joins the words of one numeral: "twenty-five"."""
    return len(words) >= 3 and words[1] in {"-", "–"} and NUMERALS.get(words[0], 0) >= 20


def duration(count: float | None, unit: str) -> str:
    """Return an ISO 8601 duration; X stands for a number that is not said: PXW, PTXH."""
    factor, code = _IN_OTHERS.get(unit, (1, unit))
    time, code = ("T", code[1]) if code.startswith("T") else ("", code)
    if count is None:
        return f"P{time}X{code}"
    whole, rest = divmod(count * factor, 1)
    if rest and unit in _SMALLER:
        head = f"{whole:.0f}{code}" if whole else ""
        return f"PT{head}{round(60 * rest)}{_SMALLER[unit]}"
    return f"P{time}{count * factor:{'g' if rest else '.0f'}}{code}"
