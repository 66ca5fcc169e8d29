"""A question of several parts -> the questions it asks, each able to stand alone.

"Who signed it, and when did it take effect?" asks twice; one sentence seldom answers both. What is
only joined within one question ("the war between Armenia and Azerbaijan") is left as it is. Of a
long question only what it asks in the end is read, and the names before that are searched with.
"""

import re
from dataclasses import dataclass

from rag.question.follow_ups import Exchange, carried_words, points_back, with_carried
from rag.question.kinds import named_in

_WH = r"(?:in |on |at |to |for |from |by |of )?(?:who|whom|whose|when|where|why|how|what|which)\b"
_JOIN = re.compile(rf"\s*[,;?]?\s+and\s+(?={_WH})", re.IGNORECASE)
_ASKS = re.compile(rf"\b{_WH}", re.IGNORECASE)
# "When and where was it signed?"
_TWO_WORDS = re.compile(
    rf"^(?P<one>{_WH})\s*,?\s+and\s+(?P<other>{_WH})(?P<rest>\s+\w.*)$", re.IGNORECASE | re.DOTALL
)
_MOST_PARTS = 3
_SHORTEST_PART_WORDS = 2
# A question so long tells first of the matter; its words would drown those of what is asked.
_LONG_WORDS = 22
_SHORTEST_CORE_WORDS = 5
_LEADS_UP = re.compile(
    rf"[,;.:?]\s+(?:and\s+)?(?={_WH})"
    r"|\b(?:to know|find out|tell me|i need|looking for|wondering|to learn)\s+",
    re.IGNORECASE,
)
_WH_ALONE = frozenset("when where why how who".split())
# What stands before the question word of a long question tells of the matter, not of two questions.
_LONGEST_LEAD_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPart:
    """A question to answer, and names of the other parts that its passages are found by."""

    question: str
    context: str = ""


def split_question(question: str) -> tuple[QuestionPart, ...]:
    """Return the parts of a question, in their order; itself alone if it has but one."""
    text = question.strip()
    if both := _TWO_WORDS.match(text):
        return tuple(
            QuestionPart(question=_ended(both[word] + both["rest"])) for word in ("one", "other")
        )
    if core := _core(text):
        return (QuestionPart(question=_ended(core), context=named_in(text[: -len(core)])),)
    parts = _JOIN.split(text)
    if not 1 < len(parts) <= _MOST_PARTS or not all(_is_question(part) for part in parts):
        return (QuestionPart(question=question),)
    asked = [QuestionPart(question=_ended(parts[0]))]
    for part in parts[1:]:
        alone = _ended(part)
        if points_back(part) or alone.rstrip("?").lower() in _WH_ALONE:
            history = [Exchange(question=earlier.question) for earlier in asked]
            alone = with_carried(alone, carried_words(alone, history))
        names = named_in(asked[0].question)
        asked.append(QuestionPart(question=alone, context="" if named_in(alone) else names))
    return tuple(asked)


def _core(text: str) -> str:
    """Return what a long question asks in the end, without what leads up to it; empty if short."""
    if len(text.split()) < _LONG_WORDS:
        return ""
    starts = [found.end() for found in _LEADS_UP.finditer(text)]
    cores = (text[start:] for start in reversed(starts))
    return next((core for core in cores if len(core.split()) >= _SHORTEST_CORE_WORDS), "")


def _is_question(part: str) -> bool:
    found = _ASKS.search(part)
    lead = len(part[: found.start()].split()) if found else 0
    long_enough = len(part.split()) >= _SHORTEST_PART_WORDS or part.strip("?").lower() in _WH_ALONE
    return found is not None and lead <= _LONGEST_LEAD_WORDS and long_enough


def _ended(part: str) -> str:
    part = part.strip().rstrip(",;.?! ")
    return part[:1].upper() + part[1:] + "?"
