"""Makes the date values of TIMEX3, moves them on the calendar, and tells which days they cover.

Source: TimeML 1.2.1 annotation guidelines (Saurí et al. 2006), section 2.2.3, and ISO 8601: days
2020-11-10, weeks 2020-W46, weekends 2020-W46-WE, months, quarters 2020-Q3, halves 2020-H1, seasons
2020-SU, years, decades 199, centuries 19; X stands for what is not known.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple


class DaySpan(NamedTuple):
    """The first and the last calendar day that something covers."""

    first: date
    last: date


# The first month of each part, and its number of months. Seasons are the meteorological ones of the
# northern hemisphere. Winter has the year in which it begins.
_PARTS = {
    "Q1": (1, 3),
    "Q2": (4, 3),
    "Q3": (7, 3),
    "Q4": (10, 3),
    "H1": (1, 6),
    "H2": (7, 6),
    "SP": (3, 3),
    "SU": (6, 3),
    "FA": (9, 3),
    "WI": (12, 3),
}
_IS_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T|$)")


def covered_days(value: str) -> DaySpan | None:
    """Return the days of a date value; None if it names no year or a day that does not exist."""
    for pattern, days in _FORMS:
        found = pattern.fullmatch(value)
        if found is not None:
            try:
                return days(*found.groups())
            except (ValueError, OverflowError):
                return None
    return None


def _day(year: str, month: str, day: str) -> DaySpan:
    only = date(int(year), int(month), int(day))
    return DaySpan(only, only)


def _week(year: str, week: str, weekday: str | None) -> DaySpan:
    first, last = {None: (1, 7), "WE": (6, 7)}.get(weekday) or (int(weekday or 1),) * 2
    return DaySpan(
        date.fromisocalendar(int(year), int(week), first),
        date.fromisocalendar(int(year), int(week), last),
    )


def _month(year: str, month: str) -> DaySpan:
    return _months(int(year), int(month), 1)


def _part(year: str, part: str) -> DaySpan:
    return _months(int(year), *_PARTS[part])


def _year(year: str) -> DaySpan:
    return _months(int(year), 1, 12)


def _decade(decade: str) -> DaySpan:
    return DaySpan(date(int(decade) * 10, 1, 1), date(int(decade) * 10 + 9, 12, 31))


def _century(century: str) -> DaySpan:
    return DaySpan(date(int(century) * 100, 1, 1), date(int(century) * 100 + 99, 12, 31))


def _months(year: int, month: int, count: int) -> DaySpan:
    years, last = divmod(month + count - 2, 12)
    return DaySpan(
        date(year, month, 1),
        date(year + years, last + 1, monthrange(year + years, last + 1)[1]),
    )


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., DaySpan]], ...] = tuple(
    (re.compile(pattern), days)
    for pattern, days in (
        (r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", _day),
        (r"(\d{4})-(\d\d)(?:-XX)?", _month),
        (r"(\d{4})(?:-XX(?:-XX)?|-QX|-WXX(?:-[1-7]|-WE)?)?", _year),
        (r"(\d{4})-W(\d\d)(?:-([1-7]|WE))?", _week),
        (r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)", _part),
        (r"(\d{3})X?", _decade),
        (r"(\d\d)(?:XX)?", _century),
    )
)


def is_day(value: str) -> bool:
    """Say whether a value is one day, or a time on one."""
    return _IS_DAY.match(value) is not None


def day_value(year: int, month: int, day: int) -> str | None:
    """Return the value of a day; None if there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def yearless_day_value(month: int, day: int) -> str | None:
    """Return a value such as `XXXX-11-10`; None if no year has such a day."""
    exists = 1 <= month <= 12 and 1 <= day <= monthrange(2000, month)[1]
    return f"XXXX-{month:02d}-{day:02d}" if exists else None


def week_value(day: date) -> str:
    """Return the ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


_VALUE_OF: dict[str, Callable[[date], str]] = {
    "D": date.isoformat,
    "W": week_value,
    "F": week_value,
    "M": lambda day: f"{day.year:04d}-{day.month:02d}",
    "Q": lambda day: f"{day.year:04d}-Q{(day.month + 2) // 3}",
    "Y": lambda day: f"{day.year:04d}",
    "E": lambda day: f"{day.year // 10:03d}",
    "C": lambda day: f"{day.year // 100:02d}",
}
_UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "F": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX"}
_DAYS_IN = {"D": 1, "W": 7, "F": 14}
_MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}


def unit_value(day: date, unit: str) -> str:
    """Return the value of the day, week, month and so on that a day is in, by ISO designator."""
    return _VALUE_OF[unit](day)


def unknown_value(unit: str) -> str:
    """Return the value of a unit whose year is not known."""
    return _UNKNOWN.get(unit, "XXXX")


def moved(day: date, count: int, unit: str) -> date | None:
    """Return a day moved by `count` units, kept inside its month; None outside the calendar."""
    try:
        if unit in _DAYS_IN:
            return day + timedelta(days=count * _DAYS_IN[unit])
        years, month = divmod(day.month - 1 + count * _MONTHS_IN[unit], 12)
        year = day.year + years
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError, IndexError):
        return None


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """Return the nth (ISO) weekday of a month; -1 is the last."""
    if nth < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
