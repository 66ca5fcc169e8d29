"""Finds that a day is only a bound: "will not reopen before June", "is to be done by Easter"."""

import re

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
# How far before a day the words may begin that make it a bound, in characters.
_REACH = 80


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
