"""Countries by all their names: the country, what is of it, its people, its seat of government.

The names are those of two data files whose heads name their sources: `countries.tsv`, which
`training/country_names.py` makes of The World Factbook, and `countries_in_news.tsv`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FILES = ("countries_in_news.tsv", "countries.tsv")


@dataclass(frozen=True, slots=True)
class Country:
    """A country, or what news speaks of like one, with its names as they are written.

    `adjectives` say what is of it, `people` who is from it, `seats` where it is governed from. One
    `is_of_news` says how news calls it, and the official entry of the same name follows.
    """

    name: str
    also: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    seats: tuple[str, ...]
    is_of_news: bool

    @property
    def names(self) -> tuple[str, ...]:
        """All that names it or what is of it; not its seats."""
        return (self.name, *self.also, *self.adjectives, *self.people)


@cache
def countries() -> tuple[Country, ...]:
    """Return all countries, those of news first: their names go before the official ones."""
    return tuple(_read())


def _read() -> Iterator[Country]:
    for name in _FILES:
        text = (files("rag.text") / name).read_text(encoding="utf-8")
        for line in text.splitlines():
            if line and not line.startswith("#"):
                title, *rest = line.split("\t")
                columns = [tuple(part.split(";")) if part else () for part in rest]
                also, adjectives, people, seats = [*columns, (), (), (), ()][:4]
                yield Country(title, also, adjectives, people, seats, name == _FILES[0])
