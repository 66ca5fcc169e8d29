"""Knows which language the metadata of an article names: "de-AT", "ger", "Deutsch".

The codes and names are in `language_names.tsv`, which `training/language_names.py` makes from CLDR.
"""

import re
from collections.abc import Set
from functools import cache

from rag.text.data_rows import rows_of

_ENGLISH = "en"
_SEVERAL = re.compile(r"[,;/|]")
# What follows is the region or the script: "de-AT", "sr_Latn", "German (Austria)".
_REGION = re.compile(r"[-_(]")


def names_other_language(value: str) -> bool:
    """Say whether a language field names languages, and English is none of them.

    A value that names no language, such as "und", "unknown" or "GB", says nothing.
    """
    named = [_plain(one) for one in _SEVERAL.split(value)]
    is_english = not _names_of_english().isdisjoint(named)
    return not is_english and not _names_of_others().isdisjoint(named)


def _plain(name: str) -> str:
    return _REGION.split(name, maxsplit=1)[0].strip().casefold()


@cache
def _names_of_english() -> Set[str]:
    return {name for names in _lines() if names[0] == _ENGLISH for name in names}


@cache
def _names_of_others() -> Set[str]:
    return {name for names in _lines() if names[0] != _ENGLISH for name in names}


@cache
def _lines() -> tuple[list[str], ...]:
    return tuple(rows_of("language_names.tsv"))
