"""Finds that a sentence tells of another time than the question asks about.

If the question names a year, a month or a day, and the sentence names only others, it tells of
something else. And a question about what happened is not answered by what is only ahead: by the day
for which an opening was planned.
"""

import re

from rag.dates.event_times import may_date
from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.verbs import base_form, is_past_form
from rag.text.words import words_of

# The words that put the verb after them into the future.
_AHEAD = re.compile(
    r"\b(?:will|shall|won['’]t|(?:plans?|hopes?|intends?|expects?|aims?|wants?|planning|hoping|due|"
    r"expected|scheduled|set|going|likely|planned|poised|slated|is|are)\s+to)\s+"
    r"(?:(?:not|also|then|now|soon|finally|officially|\w+ly)\s+)*"
    r"(?:be\s+|have\s+to\s+|begin\s+|start\s+)?(?:\w+ly\s+)?([a-z][\w-]+)",
    re.IGNORECASE,
)


def check_period(candidate: Candidate) -> Misfit | None:
    """Return the times of the sentence, if none is in the time that the question names."""
    asked = candidate.premises.period
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


def check_ahead(candidate: Candidate) -> Misfit | None:
    """Return the words that tell what is asked only as ahead, if it is asked as past."""
    verbs = candidate.premises.past_verbs
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
