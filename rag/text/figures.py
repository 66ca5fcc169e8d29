"""Finds the numbers of a text, in figures or words, with their units and hedges.

1,432 and 1432, "two million" and 2,000,000, "twenty-one" and 21, and "48 per cent" and 48 % are the
same number. A number in a name (COVID-19, G7) does not count. `rounding` compares two of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from rag.text.numerals import MULTIPLIERS, NUMERALS
from rag.text.sentences import Span
from rag.text.units import TIME_UNITS
from rag.text.words import stem_of
from rag.text.written_numbers import Number, Token, currency_of, read_number, tokens_of, word_at

Bound = Literal["", "about", "least", "most", "nearly"]

_CURRENCIES = {
    "dollar": "$",
    "dollars": "$",
    "pound": "£",
    "pounds": "£",
    "euro": "€",
    "euros": "€",
    "yen": "¥",
    "rupee": "₹",
    "rupees": "₹",
    "rubles": "rouble",
    "roubles": "rouble",
}
# Whose dollars they are: "five million Australian dollars".
_DOLLARS = {
    "american": "US$",
    "australian": "A$",
    "canadian": "C$",
    "singapore": "S$",
    "us": "US$",
    "zealand": "NZ$",
}
# The words before a number that say on which side of it the exact number is.
_HEDGES: dict[Bound, str] = {
    "least": (
        # "Handed over 12 prisoners" names no bound.
        r"(?<!no )(?<!not )more than|(?<!handed )(?<!hand )(?<!handing )(?<!turned )over|above"
        r"|at (?:the very )?least"
        r"|(?:no|not) (?:fewer|less) than|upwards? of|exceed(?:s|ed|ing)?|in excess of"
        r"|(?:just|well) over|(?:a )?minimum of"
    ),
    "most": (
        r"(?<!no )(?<!not )(?:fewer|less) than|under|below|at (?:the (?:very )?)?most|up to"
        r"|(?:no|not) more than|as (?:many|much) as|(?:a )?maximum of"
    ),
    "nearly": r"nearly|almost|close to|(?:just|slightly) under|approaching",
    "about": (
        r"about|around|roughly|approximately|some|circa|an estimated|estimated"
        r"|perhaps|possibly|maybe"
    ),
}
_BOUNDS = {
    bound: re.compile(rf"(?:^|\W)(?:{words})\s+(?:(?<!than\s)the\s+|an?\s+)?$", re.IGNORECASE)
    for bound, words in _HEDGES.items()
}
_REACH = 24
# "The cost has gone up to £61m" and "was put up to £61m" tell an exact number, but "fines can go up
# to £500" and "it took up to two hours" tell the most that it may be.
_WHAT_MOVES = (
    r"bills?|budgets?|costs?|counts?|estimates?|fares?|fees?|figures?|fines?|limits?|numbers?|pay"
    r"|prices?|rates?|rents?|salar(?:y|ies)|shares?|tall(?:y|ies)|tax(?:es)?|tolls?|totals?|wages?"
)
_MOVED_UP = re.compile(
    r"\b(?:(?<!can )(?<!may )(?<!could )(?<!might )"
    r"(?:go|goes|going|gone|went|crept|edged|inched|ticked)(?:\s+back)?"
    r"|(?:is|are|was|were|be|been|being)\s+(?:put|pushed|driven|brought|bumped|hiked|revised)"
    r"|(?:tak(?:es?|en|ing)|took|put(?:s|ting)?|bring(?:s|ing)?|brought|push(?:es|ed|ing)?"
    rf"|driv(?:es?|en|ing)|drove|send(?:s|ing)?|sent)(?:\s+[\w’'-]+){{0,3}}?\s+(?:{_WHAT_MOVES})"
    r"(?:\s+of\s+[\w-]+)?)\s+up\s+to\s+(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_REACH_OF_MOVED = 90
# "Would not sell for less than 260p" says the opposite of "less than 260p".
_AMOUNT_VERBS = (
    r"(?:accept|ask|be|been|bid|charge|consider|cost|drop|exceed|fall|get|go|last|offer|pay|rise|sell"
    r"|settle|spend|take)(?:e?d|s|en|ing)?|fell|went|gone|got|paid|rose|sold|spent|took"
)
_DENIED_BEFORE = re.compile(
    r"\b(?:not|never|\w+n['’]t|refus(?:es?|ed|ing)\s+to|rul(?:es?|ed|ing)\s+out)"
    rf"(?:\s+(?:[a-z]+ly\s+|ever\s+)?(?:{_AMOUNT_VERBS})(?:\s+(?:it|them|her|him))?"
    r"(?:\s+(?:for|at|to|in|by))?)?\s+$",
    re.IGNORECASE,
)
# "No class will have more than 24". A past form before the number may tell an exact one: "no trains
# ran for more than two days". "No doubt he will pay more than £9" denies nothing.
_NOBODY_BEFORE = re.compile(
    r"(?<![\w’'-])(?:no\s+(?!doubt\b|matter\b|longer\b|wonder\b|sooner\b)(?:[\w-]+\s+){1,2}"
    r"|nobody\s+|no\s+one\s+|none\s+of\s+(?:[\w’'-]+\s+){1,3}?)"
    r"(?:(?:in|of|at|on|for|under)\s+(?:[\w’'-]+\s+){1,4}?)?"
    r"(?:will|would|may|can|could|shall|should|must|(?:is|are)\s+to)\s+"
    r"(?:(?:ever|now|be|be\s+(?:allowed|able)\s+to)\s+)?(?!be\b)[a-z]+\s+$",
    re.IGNORECASE,
)
_DENIABLE = re.compile(
    r"\W*(?:(?:more|less|fewer) than|over|above|under|below|in excess of|exceed)\b", re.IGNORECASE
)
_DENIED_BOUND: dict[Bound, Bound] = {"least": "most", "most": "least", "nearly": "least"}
# "12 or more", "12 years or so". "12 boats or more likely 13" has no hedge.
_HEDGED_BEHIND = re.compile(
    r"(?:\s+(?!or\b)[a-z]+)?\s+or (?P<side>more|fewer|less|so)\b(?!\s+(?:than|likely)\b)"
)
_SIDES: dict[str, Bound] = {"more": "least", "fewer": "most", "less": "most", "so": "about"}
# These mostly say where something is, unless an amount is known to follow: "a row over two mills".
_SAYS_WHERE = re.compile(r"(?:over|above|under|below|about|around)\s", re.IGNORECASE)
_PERCENT = re.compile(r"\s?%|\s(?:per ?cent|percentage points?)\b")
# What is between the two numbers of a range: "2 to 3 million".
RANGE_LINKS = frozenset({"to", "or", "and", "-", "–", "—"})
# Units of time in days or in months. Days and months do not convert into each other.
_DAYS = {"TS": 1 / 86400, "TM": 1 / 1440, "TH": 1 / 24, "D": 1.0, "W": 7.0, "F": 14.0}
_MONTHS = {"M": 1.0, "Q": 3.0, "Y": 12.0, "E": 120.0, "C": 1200.0}
# The units that add up in one duration, and how many of the second make one of the first.
_ADDED = {("Y", "M"): 12, ("W", "D"): 7, ("D", "TH"): 24, ("TH", "TM"): 60, ("TM", "TS"): 60}
_BETWEEN_ADDED = re.compile(r"[\s-][a-z]{2,7},?\s+(?:and\s+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number and its place, `text[start:end]`.

    `unit` is "%", a currency, or the ISO designator of a time unit. `bound` says how the number is
    hedged. `low` and `high` differ for "dozens". `is_soft` marks words that often do not mean a
    number: "one", "a week". `noun` is the stem of the content word right after the number.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str = ""
    bound: Bound = ""
    is_ordinal: bool = False
    is_soft: bool = False
    noun: int | None = None

    @property
    def is_vague(self) -> bool:
        """Whether it means no single number."""
        return self.low != self.high

    @property
    def measure(self) -> tuple[str, float]:
        """The kind of its unit, and its amount in that: two weeks and 14 days are the same."""
        if self.unit in _DAYS:
            return "days", self.low * _DAYS[self.unit]
        if self.unit in _MONTHS:
            return "months", self.low * _MONTHS[self.unit]
        return self.unit, self.low


def find_figures(text: str) -> list[Figure]:
    """Return the numbers of a text in order."""
    tokens = tokens_of(text)
    figures: list[Figure] = []
    place = 0
    while place < len(tokens):
        number = read_number(tokens, place)
        if number is None:
            place += 1
            continue
        figures.append(_figure(text, tokens, place, number))
        place = number.last
    return _share_units(text, figures)


def whole_durations(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Return the numbers of a text with "three years and four months" as one, of 40 months."""
    whole: list[Figure] = []
    for figure in figures:
        before = whole[-1] if whole else None
        added = before and _ADDED.get((before.unit, figure.unit))
        if before and added and _BETWEEN_ADDED.fullmatch(text, before.end, figure.start):
            low, high = before.low * added + figure.low, before.high * added + figure.high
            whole[-1] = replace(figure, start=before.start, low=low, high=high, bound=before.bound)
        else:
            whole.append(figure)
    return whole


