"""Finds that a sentence denies what the question takes for granted: "did not sign" for "signed"."""

import re

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.verbs import base_form
from rag.text.words import words_of

_DENIED = re.compile(
    r"\b(?:(?:did|has|have|had|was|were)(?:\s+not(?!\s+only\b)|n['’]t)|not(?!\s+(?:only|just|merely|simply)\b)"
    r"|never"
    r"|(?:refus(?:es|ed)|fail(?:s|ed)|declin(?:es|ed))\s+to)\s+"
    r"(?:(?:\w+ly|yet|been|be|even)\s+)*([a-z]+)\b",
    re.IGNORECASE,
)
# "Has not won since 2016", "did not open until May": so it did, then.
_BUT_DID = re.compile(r"\s+(?:[\w’'-]+\s+){0,4}?(?:since|until|till|before|only)\b", re.IGNORECASE)
# "The deal, which Orr had refused to sign" denies it of somebody else.
_CLAUSE = re.compile(r"\b(?:which|who|that)\s+(?:[\w’'-]+\s+){0,4}$", re.IGNORECASE)
# A question with one of these asks about what was not done.
_ASKED = re.compile(
    r"\b(?:not|never|without|no longer|refus\w+|fail\w*|declin\w+)\b|n['’]t\b", re.IGNORECASE
)
_KINDS = frozenset({"when", "number", "who"})


def check_denial(candidate: Candidate) -> Misfit | None:
    """Return the words that deny the verb of a question for when, who, how many or which.

    Of 3,352 sentences that answer when, who or how many none is so, and of 2,612 that share the
    most words with one that nothing answers 5. Why something was done may be told by a denial.
    """
    verbs = candidate.premises.past_verbs
    if not _is_of_its_kind(candidate) or not verbs or _ASKED.search(candidate.asked.text):
        return None
    text = candidate.text
    for found in _DENIED.finditer(text):
        verb = base_form(found[1].lower())
        if verb not in verbs or _BUT_DID.match(text, found.end()):
            continue
        if _CLAUSE.search(text[: found.start()]) or _is_told_twice(verb, text):
            continue
        return Misfit(kind="denial", value=found[0])
    return None


def _is_of_its_kind(candidate: Candidate) -> bool:
    """Say whether a question asks for one who did something: "who signed", "which parties signed".

    "What did Orr say" and "how was it sold" may be told by a denial.
    """
    wanted = candidate.asked.wanted
    is_which = bool(wanted.noun) or wanted.shape == "list"
    return candidate.asked.kind in _KINDS or (is_which and not wanted.reason)


def _is_told_twice(verb: str, text: str) -> bool:
    """Say whether a text has a verb besides where it is denied, in whatever form."""
    return sum(base_form(word.text) == verb for word in words_of(text)) != 1
