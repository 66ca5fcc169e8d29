"""Holds the marks and words that end a sentence or a clause, and finds clauses.

Other modules use the marks and words in patterns. The functions say where the clauses of a sentence
begin. `rag.text.sentences` splits a text into whole sentences.
"""

import re
from collections.abc import Iterator

# These are for use inside a character class: the marks that end a sentence, and the marks that may
# follow and close a quotation or a bracket. The wide marks need no space after them.
SENTENCE_MARKS, WIDE_MARKS, CLOSING_MARKS = ".!?…", "。！？", r"\"'”’»)\]"
# A character of one clause: no comma and no semicolon.
WITHIN_CLAUSE = "[^,;]"
# The words that open a clause which gives a reason, says when, or says which.
REASONS = frozenset("because although though".split())
TIME_LINKS = frozenset("after before until since".split())
RELATIVES = frozenset("who whom whose which where".split())

# If the parts between these each have a verb, the sentence reports more than one thing.
_NEXT_MAIN = re.compile(r",\s+(?:and|but|then)\s+|;\s+")
_ENDS = re.compile(rf"[{SENTENCE_MARKS}{WIDE_MARKS}][{CLOSING_MARKS}*_\s]*$")


def main_clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the main clauses of a sentence start and end, in characters of the text."""
    for found in _NEXT_MAIN.finditer(text, start, end):
        yield start, found.end()
        start = found.end()
    yield start, end


def is_finished(sentence: str) -> bool:
    """Say whether a sentence ends with an end mark, before any marks that close or emphasise it."""
    return _ENDS.search(sentence) is not None
