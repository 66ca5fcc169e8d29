"""Tells whether a question asks for the present state: "now", "currently", "the latest"."""

import re

from rag.question.asked_time.model import NEAR, Stretch
from rag.question.asked_time.stretches import tense_of

_PRESENT = re.compile(
    r"\b(?:(?<!from )now(?! that\b)|currently|today|so far|nowadays|to date"
    r"|(?<!a )(?<!was )(?<!were )(?<!had )still(?! life\b)"
    r"|(?<!direct )(?<!electric )(?<!ocean )current(?! affairs\b)"
    r"|at (?:present|the moment)(?! (?:of|when|that|the|he|she|it|they)\b)"
    r"|these days|(?P<newest>(?<!at the )latest|newest|most recent(?:ly)?))\b",
    re.IGNORECASE,
)


def says_present(question: str, stretch: Stretch) -> bool:
    """Say whether "today" means the present time: "Where is it today?", "as of today"."""
    if stretch.text.lower() != "today":
        return False
    before = question[max(0, stretch.start - NEAR) : stretch.start]
    return tense_of(question, stretch.start) == "present" or before.lower().endswith("as of ")


def _is_opening(question: str, place: int) -> bool:
    return not question[max(0, place - NEAR) : place].strip(" \"'“‘¿")


def present_words(
    question: str, elsewhere: list[tuple[int, int]], *, is_over: bool
) -> list[tuple[int, int]]:
    """Return where a question asks for the present state.

    Days that are over have no present state, but they do have a latest report. A capital makes the
    word part of a name: "HBO Now".
    """
    taken = {place for span in elsewhere for place in range(*span)}
    return [
        found.span()
        for found in _PRESENT.finditer(question)
        if found.start() not in taken and (found["newest"] or not is_over)
        if found.group()[0].islower() or _is_opening(question, found.start())
    ]
