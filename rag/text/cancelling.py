"""Finds words that call off or put off what was planned: "has been called off", "was postponed"."""

import re
from collections.abc import Iterator

from rag.text.sentences import Span

_CALLED_OFF = re.compile(
    r"\b(?:call(?:s|ed|ing)?\s+(?:it\s+)?off|cancel(?:s|l?ed|l?ing)?|scrap(?:s|ped|ping)?"
    r"|abandon(?:s|ed|ing)?|postpon(?:es?|ed|ing)|put(?:s|ting)?\s+off|shelv(?:es?|ed|ing)"
    r"|push(?:es|ed|ing)?\s+back)\b",
    re.IGNORECASE,
)
# It was only feared, asked for or denied.
_PERHAPS = re.compile(
    r"\b(?:not|never|no|nor|without|may|might|could|would|should|if|unless|whether|fears?|feared"
    r"|threat\w*|risk\w*|rumou?r\w*|den(?:y|ies|ied)|consider\w*|urg\w+|demand\w*|call(?:s|ed)?\s+for"
    r"|instead\s+of|rather\s+than)\b|n['’]t\b",
    re.IGNORECASE,
)
_BEFORE = 60


def find_cancelling(sentence: str) -> Iterator[Span]:
    """Yield the words of a sentence by which something is called off, where that is no fear."""
    for found in _CALLED_OFF.finditer(sentence):
        before = sentence[max(0, found.start() - _BEFORE) : found.start()]
        clause = re.split(r"[,;:—–]", before)[-1]
        if not _PERHAPS.search(clause):
            yield Span(*found.span())


def is_cancelling(words: str) -> bool:
    """Say whether words say nothing else than that something is called off."""
    return _CALLED_OFF.fullmatch(words.strip()) is not None
