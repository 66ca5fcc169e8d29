"""Finds words that call off or put off what was planned: "has been called off", "was postponed"."""

import re
from collections.abc import Iterator

from rag.text.sentences import Span

_DONE = r"(?:called\s+off|cancell?ed|scrapped|abandoned|postponed|(?:put|pushed)\s+back|put\s+off"
_DONE += r"|shelved)"
_HAS_BEEN = (
    r"(?:has|have|had)\s+(?:(?:now|also|since|again|later|temporarily)\s+)?been\s+(?:\w+ly\s+)?"
    r"|(?:was|were|is|are)\s+(?:(?:now|also|since|again|later|temporarily)\s+)?"
)
# What was called off stands before "has been called off" and behind "calls off".
_IS_CALLED_OFF = re.compile(
    rf"\b(?:{_HAS_BEEN})(?P<words>{_DONE})\b"
    r"|\b(?P<not_held>(?:will|would)\s+(?:now\s+)?(?:not|no\s+longer)\s+(?:go\s+ahead|take\s+place"
    r"|be\s+held))\b",
    re.IGNORECASE,
)
_CALLING_OFF = (
    r"\b(?P<words>(?:call(?:s|ed)|put(?:s)?)\s+off|cancels|cancell?ed|scraps|scrapped|postpones|postponed"
    r"|shelves|shelved|abandoned|(?:decided|agreed|forced|had|chosen|chose)\s+to\s+(?:call\s+off|put\s+off"
    r"|cancel|scrap|postpone|shelve|abandon))"
)
_CALLS_OFF = re.compile(
    _CALLING_OFF + r"\s+(?:the|its|their|this|that|his|her)\s+"
    r"(?P<behind>(?:[£$€₹]?[\w'’-]+(?:\.\d\w*)?\s*){1,5})",
    re.IGNORECASE,
)
# The day of what is called off: "the vote due on Sunday", "set for 10 March".
_AWAITED = r"(?:due|expected|scheduled|slated|planned|proposed|set|announced)"
_THING = (
    r"(?:(?!(?:before|after|for|because|as|when|amid|ahead|from|to|in|on|at|by|until|over|and|but)\b)"
    r"[\w’'-]+\s+){0,4}?"
)
# These stand right before a day: "cancelled Sunday's vote", "called off the vote set for Sunday".
_CALLS_OFF_OF_DAY = re.compile(
    rf"{_CALLING_OFF}\s+(?P<article>(?:the|its|their|his|her|this|that)\s+)?$", re.IGNORECASE
)
_CALLS_OFF_DUE = re.compile(
    rf"{_CALLING_OFF}\s+{_THING}[\w’-]+,?\s+{_AWAITED}\s+"
    r"(?:to\s+(?:be\s+held|begin|start|take\s+place)\s+)?(?:(?:for|on|in|at)\s+)?$",
    re.IGNORECASE,
)
# These stand right behind a day: "the vote on Sunday was cancelled", "Sunday's vote was".
_ON_THE_DAY = re.compile(r"[\w’-],?\s+(?:for|on|due|at)\s+(?:the\s+)?$", re.IGNORECASE)
_IS_CALLED_OFF_NEXT = re.compile(
    rf"(?P<thing>(?:['’]s?)?(?:\s+(?!(?:was|were|has|have|had|is|are)\b)[\w’-]+){{0,3}}),?\s+"
    rf"(?:(?:has|have|had|was|were|is|are)\s+(?:(?:now|also|since|again|later)\s+)?(?:been\s+)?{_DONE}\b"
    r"|(?:will|would)\s+(?:now\s+)?(?:not|no\s+longer)\s+(?:go\s+ahead|take\s+place|be\s+held)\b)",
    re.IGNORECASE,
)
# A decision is undone: "scrapped plans to close the school", "a judge blocked the closing of it",
# "the decision to close it was overturned". What is not done then is what the plan was for.
_UNDONE = (
    r"(?:overturned|reversed|quashed|blocked|halted|annulled|dropped|rejected|thrown\s+out|struck\s+down"
    r"|abandoned|scrapped|shelved|withdrawn)"
)
_UNDOING = (
    r"(?:overturn(?:s|ed)?|revers(?:es|ed)|quash(?:es|ed)|block(?:s|ed)|halt(?:s|ed)|annul(?:s|led)"
    r"|drop(?:s|ped)|reject(?:s|ed)|thr(?:ows|ew)\s+out|str(?:ikes|uck)\s+down|abandon(?:s|ed)"
    r"|scrap(?:s|ped)|shelve[sd]|withdrew|ditch(?:es|ed)|backed\s+down\s+(?:on|over|from))"
)
_PLAN = (
    r"(?:(?:the|its|their|his|her|an?|that|controversial)\s+){0,2}"
    r"(?:plans?|decisions?|proposals?|orders?|resolutions?|schemes?)"
    r"\s+(?:to|for|on)\s+(?:(?:the|an?)\s+)?(?P<deed>[\w’'-]+)"
)
_PLAN_IS_UNDONE = re.compile(
    rf"\b{_PLAN}\b(?:\s+[\w’'-]+){{0,6}}?\s+(?:{_HAS_BEEN})(?P<words>{_UNDONE})\b",
    re.IGNORECASE,
)
_UNDOES_PLAN = re.compile(rf"\b(?P<words>{_UNDOING})\s+{_PLAN}\b", re.IGNORECASE)
_BLOCKS = re.compile(
    r"\b(?P<words>(?:blocks?|blocked|halts?|halted)\s+the)\s+(?P<deed>[\w’'-]+(?:ing|ure|al|tion|sion))\b",
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
_BELONGS = re.compile(
    r"\b(?:to|for|from|before|after|at|in|near|by|with|about|on|over|off|against|until|as|when)\s"
)
_AWAITING = re.compile(rf"\s+{_AWAITED}\s*$", re.IGNORECASE)
_BEFORE = 60


def find_cancelling(sentence: str) -> Iterator[tuple[Span, str]]:
    """Yield the words that call something off, where that is no fear, and what they call off.

    The last noun of that is the thing: "some London trains". Of a plan that was undone it is the
    verb: "close" in "scrapped plans to close the school".
    """
    for found in _IS_CALLED_OFF.finditer(sentence):
        clause = _clause_before(sentence, found.start())
        if not _PERHAPS.search(clause):
            words = Span(*found.span("words" if found["words"] else "not_held"))
            yield words, _AWAITING.sub("", _BELONGS.split(clause)[0])
    for found in _CALLS_OFF.finditer(sentence):
        clause = _clause_before(sentence, found.start())
        if not _PERHAPS.search(clause):
            yield Span(*found.span("words")), _BELONGS.split(found["behind"])[0]
    for undone in (_PLAN_IS_UNDONE, _UNDOES_PLAN, _BLOCKS):
        for found in undone.finditer(sentence):
            if not _PERHAPS.search(_clause_before(sentence, found.start())):
                yield Span(*found.span("words")), found["deed"]


def is_day_called_off(before: str, after: str) -> bool:
    """Say whether the day between two parts of a clause is that of something that is called off.

    It is in "cancelled Sunday's vote", "the vote set for Sunday was postponed" and "the vote on
    Sunday was cancelled", not in "the vote was cancelled on Sunday", nor in "on Sunday the vote was
    cancelled", which tell when that was.
    """
    calls_off = _CALLS_OFF_DUE.search(before)
    if calls_off is None and (of_day := _CALLS_OFF_OF_DAY.search(before)):
        # "The match was postponed Sunday after rain" says when that was.
        is_of_thing = of_day["article"] is not None and re.match(r"\s+[a-z]", after)
        calls_off = of_day if is_of_thing or after[:1] in ("'", "’") else None
    if calls_off is not None:
        return not _PERHAPS.search(_clause_before(before, calls_off.start()))
    is_next = _IS_CALLED_OFF_NEXT.match(after)
    if is_next is None or _PERHAPS.search(_clause_before(before, len(before))):
        return False
    if is_next["thing"][:1] in ("'", "’"):
        return True
    return not is_next["thing"] and _ON_THE_DAY.search(before) is not None


def _clause_before(sentence: str, end: int) -> str:
    return re.split(r"[,;:—–]\s", sentence[max(0, end - _BEFORE) : end])[-1]
