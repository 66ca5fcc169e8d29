"""Finds what a question says that one named party did to another.

There is no parser: the doer stands right before the verb, and the other one right after it, perhaps
after "to", "from" or "against". With a verb in the passive, it is the other way round. One of the
two may be what is asked: "Who sued Orr?", "Who did Orr sue?", "Who was Orr sued by?".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.text.names import TIME_WORDS, find_names
from rag.text.speech import speech_verbs
from rag.text.verbs import base_form, is_base, is_past_form
from rag.text.words import Word, plain, words_of

# A verb after one of these, perhaps with an adverb, is in the passive.
PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|being|be|get|got)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
# If one of these is between the verb and a name, the name is not the object.
_OTHER_ROLE = re.compile(r"\b(?:by|with|for|in|at|on|of|into|as|over|about)\b", re.IGNORECASE)
# Who does this to another has it done by that one as well: "Korn met Fisk".
_MUTUAL = frozenset(
    "battle border clash date divorce embrace face fight hug join kiss marry meet play speak talk "
    "wed".split()
)
_WHO = re.compile(r"\W*who\s+(?:(?:has|have|had|also|first|then|later)\s+)*$", re.IGNORECASE)
# What comes between a verb in the passive and its doer: "was sued by Lunt".
_BY = re.compile(r"\s+(?:\w+\s+)?by\s+(?:[a-z]+\s+){0,3}")
# "Who did Orr sue?", "Which club has Orr bought?": these ask to whom somebody did it.
_TO_WHOM = re.compile(
    r"(?:^|:)\W*(?:whom?|(?:which|what)\s+[a-z]+(?:\s+[a-z]+)?)\s+"
    r"(?:(?P<base>did|does|do|will|would)|(?P<past>has|have|had)|(?:is|are|was|were))\s+"
    r"(?:the\s+)?(?=[A-Z])",
    re.IGNORECASE,
)
# "Who did Orr work with?" asks for no object of the verb.
_WITH_AT_END = re.compile(
    r"\s+(?:[a-z]+\s+)*(?:with|for|alongside|under|about|like|as|of|in|on|to)\W*$"
)
_WHO_WAS = re.compile(r"\W*who\s+(?:was|were|is|are|has\s+been|had\s+been)\s*(?:\w+ly\s+)?$", re.I)
_BY_AT_END = re.compile(r"\s+by\W*$")
_OWNER = re.compile(r"['’]s?$")
# How many words may be between a verb and a name.
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb in its base form, and the last words of the names beside it.

    One of them is None if the question asks for it.
    """

    verb: str
    doer: str | None
    other: str | None


def asked_deeds(question: str) -> tuple[Deed, ...]:
    """Return what the question says somebody did to somebody."""
    names = [
        name
        for name in find_names(question)
        if not all(plain(word.text) in TIME_WORDS for word in name)
    ]
    verbs = (
        word
        for word in words_of(question)
        if word.stem is not None
        and not word.is_capitalised
        and _is_verb(word.text)
        and base_form(word.text) not in _MUTUAL
    )
    return tuple(deed for verb in verbs if (deed := _deed(question, verb, names)))


def _is_verb(text: str) -> bool:
    # Of the words in -ing only those of verbs change: "suing", not "evening".
    is_going_on = text.endswith("ing") and base_form(text) != text
    return is_base(text) or is_past_form(text) or is_going_on


def _deed(question: str, verb: Word, names: Sequence[Sequence[Word]]) -> Deed | None:
    """Return the deed that a verb tells; None if who did it and to whom is not told."""
    until, behind = question[: verb.start], question[verb.end :]
    after = next((name for name in names if name[0].start >= verb.end), None)
    before = next((name for name in reversed(names) if name[-1].end <= verb.start), None)
    if before is not None and len(question[before[-1].end : verb.start].split()) > _NEAR:
        before = None
    first, last = _last(before) if before else None, _last(after) if after else None
    between = question[verb.end : after[0].start] if after else ""
    is_passive = PASSIVE.search(until) is not None and not verb.text.endswith("ing")
    told = Deed(base_form(verb.text), first, last)
    if is_passive and first and _BY_AT_END.match(behind):
        return replace(told, doer=None, other=first)
    if is_passive:
        is_by = last is not None and _BY.fullmatch(between) is not None
        is_told = first is not None or _WHO_WAS.match(until)
        return replace(told, doer=last, other=first) if is_by and is_told else None
    is_beside = after is not None and len(between.split()) <= _NEAR
    if is_beside and not _OTHER_ROLE.search(between):
        return told if first is not None or _WHO.match(until) else None
    is_asked = before is not None and _asks_to_whom(question, before, verb)
    return replace(told, other=None) if is_asked else None


def _asks_to_whom(question: str, doer: Sequence[Word], verb: Word) -> bool:
    """Say whether a question asks to whom the doer did it: "Who did Orr sue?"."""
    asks = _TO_WHOM.search(question)
    if asks is None or asks.end() != doer[0].start or _OWNER.search(doer[-1].text):
        return False
    if verb.text.lower() in speech_verbs() or _WITH_AT_END.match(question, verb.end):
        return False
    if asks["base"]:
        return is_base(verb.text)
    return is_past_form(verb.text) if asks["past"] else verb.text.endswith("ing")


def _last(name: Sequence[Word]) -> str:
    return plain(name[-1].text)
