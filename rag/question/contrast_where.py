"""Tells whether a name can be put where a question says where something happened.

`contrast_places.py` asks this before a name without a preposition takes the place of another.
"""

import re
from functools import cache

from rag.text.countries import countries
from rag.text.names import TITLES
from rag.text.outlets import is_named_as_outlets_are
from rag.text.places import country_of
from rag.text.words import plain

# "On Israel" in "the attack on Israel" is no place that anything is on.
_ISLAND = re.compile(r"\b(?:is(?:land|le)s?|coast|peninsula|ground)\b", re.IGNORECASE)
# "St Ives" is a place, and "Mr Ives" is none.
_TITLES = TITLES - {"st", "saint"}


def says_where(preposition: str, words: str) -> bool:
    """Say whether a preposition and a name say where something was: "on" only with an island."""
    return preposition in ("in", "at") or (preposition == "on" and bool(_ISLAND.search(words)))


def can_be_place(words: str, old: str) -> bool:
    """Say whether a name can stand behind "in", where another one stands: not "Mr Hale"."""
    if country := country_of(words):
        return words.removesuffix("s") not in _peoples() and country.country != "United Nations"
    is_titled = plain(words.split(maxsplit=1)[0]) in _TITLES
    is_letters = words.isupper() and not old.isupper()
    is_other = is_titled or is_letters or is_named_as_outlets_are(words)
    return not is_other and country_of(old) is None


@cache
def _peoples() -> frozenset[str]:
    """Return what describes those of a country, who are no place: "French", "Briton"."""
    return frozenset(word for c in countries() for word in (*c.adjectives, *c.people))
