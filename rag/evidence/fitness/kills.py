"""Finds that a sentence only names the story that its agency withdraws."""

import re

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.retractions import is_kill

# What became of the story may be what is asked.
_ASKS_WHAT_FOR = re.compile(
    r"\b(?:withdr\w+|retract\w*|stor(?:y|ies)|articles?|headlines?)\b",
    re.IGNORECASE,
)


def check_kill(candidate: Candidate) -> Misfit | None:
    """Return the sentence, if it withdraws a story: "Please kill the story 'Orr sells mill'"."""
    title, text = candidate.article.title, candidate.article.text
    if _ASKS_WHAT_FOR.search(candidate.asked.text) or not is_kill(title, text):
        return None
    return Misfit(kind="kill", value=candidate.text) if is_kill(title, candidate.text) else None
