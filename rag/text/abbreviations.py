"""Knows usual abbreviations of the news and what they stand for: "AG" and "attorney general".

They are in the file `abbreviations.tsv`, which is ours. Most articles write both forms, but a
question has only one of them. A search uses both; a model that reads must be given the one that the
passages have.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from rag.text.patterns import any_of


def other_forms(text: str) -> list[str]:
    """Return what the abbreviations in a text stand for, and the abbreviations of what it names.

    An abbreviation must be in its own case, since "us" and "who" are words, and may have points:
    "U.S.". A text in capitals has no abbreviations that can be told.
    """
    if text.isupper():
        return []
    whole, short = _patterns()
    pointless = re.sub(r"\b([A-Z])\.(?=[A-Z]\b)|\b([A-Z])\.(?!\w)", r"\1\2", text)
    long_forms = [_long_forms()[found[0]] for found in short.finditer(pointless)]
    short_forms = [_short_forms()[found[0].lower()] for found in whole.finditer(text)]
    return list(dict.fromkeys(long_forms + short_forms))


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


def _without_points(found: re.Match[str]) -> str:
    return found[0].replace(".", "")


@cache
def _short_pattern() -> re.Pattern[str]:
    """Return a pattern of abbreviations with and without points: "AG", "A.G."."""
    pointed = ["".join(f"{letter}." for letter in short) for short in _long_forms()]
    # "10 PM" is an hour.
    return re.compile(
        rf"(?<![\w.])(?<!\d\s)(?:{any_of(pointed)}|(?:{any_of(_long_forms())})\b(?!\.\w))"
    )


@cache
def _long_forms() -> Mapping[str, str]:
    file = files("rag.text").joinpath("abbreviations.tsv")
    pairs = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return dict(pairs)


@cache
def _short_forms() -> Mapping[str, str]:
    return {whole.lower(): short for short, whole in _long_forms().items()}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    whole = rf"\b(?:{any_of(_short_forms())})\b"
    short = rf"\b(?:{any_of(_long_forms())})\b"
    return re.compile(whole, re.IGNORECASE), re.compile(short)
