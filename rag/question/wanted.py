"""Tells which of several values a question wants, and whether one value can answer it at all."""

import re
from typing import Literal

from rag.text.calendar import MONTH, WEEKDAY

Which = Literal["", "newest", "oldest", "highest", "lowest"]
Shape = Literal["", "list", "comparison", "yes-no"]

_PERIOD = rf"(?:(?:few\s+)?(?:{WEEKDAY}|{MONTH}|year|month|week|weekend|night|day|summer|winter"
_PERIOD += r"|spring|autumn|fall|season|decade|century|quarter)s?\b)"
_WHICH: tuple[tuple[Which, re.Pattern[str]], ...] = (
    (
        "newest",
        re.compile(
            r"\b(?:current(?:ly)?|latest|newest|most\s+recent(?:ly)?|final(?:ly)?|eventually|now"
            r"|so\s+far|to\s+date|in\s+the\s+end|ultimate(?:ly)?|these\s+days|at\s+present"
            rf"|last(?!\s+{_PERIOD}))\b",
            re.I,
        ),
    ),
    (
        "highest",
        re.compile(
            r"\b(?:highest|largest|biggest|greatest|maximum|longest|heaviest|tallest|fastest"
            r"|most\s+(?:expensive|people|money))\b",
            re.I,
        ),
    ),
    (
        "lowest",
        re.compile(r"\b(?:lowest|smallest|least|fewest|minimum|shortest|cheapest|slowest)\b", re.I),
    ),
    (
        "oldest",
        re.compile(
            r"\b(?:earliest|originally|initially|at\s+first|first\s+(?:report|estimate))\b", re.I
        ),
    ),
)
_IS = r"(?:is|are|am|does|do|has|have|can)(?:n['’]t)?"
_PAST = r"(?:was|were|did|had|would)"
# "How many are missing?" asks for the present, and so does "What does it cost?"
_PRESENT = re.compile(
    rf"^\W*(?:(?:so|and|but)\s+)?(?:(?:what|who|where)(?:['’]s\b|\s+{_IS}\b)"
    rf"|(?:how|which|what)(?:\s+(?!{_PAST}\b)[\w-]+){{1,3}}?\s+{_IS}\b)",
    re.I,
)
_YES_NO = re.compile(
    r"^\W*(?:(?:so|and|but)\s+)?(?:is|are|was|were|am|do|does|did|has|have|had|will|would|shall"
    r"|should|can|could|may|might|must)(?:n['’]t)?\s",
    re.I,
)
_COMPARISON = re.compile(
    r"\b(?:more|less|fewer|higher|lower|bigger|smaller|larger|longer|shorter|older|younger|better"
    r"|worse|cheaper|faster|slower|earlier|later)\b[^?]*\bthan\b|\bcompared?\s+(?:with|to)\b"
    r"|\bdifference\s+between\b",
    re.I,
)
_LIST = re.compile(
    r"\b(?:which|what)\s+(?:\w+\s+){0,2}?(?!\w*(?:ss|us|is|ics|news|series|species)\b)\w{3,}s\s+"
    r"(?:are|were|have|had|did|do|will|would|can|could|\w+ed)\b"
    r"|\bwho\s+(?:are|were)\s+the\s+(?:\w+\s+){0,3}?\w+s\b"
    r"|\b(?:list|name)\s+(?:all|the|every|some)\b|\bwhat\s+are\s+the\s+(?:\w+\s+){0,3}?\w+s\b",
    re.I,
)


def which_value(question: str) -> Which:
    """Return which of several values a question wants; empty if it does not say."""
    for which, pattern in _WHICH:
        if pattern.search(question):
            return which
    return "newest" if _PRESENT.search(question) else ""


def shape_of(question: str) -> Shape:
    """Return what a question asks for beside one value: members, a comparison, yes or no."""
    if _COMPARISON.search(question):
        return "comparison"
    if _YES_NO.search(question):
        return "yes-no"
    return "list" if _LIST.search(question) else ""
