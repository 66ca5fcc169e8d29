"""Reads days of the calendar: "Nov. 10, 2020", "10 November", "11/25/2020", "the 14th"."""

import re
from datetime import date, timedelta
from itertools import pairwise

from rag.text.calendar import MONTHS, WEEKDAYS
from rag.text.numerals import ORDINALS
from rag.timex.context import TimeReading
from rag.timex.grammar import Match, Rules, compiled
from rag.timex.modifiers import EDGE, edge_mod
from rag.timex.nearness import CHAINED, STEPS, TOLD, base_of, days_in_any_year, near_day, near_month
from rag.timex.rules.months import read_month
from rag.timex.said_years import UNKNOWN_YEAR, YEAR, said_year, year_before
from rag.timex.tense import Tense
from rag.timex.tokens import KINDS, figures_of, puts_day_first
from rag.timex.values import (
    DaySpan,
    covered_days,
    day_value,
    moved,
    nth_weekday,
    week_value,
    yearless_day_value,
)

RULES = Rules()
# The rule of a date in figures whose day could be its month: 11/10/2020.
UNCLEAR = "day and month in unknown order"

_DAY = r"(?P<day>SMALL|ORDINAL|SECOND|NUMERAL HYPHEN (?:ORDINAL|SECOND))"
_WEEKDAY = r"(?:(?:THIS (?:COMING|PAST)?)? (?P<weekday>WEEKDAY) DOT? COMMA? (?:THE)?)?"
_ODD_YEAR = compiled(r"COMMA NUMBER")
# Months that are names or verbs as well: "in 2020 May said", "in 2020 April fell ill".
_OTHER_WORDS = frozenset("may march april june august jun jan mar".split())
_COUNTED = frozenset({"percent", "%", "million", "billion", "people"})
# Days whose date has become the name of what happened on them.
_NAMED_DAYS = {
    (9, 11): ("2001-09-11", ("attack", "terror", "hijack", "victim", "commission", "memorial")),
    (10, 7): ("2023-10-07", ("attack", "massacre", "assault", "hostage")),
    (1, 6): ("2021-01-06", ("insurrection", "riot", "attack", "committee", "siege", "capit")),
}


def number_of_day(words: list[str]) -> int:
    """Return a day of the month from "14", "14th", "fourteenth" or "twenty - first"; 0 if none."""
    word = "".join(words)
    if word[:1].isdigit():
        return int(word[:2].rstrip("stndrh"))
    return ORDINALS.get(word, 0)


def _dated(match: Match, value: str | None, rule: str = "") -> TimeReading | None:
    if value is None:
        return None
    return TimeReading(type="DATE", value=value, rule=rule, mod=edge_mod(match))


@RULES.add("ISO 8601 date", r"(?P<iso>ISO_DATE)")
def _iso(match: Match) -> TimeReading | None:
    value = match.word("iso").upper()
    if covered_days(value) is None:
        return None
    return TimeReading(type="TIME" if "T" in value else "DATE", value=value)


@RULES.add(
    "day, month and year with hyphens",
    r"(?P<day>SMALL) HYPHEN (?P<month>MONTH) HYPHEN (?P<year>YEAR)",
)
@RULES.add("year, month and day", r"(?P<year>YEAR) (?P<month>MONTH) DOT? (?P<day>SMALL|ORDINAL)?")
def _year_beside_month(match: Match) -> TimeReading | None:
    """Read "13-Apr-2020", "2020 April 13" and "2020 Nov"."""
    word, year = match.words("month")[0], match.word("year")
    if match.has("day"):
        day = number_of_day(match.words("day"))
        return _dated(match, day_value(int(year), MONTHS[word], day))
    if word in _OTHER_WORDS or not match.tokens.is_capitalised(match.place("month")):
        return None
    return _dated(match, f"{year}-{MONTHS[word]:02d}")


@RULES.add(
    "month, day and year",
    rf"{EDGE} {_WEEKDAY} (?P<month>MONTH) DOT? (?:THE)? {_DAY} (?:(?:COMMA|OF)? {YEAR})?",
)
@RULES.add(
    "day, month and year",
    rf"{EDGE} {_WEEKDAY} (?:THE)? {_DAY} (?:OF)? (?P<month>MONTH) DOT?"
    rf" (?:(?:COMMA|OF)? {YEAR})?",
)
def _month_day(match: Match) -> TimeReading | None:
    month, day = read_month(match), number_of_day(match.words("day"))
    if month is None or yearless_day_value(month, day) is None:
        return None
    year = said_year(match)
    if _counts(match):
        return None
    if year == UNKNOWN_YEAR:
        return _dated(match, yearless_day_value(month, day))
    if not year:
        return _without_year(match, month, day)
    value = day_value(int(year), month, day)
    if value:
        match.context.known_days[month, day] = value
        match.context.dated = date.fromisoformat(value), match.end
    return _dated(match, value)


