"""Finds that a sentence shares only a name with the question, and not what is asked about it.

"How much was offered for Lidden Mills?" is seldom answered by a sentence about Lidden Mills that
has none of the question's other words. It may say the same in other words, so this only lowers the
confidence.
"""

from functools import lru_cache

from rag.evidence.fitness.records import Candidate, Misfit
from rag.question.kinds import asks_by_itself
from rag.question.premises.asked_names import AskedName, asked_names
from rag.question.premises.topics import content_stems
from rag.text.known_names import has_name_word


def check_topic(candidate: Candidate) -> Misfit | None:
    """Return what is asked about the names of the question, if the sentence has none of it."""
    words = candidate.premises.words
    told = content_stems(candidate.text)
    known = told | content_stems(candidate.article.title)
    if not words or any(word.stem in known or word.allied & told for word in words):
        return None
    if _has_new_name(candidate):
        return None
    return Misfit(kind="topic", value=" ".join(word.text for word in words))


def _has_new_name(candidate: Candidate) -> bool:
    """Say whether a sentence has what a follow-up newly names, if it does no more than that.

    The topic of "And at Marden?" is of earlier turns, whose words a sentence on Marden need not
    have.
    """
    asked = candidate.asked
    names = () if asked.shown == asked.text else _named_alone(asked.shown)
    return any(all(has_name_word(candidate.text, word) for word in name.words) for name in names)


@lru_cache(maxsize=16)
def _named_alone(turn: str) -> tuple[AskedName, ...]:
    """Return the names in a turn, if it does no more than name: "And at Marden?"."""
    return () if asks_by_itself(turn) else asked_names(turn)
