"""Finds the words that say what a question asks about the names in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.question.kinds import Kind
from rag.question.premises.asked_names import AskedName
from rag.text.names import find_names
from rag.text.opposites import allied_stems, converse_stems
from rag.text.verbs import base_form
from rag.text.words import stem_of, stems_of, words_of

# These words say for what kind of thing is asked, or say little.
_OF_KINDS = frozenset(
    "many much old long far big date day month year age time number percentage name city country "
    "state town place get give make take go come happen put".split()
)
_KINDS = frozenset({"number", "when", "who", "where"})


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of a question, and the stems that say it: its own, and those of allied words.

    Allied words are on its side of an opposition, or say the same from the other side: "sell" for
    "buy".
    """

    text: str
    stem: int
    allied: frozenset[int]


def asked_words(question: str, kind: Kind, names: Sequence[AskedName]) -> tuple[AskedWord, ...]:
    """Return a question's words without its names, and without what describes their bearers.

    There are none for a kind of question whose answer is seldom worded as the question is.
    """
    if kind not in _KINDS:
        return ()
    named = {word.start for name in find_names(question) for word in name}
    described = {stem for name in names for stem in name.described}
    return tuple(
        AskedWord(word.text, stem, allied_stems(stem) | converse_stems(stem))
        for word in words_of(question)
        if (stem := _stem(word.text)) is not None
        and word.start not in named
        and word.stem not in described
        and base_form(word.text) not in _OF_KINDS
    )


def content_stems(text: str) -> frozenset[int]:
    """Return the stems of a text's words, and those of the verbs that the words are forms of."""
    verbs = {stem for word in words_of(text) if (stem := _stem(word.text)) is not None}
    return frozenset(verbs | stems_of(text))


@lru_cache(maxsize=4096)
def _stem(word: str) -> int | None:
    return stem_of(base_form(word))
