"""Finds the time in which a question says that something happened, and its verbs in the past.

Also says whether it asks for a limit: until when something holds, or to which day it was moved.
"""

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
# "How many was Orr to free?" asks what was ahead, as "was to" does. "Who was the man to lead it?"
# and "When was the plan to close it made?" do not.
_WAS_TO = re.compile(
    r"\b(?:was|were)\s+(?:it|he|she|they|(?-i:[A-Z])[\w’'-]*(?:\s+(?-i:[A-Z])[\w’'-]*){0,2}"
    r"|(?<!who was )(?<!what was )(?<!which was )(?:the|its|his|her|their)\s+"
    r"(?!(?:plan|decision|attempt|bid|offer|order|call|vote|deal|pact|agreement|effort|proposal"
    r"|promise|pledge|move|way|right|chance|power|law|first|last|next|only)s?\b)[a-z]+)"
    r"\s+to\s+(?P<verb>(?-i:[a-z]+))\b",
    re.IGNORECASE,
)
# "Until when was it extended?", "to what date was it put off?", "what day was it moved to?".
_LIMIT = re.compile(
    r"\b(?:(?:until|till|til|up\s+to|to|for|by)\s+(?:when\b|(?:what|which)\s+(?:\w+\s+)?"
    r"(?:dates?|days?|weekday|weekend|week|months?|year|time|hour)\b)"
    r"|(?:when|(?:what|which)\s+(?:dates?|days?|weekday|weekend|week|months?|year|time|hour))\b"
    r"[^?]*\b(?:until|till|to|for)\s*\W*$"
    # "What new date was set for the talks?"
    r"|\b(?:what|which)\s+(?:new\s+)?(?:date|day)\s+(?:was|has\s+been|is)\s+(?:now\s+)?"
    r"(?:set|fixed|agreed|chosen|named)\b)",
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
    if _OPEN.search(question) or _asks_what_was_to_be(question):
        return frozenset()
    if not (told or _DID.search(question)):
        return frozenset()
    return frozenset(
        base_form(word.text)
        for word in words
        if word.stem is not None
        and not word.is_capitalised
        and (is_past_form(word.text) or is_base(word.text))
    )


def asks_for_limit(question: str) -> bool:
    """Say whether a question asks until when something holds, or to which day it was moved."""
    return _LIMIT.search(question) is not None


def _asks_what_was_to_be(question: str) -> bool:
    was_to = _WAS_TO.search(question)
    return was_to is not None and is_base(was_to["verb"])
