"""Finds that a sentence tells only what an amount was, where the question asks what it is."""

import re

from rag.evidence.fitness.led_amounts import lead_to_all
from rag.evidence.fitness.records import Candidate, Misfit

_ASKS_NOW = re.compile(r"\b(?:is|are|can|must|will|current(?:ly)?|new|now)\b", re.IGNORECASE)
_ASKS_BEFORE = re.compile(
    r"\b(?:was|were|did|had|before|until|used\s+to|old|earlier|first|original\w*|previous\w*"
    r"|former\w*)\b",
    re.IGNORECASE,
)
# "The limit had been 7.5 tonnes", but not "Orr had been fined 400 crowns".
_BEEN = re.compile(
    r"\bhad\s+(?:\w+ly\s+)?(?:been|stood\s+at)\s+"
    r"(?:(?:about|at|only|just|some|set|fixed|capped|limited)\s+)*\W{0,2}$",
    re.IGNORECASE,
)
# "Orr had been expected to be out for six weeks", but no longer is.
_EXPECTED = re.compile(
    r"\bhad\s+(?:\w+ly\s+)?been\s+(?:expected|due|set|likely|planned|scheduled|forecast|meant"
    r"|supposed|tipped)\s+(?:[\w’'-]+\s+){0,6}?\W{0,2}$",
    re.IGNORECASE,
)
# "The previous limit was 7.5 tonnes", "it replaces one of 7.5 tonnes".
_FORMER = re.compile(
    r"\b(?:used\s+to\s+be|until\s+(?:now|then|today)|previously"
    r"|(?:previous|former|old)\s+(?:\w+\s+){1,2}(?:was|were|of)"
    r"|replac(?:es|ed|ing)\s+(?:one|those|that)\s+of)\b"
    r"(?:\W+(?!(?:now|is|are|on)\b)[\w’'-]+){0,4}?\W*$",
    re.IGNORECASE,
)


def check_former(candidate: Candidate) -> Misfit | None:
    """Return the words that say that an amount no longer holds, if no other one is told."""
    asked = candidate.asked
    if asked.kind != "number" or _ASKS_BEFORE.search(asked.text):
        return None
    if candidate.premises.past_verbs or not _ASKS_NOW.search(asked.text):
        return None
    former = lead_to_all(candidate.text, _find_former)
    return Misfit(kind="former", value=former) if former else None


def _find_former(before: str) -> re.Match[str] | None:
    return _BEEN.search(before) or _EXPECTED.search(before) or _FORMER.search(before)
