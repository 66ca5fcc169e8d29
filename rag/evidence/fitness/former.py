"""Finds that a sentence tells only what an amount was, where the question asks what it is."""

import re

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.figures import find_figures

_ASKS_NOW = re.compile(r"\b(?:is|are|can|must|current(?:ly)?|new|now)\b", re.IGNORECASE)
_ASKS_BEFORE = re.compile(
    r"\b(?:was|were|did|had|before|until|used\s+to|old|earlier|first|original\w*|previous\w*"
    r"|former\w*)\b",
    re.IGNORECASE,
)
# "The limit had been 7.5 tonnes", "the previous limit was 7.5", "it replaces one of 7.5 tonnes".
# "Had been 7.5", not "had been fined 400".
_BEEN = re.compile(
    r"\bhad\s+(?:\w+ly\s+)?(?:been|stood\s+at)\s+"
    r"(?:(?:about|at|only|just|some|set|fixed|capped|limited)\s+)*\W{0,2}$",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?:used\s+to\s+be|until\s+(?:now|then|today)|(?:previous|former|old)\s+(?:\w+\s+){1,2}(?:was|were|of)|previously"
    r"|replac(?:es|ed|ing)\s+(?:one|those|that)\s+of)\b(?:\W+(?!(?:now|is|are|on)\b)[\w’'-]+){0,4}?\W*$",
    re.IGNORECASE,
)


def check_former(candidate: Candidate) -> Misfit | None:
    """Return the words that say that an amount no longer holds, if no other one is told."""
    asked = candidate.asked
    if asked.kind != "number" or _ASKS_BEFORE.search(asked.text):
        return None
    if candidate.premises.past_verbs or not _ASKS_NOW.search(asked.text):
        return None
    figures = [figure for figure in find_figures(candidate.text) if not figure.is_soft]
    former = [_former(candidate.text, figure.start) for figure in figures]
    if not figures or not all(former):
        return None
    assert former[0] is not None
    return Misfit(kind="former", value=former[0][0])


def _former(text: str, start: int) -> re.Match[str] | None:
    """Return the words that make the number at this place a former one."""
    been = _BEEN.search(text[:start])
    return been or _FORMER.search(text[:start])
