"""Knows the months and weekdays by their names in the languages of news.

The names are in `month_names.tsv`, which `training/month_names.py` makes from CLDR. The English
ones, by which times in a text are found, are in `rag.text.calendar`.
"""

from collections.abc import Mapping, Set
from functools import cache

from rag.text.data_rows import rows_of

_WEEKDAYS = "w"


def month_number(name: str) -> int:
    """Return the number of the month that is called so in any language, 0 if there is none."""
    return _months().get(_plain(name), 0)


def is_weekday(name: str) -> bool:
    """Say whether a day of the week is called so in any language."""
    return _plain(name) in _weekdays()


def _plain(name: str) -> str:
    return " ".join(name.casefold().rstrip(".").split())


@cache
def _months() -> Mapping[str, int]:
    return {name: int(number) for number, name in _lines() if number != _WEEKDAYS}


@cache
def _weekdays() -> Set[str]:
    return {name for number, name in _lines() if number == _WEEKDAYS}


@cache
def _lines() -> tuple[tuple[str, str], ...]:
    rows = rows_of("month_names.tsv")
    return tuple((number, name) for number, *names in rows for name in names)
