"""Finds that a day is only a bound, or a month or a year not the whole of it.

"Will not reopen before June" and "is to be done by Easter" tell bounds, "mid-2026" a part.
"""

import re
from datetime import date

from rag.dates.wording import describe_days, name_of_span

_NOT_BEFORE = re.compile(
    r"(?:\b(?:will|would|can|could|may|should|must|is|are|does|do|wo|ca)\s*(?:not|n['’]t)"
    r"(?:\s+[\w’'-]+){0,4}\s+(?:before|until|till)|\bnot\s+(?:before|until)|\bno\s+earlier\s+than)"
    r"\s+(?:at\s+least\s+|after\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"(?<!night )(?<!day )(?<!week )(?<!month )(?<!year )(?<!days )(?<!weeks )(?<!months )"
    r"\b(?P<word>by|before)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "By Monday's storm" says who did it.
_OWNS = re.compile(r"['’]s\b|\s+(?:night|morning|evening)['’]s\b")
_CLOCK = re.compile(
    r"\d{1,2}(?:[.:]\d\d)?\s?(?:[ap]\.?\s?m\b|o['’]clock)|\d{1,2}:\d\d|noon|midday|midnight",
    re.IGNORECASE,
)
# These say which part of a month or a year is meant: "the end of 2025", "mid-March".
_EDGE = re.compile(
    r"(?P<edge>the\s+(?:very\s+)?(?:end|start|beginning|middle|close)\s+of"
    r"|the\s+(?:first|second|third|fourth|last)\s+(?:half|week|weekend|fortnight)\s+of"
    r"|early|late|mid)(?P<join>[\s-]+)",
    re.IGNORECASE,
)
# How far before a day the words may begin that make it a bound, in characters.
_REACH = 80


def describe_part(first: date, last: date, words: str) -> str:
    """Return a span of days in words, with the part of it that its own words name: "early 2026"."""
    is_whole = first < last and bool(name_of_span(first, last))
    edge = _EDGE.match(words) if is_whole else None
    said = f"{' '.join(edge['edge'].lower().split())}{edge['join'][0]}" if edge else ""
    return said + describe_days(first, last)


def bound_before(text: str, start: int, end: int) -> str:
    """Return the words that make the day in `[start, end)` of a text a bound, empty if it is none.

    "It did not open until May" says that it opened in May, which is no bound.
    """
    before = text[max(0, start - _REACH) : start]
    if _OWNS.match(text, end):
        return ""
    if _NOT_BEFORE.search(before):
        return "not before "
    found = _BOUND.search(before)
    # "Shortly before 6 a.m. on Tuesday" is on Tuesday.
    is_of_hour = found and found["word"].lower() == "before" and _CLOCK.match(text, start, end)
    return f"{found['word'].lower()} " if found and not is_of_hour else ""
