"""Read dates as programs and people write them, if they mean one day only.

"4 March 2021", "March 4, 2021" and "4 de marzo de 2021" do, and so does "13/06/2021". "05/06/2021"
does not, unless it is known which number is the day: `day_first` says so, and `ingest.day_order`
finds it out.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import partial

from rag.text.month_names import is_weekday, month_number

# The zones of RFC 2822 and those of Central Europe. Other names, such as IST, mean several zones.
_ZONE_HOURS = {
    name: int(hours)
    for name, hours in re.findall(
        r"(\w+)=(\S+)",
        "Z=0 UT=0 UTC=0 GMT=0 EST=-5 EDT=-4 CST=-6 CDT=-5 MST=-7 MDT=-6 PST=-8 PDT=-7 "
        "CET=1 CEST=2 MEZ=1 MESZ=2",
    )
}
_CLOCK = r"""(?P<hour>\d{1,2})
    (?:[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?(?:\s*(?P<half>[ap])\.?m\b\.?)?
    |\s*(?P<whole_half>[ap])\.?m\b\.?)
    (?:\s*\(?(?:(?:UTC|GMT)?(?P<offset>[+-](?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?)|(?P<zone>(?-i:[A-Z]{1,5})\b))\)?)?
    (?:\s*[\[(][\w/+-]+[\])])?"""
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|[ºª°.])?"
_NAME = r"(?P<name>[^\W\d_][^\d\s,/.-]*)\.?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_OF = r"(?:(?:de|del|of)\s+)?"
_NUMBERS = r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)"
_FORMS = tuple(
    re.compile(form, re.I | re.X)
    for form in (
        _NUMBERS,
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)\.?",
        rf"{_DAY}(?:\s+|\s*[-/]\s*){_OF}{_NAME}(?:,?\s+|[-/]){_OF}{_YEAR}",
        rf"{_NAME}\s+{_DAY}(?:,\s*|\s+){_YEAR}",
        rf"(?P<year>\d{{4}})[\s.,/-]+{_NAME}[\s/-]+{_DAY}(?!\d)",
        r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]",
    )
)
_NUMERIC = re.compile(_NUMBERS)
_BEFORE = re.compile(rf"{_CLOCK}(?:\s*[,|–—-]\s*|\s+on\s+|\s+)+", re.I | re.X)
# A word before the clock is "at" in some language.
_AFTER = re.compile(
    rf"(?:\s*[,|–—-]\s*|T|\s+)+(?:[^\W\d]{{1,4}}\.?\s+)?{_CLOCK}(?:\s*(?:Uhr|hrs?|h)\b)?",
    re.I | re.X,
)
_WEEKDAY = re.compile(r"([^\W\d]+(?:-[^\W\d]+)?)\.?,?\s+")
_MONTHS = 12
_MOST_CHARACTERS = 80
# What databases write for no date, such as 0000-00-00: a year 0 or before, or the first day of all;
# and a form that was not filled in.
_NO_DATE = re.compile(
    r"YYYY|-\d|\+?0000\b|\+?0001-01-01|0{1,2}[-/.]0{1,2}[-/.]|.*\s-?000[01]\s\d\d:"
)
# The first instants of computers and of spreadsheets, which they write where they know none.
_NULL_INSTANTS = tuple(
    datetime.fromisoformat(day) for day in ("1970-01-01", "1899-12-30", "1899-12-31")
)
_TIMED = re.compile(r"\d:\d\d")


def read_instant(value: str, *, day_first: bool | None = None) -> datetime | None:
    """Return the instant that a text means, without a zone if it names none that is known.

    The result is None if the text is no date, or could mean several days. A day without a time is
    its first instant.
    """
    value = value.strip()
    if is_no_date(value):
        return None
    for parse in (datetime.fromisoformat, partial(_written, day_first), parsedate_to_datetime):
        try:
            instant = parse(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if instant is not None:
            return instant if _is_meant(instant, value) else None
    return None


def day_in(line: str) -> str:
    """Return the first whole day that a line names, as ISO 8601, empty without one.

    The head of a newspaper names one among other words: "Saltby, Tuesday March 2, 2021, page 3".
    """
    found = (one for form in _FORMS[1:] for one in form.finditer(line) if _stands_alone(one))
    days = ((one.start(), _day(one, None)) for one in found)
    named = [(start, day) for start, day in days if day is not None]
    return min(named)[1].date().isoformat() if named else ""


def _stands_alone(found: re.Match[str]) -> bool:
    return not found.string[: found.start()][-1:].isalnum()


def is_no_date(value: object) -> bool:
    """Say whether a value stands for no date, as -0001-11-30 does."""
    return isinstance(value, str) and _NO_DATE.match(value.strip()) is not None


def is_open(value: object) -> bool:
    """Say whether a value is a date that could mean either of two days."""
    numbers = _NUMERIC.match(value.strip()) if isinstance(value, str) else None
    if numbers is None or numbers["one"] == numbers["two"]:
        return False
    return 0 < int(numbers["one"]) <= _MONTHS and 0 < int(numbers["two"]) <= _MONTHS


def shown_order(value: object) -> bool | None:
    """Return whether a date in numbers begins with the day; None for one that does not show it."""
    numbers = _NUMERIC.match(value.strip()) if isinstance(value, str) else None
    if numbers is None or read_instant(numbers[0]) is None or numbers["one"] == numbers["two"]:
        return None
    return int(numbers["one"]) > _MONTHS


def _is_meant(instant: datetime, value: str) -> bool:
    return not (_TIMED.search(value) and instant.replace(tzinfo=None) in _NULL_INSTANTS)


def _written(day_first: bool | None, value: str) -> datetime | None:
    if len(value) > _MOST_CHARACTERS:
        return None
    before = _BEFORE.match(value)
    for clock in dict.fromkeys((None, before)):
        rest = _without_weekday(value[clock.end() :] if clock else value)
        for found in filter(None, (form.match(rest) for form in _FORMS)):
            day, left = _day(found, day_first), rest[found.end() :]
            after = None if clock else _AFTER.fullmatch(left)
            if day and (after or not left):
                return _at(day, after or clock)
    return None


def _without_weekday(value: str) -> str:
    found = _WEEKDAY.match(value)
    return value[found.end() :] if found and is_weekday(found[1]) else value


def _day(found: re.Match[str], day_first: bool | None) -> datetime | None:
    """Return the day of a date, None if it has none, or could have two."""
    parts = found.groupdict()
    if "one" in parts:
        first, second = int(parts["one"]), int(parts["two"])
        if is_open(found[0]) and day_first is None:
            return None
        by_day = day_first if is_open(found[0]) else first > _MONTHS
        day, month = (first, second) if by_day else (second, first)
    else:
        month = int(parts["month"]) if parts.get("month") else month_number(parts["name"])
        day = int(parts["day"])
    try:
        return datetime(int(parts["year"]), month, day)  # noqa: DTZ001 - its clock has the zone
    except ValueError:
        return None


def _at(day: datetime, clock: re.Match[str] | None) -> datetime | None:
    """Return a day at a time of day, None if there is no such time."""
    if clock is None:
        return day
    hour = int(clock["hour"])
    if half := (clock["half"] or clock["whole_half"] or "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    minute, second = int(clock["minute"] or 0), int(clock["second"] or 0)
    if hour > 23 or minute > 59:
        return None
    return day.replace(hour=hour, minute=minute, second=min(second, 59), tzinfo=_zone(clock))


def _zone(clock: re.Match[str]) -> tzinfo | None:
    if clock["offset"]:
        sign = -1 if clock["offset"].startswith("-") else 1
        hours, minutes = int(clock["hours"]), int(clock["minutes"] or 0)
        return timezone(sign * timedelta(hours=hours, minutes=minutes))
    hour = _ZONE_HOURS.get(clock["zone"] or "")
    return None if hour is None else UTC if hour == 0 else timezone(timedelta(hours=hour))
