"""Finds that a day is only a bound: "will not reopen before June", "is to be done by Easter"."""

import re

_NOT_BEFORE = re.compile(
    r"(?:\b(?:not|never)\b[^.;]{0,40}?\bbefore"
    r"|\b(?:will|would|can|could|may|is|are|wo|ca)\s*(?:not|n['’]t)\b[^.;]{0,40}?\b(?:until|till))"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\b(?P<word>by|before)\s+(?:the\s+)?$", re.IGNORECASE)
# How far before a day the words may begin that make it a bound, in characters.
_REACH = 80


def bound_before(text: str, start: int) -> str:
    """Return the words that make the day at this place of a text a bound, empty if it is none.

    "It did not open until May" says that it opened in May, which is no bound.
    """
    before = text[max(0, start - _REACH) : start]
    if _NOT_BEFORE.search(before):
        return "not before "
    found = _BOUND.search(before)
    return f"{found['word'].lower()} " if found else ""
