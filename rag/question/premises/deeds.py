"""Finds what a question says that one named party did to another.

There is no parser: the doer stands right before the verb, and the other one right after it, perhaps
after "to", "from" or "against". With a verb in the passive, it is the other way round.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.text.names import find_names
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
# How many words may be between a verb and a name.
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb in its base form, and the last words of the names beside it.

    `doer` is None if the question asks for it.
    """

    verb: str
    doer: str | None
    other: str


def asked_deeds(question: str) -> tuple[Deed, ...]:
    """Return what the question says somebody did to somebody."""
    names = list(find_names(question))
    verbs = (
        word
        for word in words_of(question)
        if word.stem is not None
        and not word.is_capitalised
        and (is_base(word.text) or is_past_form(word.text))
        and base_form(word.text) not in _MUTUAL
    )
    return tuple(deed for verb in verbs if (deed := _deed(question, verb, names)))


def _deed(question: str, verb: Word, names: Sequence[Sequence[Word]]) -> Deed | None:
    """Return the deed that a verb tells; None if no name is beside it as doer and as the other."""
    after = next((name for name in names if name[0].start >= verb.end), None)
    if after is None:
        return None
    before = next((name for name in reversed(names) if name[-1].end <= verb.start), None)
    if before is not None and len(question[before[-1].end : verb.start].split()) > _NEAR:
        before = None
    first, last = _last(before) if before else None, _last(after)
    until, between = question[: verb.start], question[verb.end : after[0].start]
    if PASSIVE.search(until):
        is_by = _BY.fullmatch(between) is not None
        return Deed(base_form(verb.text), last, first) if first and is_by else None
    is_beside = len(between.split()) <= _NEAR and not _OTHER_ROLE.search(between)
    has_doer = first is not None or _WHO.match(until) is not None
    return Deed(base_form(verb.text), first, last) if is_beside and has_doer else None


def _last(name: Sequence[Word]) -> str:
    return plain(name[-1].text)
