"""Widens a part of a sentence until it cuts no number, no unit, no word and no name.

A model that marks words may mark a piece of them: "£1" of "£1,978.42", "22" of "22 miles", "Ines"
of "Ines Falk". `rag.evidence.citations` widens what the reader marked before anyone sees it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rag.text.calendar import WHOLE_MONTH, WHOLE_WEEKDAY
from rag.text.numerals import MULTIPLIERS, NUMERALS
from rag.text.patterns import any_of
from rag.text.sentences import OPENERS, Span
from rag.text.units import currency_codes, units

# Inside a word there may be an apostrophe that begins no possessive, a hyphen or a slash, and "&"
# or a full stop as in "AT&T" and "cnn.com".
_WORD = r"\w+(?:(?:['’](?!s\b)|[-‑–/&]|(?<=[a-z])\.(?=[a-z]))\w+)*"
# "U.S.", "a.m.", "J.D.": the last full stop belongs to them.
_INITIALS = r"\b(?:[A-Za-z]\.){2,}"
_NUMBERED = r"\bNos?\.\s?\d+"
# "No one" and "no boats" say the opposite of "one" and "boats".
_DENIED = (
    r"\b[Nn]o\s(?!(?:because|in|on|at|to|and|or|but|after|before|for|when|if|as|that|by|with|from|than"
    r"|longer|more|less)\b)[a-z]\w*"
)
# "3.5m", "21st", "40-year-old" and "5G" are one word with their figure.
_FIGURES = (
    r"\d{1,3}[\s-][1-7]/[23458](?![\d/])"
    r"|\d+(?:[.,:/]\d+)*(?:\s?[½¼¾⅓⅔]|[-‑–]?[^\W_]+(?:[-‑–/]\w+)*)?|[½¼¾⅓⅔]"
)
# The numbers of a draw: "2, 9, 18 and 26". Two are no list: "in 2017, 12 people".
_LISTED_NUMBERS = (
    r"(?<![\d.,])\d{1,2}(?:,\s\d{1,2}(?![\d.,]*\d))+(?:,\s|,?\sand\s)\d{1,2}\b(?![.,:]?\d)"
)
# "Growth for 2024-25 to 6.4%" has no range.
_NO_YEARS = r"(?!(?:1[5-9]|20)\d\d(?:[-–/]\d\d\b|\sto\s\W?\d{1,3}(?:\.\d+)?\s?(?:%|per)))"
# A sign before a number is one only where no word and no other number stands before it.
_SIGN = r"(?<![\w.,)\]])[-−–+±]"
# Currency signs may have letters before them, "US$" and "A$". Rupees have "Rs".
_CURRENCY_SIGN = r"(?:\b[A-Z]{1,3})?[$¢£¤¥֏؋৲৳฿₠-⃀]\s?|\bRs\.?\s?"
_PART_SIGN = r"\s?(?:%|‰|°\s?[CF]?\b|°)"
# "A second" and "a quarter" are mostly no times.
_TIME = r"(?:minute|hour|day|night|week|fortnight|month|year|decade|century)\b"
_EACH = r"\s(?:per\ssecond|(?:per|an?|each|every)\s(?:hour|minute))\b"
# "They rowed two miles an hour later".
_NO_DISTANCE = r"(?!\s(?:after|before|later|earlier|ago|old|late|early)\b)"
# Multipliers beside those in words; one letter counts only directly after a figure, as a word.
_SHORT_MULTIPLIERS = ("bn", "mn", "tn", "trn", "lakh", "lakhs", "crore", "crores")

# A unit, and those of its parts with which it is written for one amount.
_JOINED: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (frozenset(larger.split()), frozenset(smaller.split()))
    for larger, smaller in (
        ("year years", "month months week weeks day days"),
        ("month months", "week weeks day days"),
        ("week weeks", "day days"),
        ("day days", "hour hours minute minutes"),
        ("hour hours hr hrs", "minute minutes min mins second seconds"),
        ("minute minutes min mins", "second seconds sec secs"),
        ("mile miles", "yard yards foot feet"),
        ("yard yards", "foot feet ft inch inches"),
        ("foot feet ft", "inch inches"),
        ("metre metres meter meters", "centimetre centimetres centimeter centimeters cm"),
        ("stone", "pound pounds lb lbs"),
        ("pound pounds lb lbs", "ounce ounces oz pence penny"),
        ("kilogram kilograms kilo kilos kg", "gram grams"),
        ("dollar dollars euro euros", "cent cents"),
        ("rupee rupees", "paisa paise"),
    )
)

# A word with a capital, or initials: "Falk", "O’Neill", "al-Assad", "W", "J.D.".
_CAPITAL = re.compile(
    r"(?<![\w'’-])(?:(?:[A-Z]\.){2,}|(?:(?:al|el)-|d['’])?[A-Z]\w*(?:(?:['’](?!s\b)|[&-])\w+)*)"
)
# Between two words of a name: the full stop of an initial or a title, and words without a capital.
_WITHIN_NAME = re.compile(
    r"\.?\s(?:(?:de|del|della|der|den|di|da|dos|du|la|le|van|von|bin|ibn|bint|ter|ten)\s){0,2}"
)
# "The Sennet Quilters' Circle" is one name. "Falk's White House" is not, so only a plural owns.
_OWNS = re.compile(r"(?<=s)['’]\s(?=[A-Z])")
_NO_NAME = re.compile(rf"{WHOLE_WEEKDAY}|{WHOLE_MONTH}")
_NEVER_NAMES = OPENERS | NUMERALS.keys()
_ANY_WORD = re.compile(r"[^\W\d_]+")
# "Rose from 10 to 12" and "fell £2 to £13" have two values, "ranging from 10 to 12" is a range.
_CHANGED = re.compile(
    r"\b(?:(?<!ranging\s)(?<!ranges\s)(?<!ranged\s)(?<!range\s)(?<!anywhere\s)from|by|rose|risen"
    r"|rises?|rising|fell|fall(?:s|en|ing)?|climb\w*|jump\w*|dropp?\w*|slipp?\w*|gain\w*|lost|shed"
    r"|add(?:s|ed|ing)|grew|grown?|grows|increas\w+|decreas\w+|declin\w+|surg\w+|soar\w+|up|down)"
    r"\s(?:[a-z]+\s){0,2}$",
    re.IGNORECASE,
)
# In a headline, capitals say nothing about names. It has this share of words with one, and more
# words than most names.
_HEADLINE_SHARE = 0.6
_HEADLINE_WORDS = 6


def whole_span(text: str, span: Span, within: Span) -> Span:
    """Return the least part of a sentence that has `span` in it and cuts nothing in two.

    All are in characters of `text`, and `within` is the sentence. Words, numbers with their
    currency and unit, and names stay whole. Of a name of which one word is in `span`, all is
    taken; of a longer part, such as a name without its title, nothing more.
    """
    sentence = text[within.start : within.end]
    start, end = span.start - within.start, span.end - within.start
    for pattern in _patterns():
        for found in pattern.finditer(sentence):
            start, end = _widened(start, end, found.start(), found.end())
    for found in _joined_units().finditer(sentence):
        if _are_of_one_amount(found["larger"], found["smaller"]):
            start, end = _widened(start, end, found.start(), found.end())
    for found in _ranges().finditer(sentence):
        if not _CHANGED.search(sentence[: found.start()]):
            start, end = _widened(start, end, found.start(), found.end())
    for words, owned in pairwise([*_names(sentence), []]):
        inside = [word for word in words if word.start < end and start < word.end]
        if len(inside) == 1:
            whole = [*words, *owned] if _owns(sentence, words, owned) else words
            start, end = _widened(start, end, whole[0].start, whole[-1].end)
    return Span(start + within.start, end + within.start)


def _widened(start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Return a span that has all of `[first, last)` if an edge of it was inside."""
    return (first if first < start < last else start, last if first < end < last else end)


