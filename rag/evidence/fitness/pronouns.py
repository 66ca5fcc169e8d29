"""Finds that a sentence tells of a woman what the question asks of a man, or the other way round.

"When was he arrested?" is not answered by "She was arrested on Friday". A first name decides
nothing: only the question's own "he" or "she" does.
"""

import re

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.verbs import base_form
from rag.text.words import words_of

# One of these alone is who does it: "her last hours" says nothing of who spoke of them.
_DOERS = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_OTHERS = {
    "he": re.compile(r"\b(?:she|hers?)\b", re.IGNORECASE),
    "she": re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE),
}
_SUBJECT = re.compile(
    r"\b(?P<who>he|she)\s+(?:(?:was|is|has|had|have|been|also|then|later|not|never|\w+ly)\s+)*$",
    re.IGNORECASE,
)


def check_pronoun(candidate: Candidate) -> Misfit | None:
    """Return the pronoun that does what is asked, if the question has the other one."""
    question, text = candidate.asked.text, candidate.text
    verbs = candidate.premises.past_verbs
    asked = {found[0].lower() for found in _DOERS.finditer(question)}
    if len(asked) != 1 or not verbs or _OTHERS[min(asked)].search(question):
        return None
    told = [word for word in words_of(text) if base_form(word.text) in verbs]
    subjects = [_SUBJECT.search(text[: word.start]) for word in told]
    other = "she" if "he" in asked else "he"
    if not told or not all(found and found["who"].lower() == other for found in subjects):
        return None
    return Misfit(kind="bearer", value=other)
