"""Find the day that a printed line names, as the head of a newspaper does: "March 2, 2021"."""

import re
from datetime import date, datetime

_DAY = re.compile(
    r"\b(?:(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2}), (?P<year>\d{4})"
    r"|(?P<day2>\d{1,2})\.? (?P<month2>[A-Z][a-z]{2,8}) (?P<year2>\d{4})"
    r"|(?P<iso>\d{4}-\d\d-\d\d))\b"
)


def day_in(line: str) -> str:
    """Return the first whole day in a line as ISO 8601, empty without one."""
    for found in _DAY.finditer(line):
        if found["iso"]:
            return _iso(found["iso"], "%Y-%m-%d")
        written = " ".join(found[n] or found[f"{n}2"] for n in ("day", "month", "year"))
        if day := _iso(written, "%d %B %Y") or _iso(written, "%d %b %Y"):
            return day
    return ""


def _iso(written: str, form: str) -> str:
    try:
        day: date = datetime.strptime(written, form).date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return ""
    return day.isoformat()
