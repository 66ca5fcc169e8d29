"""Finds that a sentence is about somebody else, whom it names first.

"How many votes did Osk win?" is seldom answered by a sentence that begins with Torvik and has no
word of Osk's name, nor a pronoun that may mean him. It may still answer, so this only lowers the
confidence. A question that asks who did something wants another name, and is left alone.
"""

import re

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.known_names import has_name_word
from rag.text.names import TIME_WORDS, TITLES, find_names
from rag.text.places import place_at
from rag.text.words import plain

_PRONOUN = re.compile(r"\b(?:he|she|it|they|his|her|their|its)\b", re.IGNORECASE)
# The name opens the sentence, perhaps after a mark.
_OPENING = 3


def check_subject(candidate: Candidate) -> Misfit | None:
    """Return the name that opens a sentence, if no name of the question is in it."""
    asked, text = candidate.premises.names, candidate.text
    if candidate.asked.kind == "who" or not asked or _PRONOUN.search(text):
        return None
    if any(has_name_word(text, word) for name in asked for word in name.words):
        return None
    opening = next(find_names(text), [])
    words = [plain(word.text) for word in opening if plain(word.text) not in TITLES | TIME_WORDS]
    if not words or opening[0].start > _OPENING or place_at(words, 0):
        return None
    return Misfit(kind="subject", value=text[opening[0].start : opening[-1].end])
