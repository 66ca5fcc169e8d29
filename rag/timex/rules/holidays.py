"""Reads holidays: "Christmas 2020", "last Thanksgiving", "the day after Easter"."""

import re
from datetime import date, timedelta

from rag.timex.context import TimeReading
from rag.timex.grammar import Match, Rules
from rag.timex.holidays import HOLIDAYS, holiday_day, holiday_name
from rag.timex.nearness import counted, nearest_day
from rag.timex.rules.weekdays import is_counted
from rag.timex.said_years import (
    SKIPPED,
    UNKNOWN_YEAR,
    YEAR,
    said_year,
    skipped_steps,
    year_before,
)
from rag.timex.values import covered_days, week_value

RULES = Rules()


@RULES.add(
    "holiday",
    r"(?:THE? (?P<unit>UNIT) (?P<side>BEFORE|AFTER))?"
    r" (?P<rel>LAST|THIS|NEXT)? (?P<holiday>HOLIDAY) (?P<stretch>WEEKEND|UNIT)?"
    rf" (?:(?:COMMA|OF|IN)? {YEAR})?",
)
@RULES.add("holiday before last", rf"THE (?P<holiday>HOLIDAY) {SKIPPED}")
def _holiday(match: Match) -> TimeReading | None:
    name = holiday_name(match.word("holiday"))
    stretch = match.word("stretch")
    if match.after() in _NOT_OF_DAYS and match.tokens.is_capitalised(match.end):
        return None
    if stretch not in {"", "weekend", "week"} or match.word("unit") not in {"", "day"}:
        return None
    if match.has("side") and is_counted(match):
        return None
    value = "XXXX-XX-XX" if _is_anothers(match, name) else _holiday_value(match, name)
    if match.has("side"):
        days = covered_days(value)
        step = 1 if match.word("side") == "after" else -1
        value = counted(days.first if days else None, step, "D")
    if stretch:
        days = covered_days(value)
        week = week_value(days.first) if days else "XXXX-WXX"
        value = f"{week}-WE" if stretch == "weekend" else week
    return TimeReading(type="DATE", value=value)


# "Good Friday Agreement" and "Easter Island" are no days.
_NOT_OF_DAYS = frozenset("agreement accord island islands rising road sunday monday".split())
# Where no country is named, Independence Day is the American one only so near to it.
_NEAR_INDEPENDENCE = timedelta(days=10)
# Several countries have these on different days: "Ukrainian", "Polish", "Portuguese", "Israeli".
_NATIONAL = frozenset({"independence day", "memorial day", "remembrance day"})
_AMERICAN = frozenset("american america u s us states".split())
_NATIONALITY = re.compile(r"\w{3,}(?:an|ish|ese|i|ch|eek|ic)")


def _is_anothers(match: Match, name: str) -> bool:
    """Say whether a holiday is that of another country: "Ukraine's Independence Day"."""
    before = match.before()
    if name not in _NATIONAL:
        return False
    if before in {"'s", "’s"}:
        return match.before(2) not in _AMERICAN
    is_capitalised = match.tokens.is_capitalised(match.start - 1)
    is_nationality = is_capitalised and _NATIONALITY.fullmatch(before) is not None
    is_owned = is_nationality or before in {"its", "their", "his", "her", "our"}
    return is_owned and before not in _AMERICAN


def _holiday_value(match: Match, name: str) -> str:
    year = said_year(match) or year_before(match)
    if year and year != UNKNOWN_YEAR:
        return holiday_day(name, int(year)).isoformat()
    anchor = match.anchor
    if anchor is None or year:
        fixed = HOLIDAYS[name]
        return f"XXXX-{fixed}" if fixed[:2].isdigit() else "XXXX-XX-XX"
    if match.has("skipped"):
        return _skipped_holiday(match, anchor, name)
    years = range(max(1, anchor.year - 1), min(9999, anchor.year + 1) + 1)
    days = [holiday_day(name, year) for year in years]
    rel = match.word("rel")
    if rel in {"last", "next"}:
        days = [day for day in days if (day < anchor if rel == "last" else day > anchor)]
    if match.is_asked():
        days = [day for day in days if day <= anchor]
    found = nearest_day(days, anchor, match.tense())
    is_far = found is not None and abs(found - anchor) > _NEAR_INDEPENDENCE
    is_american = not _AMERICAN.isdisjoint((match.before(), match.before(2)))
    is_unsure = name == "independence day" and is_far and not is_american
    return found.isoformat() if found and not is_unsure else "XXXX-XX-XX"


def _skipped_holiday(match: Match, anchor: date, name: str) -> str:
    """Return the day of "the Christmas before last" and "the Easter after next"."""
    step = skipped_steps(match) // 2
    years = range(anchor.year, anchor.year + 4 * step, step)
    days = [holiday_day(name, year) for year in years if 1 <= year <= 9999]
    beyond = [day for day in days if (day > anchor if step > 0 else day < anchor)]
    return beyond[1].isoformat() if len(beyond) > 1 else "XXXX-XX-XX"
