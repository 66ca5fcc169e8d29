"""Tells what kind of answer a question asks for, and whether a sentence contains one."""

import re
from typing import Literal

Kind = Literal["when", "number", "who", "where", "other"]

_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?|july?"
    r"|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_TIME = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH}|(?:1[89]|20)\d\d"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|midnight|noon"
    r"|\d\d?(?::\d\d)?\s*[ap]\.?m\.?|the\s+\d+(?:st|nd|rd|th)|last\s+(?:week|month|year)"
    r"|(?:hour|day|week|month|year|decade)s?\s+(?:ago|later|earlier))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty"
    r"|fifty|half|twice|dozens?|hundreds?|thousands?|millions?|billions?|percent)\b",
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
    """Say whether a sentence contains that kind; a name counts only if the question lacks it."""
    match kind:
        case "when":
            return _TIME.search(sentence) is not None
        case "number":
            return _NUMBER.search(sentence) is not None
        case "who" | "where":
            asked = question.lower()
            return any(name.lower() not in asked for name in _NAME.findall(sentence))
        case "other":
            return False
