"""Puts items into groups, and finds the first of each."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)


def grouped(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """Yield consecutive items in lists of `size`; the last may be shorter, and none is empty."""
    left = iter(items)
    while group := list(islice(left, size)):
        yield group


def first_by(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> dict[_Key, _Item]:
    """Return the first item of each key, in the order of the items."""
    first: dict[_Key, _Item] = {}
    for item in items:
        first.setdefault(key(item), item)
    return first
