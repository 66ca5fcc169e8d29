"""Finds the time in which a question says that something happened, and its verbs in the past."""

import re
from datetime import date

from rag.text.verbs import base_form, is_base, is_past_form
from rag.text.words import words_of
from rag.timex import find_times

# A time after one of these is when something happened. After "since" or "before" it is not.
_WHEN = re.compile(
    r"\b(?:in|on|during|for|of|at|by the end of|late|early|mid)\s+(?:the\s+)?"
    r"(?:late\s+|early\s+|mid[- ])?$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"^\W*(?:will|may)\b|\b(?:(?-i:will|may)|would|going to|is|are|does|do|can|could|should|has|"
    r"have|had|might|next|due|"
    r"likely|meant|original\w*|(?:was|were) to|plan\w*|expect\w*|schedul\w*|propos\w*|want\w*|"
    r"suppos\w*|predict\w*|hope\w*)\b",
    re.IGNORECASE,
)
_DID = re.compile(r"\b(?:did|was|were)\b", re.IGNORECASE)
# The verb of "Who opened it?" is among these words.
_FIRST_WORDS = slice(1, 4)


def asked_period(question: str) -> tuple[date, date] | None:
    """Return the days of the time at which something happened; None if there is not exactly one."""
    found = [
        (time.first, time.last)
        for time in find_times(question)
        if time.type in {"DATE", "TIME"}
        and time.first is not None
        and time.last is not None
        and _WHEN.search(question[: time.start])
    ]
    return found[0] if len(found) == 1 else None


def past_verbs(question: str) -> frozenset[str]:
    """Return the base forms of a question's verbs if it asks about the past, else nothing."""
    words = words_of(question)
    told = any(is_past_form(word.text) and word.text.islower() for word in words[_FIRST_WORDS])
    if _OPEN.search(question) or not (told or _DID.search(question)):
        return frozenset()
    return frozenset(
        base_form(word.text)
        for word in words
        if word.stem is not None
        and not word.is_capitalised
        and (is_past_form(word.text) or is_base(word.text))
    )
