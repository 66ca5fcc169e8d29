"""Says whether a text has a word of a name, however the text writes it.

"Muller", "Müller" and "Mueller" are the same, as are "J.D." and "J. D.", a plural, an adjective of
the name, the first letters of several words, and a word with a letter or two mistyped.
"""

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache

from rag.text.words import plain, words_of

_LINKS = frozenset("of the and for".split())
_PARTS = re.compile(r"[-–&/.]")
_LONGEST_ACRONYM = 5
# A word that begins alike up to its last three letters is a form of the name: "Vessian", "Vessia".
_ENDING, _SHORTEST_BEGINNING = 3, 4
# Of longer words, one or two letters may be mistyped.
_SHORTEST_MISTYPED, _LIKE = 5, 0.8
_TWO_LETTERS = re.compile(r"([aou])e")


def has_name_word(text: str, word: str) -> bool:
    """Say whether a text has a word of a name, which is in plain form."""
    # Nearly always a word begins so, and the text need not be taken apart.
    is_plain = re.search(rf"(?<!\w){re.escape(word)}", text, re.IGNORECASE)
    return is_plain is not None or _known_names(text).has(word)


@dataclass(frozen=True, slots=True)
class _KnownNames:
    """The words of a text in plain form, and the first letters of all its words in a row."""

    words: frozenset[str]
    initials: str

    def has(self, word: str) -> bool:
        """Say whether the text has a word, perhaps in another form."""
        if word in self.words or f"{word}s" in self.words or word.removesuffix("s") in self.words:
            return True
        if 1 < len(word) <= _LONGEST_ACRONYM and word in self.initials:
            return True
        size = max(_SHORTEST_BEGINNING, len(word) - _ENDING)
        if len(word) >= _SHORTEST_BEGINNING and word[:size] in _beginnings(self.words, size):
            return True
        if _TWO_LETTERS.sub(r"\1", word) in _one_letter(self.words):
            return True
        return len(word) >= _SHORTEST_MISTYPED and bool(
            difflib.get_close_matches(word, self.words, n=1, cutoff=_LIKE)
        )


@lru_cache(maxsize=128)
def _known_names(text: str) -> _KnownNames:
    """Return what a text knows."""
    found: set[str] = set()
    initials, run = [], ""
    for word in words_of(text):
        written = plain(word.text)
        found.add(written)
        if _PARTS.search(word.text):
            found |= {plain(part) for part in _PARTS.split(word.text) if part}
        run = run + written if len(written) == 1 and word.is_capitalised else ""
        found.add(run or written)
        if written not in _LINKS:
            # "U.S." begins with two letters.
            initials.append(written if "." in word.text else written[:1])
    return _KnownNames(frozenset(found), "".join(initials))


@lru_cache(maxsize=512)
def _beginnings(words: frozenset[str], size: int) -> frozenset[str]:
    return frozenset(word[:size] for word in words if len(word) >= _SHORTEST_BEGINNING)


@lru_cache(maxsize=128)
def _one_letter(words: frozenset[str]) -> frozenset[str]:
    """Return words with "ae", "oe" and "ue" in one letter, as they are without their dots."""
    return frozenset(_TWO_LETTERS.sub(r"\1", word) for word in words)
