"""Finds whether a text repeats a sentence in the wording that it had before it was replaced.

Other outlets take over a story early, and do not always take over its correction.
"""

from collections.abc import Iterable
from functools import lru_cache

from rag.text.sentences import split_sentences
from rag.text.words import stems_of

# One sentence is another wording of a second if they share this part of the words of the longer.
_ALIKE = 0.6


def repeats_old_wording(part: str, *, present: str, earlier: Iterable[str], other: str) -> bool:
    """Say whether another text has a sentence of `part` as an earlier text worded it.

    `part` is a part of the text `present`, and `earlier` are those that it replaced.
    """
    here, there = _plain(present), _plain(other)
    if _plain(part) in there:
        return False
    sentences = [stems for _, stems in _read(part)]
    return any(
        any(_are_alike(stems, own) for own in sentences)
        for text in earlier
        for words, stems in _read(text)
        if words not in here and words in there
    )


# A search compares several passages with each of the few articles of a story.
@lru_cache(maxsize=64)
def _read(text: str) -> tuple[tuple[str, frozenset[int]], ...]:
    """Return the sentences of a text, each on one line and as its stems."""
    sentences = (text[span.start : span.end] for span in split_sentences(text))
    return tuple((_plain(sentence), frozenset(stems_of(sentence))) for sentence in sentences)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _are_alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return bool(one) and len(one & other) >= _ALIKE * max(len(one), len(other))
