"""Finds that a sentence tells who held an office before, where another holder is asked for."""

import re

from rag.evidence.fitness.leavings import GONE, left_in, left_since, names_in
from rag.evidence.fitness.offices import ASKED_HOLDER, ASKED_NEXT, OFFICES
from rag.evidence.fitness.records import Candidate, Misfit, naming, told_by
from rag.text.names import without_titles
from rag.text.verbs import base_form

_HAD = re.compile(r"\bhad\s+(?:\w+ly\s+)?([a-z]+)\b")
_TAKES_OVER = re.compile(r"\b(?:succe\w+|replac\w+|t(?:ook|akes?|aking)\s+over|follow\w+)\b", re.I)
# "The former mayor", "ex-mayor", "then-mayor": these stand before the office.
_FORMER = r"(?:former|ex|previous|outgoing|onetime|one-time)"
_ABOUT_FORMER = re.compile(rf"\b{_FORMER}\b", re.IGNORECASE)
_BEFORE = rf"\b(?:{_FORMER}[\s-]+(?:[\w-]+\s+)?|then[\s-])"
_ONCE = re.compile(
    r"\b(?:was|were|had\s+been)\s+(?:the\s+|its\s+|their\s+)?(?:[\w-]+\s+)?until\b"
    r"|\b(?:until\s+(?:now|recently|last)|used\s+to\s+be)\b",
    re.IGNORECASE,
)
# Who fills in does so no more once somebody is appointed.
_UNTIL_NEXT = re.compile(
    r"\buntil\s+(?:an?|the|his|her|its|their)\s+(?:\w+\s+)?(?:successor|replacement)\s+"
    r"(?:is|are|was|were|can\s+be|could\s+be|has\s+been)\s+"
    r"(?:found|appointed|named|chosen|elected|hired|picked)\b",
    re.IGNORECASE,
)
_APPOINTED = re.compile(
    r"\b(?i:appoint(?:s|ed)|nam(?:es|ed)|hir(?:es|ed)|cho(?:se|sen|oses)|elect(?:s|ed)|unveil(?:s|ed))"
    r"\s+(?:[A-Z][\w’'-]+\s+){1,3}(?:as|to)\b"
    r"|\b[A-Z][\w’'-]+\s+(?:was|were|has\s+been|is)\s+(?:appointed|named|chosen|elected|hired)\b"
)


def check_holder(candidate: Candidate) -> Misfit | None:
    """Return the words that say that somebody held the office before.

    Of 2,318 sentences that tell who, the words for leaving are in none, and of 923 that share the
    most words with such a question that nothing answers in 2. Where a later article says that they
    left, the earlier one does not tell who holds it now.
    """
    question = candidate.asked.text
    asked = ASKED_HOLDER.match(question)
    if _ABOUT_FORMER.search(question) or GONE.search(question):
        return None
    if (asked or ASKED_NEXT.match(question)) and (left := left_in(candidate)):
        return Misfit(kind="holder", value=left)
    if not asked:
        return None
    if left := left_since(candidate) or _filled_in(candidate) or _had_done(asked, candidate.text):
        return Misfit(kind="holder", value=left)
    rest = question[asked.end() :]
    if does := asked["does"]:
        rest = OFFICES[base_form(does)]
    office = [re.escape(word) for word in re.findall(r"\b[a-z]{3,}\b", rest) if word != "the"]
    if not office:
        return None
    held = rf"(?:{'|'.join(office)})\b"
    # "The president defeated the former president": one of them holds it.
    holders = [*re.finditer(rf"(?P<former>{_BEFORE})?\b{held}", candidate.text, re.IGNORECASE)]
    former = next(iter(holders), None) if all(one["former"] for one in holders) else None
    once = _ONCE.search(candidate.text)
    if once and not re.search(rf"\b{held}", candidate.text, re.IGNORECASE):
        once = None
    found = former or once
    return Misfit(kind="holder", value=found[0]) if found else None


def _filled_in(candidate: Candidate) -> str:
    """Return the words that say that whoever answers only filled in, if somebody came since.

    A later article tells that somebody was appointed where the question names.
    """
    filling_in = _UNTIL_NEXT.search(candidate.text)
    if filling_in is None:
        return ""
    words = [word for name in candidate.premises.names for word in name.words]
    later = naming(candidate.later, words)
    return filling_in[0] if any(_APPOINTED.search(told_by(a)) for a in later) else ""


def check_gone(candidate: Candidate) -> Misfit | None:
    """Return the name that was marked, if the question says that it asks for somebody else.

    "Who led the council before Orr?" is not answered by Orr.
    """
    gone = candidate.premises.gone
    if candidate.marked is None or not gone:
        return None
    text = candidate.text
    first, last = candidate.marked
    if _TAKES_OVER.search(text[max(0, first) : last]):
        return None
    named = (name for name in names_in(text) if first < name[-1].end and name[0].start < last)
    words = without_titles(next(named, []))
    is_gone = any(words and set(name) <= set(words) for name in gone)
    return Misfit(kind="holder", value=" ".join(words)) if is_gone else None


def _had_done(asked: re.Match[str], text: str) -> str:
    """Return the words that say that somebody had done what is asked as present: "had led"."""
    does = base_form(asked["does"]) if asked["does"] else ""
    told = (found for found in _HAD.finditer(text) if does and base_form(found[1]) == does)
    return next((found[0] for found in told), "")