@dataclass(frozen=True, slots=True)
class _Written:
    """Patterns of how amounts are written: with a currency, a number, and a unit."""

    money: str
    bare: str
    number: str
    unit: str
    half: str


@cache
def _written() -> _Written:
    multipliers = any_of([*MULTIPLIERS, *_SHORT_MULTIPLIERS, "millions", "billions"])
    in_words = rf"(?:{any_of([*NUMERALS, *MULTIPLIERS])})\b"
    article = rf"(?:(?:half\s)?an?\s|(?:a\s)?half[-\s])(?={any_of(MULTIPLIERS)}\b)"
    three_quarters = r"three[-\s]quarters?\b"
    in_words = rf"\b(?:{article})?{in_words}(?:[-\s](?:and\s)?(?!{three_quarters}){in_words})*"
    money = rf"(?:{_CURRENCY_SIGN}|\b{any_of(currency_codes())}\s?)"
    bare = rf"(?:{_FIGURES}|(?i:{in_words}))(?:[-\s]{multipliers}\b){{0,2}}"
    # A unit of money may have its country before it: "Swiss francs", "US dollars".
    unit = rf"(?:{_PART_SIGN}|[-\s](?:[A-Z][\w.]*\s)?{any_of(units())}\b)"
    number = rf"(?:{_SIGN})?{money}?{bare}"
    # "Two and a half million", "two and half crore", "two and three-quarter hours".
    half = (
        rf"(?:\sand\s(?:a\s(?:half|quarter)|{three_quarters}|half(?=\s{multipliers}\b|{unit}))"
        rf"(?:[-\s]{multipliers}\b){{0,2}}(?!\sof\b))?"
    )
    return _Written(money=money, bare=bare, number=number, unit=unit, half=half)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return what is never cut: words, then numbers with what belongs to them."""
    number, unit, half = _written().number, _written().unit, _written().half
    bare = _written().bare
    # "10 to 12 percent". "From 5 to 7 percent" has two values.
    link = r"(?:\s?[-–—]\s?|(?<!from\s)\s(?:to|or)\s)"
    amount = rf"{number}{half}(?:{unit}{half})?"
    share = r"(?:one|two|three|four|five|six|seven|eight|nine|\d)"
    return (
        re.compile(_WORD),
        re.compile(_INITIALS),
        re.compile(_NUMBERED),
        re.compile(_DENIED),
        re.compile(
            rf"[Bb]etween\s{amount}\sand\s{amount}|{number}\svotes\sto\s{number}"
            rf"|(?<!from\s)(?<![\d-]){_NO_YEARS}{number}{link}{number}{unit}"
            rf"|\b(?i:{share}\s(?:in|out\sof)\s(?:every\s)?(?:{share}|ten|\d+)\b)"
            rf"|\b(?i:an?\s(?:hour|day|week|month|year)\sand\sa\s(?:half|quarter))\b"
            rf"|\b[Hh]alf\san?{unit}"
            rf"|\b(?i:a\s(?:quarter|third|half)\sof\sa\s(?:million|billion))\b"
            rf"|\b(?i:(?:ten|hundred|thousand|dozen|score)s\sof\s(?:thousand|million|billion)s)\b"
            rf"|{amount}"
        ),
        # The unit of a speed or a flow, not of "a rent of £400 a month". And "a month" of "a month
        # late".
        re.compile(rf"{bare}{unit}{_EACH}{_NO_DISTANCE}"),
        re.compile(rf"\b[Aa]n?\s{_TIME}"),
        re.compile(_LISTED_NUMBERS),
    )


@cache
def _joined_units() -> re.Pattern[str]:
    """Return the pattern of two numbers with units, one behind the other: "6 feet 2 inches"."""
    bare, larger, smaller = (
        _written().bare,
        any_of({unit for units_, _ in _JOINED for unit in units_}),
        any_of({unit for _, units_ in _JOINED for unit in units_}),
    )
    money = f"{_written().money}?"
    return re.compile(
        rf"{money}{bare}[-\s](?P<larger>{larger})\b,?\s(?:and\s)?{bare}[-\s](?P<smaller>{smaller})\b"
    )


def _are_of_one_amount(larger: str, smaller: str) -> bool:
    """Say whether two units are written for one amount: feet and inches, not years and percent."""
    return any(larger in units_ and smaller in parts for units_, parts in _JOINED)


@cache
def _ranges() -> re.Pattern[str]:
    """Return the pattern of two amounts that are alike: "£2bn to £3bn", "10 or 11 people".

    Both have the same currency, the same unit or the same noun, or one noun follows both. Two years
    are not meant: "it grew in 2019 to 40 members".
    """
    money, bare, unit = _written().money, _written().bare, _written().unit
    apart = r"\s(?:to|or)\s"
    link = rf"(?:[-–—]|{apart})"
    no_year = r"(?!(?:1[5-9]|20)\d\d\b)"
    # "£2m to 40 farmers" is no range.
    begins = rf"(?<![\w.,$¢£¤¥₠-⃀]){no_year}"
    no_noun = r"(?:in|on|at|to|of|by|for|from|with|and|or|but|against|after|before|as|than|that)\b"
    return re.compile(
        rf"(?P<money>{money}){bare}{link}(?P=money){bare}"
        rf"|{bare}(?P<unit>{unit}){link}{bare}(?P=unit)s?"
        rf"|{begins}{bare}\s(?P<noun>[a-z]+)s?{apart}{no_year}{bare}\s(?P=noun)s?\b"
        rf"|{begins}{bare}{apart}{no_year}{bare}(?=\s(?!{no_noun})[a-z])"
    )


def _names(sentence: str) -> Iterator[list[Span]]:
    """Yield the words of each name, which may be one."""
    words = [Span(*found.span()) for found in _CAPITAL.finditer(sentence)]
    count = len(_ANY_WORD.findall(sentence))
    if count >= _HEADLINE_WORDS and len(words) >= _HEADLINE_SHARE * count:
        return
    run: list[Span] = []
    for word in words:
        written = sentence[word.start : word.end]
        if _NO_NAME.fullmatch(written) or written.lower() in _NEVER_NAMES:
            continue
        if run and not _WITHIN_NAME.fullmatch(sentence, run[-1].end, word.start):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _owns(sentence: str, words: list[Span], following: list[Span]) -> bool:
    """Say whether a name of several words owns the next one and is one name with it."""
    owns = _OWNS.match(sentence, words[-1].end) if len(words) > 1 and following else None
    return owns is not None and owns.end() == following[0].start
