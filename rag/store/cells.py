"""Cuts periods into cells of the calendar, so that an index finds which of them share a day.

A cell is a day, a month, a year or a century, named by the beginning of a day that lies in it:
"2020-11-10", "2020-11", "2020", "20". Two cells share a day only if one lies in the other, which is
when its name begins with that of the other. So each period has two kinds of words, and a search
asks for those that a sharing period must have:

    d2020-11    this cell lies in the period, and no larger one around it does
    p2020       this cell holds such a cell, and so a part of the period

Long periods have their words in capitals, because a mentioned year does not date a day in it.
Without an index, an engine must read each passage to see which of its periods has which end.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from rag.store.stamps import is_long

# How many characters of an ISO day name its century, year and month, and itself.
_LENGTHS = (2, 4, 7, 10)
_DAY = timedelta(days=1)
# The letters of a cell that lies in a period, and of one that holds a part of it.
_SHORT, _LONG = ("d", "p"), ("D", "P")


def cells_of(periods: Iterable[tuple[date | None, date | None]]) -> list[str]:
    """Return the words of a passage's periods, in order; None leaves a side open."""
    words: set[str] = set()
    for first, last in periods:
        lies, holds = _LONG if is_long(first, last) else _SHORT
        for cell in _covering(first or date.min, last or date.max):
            words.add(lies + cell)
            words.update(holds + around for around in _around(cell))
    return sorted(words)


def cells_sharing(since: date, until: date) -> list[str]:
    """Return the words of which each period has one that shares a day with these days.

    If they are no more than a season, only periods that are no longer than one are found.
    """
    covering = list(_covering(since, until))
    around = {outer for cell in covering for outer in _around(cell)}
    kinds = (_SHORT, _LONG) if is_long(since, until) else (_SHORT,)
    return sorted(
        word
        for lies, holds in kinds
        for word in (
            *(lies + cell for cell in around.union(covering)),
            *(holds + cell for cell in covering),
        )
    )


def _covering(first: date, last: date) -> Iterator[str]:
    """Yield the largest cells that lie between two days, both included, in order."""
    day = first
    while day <= last:
        name = day.isoformat()
        cell, end = next(
            (name[:length], end)
            for length in _LENGTHS
            if _first_day(name[:length]) == day and (end := _last_day(name[:length])) <= last
        )
        yield cell
        if end == date.max:
            return
        day = end + _DAY


def _around(cell: str) -> Iterator[str]:
    """Yield the larger cells in which a cell lies."""
    return (cell[:length] for length in _LENGTHS if length < len(cell))


def _first_day(cell: str) -> date:
    """Return the first day of a cell; the calendar begins with the year 1."""
    return date.fromisoformat(max(cell + "0000-01-01"[len(cell) :], date.min.isoformat()))


def _last_day(cell: str) -> date:
    """Return the last day of a cell."""
    if len(cell) == 10:
        return date.fromisoformat(cell)
    if len(cell) == 7:
        first = _first_day(cell)
        return first.replace(day=monthrange(first.year, first.month)[1])
    return date.fromisoformat(f"{cell + '9999'[len(cell) :]}-12-31")
