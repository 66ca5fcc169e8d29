"""Cuts a text into tokens and reads numbers: in figures, in words, as fractions, or as "dozens".

`figures` adds their units and hedges.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.text.numerals import FRACTIONS, MULTIPLIERS, NUMERALS, ORDINALS, NumberSum
from rag.text.patterns import any_of
from rag.text.units import TIME_UNITS

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
        |\d{{1,3}}(?:[,\u00a0\u202f\u2009]\d{{3}})+(?:\.\d+)?|\d+(?:[.:]\d+)?)
      (?P<suffix>(?:st|nd|rd|th|bn|mn|tn|m|k)\b)?
    | (?P<word>[^\W\d_]+(?:[’'][^\W\d_]+)?)
    | (?P<mark>\S)
    """,
    re.VERBOSE,
)
_SUFFIXES = {"bn": 10**9, "mn": 10**6, "tn": 10**12, "m": 10**6, "k": 1000}
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
        return _read_figure(tokens, place)
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
            return number
    return None


def _read_figure(tokens: Sequence[Token], place: int) -> Number | None:
    token = tokens[place]
    if ":" in token.text:
        return None
    value = float(re.sub(r"[,\s]", "", token.text))
    if token.suffix in {"st", "nd", "rd", "th"}:
        return Number(value, value, place + 1, is_ordinal=True)
    value *= _SUFFIXES.get(token.suffix, 1)
    value, last = _multiplied(tokens, place + 1, value)
    return Number(value, value, last)


def _multiplied(tokens: Sequence[Token], place: int, value: float) -> tuple[float, int]:
    """Return a number times the multipliers after it, and where they end."""
    while (factor := MULTIPLIERS.get(word_at(tokens, place))) is not None:
        value *= factor
        place += 1
    return value, place


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
    """Read "half of", "a third of", "two-thirds", "three quarters", "half a million"."""
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
    if word == "half" and behind in {"a", "an"} and word_at(tokens, at + 2) in MULTIPLIERS:
        value, last = _multiplied(tokens, at + 2, 0.5)
        return Number(value, value, last)
    is_share = behind == "of" or word.endswith("s") or (word == "half" and behind in {"the", "a"})
    if not is_share or (at == place and word != "half"):
        return None
    share = 100 * count / parts
    return Number(share, share, at + 1, unit="%")


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
