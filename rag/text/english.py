"""Tells whether a text is English, by its metadata, else by the small words that English has."""

import re
import unicodedata
from collections.abc import Set
from functools import lru_cache

from rag.text.language_names import names_other_language
from rag.text.terms import is_stop_word, stop_word_languages
from rag.text.verbs import is_verb

_WORD = re.compile(r"[^\W\d_]{2,}")
_OPENING = re.compile(r"(?:^|[.!?:]\s+)[^\w\s]*([^\W\d_]{2,})(?=\s+[^\W\d_A-Z])", re.MULTILINE)
# What is looked at; a longer text does not say more.
_LOOKED_AT = 3000
# In fewer words than these, the share of stop words says little.
_LEAST_WORDS = 12
# Of English sentences, a third to a half of the words in lower case are stop words of English; of
# sentences in ten other languages, an eighth at most. Of 14,459 English articles, none has less.
_LEAST_SHARE = 0.13
_LATIN_SHARE = 0.5
# The share lies between what English sentences have and what those of other languages have.
_PLAIN_WORDS, _PLAIN_SHARE = 40, 0.25
# So many words must be of another language alone. Of 15,044 headlines and sentences of realtimeqa
# with few words, 1 counts as foreign then; with one word, about 100 do.
_LEAST_FOREIGN = 2


def is_english(text: str, language: str = "") -> bool:
    """Say whether a text is English, or may be: a table or a list of names is not told apart.

    `language` is what its metadata says, which counts if it names another language.
    """
    if names_other_language(language):
        return False
    text = text[:_LOOKED_AT]
    words = _WORD.findall(text)
    if not words:
        return True
    if sum(map(_is_latin, words)) < _LATIN_SHARE * len(words):
        return False
    small = [word for word in words if word.islower()]
    share = sum(map(_is_stop_word, small)) / len(small) if small else 0.0
    if len(small) >= _LEAST_WORDS and share < _LEAST_SHARE:
        return False
    openings = {word.lower() for word in _OPENING.findall(text)}
    return not _is_foreign(openings.union(small))


def is_plainly_english(text: str) -> bool:
    """Say whether a text is English without doubt, whatever its metadata say: it has sentences."""
    small = [word for word in _WORD.findall(text[:_LOOKED_AT]) if word.islower()]
    if len(small) < _PLAIN_WORDS or not is_english(text):
        return False
    return sum(map(_is_stop_word, small)) >= _PLAIN_SHARE * len(small)


def _is_foreign(words: Set[str]) -> bool:
    """Say whether twice as many words are of one other language alone as are of English alone.

    Stop words tell of their languages, except those that are verbs of English, as "die" is. A
    letter that English does not have, as in "zurück", tells of any of them.
    """
    english = {word for word in words if _is_stop_word(word)}
    accented = sum(not word.isascii() for word in words)
    stop_words: dict[str, set[str]] = {}
    for word in words:
        if not word.isascii() or (word not in english and is_verb(word)):
            continue
        for language in stop_word_languages(word):
            stop_words.setdefault(language, set()).add(word)
    for theirs in (*stop_words.values(), set()):
        foreign, ours = len(theirs - english) + accented, len(english - theirs)
        # A name may have two such words: "and van der Bellen".
        if foreign >= _LEAST_FOREIGN and foreign > 2 * ours:
            return True
    return False


def _is_latin(word: str) -> bool:
    return word.isascii() or "LATIN" in unicodedata.name(word[0], "")


@lru_cache(maxsize=20_000)
def _is_stop_word(word: str) -> bool:
    return is_stop_word(word)
