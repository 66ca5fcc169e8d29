"""Reads the words that a question has in double quotes, which must stand in an article so.

Straight quotes come in pairs, and so do curly ones, also „these“ and «these». A quotation mark
without its partner is a letter like others, and a note says so.
"""

import re
from dataclasses import dataclass

from rag.text.terms import question_terms

_QUOTED = re.compile(r"\"([^\"]*)\"|[“„]([^“”„\"]*)[”“]|«([^«»]*)»")
_MARKS = re.compile(r"[\"“”„«»]")
_WORD = re.compile(r"\w")
# American style puts the comma of the sentence inside the quotes.
_PUNCTUATION = " ,;:.!?…"
_UNPAIRED = "a quotation mark without its partner was read as a letter"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words in quotes, in their order, and notes on quotes that were not read as such."""

    texts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_phrases(question: str) -> Phrases:
    """Return the phrases of a question.

    Words of which a search uses none, such as "to be or not", are no phrase, because no candidates
    can be found by them.
    """
    quoted = ("".join(filter(None, found.groups())) for found in _QUOTED.finditer(question))
    plain = (" ".join(text.split()).strip(_PUNCTUATION) for text in quoted)
    texts = list(dict.fromkeys(text for text in plain if _WORD.search(text)))
    kept = tuple(text for text in texts if question_terms(text).indices)
    notes = [
        f"“{text}” has only very common words, so it was not looked for word for word"
        for text in texts
        if text not in kept
    ]
    if _MARKS.search(_QUOTED.sub("", question)):
        notes.append(_UNPAIRED)
    return Phrases(kept, tuple(notes))
