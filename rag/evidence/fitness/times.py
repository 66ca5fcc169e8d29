"""Finds that a sentence tells of another time than the question asks about.

If the question names a year, a month or a day, and the sentence names only others, it tells of
something else. And a question about what happened is not answered by what is only ahead: by the day
for which an opening was planned.
"""

import re
from datetime import date
from functools import lru_cache

from rag.dates.event_times import may_date
from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.verbs import base_form, is_base, is_past_form
from rag.text.words import words_of
from rag.timex import find_times

# A time after one of these is when something happened. After "since" or "before" it is not.
_WHEN = re.compile(
    r"\b(?:in|on|during|for|of|at|by the end of|late|early|mid)\s+(?:the\s+)?"
    r"(?:late\s+|early\s+|mid[- ])?$",
    re.IGNORECASE,
)
# The words that put the verb after them into the future.
_AHEAD = re.compile(
    r"\b(?:will|shall|won['’]t|(?:plans?|hopes?|intends?|expects?|aims?|wants?|planning|hoping|due|"
    r"expected|scheduled|set|going|likely|planned|poised|slated|is|are)\s+to)\s+"
    r"(?:(?:not|also|then|now|soon|finally|officially|\w+ly)\s+)*"
    r"(?:be\s+|have\s+to\s+|begin\s+|start\s+)?(?:\w+ly\s+)?([a-z][\w-]+)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:will|would|going to|is|are|does|do|can|could|should|has|have|had|may|might|next|due|"
    r"likely|plan\w*|expect\w*|schedul\w*|propos\w*|want\w*|suppos\w*|predict\w*|hope\w*)\b",
    re.IGNORECASE,
)
_DID = re.compile(r"\b(?:did|was|were)\b", re.IGNORECASE)
# The verb of "Who opened it?" is among these words.
_FIRST_WORDS = slice(1, 4)


def check_period(candidate: Candidate) -> Misfit | None:
    """Return the times of the sentence, if none is in the time that the question names."""
    asked = _asked_period(candidate.question)
    if asked is None:
        return None
    text, first, last = candidate.article.text, *asked
    given = []
    for time in candidate.times:
        if time.first is None or time.last is None or not may_date(time):
            continue
        if time.first <= last and first <= time.last:
            return None
        given.append(text[time.start : time.end])
    return Misfit(kind="time", value=", ".join(given)) if given else None


@lru_cache(maxsize=256)
def _asked_period(question: str) -> tuple[date, date] | None:
    """Return the days of the time at which something happened; None if there is not exactly one."""
    found = [
        (time.first, time.last)
        for time in find_times(question)
        if time.type in {"DATE", "TIME"}
        and time.first is not None
        and time.last is not None
        and _WHEN.search(question[: time.start])
    ]
    return found[0] if len(found) == 1 else None


def check_ahead(candidate: Candidate) -> Misfit | None:
    """Return the words that tell what is asked only as ahead, if it is asked as past."""
    verbs = _past_verbs(candidate.question)
    if not verbs:
        return None
    ahead = {found.start(1): found for found in _AHEAD.finditer(candidate.text)}
    if not ahead:
        return None
    told = None
    for word in words_of(candidate.text):
        if base_form(word.text) not in verbs:
            continue
        if word.start in ahead:
            told = ahead[word.start][0]
        elif is_past_form(word.text):
            return None
    return Misfit(kind="ahead", value=told) if told else None


@lru_cache(maxsize=256)
def _past_verbs(question: str) -> frozenset[str]:
    """Return the base forms of a question's verbs if it asks about the past, else nothing."""
    words = words_of(question)
    told = any(is_past_form(word.text) and word.text.islower() for word in words[_FIRST_WORDS])
    if _OPEN.search(question) or not (told or _DID.search(question)):
        return frozenset()
    return frozenset(
        base_form(word.text)
        for word in words
        if word.stem is not None
        and not word.is_capitalised
        and (is_past_form(word.text) or is_base(word.text))
    )
