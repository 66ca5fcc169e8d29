"""Says whether words can tell why something is so: a name, an amount or an age alone cannot.

Behind "because of" and the like a name can: "because of Storm Orr".
"""

import re
from itertools import zip_longest
from typing import Literal

from rag.text.figures import find_figures
from rag.text.names import TITLES
from rag.text.sentences import Span
from rag.text.units import units
from rag.text.words import plain, words_of

Reason = Literal["", "why", "death"]

# "Who left, and why?" asks for a name too.
_WHY = re.compile(
    r"^(?:(?!\b(?:who|whom|whose|what|which|when|where|how)\b).)*?\bwhy\b",
    re.IGNORECASE | re.DOTALL,
)
# What somebody died of may be a name, such as that of a virus, but no amount.
_OF_DEATH = re.compile(
    r"\bhow\s+(?:did|was|were|has|have|had)\s[^?]*\b(?:die|died|dead|killed)\b"
    r"|\bwhat\s+(?:did|has|have|had)\s[^?]*\b(?:die|died)\s+(?:of|from)\b"
    r"|\b(?:of|from)\s+what\s[^?]*\b(?:die|died)\b",
    re.IGNORECASE,
)
_CAUSE = (
    r"\b(?:because\s+of|due\s+to|owing\s+to|thanks\s+to|result\s+of|blam\w+(?:\s+on)?|caused\s+by"
    r"|over|by|for|from|of|after|following|amid|with)\s+"
)
_CAUSE_BEFORE = re.compile(rf"{_CAUSE}(?:[a-z]+\s+){{0,2}}$", re.IGNORECASE)
_BEGINS_WITH_CAUSE = re.compile(rf"{_CAUSE}|\b(?:because|as|since|to)\s", re.IGNORECASE)
_REASON_BEFORE = re.compile(r"\b(?:because|as|since|to)\s+$", re.IGNORECASE)
# These say nothing beside a number or a name.
_BESIDE = frozenset(
    "old aged year least most more less fewer than about around nearly almost some total".split()
)
_TITLES = TITLES | {"assistant", "coach"}
# In a headline, capitals say nothing about names.
_HEADLINE_SHARE, _HEADLINE_WORDS = 0.6, 6


def reason_asked(question: str) -> Reason:
    """Return what a question asks the reason of: why something is so, or of what somebody died."""
    if _OF_DEATH.search(question):
        return "death"
    return "why" if _WHY.search(question) else ""


def gives_cause(sentence: str, span: Span) -> bool:
    """Say whether words of a sentence are told as a cause: "over a parking row"."""
    before, words = sentence[: span.start], sentence[span.start : span.end]
    is_cause = _CAUSE_BEFORE.search(before) or _REASON_BEFORE.search(before)
    return bool(is_cause or _BEGINS_WITH_CAUSE.match(words))


def tells_no_reason(sentence: str, span: Span, reason: Reason) -> bool:
    """Say whether words of a sentence cannot answer a question that asks for a reason."""
    words = sentence[span.start : span.end]
    is_counted = bool(find_figures(words))
    if not reason or (reason == "death" and not is_counted):
        return False
    if _CAUSE_BEFORE.search(sentence[: span.start]) and not is_counted:
        return False
    return not _is_in_capitals(sentence) and _is_bare(
        words, opens=not sentence[: span.start].strip()
    )


def _is_bare(words: str, *, opens: bool) -> bool:
    """Say whether words are only names, amounts and ages."""
    rest = words
    for figure in reversed(find_figures(words)):
        rest = f"{rest[: figure.start]} {rest[figure.end :]}"
    every = words_of(rest)
    for place, (word, behind) in enumerate(zip_longest(every, every[1:])):
        text = plain(word.text.lower())
        is_name = word.is_capitalised and not (opens and place == 0)
        has_title = text in _TITLES and behind is not None and behind.is_capitalised
        is_beside = has_title or text in _BESIDE or text in units()
        if word.stem is not None and not (is_name or is_beside):
            return False
    return True


def _is_in_capitals(sentence: str) -> bool:
    words = words_of(sentence)
    capitals = sum(word.is_capitalised for word in words)
    return len(words) >= _HEADLINE_WORDS and capitals >= _HEADLINE_SHARE * len(words)
