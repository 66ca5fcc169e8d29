"""Tells whether a date without a year comes every year: "usually in May", "8 November each year".

Such a date means no single year, so no year is looked for.
"""

import re

from rag.timex.tokens import ENDING_MARKS, KINDS, Tokens

# How far before the date such a word may be: "usually made in the second and fourth quarters".
_REACH_BEFORE = 6
_HABIT = frozenset(
    "usually typically generally normally traditionally customarily annually".split()
)
_EACH_YEAR = re.compile(f"{KINDS['OF']}?{KINDS['EACH']}{KINDS['UNIT']}")


def recurs(tokens: Tokens, start: int, end: int) -> bool:
    """Say whether the words around tokens `start` to `end` make them a time of every year."""
    if tokens.word(end) in {"annually", "yearly"} or _is_each_year(tokens, end):
        return True
    for place in range(start - 1, max(-1, start - 1 - _REACH_BEFORE), -1):
        if tokens.kinds[place] in ENDING_MARKS:
            return False
        if tokens.words[place] in _HABIT or _is_each_year(tokens, place):
            return True
    return False


def _is_each_year(tokens: Tokens, place: int) -> bool:
    found = _EACH_YEAR.match(tokens.kinds, place)
    return found is not None and tokens.words[found.end() - 1] == "year"