def _without_year(match: Match, month: int, day: int) -> TimeReading | None:
    """Read a month and day that has no year after it."""
    known = match.context.known_days
    if match.recurs():
        value = yearless_day_value(month, day) or ""
        return TimeReading(type="SET", value=value, rule="month and day of every year")
    named = _named_day(match, month, day)
    if named:
        known[month, day] = named
        return _dated(match, named, "day that names an event")
    if (month, day) in known:
        return _dated(match, known[month, day], "day said before with its year")
    year = year_before(match)
    if year:
        return _dated(
            match, day_value(int(year), month, day), "month and day in the year said before it"
        )
    near = near_day(match, month, day)
    rule = "month and day nearest to the anchor" if match.anchor else "month and day without a year"
    dated = match.context.dated
    if dated and dated[1] == match.end:
        rule = "month and day in the year of the date before"
    return _dated(match, near, rule)


def _counts(match: Match) -> bool:
    """Say whether the number at a month is not one of its days: "in May 20 percent", "May-10"."""
    tokens, place = match.tokens, match.place("day")
    if _ODD_YEAR.match(tokens.kinds, match.end) and len(match.after(2)) == 4:
        return True  # This is for "Dec. 31, 9999".
    if place < match.place("month"):
        return False
    has_mark = tokens.kinds[place - 1] == KINDS["DOT"]
    is_joined = tokens.touches(place - 1) and not has_mark
    return is_joined or tokens.word(match.found.end("day")) in _COUNTED


def _named_day(match: Match, month: int, day: int) -> str | None:
    """Return the day of "the Sept. 11 attacks", whatever year it is now."""
    value, events = _NAMED_DAYS.get((month, day), ("", ()))
    is_over = match.anchor is None or value <= match.anchor.isoformat()
    is_named = any(match.after().startswith(event) for event in events)
    return value if value and is_over and is_named else None


@RULES.add("9/11", r"(?P<day>FRACTION)")
def _nine_eleven(match: Match) -> TimeReading | None:
    is_over = match.anchor is None or match.anchor >= date(2001, 9, 11)
    is_said = match.word("day") == "9/11" and is_over
    return TimeReading(type="DATE", value="2001-09-11") if is_said else None


@RULES.add(
    "day before others of its month",
    rf"(?:THE)? {_DAY}(?= (?:COMMA (?:THE)? (?:SMALL|ORDINAL))* COMMA? (?:TO|HYPHEN|AND|OR|UNTIL)"
    r" (?:THE)? (?:SMALL|ORDINAL) (?:OF)? (?P<month>MONTH))",
)
def _before_others(match: Match) -> TimeReading | None:
    """Read the 3 of "from 3 to 5 May", and the 3 and the 4 of "on 3, 4 and 6 May"."""
    place = match.place("month")
    days = [
        number_of_day([match.tokens.words[at]])
        for at in range(match.place("day"), place)
        if match.tokens.kinds[at] in {KINDS["SMALL"], KINDS["ORDINAL"]}
    ]
    month, day = MONTHS[match.tokens.words[place]], number_of_day(match.words("day"))
    is_verb = match.tokens.words[place] == "may" and not match.tokens.is_capitalised(place)
    is_row = all(one < other for one, other in pairwise([day, *days[1:]]))
    if is_verb or not is_row or yearless_day_value(month, day) is None:
        return None
    year = match.tokens.kinds[place + 1 : place + 2] == KINDS["YEAR"]
    value = (
        day_value(int(match.tokens.words[place + 1]), month, day)
        if year
        else near_day(match, month, day)
    )
    return TimeReading(type="DATE", value=value) if value else None


# "May 3, 5 and 9" goes on after a comma.
_REST_OF_LIST = compiled(r"(?:COMMA SMALL)* COMMA? (?:AND|OR) SMALL (?!HYPHEN|UNIT|UNITS|MONTH)")
_DASHES = frozenset({"-", "–"})


