"""Finds that a sentence tells the opposite of what is asked: "jailed" for "released"."""

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.opposites import find_opposed


def check_opposites(candidate: Candidate) -> Misfit | None:
    """Return the word of the question of which the sentence has an opposite in its place.

    A question of yes or no is answered by an opposite: with no.
    """
    if candidate.asked.wanted.shape == "yes-no":
        return None
    word = next(find_opposed(candidate.premises.sided, candidate.text), None)
    return Misfit(kind="opposite", value=word) if word else None
