"""Finds what is told apart by a number in its name: "Ward 7", "Apollo 11", "World War II".

A number in words, a Roman one and an ordinal before the name mean the same: "Ward Seven", "the 7th
ward". Of "Wards 3, 5 and 7", each is named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.text.names import TIME_WORDS
from rag.text.numerals import NUMERALS, ORDINALS
from rag.text.patterns import any_of
from rag.text.verbs import is_past_form
from rag.text.words import plain, stem_of, words_of

# Common nouns that have numbers as names have. What counts or measures is none of them ("day 3").
_LABELS = frozenset(
    "act article amendment apartment batch bay berth bill block building bus camp car case "
    "category cell chamber channel chapter checkpoint clause company county court courtroom "
    "district dock engine episode exit flat flight floor game gate group hall hangar highway "
    "interstate junction lane level line lock lot measure mine mission model motorway number "
    "page part phase pier platform plot precinct proposal proposition reactor regiment region "
    "resolution ring road room round route rule runway season section sector series shaft "
    "silo stage station terminal test tier tower track train tram tunnel turbine type unit "
    "version volume ward warehouse well wing zone".split()
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ONE = rf"(?:\d{{1,3}}(?:\.\d+)?(?![\d,–-]*\d|[\w%])|[IVXLC]{{1,6}}\b|(?i:{any_of(NUMERALS)})\b)"
_MORE = rf"(?:\s*(?:,|&|/|and|or)\s*(?:{_ONE}))"
_NUMBERED = re.compile(
    rf"(?P<word>[^\W\d_]+)(?:[ -]|\s(?:[Nn]os?\.?|[Nn]umbers?)\s)(?P<numbers>{_ONE}{_MORE}*)"
)
_ORDINAL = re.compile(
    rf"\b(?P<number>\d{{1,3}}(?=st|nd|rd|th)|{any_of(ORDINALS)})\w*\s(?P<word>[^\W\d_]+)",
    re.IGNORECASE,
)
# Not "a 30-second delay", and not "the secondary school".
_ANY_ORDINAL = re.compile(
    rf"(?<![\d-])\b(?P<number>\d{{1,3}}(?=(?:st|nd|rd|th)\b)|{any_of(ORDINALS)}\b)", re.IGNORECASE
)
_ORDINAL_OF_NOUN = re.compile(
    rf"{_ANY_ORDINAL.pattern}(?:st|nd|rd|th)?[\s-](?P<word>[a-z]+)\b", re.IGNORECASE
)
# "In Madrid 24 hours later", "Holm 3 per cent": the number counts what comes after it.
_COUNTS = re.compile(
    r"[ -](?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|times|people|per|percent|million|"
    r"billion|thousand|hundred|miles?|metres?|meters?|km|points?|goals|votes|seats|am|pm)\b"
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """What a text names by a number: its words there, its last word in plain form, the number."""

    text: str
    word: str
    number: float


def numbered_in_question(question: str) -> Iterator[Numbered]:
    """Yield what a question names by a number: "Who represents Ward 7?"."""
    for match in _NUMBERED.finditer(question):
        word = match["word"]
        is_label = _singular(plain(word)) in _LABELS
        is_name = word[0].isupper() and match.start() > 0 and plain(word) not in TIME_WORDS
        if not (is_label or is_name) or _COUNTS.match(question, match.end()):
            continue
        if not is_label and not re.search(r"\d|[IVXLC]{2}", match["numbers"]):
            continue
        for number in _numbers(match["numbers"]):
            yield Numbered(match[0], _singular(plain(word)), number)
    yield from _by_ordinal(question)


def numbers_of(text: str, word: str) -> frozenset[float]:
    """Return the numbers that a text gives to things of a word: of "ward", those of all wards."""
    return _all_numbered(text).get(word, frozenset())


@lru_cache(maxsize=256)
def _all_numbered(text: str) -> dict[str, frozenset[float]]:
    found: dict[str, set[float]] = {}
    for match in _NUMBERED.finditer(text):
        word = plain(match["word"])
        if _may_have_number(word) and not _COUNTS.match(text, match.end()):
            found.setdefault(_singular(word), set()).update(_numbers(match["numbers"]))
    for one in _by_ordinal(text):
        found.setdefault(one.word, set()).add(one.number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _by_ordinal(text: str) -> Iterator[Numbered]:
    """Yield what a text names by its place: "the 7th ward", but not "the first Apollo landing"."""
    for match in _ORDINAL.finditer(text):
        value = _value_of(match["number"])
        if (word := _singular(plain(match["word"]))) in _LABELS:
            yield Numbered(match[0], word, value)


def ordinals_of(text: str) -> dict[str, frozenset[float]]:
    """Return the ordinals that a text has right before a noun, of each noun: "second husband"."""
    found: dict[str, set[float]] = {}
    for match in _ORDINAL_OF_NOUN.finditer(text):
        word = match["word"].lower()
        if stem_of(word) is None or is_past_form(word):
            continue
        found.setdefault(_singular(plain(word)), set()).add(_value_of(match["number"]))
    return {word: frozenset(numbers) for word, numbers in found.items()}


def has_without_ordinal(text: str, noun: str) -> bool:
    """Say whether a text has a noun, in plain form, in a place without an ordinal before it."""
    rest = _ORDINAL_OF_NOUN.sub(" ", text)
    return any(_singular(plain(word.text)) == noun for word in words_of(rest))


def has_ordinal(text: str, number: float) -> bool:
    """Say whether a text has an ordinal, whatever is behind it: "a second" is a second one."""
    return any(number == _value_of(match["number"]) for match in _ANY_ORDINAL.finditer(text))


def _value_of(ordinal: str) -> float:
    """Return the number of an ordinal, 7 of "7" (of "7th") and of "seventh"."""
    return float(ordinal) if ordinal.isdigit() else float(ORDINALS[ordinal.lower()])


def _may_have_number(word: str) -> bool:
    """Say whether a word can be that of a name: it is none such as "the" or "than"."""
    return stem_of(word.lower()) is not None


def _numbers(text: str) -> Iterator[float]:
    for one in re.findall(_ONE, text):
        if one[0].isdigit():
            yield float(one)
        elif one.isupper() and one.lower() not in NUMERALS:
            yield float(_roman(one))
        else:
            yield float(NUMERALS[one.lower()])


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    after = [*values[1:], 0]
    return sum(-v if v < w else v for v, w in zip(values, after, strict=True))


def _singular(word: str) -> str:
    return word.removesuffix("s") if not word.endswith("ss") else word
