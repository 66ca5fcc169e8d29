"""Says whether a question points at what was said before it, although it names something itself.

"What did the Home Office do about it?" is a sentence with a subject of its own, and the network of
`follow_ups.py` sometimes takes it for complete. What "it" is, only the turns before say.
"""

import re

from rag.question.contrast_named import NAME, PREPOSITION
from rag.question.kinds import QUESTION_WORD, years_in

# As an object, and not before a noun ("this week") or a verb ("say it was"): a subject is often
# "it" for nothing, as in "Is it true that". After "is there" nothing is pointed at either.
_OBJECT = re.compile(
    rf"(?<!\b(?:is|as) )(?<!\b(?:are|was) )(?<!\bwere )"
    rf"\b(?:(?:it|this|these|them|there)(?=\s*(?:$|[?.!])|\s+(?:{PREPOSITION}|about|over|again)\b)"
    r"|(?:that|those)(?=\s*(?:$|[?.!])))",
    re.IGNORECASE,
)
# In a later clause it may be what an earlier one names: "What is a weir and who built it?"
_NEXT_CLAUSE = re.compile(
    rf"[,;:]|\b(?:and|but|or|if|because|that(?!\s*(?:$|[?.!]))|which|who|whose|when|while|where|after|before|since"
    rf"|until|{QUESTION_WORD})\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^\W*(?:and|but|so)\b,?\s*", re.IGNORECASE)
_OPENING = re.compile(rf"^\W*(?:(?:{PREPOSITION})\s+)?\w+\s*", re.IGNORECASE)


def points_back(question: str) -> bool:
    """Say whether a question has "it" or "this" for something that it does not say itself.

    Or whether it opens with "And", and names nothing but one thing that is new: "And what did Orr
    say?". With two names, or a year, it is mostly complete.
    """
    lead = _GOES_ON.match(question)
    asked = question[lead.end() if lead else 0 :]
    opening = _OPENING.match(asked)
    start = opening.end() if opening else 0
    clause = _NEXT_CLAUSE.search(asked, start)
    if _OBJECT.search(asked, start, clause.start() if clause else len(asked)):
        return True
    names = NAME.findall(asked, start)
    return lead is not None and len(names) <= 1 and not years_in(asked)
