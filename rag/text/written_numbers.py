"""Cuts a text into tokens and reads numbers: in figures, in words, as fractions, or as "dozens".

A half behind a number belongs to it: "two and a half million", "a year and a half", "2½", "2 1/2".

`figures` adds their units and hedges.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rag.text.numerals import FRACTIONS, MULTIPLIERS, NUMERALS, ORDINALS, NumberSum
from rag.text.patterns import any_of
from rag.text.units import TIME_UNITS, units

# What is written before an amount in letters, and the currency that it means.
_CODES = {
    "INR": "₹",
    "USD": "US$",
    "AUD": "A$",
    "CAD": "C$",
    "EUR": "€",
    "GBP": "£",
    "CHF": "franc",
    "NGN": "₦",
    "ZAR": "rand",
    "KES": "shilling",
    "Sh": "shilling",
    "KSh": "shilling",
    "TSh": "shilling",
    "USh": "shilling",
    "RM": "ringgit",
    "Tk": "taka",
    "GHS": "cedi",
    "GH¢": "cedi",
}
# Letters that are a currency only before some numbers, and signs. Other signs name themselves.
_SIGNS = {"rs": "₹", "n": "₦", "r": "rand", "₵": "cedi", "au$": "A$", "ca$": "C$", "r$": "real"}
_CURRENCIES = _SIGNS | {code.lower(): currency for code, currency in _CODES.items()}
_TOKEN = re.compile(
    rf"""
      (?P<currency>(?:US|AU?|CA?|HK|NZ|S|NT|R)?\$|[£€¥₹₦₵₱₩₺₽]|\bRs\.?(?=\s?\d)
        |\b{any_of(_CODES)}(?=\s?\d)
        |\b[RN](?=\d{{1,3}}(?:[,.]\d|\s?(?:bn|billion|m\b|million|trillion)|\b(?!-))))
    | (?P<name>[A-Za-z]+-?\d[\w-]*|\d+[A-Z]\b)
    | (?P<figure>\d{{1,2}}(?:,\d\d)+,\d{{3}}(?!\d)
        |\d{{1,3}}(?:[,\u00a0\u202f\u2009]\d{{3}})+(?:\.\d+)?
        |\d{{1,3}}[\s-][1-7]/[23458](?![\d/]|\s+of\b)|\d+\s?[½¼¾⅓⅔]|\d+(?:[.:]\d+)?)
      (?P<suffix>(?:st|nd|rd|th|bn|mn|tn|m|k)\b)?
    | (?P<word>[^\W\d_]+(?:[’'][^\W\d_]+)?)
    | (?P<mark>\S)
    """,
    re.VERBOSE,
)
_SUFFIXES = {"bn": 10**9, "mn": 10**6, "tn": 10**12, "m": 10**6, "k": 1000}
# "Two-and-a-half-year": so many tokens are looked at behind a number.
_MOST_OF_A_HALF = 9
# The parts of one that a figure may end with: "2½", "2 1/2", "2-1/2".
_PART_SIGNS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
_WITH_PART = re.compile(r"(?P<whole>\d+)(?:\s?(?P<sign>[½¼¾⅓⅔])|[\s-](?P<top>\d)/(?P<below>\d))")
_VAGUE = {
    "dozens": (20, 300),
    "scores": (40, 300),
    "hundreds": (150, 10**4),
    "thousands": (1500, 10**6),
    "millions": (1.5e6, 10**9),
    "billions": (1.5e9, 10**13),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text in lower case, and its place; `kind` names a group of the pattern."""

    kind: str
    text: str
    start: int
    end: int
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or a range if it is vague, that ends before the token `last`."""

    low: float
    high: float
    last: int
    unit: str = ""
    is_ordinal: bool = False
    is_soft: bool = False


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text in order."""
    return [_token(match) for match in _TOKEN.finditer(text)]


def word_at(tokens: Sequence[Token], place: int) -> str:
    """Return the text of a token; the empty string outside the text."""
    return tokens[place].text if 0 <= place < len(tokens) else ""


def currency_of(token: Token) -> str:
    """Return the currency of what stands before an amount: "€" of "€", "A$" of "AU$"."""
    return _CURRENCIES.get(token.text.rstrip("."), token.text.upper())


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup if match.lastgroup != "suffix" else "figure"
    text = (match["figure"] or match[0]).lower()
    return Token(kind or "mark", text, match.start(), match.end(), match["suffix"] or "")


def read_number(tokens: Sequence[Token], place: int) -> Number | None:
    """Return the number that starts at a token, if one does."""
    token = tokens[place]
    if token.kind == "figure":
        figure = _read_figure(tokens, place)
        return figure and _with_half(tokens, figure)
    if token.kind != "word":
        return None
    for read in (
        _read_vague,
        _read_share,
        _read_fraction,
        _read_ordinal,
        _read_words,
        _read_single,
    ):
        number = read(tokens, place)
        if number is not None:
            return _with_half(tokens, number)
    return None


def _read_figure(tokens: Sequence[Token], place: int) -> Number | None:
    token = tokens[place]
    if ":" in token.text:
        return None
    value = _value_written(token.text)
    if token.suffix in {"st", "nd", "rd", "th"}:
        return Number(value, value, place + 1, is_ordinal=True)
    value *= _SUFFIXES.get(token.suffix, 1)
    value, last = _multiplied(tokens, place + 1, value)
    return Number(value, value, last)


def _value_written(figure: str) -> float:
    """Return the value of a number in figures: 1432 of "1,432", 2.5 of "2½" and of "2 1/2"."""
    parts = _WITH_PART.fullmatch(figure)
    if parts is None:
        return float(re.sub(r"[,\s]", "", figure))
    sign = parts["sign"]
    part = _PART_SIGNS[sign] if sign else int(parts["top"]) / int(parts["below"])
    return int(parts["whole"]) + part


def _multiplied(tokens: Sequence[Token], place: int, value: float) -> tuple[float, int]:
    """Return a number times the multipliers after it, and where they end."""
    while (factor := MULTIPLIERS.get(word_at(tokens, place))) is not None:
        value *= factor
        place += 1
    return value, place


def _with_half(tokens: Sequence[Token], number: Number) -> Number:
    """Return a number with the half that words behind it add: "two and a half million"."""
    if number.is_ordinal or number.unit or number.low != number.high:
        return number
    last = number.last
    part, end = _half_behind(tokens, last)
    if part:
        # A half of "a million and a half" is one of a million.
        value = number.low + part * MULTIPLIERS.get(word_at(tokens, last - 1), 1)
        value, end = _multiplied(tokens, end, value)
        return Number(value, value, end)
    unit = TIME_UNITS.get(word_at(tokens, last), "")
    part, end = _half_behind(tokens, last + 1) if unit else (0.0, last)
    # "A day and a half million" and "one century and a half-century" are two amounts.
    if not part or word_at(tokens, end) in {"-", *MULTIPLIERS, *TIME_UNITS}:
        return number
    value = number.low + part
    return Number(value, value, end, unit=unit)


def _half_behind(tokens: Sequence[Token], place: int) -> tuple[float, int]:
    """Return what "and a half" and the like add at a place, and the place behind; 0 if nothing."""
    if word_at(tokens, place) not in {"-", "and"}:
        return 0.0, place
    words = " ".join(token.text for token in tokens[place : place + _MOST_OF_A_HALF])
    found = _and_a_half().match(words)
    if found is None:
        return 0.0, place
    part = 0.75 if found["three"] else 0.25 if found["one"] == "quarter" else 0.5
    return part, place + len(found[0].split())


@cache
def _and_a_half() -> re.Pattern[str]:
    """Return the pattern of a half behind a number, in tokens with a space between any two.

    "Two and a half of the crew", "two and a quarter past" and "two and a half-brother" have none.
    """
    measured = any_of([*TIME_UNITS, *MULTIPLIERS, *units()])
    return re.compile(
        r"(?P<joined>- )?and (?:- )?"
        r"(?:(?:a|one) (?:- )?(?P<one>half|quarter)|(?P<three>three (?:- )?quarters?)"
        rf"|half(?= {measured}(?!\S)))(?!\S)(?! (?:of|past)\b)"
        rf"(?(joined)|(?! - (?!{measured}(?!\S))))"
    )


def _read_vague(tokens: Sequence[Token], place: int) -> Number | None:
    word, last = tokens[place].text, place + 1
    factor = MULTIPLIERS.get(word_at(tokens, last))
    if word in {"few", "several"} and factor:
        return Number(2 * factor, 10 * factor, last + 1)
    span = _VAGUE.get(word)
    if span is None:
        return None
    if word_at(tokens, last) == "of" and word_at(tokens, last + 1) in _VAGUE:
        span, last = _VAGUE[word_at(tokens, last + 1)], last + 2
    return Number(*span, last)


def _read_share(tokens: Sequence[Token], place: int) -> Number | None:
    """Read "one in five" and "two out of three", but not "two in ten years"."""
    link = place + 1
    last = link + (2 if word_at(tokens, link) == "out" else 1)
    words = [token.text for token in tokens[link:last]]
    count, of = NUMERALS.get(tokens[place].text), NUMERALS.get(word_at(tokens, last))
    is_of_time = word_at(tokens, last + 1) in TIME_UNITS
    if words not in (["in"], ["out", "of"]) or is_of_time or not (count and of) or count >= of:
        return None
    share = 100 * count / of
    return Number(share, share, last + 1, unit="%")


def _read_fraction(tokens: Sequence[Token], place: int) -> Number | None:
    """Read "half of", "a third of", "two-thirds", "three quarters", "half a million".

    Of a million and of a unit it is no share: "half an hour", "a quarter of a million".
    """
    count, at = 1.0, place
    if tokens[place].text in {"a", "an"}:
        at += 1
    elif tokens[place].text in NUMERALS:
        count, at = NUMERALS[tokens[place].text], place + 1
        at += word_at(tokens, at) == "-"
    word = word_at(tokens, at)
    parts = FRACTIONS.get(word) or FRACTIONS.get(word.removesuffix("s"))
    if parts is None:
        return None
    behind = word_at(tokens, at + 1)
    whole = _whole_behind(tokens, at, is_half=word == "half")
    if whole is not None:
        value, last = _multiplied(tokens, whole, count / parts)
        return Number(value, value, last)
    is_share = behind == "of" or word.endswith("s") or (word == "half" and behind in {"the", "a"})
    if not is_share or (at == place and word != "half"):
        return None
    share = 100 * count / parts
    return Number(share, share, at + 1, unit="%")


def _whole_behind(tokens: Sequence[Token], place: int, *, is_half: bool) -> int | None:
    """Return the place of the million or of the unit of which a fraction is the amount, if any."""
    at = place + 1 + (not is_half and word_at(tokens, place + 1) == "of")
    has_article = word_at(tokens, at) in {"a", "an"}
    at += has_article or (is_half and word_at(tokens, at) == "-")
    whole = word_at(tokens, at)
    if whole in MULTIPLIERS:
        return at if is_half or has_article else None
    # "Half a per cent", "half a mile". Of an hour or so, a quarter is no number of its own.
    is_unit = whole in {"per", "percentage", *TIME_UNITS} or whole in units()
    return at if is_half and has_article and is_unit else None


def _read_ordinal(tokens: Sequence[Token], place: int) -> Number | None:
    word, last = tokens[place].text, place + 1
    if word in NUMERALS and NUMERALS[word] >= 20 and word_at(tokens, last) == "-":
        joined = f"{word}-{word_at(tokens, last + 1)}"
        if joined in ORDINALS:
            return Number(ORDINALS[joined], ORDINALS[joined], last + 2, is_ordinal=True)
    value = ORDINALS.get(word)
    if value is None or (word == "second" and _is_time_unit(tokens, place)):
        return None
    # In "was first reported" and "at first", the word is an adverb.
    is_adverb = word == "first" and (
        word_at(tokens, last).endswith("ed") or word_at(tokens, place - 1) == "at"
    )
    return Number(value, value, last, is_ordinal=True, is_soft=is_adverb)


def _is_time_unit(tokens: Sequence[Token], place: int) -> bool:
    before = tokens[place - 1] if place else None
    return before is not None and (before.kind == "figure" or before.text in {"per", "each", "one"})


def _read_words(tokens: Sequence[Token], place: int) -> Number | None:
    """Read a number in words: "two hundred and five", "a million", "twenty-one"."""
    at = place
    if tokens[place].text in {"a", "an"}:
        at += 1
        if word_at(tokens, at) not in MULTIPLIERS:
            return None
    number, started = NumberSum(), False
    while True:
        word = word_at(tokens, at)
        if word in NUMERALS and (not started or number.fits(NUMERALS[word])):
            number.add(NUMERALS[word])
        elif word in MULTIPLIERS:
            number.multiply(MULTIPLIERS[word])
        elif started and word in {"-", "and"} and _goes_on(tokens, at, number):
            at += 1
            continue
        else:
            break
        started, at = True, at + 1
    if not started:
        return None
    return Number(number.value, number.value, at, is_soft=number.value == 1)


def _goes_on(tokens: Sequence[Token], at: int, number: NumberSum) -> bool:
    value = NUMERALS.get(word_at(tokens, at + 1))
    if value is None:
        return False
    if word_at(tokens, at) == "and":
        return number.value >= 100 and number.group % 100 == 0
    return number.group % 100 >= 20 and number.fits(value)


def _read_single(tokens: Sequence[Token], place: int) -> Number | None:
    """Read "a week" as one week and "a couple" as two, both soft."""
    word, behind = tokens[place].text, word_at(tokens, place + 1)
    if word in {"a", "an"} and behind in TIME_UNITS:
        # "A second" means another one more often than a length of time.
        return None if behind == "second" else Number(1.0, 1.0, place + 1, is_soft=True)
    if word == "couple" or (word == "a" and behind == "couple"):
        return Number(2.0, 2.0, place + 1 + (word == "a"), is_soft=True)
    return None
