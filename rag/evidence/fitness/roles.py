"""Finds that a sentence tells who did it and to whom the other way round.

"How much did Vale lend Orr?" is not answered by what Orr lent Vale. There is no parser: in the
question the doer stands right before the verb and the other one right after it. The sentence has
changed them if it has the other one before the same verb, and the doer after it or nowhere near.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.names import find_names
from rag.text.verbs import base_form, is_base, is_past_form
from rag.text.words import Word, plain, words_of

# A verb after one of these, perhaps with an adverb, is in the passive.
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|being|be|get|got)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
# If one of these is between the verb and a name, the name is not the object.
_OTHER_ROLE = re.compile(
    r"\b(?:by|with|from|to|for|in|at|on|of|against|into|as|over|about)\b", re.IGNORECASE
)
_WHO = re.compile(r"\W*who\s+$", re.IGNORECASE)
_BREAK = re.compile(r"[,;:]")
# How far a name may be from its verb: in words of the question, and of the sentence on either side.
_NEAR, _BEFORE, _BEFORE_BREAK, _AFTER = 2, 5, 3, 4
_PRONOUN = re.compile(r"\W*(?:it|he|she|they)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Deed:
    """A verb of the question in its base form, and the last words of the names beside it.

    `doer` is None if the question asks for it.
    """

    verb: str
    doer: str | None
    other: str


def check_roles(candidate: Candidate) -> Misfit | None:
    """Return the verb whose two names have changed places.

    A sentence that opens with a pronoun goes on about those of the sentence before.
    """
    deeds = _deeds(candidate.question)
    if not deeds:
        return None
    texts = [candidate.text]
    if _PRONOUN.match(candidate.text):
        text = candidate.article.text
        spans = pairwise(candidate.found.hit.sentences)
        texts += [text[one.start : one.end] for one, two in spans if two == candidate.span]
    turned = (_turned(deed, text) for text in texts for deed in deeds)
    verb = next(filter(None, turned), "")
    return Misfit(kind="roles", value=verb) if verb else None


@lru_cache(maxsize=256)
def _deeds(question: str) -> tuple[_Deed, ...]:
    """Return what the question says somebody did to somebody, in the active."""
    names = list(find_names(question))
    found = []
    for verb in words_of(question):
        is_verb = not verb.is_capitalised and (is_base(verb.text) or is_past_form(verb.text))
        if verb.stem is None or not is_verb or _PASSIVE.search(question[: verb.start]):
            continue
        other = next((name for name in names if name[0].start >= verb.end), None)
        between = question[verb.end : other[0].start] if other else ""
        if other is None or len(between.split()) > _NEAR or _OTHER_ROLE.search(between):
            continue
        doer = next((n for n in reversed(names) if n[-1].end <= verb.start), None)
        if doer is not None and len(question[doer[-1].end : verb.start].split()) > _NEAR:
            doer = None
        if doer is not None or _WHO.match(question[: verb.start]):
            found.append(_Deed(base_form(verb.text), _last(doer) if doer else None, _last(other)))
    return tuple(found)


def _last(name: Sequence[Word]) -> str:
    return plain(name[-1].text)


def _turned(deed: _Deed, sentence: str) -> str:
    """Return the verb if the sentence has its names the other way round; empty if not."""
    words = words_of(sentence)
    for place, word in enumerate(words):
        if base_form(word.text) != deed.verb or _PASSIVE.search(sentence[: word.start]):
            continue
        first = max(0, place - _BEFORE)
        if _BREAK.search(sentence[words[first].start : word.start]):
            first = max(0, place - _BEFORE_BREAK)
        before = {plain(other.text) for other in words[first:place]}
        after = {plain(other.text) for other in words[place + 1 : place + 1 + _AFTER]}
        is_doer_after = deed.doer is None or deed.doer in after
        if deed.other in before and deed.other not in after and is_doer_after:
            return word.text
    return ""
