"""Finds sentences that only say who worked on an article, as "Reporting by Ana Vos" does."""

import re

_WORK = (
    r"(?:reporting|writing|editing|research|graphics?|photo(?:graph|graphy|s|graphs)?|pictures?|"
    r"illustrations?|videos?|translation|report(?:ed)?|words|compiled|written|edited|translated|"
    r"photographed|produced)"
)
# The head of a credit; only names follow it, and what joins them.
_HEAD = re.compile(
    rf"\W*(?:with\s+)?(?:(?:additional|further|original)\s+)?"
    rf"{_WORK}(?:(?:\s+and|,)\s+{_WORK})*\s*(?:by\b|:)",
    re.IGNORECASE,
)
# An agency may come first: "(Tidewire, with additional reporting by Ana Vos)".
_AGENCY = re.compile(r"\(\s*(?:[A-Z][\w’'.-]*\s+){0,3}[A-Z][\w’'.-]*\s*,\s*")
_CONTRIBUTED = re.compile(
    r"\bcontributed\s+(?:to\s+(?:this|the)\s+(?:report|story|article)|(?:additional\s+)?reporting)"
    r"[.)\]\s]*$"
)
_LOWER = re.compile(r"\b[a-z][\w’']*")
_JOINS = frozenset(
    "and in at of the for from with by de van von al la le der den writer writers staff "
    "correspondent correspondents reporter reporters".split()
)
_WORKS = re.compile(rf"additional|further|original|{_WORK}", re.IGNORECASE)


def is_credit(sentence: str) -> bool:
    """Say whether a sentence only says who reported, wrote, edited or pictured an article."""
    if _CONTRIBUTED.search(sentence):
        return True
    told = sentence.lstrip()
    agency = _AGENCY.match(told)
    head = _HEAD.match(told, agency.end() if agency else 0)
    if head is None:
        return False
    names = told[head.end() :]
    return any(map(str.isupper, names)) and all(
        word in _JOINS or _WORKS.fullmatch(word) for word in _LOWER.findall(names)
    )
