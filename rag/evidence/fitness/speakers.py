"""Finds that a sentence has other people's words than those that are asked for.

"What did Ruiz say?" needs words of Ruiz. If the text says that somebody else speaks, or if nobody
speaks in a sentence that does not even name Ruiz, it does not answer. What Ruiz wrote in an opinion
piece are words of Ruiz.
"""

import re

from rag.evidence.bylines import author_asked
from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.known_names import has_name_word
from rag.text.speakers import find_speakers, speaker_at

# Who is meant by one of these, or speaks in a quotation, the sentences around it say.
_SAID = r"(?:said|says|told|added|adds|warned|insisted|argued|claimed|announced)"
_MAY_SPEAK = re.compile(
    r"\b(?:he|she|it|they|his|her|their|i|my|we|our)\b|[\"“”]"
    # "The prime minister said" and "according to the company" may mean the one who is asked for.
    rf"|\b(?:the|an?)\s+(?:[\w’'-]+\s+){{1,4}}?{_SAID}\b|\baccording\s+to\s+(?:the|an?)\b",
    re.IGNORECASE,
)


def check_speaker(candidate: Candidate) -> Misfit | None:
    """Return who speaks in place of the one whose words are asked for; "nobody" if no one does."""
    asked = candidate.premises.speaker
    if not asked or any(has_name_word(candidate.text, word) for word in asked):
        return None
    speaker = speaker_at(find_speakers(candidate.article.text), candidate.span.start)
    if speaker is None:
        is_own = bool(author_asked(candidate.found, candidate.asked))
        is_other = not is_own and not _MAY_SPEAK.search(candidate.text)
    else:
        # A speaker who is not named in the sentence, but meant by it, may be another.
        is_other = speaker not in asked and has_name_word(candidate.text, speaker)
    return Misfit(kind="speaker", value=speaker or "nobody") if is_other else None
