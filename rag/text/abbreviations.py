"""Knows usual abbreviations of the news and what they stand for: "AG" and "attorney general".

They are in the file `abbreviations.tsv`, which is ours. Most articles write both forms, but a
question has only one of them.
"""

import re
from collections.abc import Mapping
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
