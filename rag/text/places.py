"""Finds countries in a text by all their names: country, people and seat of government.

News uses "Ankara", "the Turkish president" and "Turkey" for one another. A sentence may use any of
them where its quotes use another. `rag.text.countries` has the names.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rag.text.countries import countries
from rag.text.words import plain

_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A country that words name, how many words name it, and whether they name its seat."""

    country: str
    count: int
    is_seat: bool


def place_at(words: Sequence[str], start: int) -> Place | None:
    """Return the country that plain words name from `start` on, by the longest of its names.

    A plural means its people: "Armenians".
    """
    names, seats = _tables()
    for count in range(min(_MOST_WORDS, len(words) - start), 0, -1):
        phrase = " ".join(words[start : start + count])
        country = names.get(phrase) or names.get(phrase.removesuffix("s"))
        if country:
            return Place(country, count, False)
        if phrase in seats:
            return Place(seats[phrase], count, True)
    return None


def country_of(name: str) -> Place | None:
    """Return the country that a name begins with, as it is written."""
    return place_at([plain(word) for word in name.split()], 0)


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Return the countries by their names, and by their seats of government.

    A name of several countries, such as "Korean" or "Dominican", is left out unless news uses it
    for one of them.
    """
    names: dict[str, str] = {}
    seats: dict[str, str] = {}
    shared = Counter(key for country in countries() for key in {*map(_key, country.names)})
    for country in countries():
        titles = [_key(title) for title in (country.name, *country.also)]
        known = next((names[title] for title in titles if title in names), country.name)
        names.setdefault(titles[0], known)
        for key in map(_key, country.names):
            if shared[key] == 1 or country.is_of_news:
                names.setdefault(key, known)
        for key in map(_key, country.seats):
            seats.setdefault(key, known)
    return names, seats


def _key(name: str) -> str:
    return " ".join(plain(word) for word in name.replace("-", " ").split())
