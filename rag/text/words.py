"""Finds the words of a text with their stems, which every check of a sentence compares."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rag.text.folding import without_accents
from rag.text.terms import question_terms
from rag.text.verbs import with_base_forms

# A word with its inner apostrophes, dots and hyphens: "Armenia's", "U.S.", "Nagorno-Karabakh".
_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s?$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place; `stem` is None for a stop word."""

    text: str
    start: int
    end: int
    stem: int | None

    @property
    def is_capitalised(self) -> bool:
        """Whether it starts with a capital."""
        return self.text[0].isupper()


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order."""
    return [Word(m[0], m.start(), m.end(), stem_of(m[0].lower())) for m in _WORD.finditer(text)]


def stems_of(text: str) -> set[int]:
    """Return the stems of a text's content words, and of the parts of hyphenated words."""
    parts = {part for word in _WORD.findall(text) for part in (word, *re.split(r"[-–]", word))}
    return {stem for part in parts if (stem := stem_of(part.lower())) is not None}


@lru_cache(maxsize=65536)
def stem_of(word: str) -> int | None:
    """Return the stem of a word in lower case as BM25 counts it; None for a stop word.

    If the tokenizer splits the word ("o'clock", "two-month"), it is the stem of the first part.
    """
    indices = question_terms(with_base_forms(_POSSESSIVE.sub("", word))).indices
    return indices[0] if indices else None


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """Return a word in the form for comparing names: lower case, no accents, dots, possessive."""
    return re.sub(r"[.’']", "", without_accents(_POSSESSIVE.sub("", word)))


def without_words(question: str, words: str) -> str:
    """Return a question without some of its words, and the space and comma that they leave."""
    rest = " ".join(question.replace(words, " ").split()) if words else question
    return rest.replace(" ?", "?").lstrip(" ,")


def is_inside(start: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Say whether a place is in one of the spans."""
    return any(first <= start < last for first, last in spans)
