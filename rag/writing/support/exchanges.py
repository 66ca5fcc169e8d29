"""Finds two names or numbers of a sentence that have changed places.

An example is "Baku freed 44 and Yerevan 12" if the quotes say 12 and 44. The words before and after
a name or number tell its place. Two of them have changed places if each has at least as much of the
other's surroundings as of its own, and both together have more.
"""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rag.text.clauses import WITHIN_CLAUSE
from rag.text.figures import find_figures
from rag.text.names import find_names
from rag.text.places import place_at
from rag.text.words import is_inside, plain, words_of
from rag.timex import find_times

_NEAR = 3
# A name or a number nearby says more about a place than another word does.
_ITEM_WEIGHT = 2
# Stop words that give a role to the thing right after them: "from China to Rotterdam".
_ROLES = frozenset("from to by for against".split())
# In the passive, subject and object are the other way round.
_PASSIVE = re.compile(rf"\b(?:was|were|is|are|been|being)\b{WITHIN_CLAUSE}*\bby\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Token:
    """A name, a number or a content word; only tokens of the same `kind` can change places."""

    kind: str
    key: Hashable
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Item:
    """A name or a number, with what is near it before and after."""

    token: _Token
    before: Sequence[_Token]
    behind: Sequence[_Token]

    def likeness(self, other: "_Item", without: Hashable) -> int:
        """Return how much of its surroundings another item has too, for each side by itself."""
        pairs = ((self.before, other.before), (self.behind, other.behind))
        return sum(_weight(one, two, without) for one, two in pairs)


def find_exchanges(sentence: str, quotes: Sequence[str]) -> Iterator[str]:
    """Yield the part of the sentence between two items that changed places, both included."""
    if bool(_PASSIVE.search(sentence)) != any(_PASSIVE.search(quote) for quote in quotes):
        return
    given: dict[Hashable, list[_Item]] = {}
    for quote in quotes:
        for item in _items(_tokens(quote)):
            given.setdefault(item.token.key, []).append(item)
    tokens = _tokens(sentence)
    here = [item for item in _items(tokens) if item.token.key in given]
    for one, other in combinations(here, 2):
        if one.token.kind != other.token.kind or one.token.key == other.token.key:
            continue
        if not _are_listed(tokens, one, other) and _have_changed(one, other, given):
            yield sentence[one.token.start : other.token.end]


def _have_changed(one: _Item, other: _Item, given: Mapping[Hashable, Sequence[_Item]]) -> bool:
    own_of_one, own_of_other = _best(one, one, other, given), _best(other, other, one, given)
    as_other, as_one = _best(one, other, other, given), _best(other, one, one, given)
    if as_other < max(1, own_of_one) or as_one < max(1, own_of_other):
        return False
    return as_other + as_one > own_of_one + own_of_other


def _best(
    item: _Item, place: _Item, partner: _Item, given: Mapping[Hashable, Sequence[_Item]]
) -> int:
    """Return how well an item fits into a place of the quotes, without its partner."""
    places = given[place.token.key]
    return max(item.likeness(other, partner.token.key) for other in places)


def _are_listed(tokens: Sequence[_Token], one: _Item, other: _Item) -> bool:
    """Say whether only names or numbers are between two items, so that order means nothing."""
    between = [t for t in tokens if one.token.end <= t.start < other.token.start]
    return all(token.kind not in {"word", "role"} for token in between)


def _weight(near: Sequence[_Token], given: Sequence[_Token], without: Hashable) -> int:
    keys = {token.key for token in given} - {without}
    shared = {token.key: token.kind for token in near if token.key in keys}
    return sum(1 if kind in {"word", "role"} else _ITEM_WEIGHT for kind in shared.values())


def _items(tokens: Sequence[_Token]) -> Iterator[_Item]:
    for place, token in enumerate(tokens):
        if token.kind not in {"word", "role"}:
            before = _without_roles(tokens[max(0, place - _NEAR) : place], nearest=-1)
            behind = _without_roles(tokens[place + 1 : place + 1 + _NEAR], nearest=0)
            yield _Item(token, before, behind)


def _without_roles(tokens: Sequence[_Token], *, nearest: int) -> list[_Token]:
    """Return tokens without those words of a role that are not right beside the item."""
    beside = tokens[nearest] if tokens else None
    return [token for token in tokens if token.kind != "role" or token is beside]


def _tokens(text: str) -> list[_Token]:
    """Return the names, numbers and content words of a text in order."""
    dates = [(time.start, time.end) for time in find_times(text)]
    found: list[_Token] = []
    for figure in find_figures(text):
        kind = "date" if is_inside(figure.start, dates) else f"number {figure.unit}"
        if not figure.is_soft:
            found.append(_Token(kind, figure.low, figure.start, figure.end))
    for name in find_names(text):
        last = plain(name[-1].text)
        place = place_at([last], 0)
        kind = "people" if place and last not in plain(place.country) else "name"
        found.append(_Token(kind, last, name[0].start, name[-1].end))
    spans = [(token.start, token.end) for token in found]
    for word in words_of(text):
        if any(start < word.end and word.start < end for start, end in spans):
            continue
        if word.stem is not None:
            found.append(_Token("word", word.stem, word.start, word.end))
        elif word.text in _ROLES:
            found.append(_Token("role", word.text, word.start, word.end))
    return sorted(found, key=lambda token: token.start)