@RULES.add("end of a range", r"(?P<end>SMALL|ORDINAL) (?:COMMA YEAR)?")
def _end_of_range(match: Match) -> TimeReading | None:
    """Read the 12 of "Nov. 10-12", the 5 of "May 3 to 5" and the 90 of "1989-90"."""
    previous, mark = match.context.previous, match.before()
    # The comma before the "and" of "May 3, 5, and 9" is one more.
    has_comma = mark in {"and", "or"} and match.before(2) == ","
    is_beside = match.context.previous_end == match.start - 1 - has_comma
    if previous is None or not is_beside or _is_counted(match):
        return None
    value, end = previous.value, number_of_day(match.words("end"))
    if re.fullmatch(r"\d{4}", value) and mark in _DASHES and len(match.words("end")[0]) == 2:
        year = int(value[:2]) * 100 + end
        return TimeReading(type="DATE", value=f"{year:04d}") if year > int(value) else None
    is_listed = mark == "," and _REST_OF_LIST.match(match.tokens.kinds, match.end) is not None
    is_joined = is_listed or mark in _DASHES | {"to", "through", "and", "or"}
    is_day = is_joined and re.fullmatch(r"[\dX]{4}-\d\d-\d\d", value)
    before = match.context.previous_end - 1
    ends_in_day = match.tokens.kinds[before] in {KINDS["SMALL"], KINDS["ORDINAL"]}
    if not (is_day and ends_in_day and int(value[8:]) < end):
        return None
    if yearless_day_value(int(value[5:7]), end) is None:
        return None
    return TimeReading(type="DATE", value=f"{value[:8]}{end:02d}")


def _is_counted(match: Match) -> bool:
    """Say whether the number counts what follows it: "May 3 to 5 people"."""
    kind = match.kind_after()
    if kind in {KINDS["UNIT"], KINDS["UNITS"], KINDS["MONTH"]}:
        return True
    return match.before() not in _DASHES and kind == KINDS["OTHER"] and match.after().isalpha()


@RULES.add(
    "weekday of a month",
    r"THE (?P<nth>ORDINAL|SECOND|LAST) (?P<weekday>WEEKDAY) (?:OF|IN)"
    r" (?P<month>MONTH) DOT? (?:COMMA? (?P<year>YEAR))?",
)
def _nth_weekday(match: Match) -> TimeReading | None:
    month, nth = read_month(match), ORDINALS.get(match.word("nth"), -1)
    if month is None or nth > 5:
        return None
    if not match.has("year") and match.recurs():
        return TimeReading(type="SET", value=f"XXXX-{month:02d}")
    year = match.word("year") if match.has("year") else near_month(match, month)[:4]
    if not year.isdigit():
        return TimeReading(type="DATE", value=f"XXXX-{month:02d}")
    day = nth_weekday(int(year), month, nth, WEEKDAYS[match.word("weekday")])
    return TimeReading(type="DATE", value=day.isoformat()) if day.month == month else None


@RULES.add(
    "day or week of a month",
    r"THE (?P<nth>ORDINAL|SECOND|LAST) (?P<unit>UNIT) (?:OF|IN)"
    r" (?P<month>MONTH) DOT? (?:COMMA? (?P<year>YEAR))?",
)
def _nth_of_month(match: Match) -> TimeReading | None:
    """Read "the last day of May" as the day, "the first week of May" as part of the month."""
    month, unit = read_month(match), match.word("unit")
    if month is None or unit not in {"day", "week"}:
        return None
    value = f"{match.word('year')}-{month:02d}" if match.has("year") else near_month(match, month)
    nth, days = number_of_day(match.words("nth")), covered_days(value)
    if days is None:
        return TimeReading(type="DATE", value=value)
    length = 7 if unit == "week" else 1
    first = days.last - timedelta(length - 1) if nth == 0 else days.first
    first += timedelta(length * max(0, nth - 1))
    if first > days.last:
        return None
    if unit == "day":
        return TimeReading(type="DATE", value=first.isoformat())
    mod = {0: "END", 1: "START"}.get(nth, "MID")
    covered = DaySpan(first, min(days.last, first + timedelta(6)))
    return TimeReading(type="DATE", value=value, mod=mod, days=covered)


@RULES.add("week of a day", r"THE (?P<unit>UNIT) OF (?P<month>MONTH) DOT? (?P<day>SMALL)")
def _week_of(match: Match) -> TimeReading | None:
    month, day = read_month(match), int(match.word("day"))
    if match.word("unit") != "week" or month is None or yearless_day_value(month, day) is None:
        return None
    days = covered_days(near_day(match, month, day) or "")
    # American weeks begin on Sunday, so "the week of Nov. 7" is the week after that day.
    monday = moved(days.first, days.first.isoweekday() == 7, "D") if days else None
    return TimeReading(type="DATE", value=week_value(monday) if monday else "XXXX-WXX")


# These words may follow "on the 14th". A noun there would make it "the 14th floor".
_AFTER_DAY = frozenset(
    "in at when that and after to before with by as for he she it they but or was is were will "
    "because from until".split()
)


