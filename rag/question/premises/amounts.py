"""Finds which kind of amount a question asks for: money, a share, a length, an age, a count."""

import re
from typing import Literal

from rag.text.patterns import any_of
from rag.text.units import TIME_UNITS, units

AmountKind = Literal["money", "share", "length", "age", "count"]

_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|should|can|could|must)(?:n['’]t)?"
)
# "How much did it cost", but not "how much time did she spend": there something else is meant.
_HOW_MUCH = (
    rf"\bhow\s+much\s+(?:(?:more|less|extra|money|cash|compensation|tax|rent|in\s+\w+)\s+)?(?:{_AUXILIARY}"
    r"\s)[^?]*\b(?:cost|costs|price|pay|pays|paid|worth|spend|spent|earn|earned|salary|fine|fined|bail"
    r"|fees?|sell|sold)\b"
)
# "What was the fine", "what salary", but not "what did she say about the cost".
_WHAT_PRICE = (
    r"\bwhat(?:['’]s)?\s+(?:(?:is|was|are|were|will\s+be)\s+)?(?:(?:the|an?|his|her|its|their)\s+)?"
    r"(?:(?!(?:did|does|do|about|for)\b)[\w’'-]+\s+){0,3}?(?:costs?|prices?|salary|fines?|bail|fees?)\b"
)
# "What did it cost", but not "what did they pay tribute to" or "what was he fined for".
_WHAT_PAID = (
    r"\bwhat\s+(?:did|does|do|will|would|can)\s+[^?]{1,40}?(?<!\bthe\s)(?<!\bof\s)(?<!\ba\s)"
    r"\b(?:cost|earn|charge|pay|sell\s+for|fetch|spend\s+on)\b"
    r"(?!\s+(?:tribute|attention|respects?|homage|visits?)\b)"
    r"|\bwhat\s+(?:is|are|was|were|has|have|had)\s+[^?]{1,40}?"
    r"(?:\bworth\b(?!\s+\w+ing)|\b(?:paid|fined|earned|sold\s+for|spent\s+on|charged)\b"
    r"(?!\s+(?:tribute|with\b|for\s*\W*$)))"
)
_PATTERNS: dict[AmountKind, str] = {
    "money": rf"{_HOW_MUCH}|{_WHAT_PRICE}|{_WHAT_PAID}",
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
