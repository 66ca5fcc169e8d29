"""Finds how many died where a sentence gives it as a toll: "the death toll rose to 135".

Such a sentence mostly counts others too ("and 5,000 were hurt"), and no word beside the toll says
what it counts.
"""

import re
from collections.abc import Sequence, Set
from functools import cache

from rag.text.figures import Figure
from rag.text.words import stem_of

_TOLL = r"\b(?:toll|number\s+of\s+(?:deaths|dead|fatalities|people\s+killed))\b[^;:]{0,160}?"
_REACHES = (
    r"\b(?:rose|rises?|risen|rising|climb\w*|increas\w*|jump\w*|gr[eo]w[ns]?|stood|stands?|reach\w*"
    r"|(?:sur)?pass\w*|exceed\w*|total(?:s|l?ed)|hit|was|is|put|revis\w*|rais\w*|lower\w*|fell|fallen|cut|dropp\w*)\b"
)
_PUT_AT = r"\b(?:put|puts|placed?s?|rais\w+|revis\w+|lower\w+)\s+(?:\w+\s+){0,2}?toll\s+(?:at|to)"
_BEFORE = re.compile(rf"(?:{_TOLL}{_REACHES}|{_PUT_AT})(?:\s+[\w’',-]+){{0,6}}\s+$", re.IGNORECASE)
# "Rose from 78 to 135", "rose by 57 to 135": what comes first is no toll of now.
_ON_THE_WAY = re.compile(r"\b(?:from|by)\s+(?:[a-z]+\s+){0,3}$", re.IGNORECASE)
_TIMES = re.compile(r"\s+times\b", re.IGNORECASE)
_OF_DEATHS = frozenset(
    "die died dies dead death deaths kill killed kills killing toll fatalities".split()
)


def asks_for_deaths(words: Set[str]) -> bool:
    """Say whether the words of a question, in lower case, ask how many died."""
    return not words.isdisjoint(_OF_DEATHS)


def counts_dead(beside: Set[int]) -> bool:
    """Say whether a number counts the dead, by the stems of the words beside it."""
    return not beside.isdisjoint(_stems_of_deaths())


@cache
def _stems_of_deaths() -> frozenset[int]:
    return frozenset(stem for word in _OF_DEATHS if (stem := stem_of(word)) is not None)


def toll_in(sentence: str, figures: Sequence[Figure]) -> Figure | None:
    """Return which of a sentence's figures is a toll; of two, that which it rose or fell to."""
    for figure in figures:
        before = sentence[: figure.start]
        if figure.unit or figure.is_ordinal or _TIMES.match(sentence, figure.end):
            continue
        if _BEFORE.search(before) and not _ON_THE_WAY.search(before):
            return figure
    return None