@RULES.add("day of the month", r"(?<=[ON UNTIL SINCE BY]) THE (?P<day>ORDINAL)")
def _the_nth(match: Match) -> TimeReading | None:
    word, after = match.word("day"), match.after()
    # This is for "the 17th and 18th centuries".
    if after in {"and", "or", "to"} and match.after(2)[:1].isdigit():
        return None
    is_free = not after[:1].isalnum() or after in _AFTER_DAY
    if not word[0].isdigit() or not is_free or after in _DASHES:
        return None
    day = number_of_day([word])
    if not 1 <= day <= 31:
        return None
    yearless = match.context.yearless
    if yearless:
        return TimeReading(type="DATE", value=_yearless_nth(*yearless, day, match.tense()))
    base = base_of(match, is_chained=True, unit="M")
    if base is None:
        return TimeReading(type="DATE", value=f"XXXX-XX-{day:02d}")
    found = _nearest_nth(base, day, match.tense())
    return TimeReading(type="DATE", value=found.isoformat()) if found else None


def _yearless_nth(month: int, base_day: int, day: int, tense: Tense | None) -> str:
    """Return the value of the 14th that is nearest to "November 15" of an unknown year."""
    found = {_nearest_nth(base, day, tense) for base in days_in_any_year(month, base_day)}
    values = {f"XXXX-{nearest:%m-%d}" if nearest else "" for nearest in found}
    return values.pop() if len(values) == 1 else f"XXXX-XX-{day:02d}"


def _nearest_nth(base: date, day: int, tense: Tense | None) -> date | None:
    """Return the nearest such day of a month, on the side of the base that the verb shows."""
    months = (moved(base.replace(day=1), step, "M") for step in (-1, 0, 1))
    values = (day_value(month.year, month.month, day) for month in months if month)
    days = [date.fromisoformat(value) for value in values if value]
    if tense:
        days = [found for found in days if (found >= base if tense == "future" else found <= base)]
    return min(days, key=lambda found: abs(found - base), default=None)


@RULES.add(
    "day of another month",
    r"THE (?P<day>ORDINAL|SECOND) OF (?P<rel>THIS|LAST|NEXT|THE (?:PREVIOUS|FOLLOWING)"
    r"|(?:THE|THAT) SAME|THAT) (?P<unit>UNIT) (?! POSSESSIVE)",
)
def _of_month(match: Match) -> TimeReading | None:
    """Read "the 14th of last month", "the first of next month"."""
    rel, day = match.last_word("rel"), number_of_day(match.words("day"))
    if match.word("unit") != "month":
        return None
    base = base_of(match, is_chained=rel in CHAINED, unit="M", is_told=rel in TOLD)
    month = moved(base, STEPS[rel], "M") if base else None
    value = day_value(month.year, month.month, day) if month else f"XXXX-XX-{day:02d}"
    return TimeReading(type="DATE", value=value) if value else None


@RULES.add("month in figures", r"(?P<date>SLASH_MONTH)")
def _slash_month(match: Match) -> TimeReading | None:
    """Read 04/2020."""
    month, year = figures_of(match.word("date"))
    return TimeReading(type="DATE", value=f"{year:04d}-{month:02d}")


@RULES.add("date in figures", r"(?P<date>SLASH_DATE)")
def _slash(match: Match) -> TimeReading | None:
    """Read 11/25/2020 and 25/11/2020; 11/10/2020 gives only a year unless the text tells more.

    With points the day is first, and with the year first the day is last.
    """
    written = match.word("date")
    if "/" in {match.before(), match.after()}:
        return None  # The address of a page: "example.org/2020/11/25/vote".
    first, second, last = figures_of(written)
    if first > 31:
        value = day_value(first, second, last)
        return TimeReading(type="DATE", value=value) if value else None
    year = _full_year(match, last)
    is_day_first = True if "." in written else puts_day_first(first, second)
    if is_day_first is None:
        is_day_first = match.tokens.is_day_first
    if is_day_first is None:
        exists = year is not None and first > 0 and second > 0
        return TimeReading(type="DATE", value=f"{year:04d}-XX-XX", rule=UNCLEAR) if exists else None
    month, day = (second, first) if is_day_first else (first, second)
    value = day_value(year, month, day) if year else yearless_day_value(month, day)
    return TimeReading(type="DATE", value=value) if value else None


def _full_year(match: Match, year: int) -> int | None:
    """Return a year of two digits in the century that puts it nearest to the anchor."""
    if year >= 100 or match.word("date")[-4:].isdigit():
        return year or None
    if match.anchor is None:
        return None
    now = match.anchor.year
    choices = [now // 100 * 100 + step + year for step in (-100, 0, 100)]
    return min(choices, key=lambda choice: abs(choice - now))
