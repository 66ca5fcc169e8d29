"""Finds that a sentence denies what the question takes for granted, or the other way round.

"Why did Ruiz not sign?" is not answered by why she signed. To a question that wants yes or no, a
denial is an answer.
"""

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.polarity import find_reversed


def check_denials(candidate: Candidate) -> Misfit | None:
    """Return the words that only one of question and sentence denies."""
    signed = candidate.premises.signed
    words = next(find_reversed(signed, candidate.text), None) if signed else None
    return Misfit(kind="denial", value=words) if words else None