def _figure(text: str, tokens: Sequence[Token], place: int, number: Number) -> Figure:
    before = tokens[place - 1] if place else None
    start, last = tokens[place].start, number.last
    unit = number.unit
    if before is not None and before.kind == "currency":
        unit, start = currency_of(before), before.start
    unit = unit or _unit_behind(tokens, last)
    end = tokens[last - 1].end
    percent = _PERCENT.match(text, end)
    return Figure(
        start=start,
        end=percent.end() if percent else end,
        low=number.low,
        high=number.high,
        unit=unit,
        bound=_bound(text, start, end),
        is_ordinal=number.is_ordinal,
        is_soft=number.is_soft,
        noun=_noun_behind(tokens, last),
    )


def _unit_behind(tokens: Sequence[Token], place: int) -> str:
    word = word_at(tokens, place)
    if word == "-" and place < len(tokens) and tokens[place].start == tokens[place - 1].end:
        word = word_at(tokens, place + 1)
    if word in {"%", "percent", "percentage"} or (
        word == "per" and word_at(tokens, place + 1) == "cent"
    ):
        return "%"
    if word in {"more", "other"}:
        word = word_at(tokens, place + 1)
    whose = place + (word in {"new", "u"})
    if word_at(tokens, whose + 1) in {"dollar", "dollars"} and word_at(tokens, whose) in _DOLLARS:
        return _DOLLARS[word_at(tokens, whose)]
    return TIME_UNITS.get(word, _CURRENCIES.get(word, ""))


