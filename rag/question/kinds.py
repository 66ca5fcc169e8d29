"""Tells what kind of answer a question asks for, and whether a sentence contains one."""

import re
from typing import Literal

from rag.text.numerals import FRACTIONS, MULTIPLIERS, NUMERALS
from rag.text.patterns import any_of

Kind = Literal["when", "number", "who", "where", "other"]

_NUMBER = re.compile(
    rf"\d|\b(?:{any_of(NUMERALS)}|{any_of(MULTIPLIERS)}s?|{any_of(FRACTIONS)}|twice|percent)\b",
    re.IGNORECASE,
)
# A capitalised word that is not the first of its sentence.
_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][a-z]+")

_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("when", re.compile(r"\bwhen\b|\b(?:what|which)\s+(?:date|day|year|month|time)\b", re.I)),
    (
        "number",
        re.compile(
            r"\bhow\s+(?:many|much|old|long|far|big|large|tall|high|often)\b"
            r"|\bwhat\s+(?:number|percentage|age|percent)\b",
            re.I,
        ),
    ),
    ("who", re.compile(r"\bwho(?:m|se)?\b", re.I)),
    (
        "where",
        re.compile(r"\bwhere\b|\b(?:what|which)\s+(?:city|country|state|town|place)\b", re.I),
    ),
)


_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_CAPITALISED = re.compile(r"\b[A-Z][\w’'-]*")
_OPENING = re.compile(r"\W*\w+")


def named_in(question: str) -> str:
    """Return the names in a question: all its capitalised words except the first word."""
    return " ".join(_CAPITALISED.findall(_OPENING.sub("", question, count=1)))


def years_in(text: str) -> set[str]:
    """Return the years that a text names in figures."""
    return set(_YEAR.findall(text))


def expected_kind(question: str) -> Kind:
    """Return the kind of answer that a question asks for, by its question word."""
    return next((kind for kind, pattern in _ASKS if pattern.search(question)), "other")


def holds_kind(sentence: str, kind: Kind, question: str) -> bool:
    """Say whether a sentence contains that kind; a name counts only if the question lacks it.

    Times are not checked here, because the time expressions of the sentence are known.
    """
    match kind:
        case "number":
            return _NUMBER.search(sentence) is not None
        case "who" | "where":
            asked = question.lower()
            return any(name.lower() not in asked for name in _NAME.findall(sentence))
        case "when" | "other":
            return False
