"""Finds what tells one report from another that is worded like it: its numbers, dates and names.

Lottery results, weather and market reports are one template with other figures in it, and a later
version of a story may differ in one figure only. Neither may be taken for a copy.
"""

import re
from collections.abc import Set
from functools import lru_cache

from rag.text.calendar import MONTHS, WEEKDAYS
from rag.text.names import find_names
from rag.text.numerals import MULTIPLIERS, NUMERALS, number_of
from rag.text.patterns import any_of
from rag.text.sentences import split_sentences

# A number in figures, one such as "twenty-one", or a word.
_TENS, _ONES = (
    any_of(w for w, n in NUMERALS.items() if n in numbers)
    for numbers in (range(20, 100), range(1, 10))
)
_WORD = re.compile(rf"\d+(?:[.,:/]\d+)*|\b(?i:{_TENS}-{_ONES})\b|[^\W\d_]+")
# Sentences are worded alike if they share this part of their other words.
_ALIKE = 0.6


def particulars(sentence: str) -> frozenset[str]:
    """Return the numbers, the names of days and months, and the other names in a sentence.

    Numbers are in figures, whether they are written so or in words. The first word of a sentence
    has a capital anyway, so that it is not taken for a name.
    """
    found = set()
    for place, written in enumerate(_WORD.findall(sentence)):
        word = written.lower()
        is_name = written[0].isupper() and (place > 0 or word in MONTHS or word in WEEKDAYS)
        in_words = word.split("-")
        if written[0].isdigit():
            found.add(written.replace(",", ""))
        elif in_words[0] in NUMERALS:
            found.add(f"{number_of(in_words):.0f}")
        elif is_name or word in MULTIPLIERS:
            found.add(word)
    return frozenset(found)


def differ(one: Set[str], other: Set[str]) -> bool:
    """Say whether each of two sentences has particulars that the other has not."""
    return not (one <= other or other <= one)


def tells_otherwise(part: str, text: str) -> bool:
    """Say whether a text words a sentence of `part` alike, with other particulars, and only so."""
    plain = " ".join(text.split())
    if " ".join(part.split()) in plain:
        return False
    for sentence in _sentences(part):
        if " ".join(sentence.split()) in plain:
            continue
        words, own = _common(sentence), _told_in(sentence)
        twins = [theirs for common, theirs in _read(text) if _are_alike(words, common)]
        if twins and all(differ(own, theirs) for theirs in twins):
            return True
    return False


# A search compares several passages with each of the few articles of a story.
@lru_cache(maxsize=64)
def _read(text: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return the common words and the particulars of each sentence of a text."""
    return tuple((_common(s), _told_in(s)) for s in _sentences(text))


def _told_in(sentence: str) -> frozenset[str]:
    """Return the particulars of a sentence, with the name that it begins with, if it does."""
    first = next(find_names(sentence), [])
    is_opening = bool(first) and not any(map(str.isalnum, sentence[: first[0].start]))
    return particulars(sentence) | ({first[0].text.lower()} if is_opening else set())


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


def _common(sentence: str) -> frozenset[str]:
    """Return the words of a sentence that are no particulars."""
    return frozenset(word.lower() for word in _WORD.findall(sentence)) - particulars(sentence)


def _are_alike(one: Set[str], other: Set[str]) -> bool:
    return bool(one) and len(one & other) >= _ALIKE * max(len(one), len(other))
