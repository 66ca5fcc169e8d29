"""Finds that a number was only expected, where the question asks how many there were."""

import re

from rag.evidence.fitness.records import Candidate, Misfit

_EXPECTED = (
    r"(?:expected|predicted|forecast|projected|planned|scheduled|due|supposed|meant|hoped"
    r"|thought\s+likely)"
)
# Behind the number: "about 9,000 people had been expected to walk".
_BEHIND = re.compile(
    r"\s+(?:(?!(?:who|that|which|of|after|when|and)\b)[\w’'-]+\s+){0,3}?"
    rf"(?:(?:had|have|has)\s+been|were|was|are|is)\s+{_EXPECTED}\s+to\s+[a-z]+",
    re.IGNORECASE,
)
_HEDGE = r"(?:(?:about|around|some|at|least|up|to|as|many|more|than|nearly)\s+){0,3}"
# Before it: "organisers had expected 9,000".
_BEFORE = re.compile(
    r"\b(?:had|were|was|have|has)\s+(?:been\s+)?"
    rf"(?:expect(?:ed|ing)|hop(?:ed|ing)\s+for|predicted|forecast|projected|planned\s+for)\s+{_HEDGE}$",
    re.IGNORECASE,
)
# A question with one of these asks for just that number.
_ASKED = re.compile(
    r"\b(?:expect|predict|forecast|project|plan|schedul|due\b|suppos|meant|hop(?:e|ing)|likely|will\b"
    r"|would\b|could\b|should\b|originally)",
    re.IGNORECASE,
)


def check_expected(candidate: Candidate) -> Misfit | None:
    """Return the words that say of the marked number that it was expected, if it is asked as past.

    Whatever was expected of them, it is not said that so many did it.
    """
    asked, text = candidate.asked, candidate.text
    if asked.kind != "number" or not candidate.premises.past_verbs:
        return None
    if _ASKED.search(asked.text):
        return None
    figure = next(iter(candidate.marked_figures), None)
    if figure is None:
        return None
    found = _BEHIND.match(text, figure.end) or _BEFORE.search(text[: figure.start])
    return Misfit(kind="ahead", value=found[0].strip()) if found else None
