"""Find out whether the dates of a file begin with the day or with the month.

"05/06/2021" does not tell. If the file also has "13/06/2021", and none such as "06/13/2021", the
first number of all its dates is the day.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from ingest.found import FoundRecord, Skip
from ingest.written_dates import is_open, shown_order

_DATES = ("published", "updated", "embargoed", "expires")
# So many records of any archive reach beyond the twelfth day of a month, and take a second to read.
_RECORDS = 10_000

Records = Callable[[], Iterable[FoundRecord | Skip]]


class DayOrder:
    """The order of the dates in one file; it is read again if a record needs it, and only then."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._shown: set[bool] | None = None

    def of(self, fields: Mapping[str, object]) -> bool | None:
        """Return whether the day comes first, None if no date needs it or the file does not say."""
        if not any(is_open(fields.get(name)) for name in _DATES):
            return None
        if self._shown is None:
            self._shown = _orders(islice(self._records(), _RECORDS))
        return next(iter(self._shown)) if len(self._shown) == 1 else None


def _orders(records: Iterable[FoundRecord | Skip]) -> set[bool]:
    dates = (
        record.fields.get(name)
        for record in records
        if isinstance(record, FoundRecord)
        for name in _DATES
    )
    return {order for order in map(shown_order, dates) if order is not None}
