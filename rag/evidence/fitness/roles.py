"""Finds that a sentence tells who did it and to whom the other way round.

"How much did Vale lend Orr?" is not answered by what Orr lent Vale. The sentence has changed them
if it has the other one before the same verb, and the doer after it or nowhere near. With a passive
("was sued by"), both have changed places once more.
"""

import re
from itertools import pairwise

from rag.evidence.fitness.records import Candidate, Misfit
from rag.question.premises.deeds import PASSIVE, Deed
from rag.text.verbs import base_form
from rag.text.words import plain, words_of

_BREAK = re.compile(r"[,;:]")
# How many words before and after a verb are looked at; fewer before it if a clause ends there.
_BEFORE, _BEFORE_BREAK, _AFTER = 5, 3, 7
_PRONOUN = re.compile(r"\W*(?:it|he|she|they)\b", re.IGNORECASE)


def check_roles(candidate: Candidate) -> Misfit | None:
    """Return the verb whose two names have changed places.

    A sentence that opens with a pronoun goes on about those of the sentence before.
    """
    deeds = candidate.premises.deeds
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


def _turned(deed: Deed, sentence: str) -> str:
    """Return the verb if the sentence has its names the other way round; empty if not."""
    words = words_of(sentence)
    for place, word in enumerate(words):
        if base_form(word.text) != deed.verb:
            continue
        first = max(0, place - _BEFORE)
        if _BREAK.search(sentence[words[first].start : word.start]):
            first = max(0, place - _BEFORE_BREAK)
        before = {plain(other.text) for other in words[first:place]}
        after = {plain(other.text) for other in words[place + 1 : place + 1 + _AFTER]}
        if PASSIVE.search(sentence[: word.start]):
            if "by" not in after:
                continue
            before, after = after, before
        is_doer_after = deed.doer is None or deed.doer in after
        if deed.other in before and deed.other not in after and is_doer_after:
            return word.text
    return ""
