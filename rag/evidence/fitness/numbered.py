"""Finds that a sentence or its article tells of another thing of the same name, by its number.

The number may be an ordinal: "her first husband" is not her second. Half-time is not full time.
"""

import re

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.numbered import has_ordinal, has_without_ordinal, numbers_of, ordinals_of

# What is reported of one of these is not of the other, which the game has too.
_HALF_TIME = re.compile(r"\bhalf[\s-]?time\b|\bat\s+the\s+(?:interval|break)\b", re.IGNORECASE)
_FULL_TIME = re.compile(
    r"\bfull[\s-]?time\b|\bfinal\s+(?:score|whistle|result)\b|\bended\b", re.IGNORECASE
)


def check_numbered(candidate: Candidate) -> Misfit | None:
    """Return what the question names by a number if only things of other numbers are told of.

    An article that names it without any number may well mean it.
    """
    asked = candidate.premises.numbered
    for one in asked:
        wanted = {each.number for each in asked if each.word == one.word}
        for text in (candidate.text, candidate.told):
            told = numbers_of(text, one.word)
            if told and not told & wanted:
                return Misfit(kind="name", value=one.text)
    return None


def check_ordinal(candidate: Candidate) -> Misfit | None:
    """Return what a sentence has another ordinal for: "her first husband", asked for the second.

    A sentence that has the asked ordinal too, or the noun alone, may well tell of the one that is
    asked for.
    """
    text = candidate.text
    told = ordinals_of(text)
    for noun, asked in candidate.premises.ordinals:
        others = told.get(noun, asked)
        if len(asked) > 1 or asked & others or has_without_ordinal(text, noun):
            continue
        if not any(has_ordinal(text, number) for number in asked):
            return Misfit(kind="name", value=noun)
    return None


def check_part_of_game(candidate: Candidate) -> Misfit | None:
    """Return "half-time" or "full time" if a sentence tells only of that, and not the asked one.

    A score without either is that of some other minute, if the article has that of half-time.
    """
    is_score = not candidate.asked.words.isdisjoint({"score", "scoreline"})
    if is_score and _HALF_TIME.search(candidate.asked.text):
        is_other = not _HALF_TIME.search(candidate.text)
        if is_other and _HALF_TIME.search(candidate.article.text):
            return Misfit(kind="name", value="half-time")
    for asked, other in ((_HALF_TIME, _FULL_TIME), (_FULL_TIME, _HALF_TIME)):
        wants = asked.search(candidate.asked.text) and not other.search(candidate.asked.text)
        found = other.search(candidate.text)
        if wants and found and not asked.search(candidate.text):
            return Misfit(kind="name", value=found[0])
    return None
