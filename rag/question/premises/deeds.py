"""Finds what a question says that one named party did to another.

There is no parser: the doer stands right before the verb, and the other one right after it, perhaps
after "to", "from" or "against". A verb in the passive is left alone.
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
# Who speaks to somebody is spoken to as well.
_MUTUAL = frozenset({"speak", "talk"})
_WHO = re.compile(r"\W*who\s+$", re.IGNORECASE)
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
    """Return what the question says somebody did to somebody, in the active."""
    names = list(find_names(question))
    found = []
    for verb in words_of(question):
        is_verb = not verb.is_capitalised and (is_base(verb.text) or is_past_form(verb.text))
        if verb.stem is None or not is_verb or PASSIVE.search(question[: verb.start]):
            continue
        other = next((name for name in names if name[0].start >= verb.end), None)
        between = question[verb.end : other[0].start] if other else ""
        if other is None or len(between.split()) > _NEAR or _OTHER_ROLE.search(between):
            continue
        if base_form(verb.text) in _MUTUAL:
            continue
        doer = next((n for n in reversed(names) if n[-1].end <= verb.start), None)
        if doer is not None and len(question[doer[-1].end : verb.start].split()) > _NEAR:
            doer = None
        if doer is not None or _WHO.match(question[: verb.start]):
            found.append(Deed(base_form(verb.text), _last(doer) if doer else None, _last(other)))
    return tuple(found)


def _last(name: Sequence[Word]) -> str:
    return plain(name[-1].text)
