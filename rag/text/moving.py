"""Finds the old and the new day of what is moved: "postponed from Monday to Friday".

That is no stretch of days: the first one does not hold any more. Nor does the day of a plan that
its own sentence puts off: "the opening, planned for Monday, has been delayed".
"""

import re

from rag.text.calendar import MONTH, WEEKDAY
from rag.text.clauses import WITHIN_CLAUSE

_FROM = (
    r"\b(?:postpon\w+|mov(?:ed?|es|ing)|reschedul\w+|delay\w*|shift\w*|switch\w*|deferr?\w*|chang\w+"
    r"|slip\w*|put\s+off|(?:put|pushed|brought|set|moved)\s+(?:back|forward))\b[^.;,]{0,80}?"
    r"\bfrom\s+(?:the\s+)?"
)
_TO = r"(?:to|until|till)"
_MOVED_FROM = re.compile(_FROM + "$", re.IGNORECASE)
_GOES_TO = re.compile(rf"{WITHIN_CLAUSE}{{0,20}}?\s{_TO}\b", re.IGNORECASE)
_MOVED_TO = re.compile(rf"{_FROM}{WITHIN_CLAUSE}{{1,40}}?\b{_TO}\s+(?:the\s+)?$", re.IGNORECASE)

# Before the day of a plan: "planned for", "due on", "due to be played in Holm on", "was to have
# been completed by".
_PLANNED = re.compile(
    r"\b(?:planned|due|scheduled|slated|set|expected|proposed|timed|supposed|meant|was|were)\s+"
    r"(?:(?<!was\s)(?<!were\s)|(?=to\s))"
    r"(?:to\s+(?:[\w’'-]+\s+){1,6}?)?(?:(?:for|on|in|at|from|by)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_HAS_BEEN = (
    r"(?:(?:has|have|had|was|were|is|are)\s+(?:(?:now|also|since|again|later)\s+)?(?:been\s+)?)"
)
_DAY = rf"(?:the\s+)?(?:{WEEKDAY}|{MONTH}|\d{{1,2}}|next)\b"
_MOVED = (
    r"(?:(?:postponed|delayed|deferred|rescheduled|rearranged|put\s+off"
    rf"|(?:put|pushed|brought|set|moved)\s+(?:back|forward))\b|(?:moved|shifted)\s+to\s+{_DAY})"
)
# Behind the day of a plan, with what is between: "in Holm, has been put back", ", but the club
# delayed it", ", will not now do so until 11 November", "will now be held on Friday".
_PUT_OFF = re.compile(
    rf"(?:\s+(?:in|at)\s+[\w’'-]+(?:\s+[\w’'-]+){{0,3}}?)?[,)–—]?\s+(?:(?:but|and|that|which|it)\s+){{0,2}}"
    rf"(?:{_HAS_BEEN}{_MOVED}"
    r"|(?:[\w’'-]+\s+){1,4}?(?:postponed|delayed|deferred|moved|put|pushed)\s+(?:it|them|that|this)\b"
    rf"|(?:will|would)\s+(?:not\s+now|now\s+not|now|instead|no\s+longer)\s+{WITHIN_CLAUSE}{{1,40}}?"
    rf"\b(?:on|in|until|till|to|before)\s+{_DAY})",
    re.IGNORECASE,
)


def is_moved_from(before: str, after: str) -> bool:
    """Say whether something was moved from the time between two parts of a text to another one."""
    if _GOES_TO.match(after) and _MOVED_FROM.search(before):
        return True
    return _PUT_OFF.match(after) is not None and _PLANNED.search(before) is not None


def is_moved_to(before: str) -> bool:
    """Say whether something was moved from another time to the one that comes after some words."""
    return _MOVED_TO.search(before) is not None
