"""Holds the units that are written after a number: of measure, of money and of time.

They are in two data files, whose first lines give their sources: `units.txt`, which has the English
units and currencies of Unicode CLDR, and `units_in_news.txt`.
"""

from functools import cache
from importlib.resources import files

# ISO 8601 designators of durations. A unit of time comes after a T.
TIME_UNITS = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "week": "W",
    "fortnight": "F",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "E",
    "century": "C",
} | {
    "sec": "TS",
    "min": "TM",
    "mins": "TM",
    "hr": "TH",
    "hrs": "TH",
    "seconds": "TS",
    "minutes": "TM",
    "hours": "TH",
    "days": "D",
    "weeks": "W",
    "fortnights": "F",
    "months": "M",
    "quarters": "Q",
    "years": "Y",
    "decades": "E",
    "centuries": "C",
}
_FILES = ("units.txt", "units_in_news.txt")


@cache
def units() -> frozenset[str]:
    """Return all units as they are written, each in the singular and in the plural."""
    return frozenset(
        line
        for name in _FILES
        for line in (files("rag.text") / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )


@cache
def currency_codes() -> frozenset[str]:
    """Return the units that are codes of currencies, such as "USD"."""
    return frozenset(unit for unit in units() if len(unit) == 3 and unit.isupper())
