"""Finds that a sentence shares only a name with the question, and not what is asked about it.

"How much was offered for Lidden Mills?" is seldom answered by a sentence about Lidden Mills that
has none of the question's other words. It may say the same in other words, so this only lowers the
confidence.
"""

from rag.evidence.fitness.records import Candidate, Misfit
from rag.question.premises.topics import content_stems


def check_topic(candidate: Candidate) -> Misfit | None:
    """Return what is asked about the names of the question, if the sentence has none of it."""
    words = candidate.premises.words
    told = content_stems(candidate.text)
    known = told | content_stems(candidate.article.title)
    if not words or any(word.stem in known or word.allied & told for word in words):
        return None
    return Misfit(kind="topic", value=" ".join(word.text for word in words))
