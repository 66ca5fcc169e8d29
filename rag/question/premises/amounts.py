"""Finds which kind of amount a question asks for: money, a share, a length, an age, a count."""

import re
from typing import Literal

from rag.question.money import MONEY
from rag.text.patterns import any_of
from rag.text.units import TIME_UNITS, units

AmountKind = Literal["money", "share", "length", "age", "count"]

_PATTERNS: dict[AmountKind, str] = {
    "money": MONEY,
    "share": (
        r"\b(?:what|which)\s+(?:percent\w*|per cent|share|proportion)\b|\bhow many per ?cent\b"
    ),
    "length": r"\bhow\s+long\b",
    "age": r"\bhow\s+old\b|\bwhat\s+age\b",
    # "How many people", not "how many hours": what is measured has a unit, what is counted none.
    "count": (
        r"\bhow\s+many\s+(?!(?:\w+\s+)?(?:times|degrees|per ?cent\w*|"
        rf"{any_of({*TIME_UNITS, *units()})})\b)"
    ),
}
_ASKS = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _PATTERNS.items()}


def asked_amounts(question: str) -> frozenset[AmountKind]:
    """Return the kinds of amount that a question asks for."""
    return frozenset(kind for kind, pattern in _ASKS.items() if pattern.search(question))
