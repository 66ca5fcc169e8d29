"""Finds the old and the new day of what is moved: "postponed from Monday to Friday".

That is no stretch of days: the first one does not hold any more.
"""

import re

from rag.text.clauses import WITHIN_CLAUSE

_FROM = (
    r"\b(?:postpon\w+|mov(?:ed?|es|ing)|reschedul\w+|delay\w*|shift\w*|switch\w*|deferr?\w*|chang\w+"
    r"|slip\w*|put\s+off|(?:put|pushed|brought|set|moved)\s+(?:back|forward))\b[^.;,]{0,40}?"
    r"\bfrom\s+(?:the\s+)?"
)
_TO = r"(?:to|until|till)"
_MOVED_FROM = re.compile(_FROM + "$", re.IGNORECASE)
_GOES_TO = re.compile(rf"{WITHIN_CLAUSE}{{0,20}}?\s{_TO}\b", re.IGNORECASE)
_MOVED_TO = re.compile(rf"{_FROM}{WITHIN_CLAUSE}{{1,40}}?\b{_TO}\s+(?:the\s+)?$", re.IGNORECASE)


def is_moved_from(before: str, after: str) -> bool:
    """Say whether something was moved from the time between two parts of a text to another one."""
    return _GOES_TO.match(after) is not None and _MOVED_FROM.search(before) is not None


def is_moved_to(before: str) -> bool:
    """Say whether something was moved from another time to the one that comes after some words."""
    return _MOVED_TO.search(before) is not None
