"""Reads which office a question asks for: "the mayor of Tarn", "who leads the council"."""

import re
from functools import lru_cache

from rag.text.verbs import base_form

ASKED_HOLDER = re.compile(
    r"^\W*(?:so\s+|and\s+|but\s+)?who(?:['’]s|\s+(?:(?:is|are)\b|(?:\w+ly\s+|now\s+)?"
    r"(?P<does>leads?|heads?|chairs?|runs?|manages?|coach(?:es)?|captains?|governs?|rules?|edits?)\b))",
    re.IGNORECASE,
)
# What they are called who do it.
OFFICES = {
    "lead": "leader leads led",
    "head": "head heads director chief leader chair chairman chairwoman principal boss",
    "chair": "chair chairman chairwoman chairs",
    "run": "head director chief boss manager leader chair chairman chairwoman principal president",
    "manage": "manager managing boss head",
    "coach": "coach manager trainer",
    "captain": "captain skipper",
    "govern": "governor premier president chancellor",
    "rule": "king queen president ruler emir sultan",
    "edit": "editor",
}
ASKED_NEXT = re.compile(
    r"^\W*who\s+(?:(?:has|had|will)\s+)?(?:became?|becomes?|t(?:ook|akes?|aken)\s+over"
    r"|succeed\w*|replac\w+|(?:was|were)\s+(?:\w+\s+)?(?:elected|appointed|named|chosen|made))\b",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(r"\b(?:of|at|in|for|after|when|from|on)\b", re.IGNORECASE)


@lru_cache(maxsize=16)
def offices_of(question: str) -> frozenset[str]:
    """Return the words for the office that a question asks about: "mayor" of "the mayor of Tarn".

    Who leads something is its leader.
    """
    asked = ASKED_HOLDER.match(question) or ASKED_NEXT.match(question)
    if asked is None:
        return frozenset()
    if does := asked.groupdict().get("does"):
        return frozenset(OFFICES[base_form(does)].split())
    office = _OF_WHAT.split(question[asked.end() :], maxsplit=1)[0]
    return frozenset(re.findall(r"\b[a-z]{4,}\b", office)) - {"over"}
