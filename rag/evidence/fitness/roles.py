"""Finds that a sentence tells who did it and to whom the other way round.

"How much did Vale lend Orr?" is not answered by what Orr lent Vale. The sentence has changed them
if it has the other one before the same verb, and the doer after it or nowhere near. With a passive
("was sued by"), both have changed places once more. "Who did Orr sue?" names the doer alone, and is
not answered by who sued Orr.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.evidence.fitness.records import Candidate, Misfit
from rag.question.premises.deeds import PASSIVE, Deed
from rag.text.calendar import MONTH, WEEKDAY
from rag.text.verbs import base_form, is_past_form
from rag.text.words import Word, plain, words_of

_BREAK = re.compile(r"[,;:]")
# How many words before and after a verb are looked at; fewer before it if a clause ends there.
_BEFORE, _BEFORE_BREAK, _AFTER = 5, 3, 7
# Who did it stands behind a participle: "sued by Orr", but "won by 3 votes" and "by a mile".
_BY_AGENT = re.compile(
    r"\s+(?:and\s+\w+ed\s+)?(?:\w+ly\s+|again\s+|(?:in|on)\s+[\w,]+(?:\s+\d+)?\s+)?by\s+"
    r"(?!\d|an?\s+(?:margin|score|mile|landslide|majority)\b"
    rf"|(?:the\s+)?(?:early|late|end|mid|middle|time|then|{WEEKDAY}|{MONTH})\b)",
    re.IGNORECASE,
)
# The name behind a verb without more than its titles between: "defeating acting leader Eva Orr".
_OBJECT = re.compile(
    r"\s+(?:(?!(?:by|with|for|in|at|on|of|into|as|over|about|to|from|against|that|and|or|but)\b)"
    r"[a-z][\w-]*\s+){0,4}(?P<name>[A-Z][\w.-]*(?:[’'][A-Z]\w+)?(?:\s+[A-Z][\w.-]*)*)(?![’'\w-])"
)
_BEFORE_BASE = re.compile(r"\b(?:to|will|would|can|could|may|might|did|[A-Z]\w+)\s+(?:\w+ly\s+)?$")
_DETERMINERS = frozenset("a an the this that his her its their our some any no".split())
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
    if deed.other is None:
        return _turned_upon(deed, sentence)
    words = words_of(sentence)
    for place, word in enumerate(words):
        if base_form(word.text) != deed.verb:
            continue
        first = max(0, place - _BEFORE)
        if _BREAK.search(sentence[words[first].start : word.start]):
            first = max(0, place - _BEFORE_BREAK)
        before = {plain(other.text) for other in words[first:place]}
        after = {plain(other.text) for other in words[place + 1 : place + 1 + _AFTER]}
        if _is_passive(sentence, word):
            if "by" not in after:
                continue
            before, after = after, before
        is_doer_after = deed.doer is None or deed.doer in after
        if deed.other in before and deed.other not in after and is_doer_after:
            return word.text
    return ""


def _turned_upon(deed: Deed, sentence: str) -> str:
    """Return the verb if the one who is asked for as its doer has it done to them, only.

    They stand as its object, and nowhere before it, or as its subject in the passive.
    """
    words = words_of(sentence)
    verbs = [place for place, word in enumerate(words) if base_form(word.text) == deed.verb]
    upon = [_is_done_to(deed.doer or "", sentence, words, place) for place in verbs]
    return words[verbs[0]].text if verbs and all(upon) else ""


def _is_done_to(doer: str, sentence: str, words: Sequence[Word], place: int) -> bool:
    verb, opening = words[place], words[place - 1] if place else None
    until, behind = sentence[: verb.start], sentence[verb.end :]
    before = [plain(word.text) for word in words[:place]]
    if _is_passive(sentence, verb):
        agent = _BY_AGENT.match(behind)
        return agent is not None and doer in before[-_BEFORE:] and not _names(behind, doer)
    # "The accused Orr" and "the attack Orr led" have no verb here.
    if doer in before or (opening and opening.text.lower() in _DETERMINERS):
        return False
    is_verb = is_past_form(verb.text) or verb.text.endswith("ing") or _BEFORE_BASE.search(until)
    found = _OBJECT.match(behind)
    return bool(is_verb and found and doer in map(plain, found["name"].split()))


def _names(text: str, name: str) -> bool:
    return any(plain(word.text) == name for word in words_of(text))


def _is_passive(sentence: str, verb: Word) -> bool:
    """Say whether a verb is in the passive: "was sued", and "a company sued by Orr"."""
    if PASSIVE.search(sentence[: verb.start]):
        return not verb.text.endswith("ing")
    return is_past_form(verb.text) and _BY_AGENT.match(sentence, verb.end) is not None
