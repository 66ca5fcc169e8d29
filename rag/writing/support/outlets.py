"""Compares a name in a sentence with the `source` of quotes: "the Guardian", theguardian.com."""

import re
from collections.abc import Iterable

from rag.text.outlets import is_called_as_outlets_are, outlet_letters

_SHORTEST = 3
_ACCORDING = re.compile(
    r"\b(?:according to|as reported by|reported by|citing)\s+(?:the\s+)?$", re.I
)
_REPORTS = re.compile(r"\s*,?\s*(?:has\s+)?(?:report(?:s|ed)|wr(?:ites|ote))\b")


def is_outlet(name: str, sources: Iterable[str]) -> bool:
    """Say whether a name is that of one of the sources, which are domains or names."""
    wanted = outlet_letters(name)
    return len(wanted) > 1 and any(_is_of(wanted, outlet_letters(source)) for source in sources)


def is_attributed(sentence: str, start: int, end: int) -> bool:
    """Say whether a sentence says that a name reported it, or the name is like an outlet's."""
    if is_called_as_outlets_are(sentence[start:end]) or _ACCORDING.search(sentence[:start]):
        return True
    return _REPORTS.match(sentence, end) is not None


def _is_of(wanted: str, source: str) -> bool:
    if wanted == source:
        return True
    return len(wanted) >= _SHORTEST and bool(source) and (wanted in source or source in wanted)
