"""Finds that a sentence tells who held an office before, where the question asks who holds it."""

import re

from rag.evidence.fitness.records import Candidate, Misfit

_ASKED = re.compile(r"^\W*who(?:['’]s|\s+(?:is|are))\b", re.IGNORECASE)
# "The former mayor", "ex-mayor", "then-mayor": these stand before the office.
_FORMER = r"(?:former|ex|previous|outgoing|onetime|one-time)"
_BEFORE = rf"\b(?:{_FORMER}[\s-]+(?:[\w-]+\s+)?|then[\s-])"
_ONCE = re.compile(
    r"\b(?:was|were|had\s+been)\s+(?:the\s+|its\s+|their\s+)?(?:[\w-]+\s+)?until\b"
    r"|\b(?:until\s+(?:now|recently|last)|used\s+to\s+be)\b",
    re.IGNORECASE,
)


def check_holder(candidate: Candidate) -> Misfit | None:
    """Return the words that say that somebody held the office before."""
    asked = _ASKED.match(candidate.asked.text)
    if not asked or re.search(rf"\b{_FORMER}\b", candidate.asked.text, re.IGNORECASE):
        return None
    rest = candidate.asked.text[asked.end() :]
    office = [re.escape(word) for word in re.findall(r"\b[a-z]{3,}\b", rest) if word != "the"]
    if not office:
        return None
    held = rf"(?:{'|'.join(office)})\b"
    former = re.search(rf"{_BEFORE}{held}", candidate.text, re.IGNORECASE)
    once = _ONCE.search(candidate.text)
    if once and not re.search(rf"\b{held}", candidate.text, re.IGNORECASE):
        once = None
    found = former or once
    return Misfit(kind="holder", value=found[0]) if found else None
