"""Holds countries with all their names: the country, its adjectives, its people and its seats.

The names are in two data files, whose first lines give their sources: `countries.tsv`, which
`training/country_names.py` makes from The World Factbook, and `countries_in_news.tsv`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rag.text.data_rows import rows_of

_FILES = ("countries_in_news.tsv", "countries.tsv")


@dataclass(frozen=True, slots=True)
class Country:
    """A country, or something that news treats as one, with its names as they are written.

    `adjectives` describe things from it, `people` are those who are from it, and `seats` are the
    places that it is governed from. If `is_of_news` is set, the entry has the names that news uses,
    and the official entry of the same name follows it.
    """

    name: str
    also: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    seats: tuple[str, ...]
    is_of_news: bool

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the country, its things and its people, without its seats."""
        return (self.name, *self.also, *self.adjectives, *self.people)


@cache
def countries() -> tuple[Country, ...]:
    """Return all countries, those of news first, because their names go before official ones."""
    return tuple(_read())


def _read() -> Iterator[Country]:
    for name in _FILES:
        for title, *rest in rows_of(name):
            columns = [tuple(part.split(";")) if part else () for part in rest]
            also, adjectives, people, seats = [*columns, (), (), (), ()][:4]
            yield Country(title, also, adjectives, people, seats, name == _FILES[0])
