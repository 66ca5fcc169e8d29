"""Finds that a sentence has other people's words than those that are asked for.

"What did Ruiz say?" needs words of Ruiz. If the text says that somebody else speaks, or if nobody
speaks in a sentence that does not even name Ruiz, it does not answer.
"""

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.known_names import has_name_word
from rag.text.speakers import find_speakers, speaker_at


def check_speaker(candidate: Candidate) -> Misfit | None:
    """Return who speaks in place of the one whose words are asked for; "nobody" if no one does."""
    asked = candidate.premises.speaker
    if not asked or any(has_name_word(candidate.text, word) for word in asked):
        return None
    speaker = speaker_at(find_speakers(candidate.article.text), candidate.span.start)
    return None if speaker in asked else Misfit(kind="speaker", value=speaker or "nobody")
