"""Knows usual abbreviations of the news and what they stand for: "AG" and "attorney general".

They are in the file `abbreviations.tsv`, which is ours. Most articles write both forms, but a
question has only one of them. A search uses both; a model that reads must be given the one that the
passages have.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from rag.text.data_rows import rows_of
from rag.text.patterns import any_of

_POINTED = ("US", "UK", "UN")


def other_forms(text: str) -> list[str]:
    """Return what the abbreviations in a text stand for, and the abbreviations of what it names.

    An abbreviation must be in its own case, since "us" and "who" are words, and may have points:
    "U.S.", for which "US" is another form. A text in capitals has no abbreviations that can be
    told.
    """
    if text.isupper():
        return []
    found = abbreviations_in(text)
    long_forms = [_long_forms()[short] for short in found]
    short_forms = [_short_forms()[name[0].lower()] for name in _whole_pattern().finditer(text)]
    # Some outlets write these with points and some without, and a search tells them apart.
    both = [form for short in (*found, *short_forms) if short in _POINTED for form in _both(short)]
    others = dict.fromkeys([*long_forms, *short_forms, *both])
    return [form for form in others if form not in text]


def abbreviations_in(text: str) -> tuple[str, ...]:
    """Return the abbreviations in a text, without points, each once."""
    if text.isupper():
        return ()
    found = (_without_points(match) for match in _short_pattern().finditer(text))
    return tuple(dict.fromkeys(found))


def spelt_out_in(passages: Sequence[str], abbreviations: Sequence[str]) -> tuple[str, ...]:
    """Return those abbreviations that most of the passages write in full.

    A passage that has the abbreviation counts against it: it explains it, or it is another one,
    such as the "GP" that is a race.
    """
    return tuple(short for short in abbreviations if _is_spelt_out(short, passages))


def in_full(text: str, abbreviations: Sequence[str]) -> str:
    """Return a text with these of its abbreviations in full."""

    def whole(match: re.Match[str]) -> str:
        short = _without_points(match)
        return _long_forms()[short] if short in abbreviations else match[0]

    return _short_pattern().sub(whole, text)


def _is_spelt_out(short: str, passages: Sequence[str]) -> bool:
    """Say whether more passages write an abbreviation in full than have it as it is."""
    whole = re.compile(rf"\b{re.escape(_long_forms()[short])}\b", re.IGNORECASE)
    others = [text for text in passages if short not in abbreviations_in(text)]
    spelt_out = sum(whole.search(text) is not None for text in others)
    return spelt_out > len(passages) - len(others)


def _both(short: str) -> tuple[str, str]:
    return short, "".join(f"{letter}." for letter in short)


def _without_points(found: re.Match[str]) -> str:
    return found[0].replace(".", "")


@cache
def _short_pattern() -> re.Pattern[str]:
    """Return a pattern of abbreviations with and without points: "AG", "A.G."."""
    pointed = [_both(short)[1] for short in _long_forms()]
    countries = [_both(short)[1] for short in _POINTED]
    # "10 PM" is an hour, "A.G. Orr" is a person, and "US$" is a currency.
    return re.compile(
        rf"(?<![\w.])(?<!\d\s)(?:{any_of(countries)}|(?:{any_of(pointed)})(?!\s+[A-Z])"
        rf"|(?:{any_of(_long_forms())})\b(?!\.\w|\$))"
    )


@cache
def _long_forms() -> Mapping[str, str]:
    return dict(rows_of("abbreviations.tsv"))


@cache
def _short_forms() -> Mapping[str, str]:
    return {whole.lower(): short for short, whole in _long_forms().items()}


@cache
def _whole_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(_short_forms())})\b", re.IGNORECASE)
