"""Finds words that call off or put off what was planned: "has been called off", "was postponed"."""

import re
from collections.abc import Iterator

from rag.text.sentences import Span

_DONE = r"(?:called\s+off|cancell?ed|scrapped|abandoned|postponed|(?:put|pushed)\s+back|put\s+off"
_DONE += r"|shelved)"
# What was called off stands before "has been called off" and behind "calls off".
_IS_CALLED_OFF = re.compile(
    rf"\b(?:has|have|had|was|were|is|are)\s+(?:(?:now|also|since|again|later)\s+)?(?:been\s+)?"
    rf"(?P<words>{_DONE})\b"
    r"|\b(?P<not_held>(?:will|would)\s+(?:now\s+)?(?:not|no\s+longer)\s+(?:go\s+ahead|take\s+place"
    r"|be\s+held))\b",
    re.IGNORECASE,
)
_CALLS_OFF = re.compile(
    r"\b(?P<words>(?:call(?:s|ed)|put(?:s)?)\s+off|cancels|cancell?ed|scraps|scrapped|postpones|postponed"
    r"|shelves|shelved|abandoned|(?:decided|agreed|forced|had|chosen|chose)\s+to\s+(?:call\s+off|put\s+off"
    r"|cancel|scrap|postpone|shelve|abandon))\s+(?:the|its|their|this|that|his|her)\s+(?P<behind>(?:[\w'’-]+\s*){1,4})",
    re.IGNORECASE,
)
# It was only feared, asked for or denied, or it was another year's.
_PERHAPS = re.compile(
    r"\b(?:not|never|no|nor|without|(?-i:may)|might|could|would|should|if|unless|whether|fears?|feared"
    r"|threat\w*|risk\w*|rumou?r\w*|den(?:y|ies|ied)|consider\w*|urg\w+|demand\w*|refus\w+"
    r"|want\w*|petition\w*|ruled?\s+out|call(?:s|ed)?\s+for|last\s+year|previous|earlier)\b|n['’]t\b",
    re.IGNORECASE,
)
# What is called off is the last noun before the verb: not "trains to the regatta were cancelled".
_BELONGS = re.compile(r"\b(?:to|for|from|before|after|at|in|near|by|with|about)\s")
_BEFORE = 60


def find_cancelling(sentence: str) -> Iterator[tuple[Span, str]]:
    """Yield the words that call something off, where that is no fear, and what they call off.

    The last noun of that is the thing: "some London trains".
    """
    for found in _IS_CALLED_OFF.finditer(sentence):
        clause = _clause_before(sentence, found.start())
        if not _PERHAPS.search(clause):
            words = Span(*found.span("words" if found["words"] else "not_held"))
            yield words, _BELONGS.split(clause)[0]
    for found in _CALLS_OFF.finditer(sentence):
        clause = _clause_before(sentence, found.start())
        if not _PERHAPS.search(clause):
            yield Span(*found.span("words")), _BELONGS.split(found["behind"])[0]


def _clause_before(sentence: str, end: int) -> str:
    return re.split(r"[,;:—–]\s", sentence[max(0, end - _BEFORE) : end])[-1]
