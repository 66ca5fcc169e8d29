"""Finds that a sentence has other people's words than those that are asked for.

"What did Ruiz say?" needs words of Ruiz. If the text says that somebody else speaks, or if nobody
speaks in a sentence that does not even name Ruiz, it does not answer.
"""

import re
from functools import lru_cache

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.names import TIME_WORDS, TITLES, find_names
from rag.text.speakers import find_speakers, speaker_at
from rag.text.words import plain, words_of

_ASKS = (
    r"say|tell|reply|answer|claim|argue|think|warn|explain|describe|write|call|believe|promise|"
    r"deny|admit"
)
_WHO_SAYS = re.compile(
    rf"\b(?:did|does|do|has|have|had)\s+(?P<one>(?:the\s+)?[^?,]*?)\s+(?:{_ASKS})\b"
    r"|\baccording\s+to\s+(?P<two>[^?,]+)",
    re.IGNORECASE,
)


def check_speaker(candidate: Candidate) -> Misfit | None:
    """Return who speaks in place of the one whose words are asked for; "nobody" if no one does."""
    asked = _asked_speaker(candidate.question)
    if not asked or asked & {plain(word.text) for word in words_of(candidate.text)}:
        return None
    speaker = speaker_at(find_speakers(candidate.article.text), candidate.span.start)
    return None if speaker in asked else Misfit(kind="speaker", value=speaker or "nobody")


@lru_cache(maxsize=256)
def _asked_speaker(question: str) -> frozenset[str]:
    """Return the words of the name of whoever is asked about, in plain form; empty if not named."""
    found = _WHO_SAYS.search(question)
    if found is None:
        return frozenset()
    # The question is cut, so that the first word is not taken for the opening of a sentence.
    name = next(find_names(f"as {found['one'] or found['two']}"), [])
    words = (plain(word.text) for word in name)
    return frozenset(word for word in words if word not in TITLES and word not in TIME_WORDS)
