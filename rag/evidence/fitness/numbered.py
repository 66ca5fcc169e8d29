"""Finds that a sentence or its article tells of another thing of the same name, by its number."""

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.numbered import numbers_of


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
