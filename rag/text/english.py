"""Tells whether a text is English, by the small words that no English text is without."""

import re
import unicodedata
from functools import lru_cache

from rag.text.terms import is_stop_word

_WORD = re.compile(r"[^\W\d_]{2,}")
# What is looked at; a longer text does not say more.
_LOOKED_AT = 3000
# In fewer words than these, a list of names and a foreign text look alike.
_LEAST_WORDS = 12
# Of English sentences, a third to a half of the words in lower case are stop words of English; of
# sentences in ten other languages, an eighth at most. Of 14,459 English articles, none has less.
_LEAST_SHARE = 0.13
_LATIN_SHARE = 0.5


def is_english(text: str) -> bool:
    """Say whether a text is English, or may be: a table or a list of names is not told apart."""
    words = _WORD.findall(text[:_LOOKED_AT])
    if not words:
        return True
    if sum(map(_is_latin, words)) < _LATIN_SHARE * len(words):
        return False
    small = [word for word in words if word.islower()]
    if len(small) < _LEAST_WORDS:
        return True
    return sum(map(_is_stop_word, small)) >= _LEAST_SHARE * len(small)


def _is_latin(word: str) -> bool:
    return word.isascii() or "LATIN" in unicodedata.name(word[0], "")


@lru_cache(maxsize=20_000)
def _is_stop_word(word: str) -> bool:
    return is_stop_word(word)
