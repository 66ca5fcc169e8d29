"""Puts consecutive items into groups."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")


def grouped(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """Yield consecutive items in lists of `size`; the last may be shorter, and none is empty."""
    left = iter(items)
    while group := list(islice(left, size)):
        yield group
