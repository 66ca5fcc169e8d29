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
    found = []
    for verb in words_of(question):
        is_verb = not verb.is_capitalised and (is_base(verb.text) or is_past_form(verb.text))
        if verb.stem is None or not is_verb or base_form(verb.text) in _MUTUAL:
            continue
        after = next((name for name in names if name[0].start >= verb.end), None)
        if after is None:
            continue
        before = next((n for n in reversed(names) if n[-1].end <= verb.start), None)
        if before is not None and len(question[before[-1].end : verb.start].split()) > _NEAR:
            before = None
        between = question[verb.end : after[0].start]
        if PASSIVE.search(question[: verb.start]):
            if before is not None and _BY.fullmatch(between):
                found.append(Deed(base_form(verb.text), _last(after), _last(before)))
            continue
        if len(between.split()) > _NEAR or _OTHER_ROLE.search(between):
            continue
        doer, other = before, after
        if doer is not None or _WHO.match(question[: verb.start]):
            found.append(Deed(base_form(verb.text), _last(doer) if doer else None, _last(other)))
    return tuple(found)


def _last(name: Sequence[Word]) -> str:
    return plain(name[-1].text)