def _noun_behind(tokens: Sequence[Token], place: int) -> int | None:
    """Return the stem of the first content word after a number and any "of the" or "other"."""
    for token in tokens[place : place + 3]:
        if token.kind != "word" or token.text in NUMERALS or token.text in MULTIPLIERS:
            return None
        stem = stem_of(token.text)
        if stem is not None and token.text != "other":
            return stem
    return None


def unhedged(before: str) -> str:
    """Return the words before a number without those that hedge it, such as "at least"."""
    hedge = max((len(words) for _, words in _hedges_before(before)), default=0)
    return before[: len(before) - hedge]


def with_hedges(text: str, span: Span, within: Span, *, is_amount: bool = True) -> Span:
    """Return a part of a sentence with the words around its numbers that hedge them.

    All are in characters of `text`, and `within` is the sentence. If a number begins the part, it
    gets what is before it, such as "at least", and if one ends it, what is behind: "or more". If it
    is not sure that the part `is_amount`, "over" and the like are left out.
    """
    sentence = text[within.start : within.end]
    start, end = span.start - within.start, span.end - within.start
    inside = [f for f in find_figures(sentence) if start <= f.start < end and not f.is_ordinal]
    if not inside:
        return span
    first = inside[0].start
    hedged = first - len(_hedge(sentence[:first], is_amount=is_amount))
    start = min(start, hedged)
    behind = _HEDGED_BEHIND.match(sentence, inside[-1].end)
    if behind and behind.start("side") > end:
        end = behind.end()
    return Span(start + within.start, end + within.start)


def _hedge(before: str, *, is_amount: bool) -> str:
    bare = unhedged(before)
    hedge = before[len(bare) :].lstrip(" \n\t,;:—–-(“\"'")
    if not is_amount and _SAYS_WHERE.match(hedge):
        return ""
    return _denial_before(before[: len(before) - len(hedge)], hedge) + hedge


def _hedges_before(before: str) -> Iterator[tuple[Bound, str]]:
    """Yield the ways to read the end of some words as the hedge of a number behind them."""
    for bound, pattern in _BOUNDS.items():
        found = pattern.search(before[-_REACH:])
        if found is None or (bound == "most" and _MOVED_UP.search(before[-_REACH_OF_MOVED:])):
            continue
        denied = _denial_before(before[: len(before) - len(found[0].lstrip())], found[0])
        yield (_DENIED_BOUND.get(bound, bound) if denied else bound), found[0]


def _denial_before(before: str, hedge: str) -> str:
    """Return the words that turn a hedge into its opposite: "not sell for" of "less than"."""
    if not _DENIABLE.match(hedge):
        return ""
    near = before[-_REACH_OF_MOVED:]
    found = _DENIED_BEFORE.search(near) or _NOBODY_BEFORE.search(near)
    return found[0] if found else ""


def _bound(text: str, start: int, end: int) -> Bound:
    before = text[max(0, start - _REACH_OF_MOVED) : start]
    for bound, _ in _hedges_before(before):
        return bound
    behind = _HEDGED_BEHIND.match(text, end)
    if behind is None:
        return ""
    return _SIDES[behind["side"]]


def _share_units(text: str, figures: list[Figure]) -> list[Figure]:
    """Give the first number of a range the unit that only the second has: "2 to 3 million"."""
    shared = []
    for figure, after in zip_longest(figures, figures[1:]):
        link = text[figure.end : after.start].strip() if after else ""
        if after and link in RANGE_LINKS and not figure.is_ordinal:
            words = text[after.start : after.end].lower().split()
            factor = 1 if figure.low >= 1000 or link == "and" else MULTIPLIERS.get(words[-1], 1)
            shared.append(
                replace(
                    figure,
                    low=figure.low * factor,
                    high=figure.high * factor,
                    unit=figure.unit or after.unit,
                )
            )
        else:
            shared.append(figure)
    return shared
