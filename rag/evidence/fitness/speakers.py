"""Finds that a sentence has other people's words than those that are asked for.

"What did Ruiz say?" needs words of Ruiz. If the text says that somebody else speaks, or if nobody
speaks in a sentence that does not even name Ruiz, it does not answer. What Ruiz wrote in an opinion
piece are words of Ruiz. What somebody told Ruiz are not, nor does what Ruiz told Osk answer what
Ruiz told Lee.
"""

import re

from rag.evidence.bylines import author_asked
from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.known_names import has_name_word
from rag.text.patterns import any_of
from rag.text.sentences import Span
from rag.text.speakers import find_addressed, find_speakers, speaker_at
from rag.text.speech import speech_verbs
from rag.text.words import plain, words_of

# Who is meant by one of these, or speaks in a quotation, the sentences around it say.
_SAID = r"(?:said|says|told|added|adds|warned|insisted|argued|claimed|announced)"
_MAY_SPEAK = re.compile(
    r"\b(?:he|she|it|they|his|her|their|i|my|we|our)\b|[\"“”]"
    # "The prime minister said" and "according to the company" may mean the one who is asked for.
    rf"|\b(?:the|an?)\s+(?:[\w’'-]+\s+){{1,4}}?{_SAID}\b|\baccording\s+to\s+(?:the|an?)\b",
    re.IGNORECASE,
)
# Whoever is spoken to may answer in the same sentence.
_SPEAKS_TOO = re.compile(
    rf"\b(?:(?:who|and|but|he|she)\s+(?:\w+\s+)?{any_of(speech_verbs())}|repl(?:ied|ies)|answer(?:ed|s))\b",
    re.IGNORECASE,
)


def check_speaker(candidate: Candidate) -> Misfit | None:
    """Return who speaks in place of the one whose words are asked for; "nobody" if no one does."""
    asked = candidate.premises.speaker
    if not asked:
        return None
    if other := _spoken_to(candidate):
        return Misfit(kind="speaker", value=other)
    if any(has_name_word(candidate.text, word) for word in asked):
        return None
    speaker = speaker_at(find_speakers(candidate.article.text), candidate.span.start)
    if speaker is None:
        is_own = bool(author_asked(candidate.found, candidate.asked))
        is_other = not is_own and not _MAY_SPEAK.search(candidate.text)
    else:
        # A speaker who is not named in the sentence, but meant by it, may be another.
        is_other = speaker not in asked and has_name_word(candidate.text, speaker)
    return Misfit(kind="speaker", value=speaker or "nobody") if is_other else None


def _spoken_to(candidate: Candidate) -> str:
    """Return who is spoken to, if it is the one whose words are asked for, or another than asked.

    It is empty where the sentence names them otherwise too, because they may speak as well.
    """
    asked, wanted, text = candidate.premises.speaker, candidate.premises.addressee, candidate.text
    addressed = find_addressed(text)
    heard = [span for span in addressed if not asked.isdisjoint(_words_in(text, span))]
    if heard and not _SPEAKS_TOO.search(text, heard[0].end):
        outside = _without(text, addressed)
        if asked.isdisjoint(_words_in(outside, Span(0, len(outside)))):
            return text[heard[0].start : heard[0].end]
    if not wanted or not addressed or any(has_name_word(text, word) for word in wanted):
        return ""
    return text[addressed[0].start : addressed[0].end]


def _words_in(text: str, span: Span) -> list[str]:
    """Return the capitalised words of a part of a text, in plain form."""
    return [plain(w.text) for w in words_of(text[span.start : span.end]) if w.is_capitalised]


def _without(text: str, spans: list[Span]) -> str:
    """Return a text without some parts."""
    for span in reversed(spans):
        text = f"{text[: span.start]} {text[span.end :]}"
    return text
