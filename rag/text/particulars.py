"""Finds what tells one report from another that is worded like it: its numbers, dates and names.

Lottery results, weather and market reports are one template with other figures in it, and a later
version of a story may differ in one figure only. Neither may be taken for a copy. What only the
style of a newspaper writes otherwise is no difference: "Sept. 5", "Gov. Orr" and "the U.S.".
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.text.abbreviations import abbreviations_in, in_full
from rag.text.calendar import MONTH_NAMES, MONTHS, WEEKDAY_NAMES, WEEKDAYS
from rag.text.names import find_names
from rag.text.numerals import MULTIPLIERS, NUMERALS, number_of
from rag.text.opposites import find_opposites
from rag.text.patterns import any_of
from rag.text.sentences import split_sentences

# A number in figures, one such as "twenty-one", or a word.
_TENS, _ONES = (
    any_of(w for w, n in NUMERALS.items() if n in numbers)
    for numbers in (range(20, 100), range(1, 10))
)
_WORD = re.compile(rf"\d+(?:[.,:/]\d+)*|\b(?i:{_TENS}-{_ONES})\b|[^\W\d_]+")
# Hours and amounts that are written with zeros: "6:00", "$4.00".
_ZEROS = re.compile(r"(?<=\d)[:.]00$")
# Titles that newspapers write short before a name.
_TITLES = {
    "capt": "captain",
    "col": "colonel",
    "dr": "doctor",
    "gen": "general",
    "gov": "governor",
    "lt": "lieutenant",
    "prof": "professor",
    "rep": "representative",
    "rev": "reverend",
    "sen": "senator",
    "sgt": "sergeant",
}
# Sentences are worded alike if they share this part of their other words.
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence: its numbers and its other words, both in order, and its particulars."""

    sentence: str
    numbers: tuple[str, ...]
    words: tuple[str, ...]
    particulars: frozenset[str]


def particulars(sentence: str) -> frozenset[str]:
    """Return the numbers, the names of days and months, and the other names in a sentence.

    Numbers are in figures, whether they are written so or in words. The first word of a sentence
    has a capital anyway, so that it is not taken for a name. Abbreviations are in full.
    """
    return _parted(sentence).particulars


def tells_otherwise(part: str, text: str) -> bool:
    """Say whether a text words a sentence of `part` alike, with other particulars, and only so.

    A sentence that has an opposite for one of its words, such as "fell" for "rose", does so too.
    """
    plain = " ".join(text.split())
    if " ".join(part.split()) in plain:
        return False
    for sentence in _sentences(part):
        if " ".join(sentence.split()) in plain:
            continue
        own = _told(sentence)
        twins = [theirs for theirs in _read(text) if _are_alike(own.words, theirs.words)]
        if twins and all(_differ(own, theirs) for theirs in twins):
            return True
    return False


def _differ(one: _Told, other: _Told) -> bool:
    """Say whether each of two sentences that are worded alike has what the other has not."""
    if not (one.particulars <= other.particulars or other.particulars <= one.particulars):
        return True
    # From 4 to 6, or from 6 to 4.
    if one.words == other.words and len(one.numbers) == len(other.numbers):
        return one.numbers != other.numbers
    return any(find_opposites(one.sentence, [other.sentence]))


# A search compares several passages with each of the few articles of a story.
@lru_cache(maxsize=64)
def _read(text: str) -> tuple[_Told, ...]:
    return tuple(map(_told, _sentences(text)))


def _told(sentence: str) -> _Told:
    """Return what a sentence tells, with the name that it begins with, if it does."""
    told = _parted(sentence)
    first = next(find_names(sentence), [])
    if not first or any(map(str.isalnum, sentence[: first[0].start])):
        return told
    return replace(told, particulars=told.particulars | {first[0].text.lower()})


def _parted(sentence: str) -> _Told:
    numbers, words, names = [], [], []
    for place, written in enumerate(_words(sentence)):
        word = written.lower()
        is_name = written[0].isupper() and (place > 0 or word in MONTHS or word in WEEKDAYS)
        in_words = word.split("-")
        if written[0].isdigit():
            numbers.append(_ZEROS.sub("", written.replace(",", "")))
        elif in_words[0] in NUMERALS:
            numbers.append(f"{number_of(in_words):.0f}")
        elif is_name or word in MULTIPLIERS:
            names.append(_in_full(word))
        else:
            words.append(word)
    return _Told(sentence, tuple(numbers), tuple(words), frozenset([*numbers, *names]))


def _words(sentence: str) -> list[str]:
    return _WORD.findall(in_full(sentence, abbreviations_in(sentence)))


def _in_full(word: str) -> str:
    """Return the name of a month, a day or a title that may be written short, in lower case."""
    if word in MONTHS:
        return MONTH_NAMES[MONTHS[word] - 1].lower()
    if word in WEEKDAYS:
        return WEEKDAY_NAMES[WEEKDAYS[word] - 1].lower()
    return _TITLES.get(word, word)


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


def _are_alike(one: Collection[str], other: Collection[str]) -> bool:
    """Say whether two sentences have most of their words in common that are no particulars."""
    common = set(one) & set(other)
    return bool(one) and len(common) >= _ALIKE * max(len(set(one)), len(set(other)))
