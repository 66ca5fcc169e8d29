"""Compares the dates and times of a sentence with those of its quotes, and returns what disagrees.

The sentence is read without a day to count from. So "on Tuesday" states only a weekday, and "10
November" only a day and a month. Each of these must agree with a resolved time of the quotes. It is
a problem if the sentence states a time more exactly than the quotes, such as with a year that no
one wrote.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import combinations

from rag.records import Citation
from rag.text.calendar import WEEKDAY, WEEKDAYS
from rag.text.figures import find_figures
from rag.timex import TimeExpression, find_times
from rag.timex.values import covered_days
from rag.writing.support.given_times import GivenTime, days_published, given_times
from rag.writing.support.problems import Problem

_CLOCK = re.compile(r"T(\d\d)(?::(\d\d))?")
_DAY_PART = re.compile(r"T(MO|AF|EV|NI)")
# The hours of each part of the day.
_HOURS = {
    "MO": range(13),
    "AF": range(12, 19),
    "EV": range(16, 25),
    "NI": [*range(7), *range(18, 25)],
}
_WEEKDAY = re.compile(rf"\b({WEEKDAY})\b", re.IGNORECASE)
# A time that counts from another one, even if the tagger resolved it.
_RELATIVE = re.compile(
    r"\b(?:later|earlier|before|after|ago|previous|next|following|last|this|that)\b", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"\s+[a-z][\w-]+|\s+[A-Z]\w+")
_PREPOSITION = re.compile(
    r"\b(?:in|of|since|by|until|from|to|before|after|during)\s+$", re.IGNORECASE
)


def check_dates(
    sentence: str, times: Sequence[TimeExpression], quotes: Sequence[Citation], question: str
) -> list[Problem]:
    """Return those times in the sentence, found without an anchor, that no quote gives."""
    stated = [t for t in times if t.type in {"DATE", "TIME"} and not t.value.endswith("_REF")]
    if not stated:
        return []
    given = given_times(quotes)
    asked = find_times(question)
    problems = []
    for time in stated:
        known = [*given, *days_published(quotes, sentence, time)]
        if not _is_carried(sentence, time, known, quotes, asked):
            problems.append(Problem(kind="date", value=time.text))
    return problems


def _is_carried(
    sentence: str,
    time: TimeExpression,
    given: Sequence[GivenTime],
    quotes: Sequence[Citation],
    asked: Sequence[TimeExpression],
) -> bool:
    if not _is_its_weekday(time) or not _holds_clock(time, given):
        return False
    date_part = time.value.split("T")[0]
    if not date_part:
        return True
    if any(_agrees(date_part, time, other) for other in given):
        return True
    if _names_no_time(date_part) or _RELATIVE.search(time.text):
        return _is_counted(time, given, quotes, asked)
    return _is_attribute(sentence, time, asked)


def _is_its_weekday(time: TimeExpression) -> bool:
    """Say whether the weekday beside a date is the right one for it."""
    named = _WEEKDAY.search(time.text)
    if named is None or time.first is None or time.first != time.last:
        return True
    return time.first.isoweekday() == WEEKDAYS[named[1].lower()]


def _holds_clock(time: TimeExpression, given: Sequence[GivenTime]) -> bool:
    """Say whether the quotes give the time of day; an hour also gives its part of the day."""
    clock, part = _clock(time.value), _DAY_PART.search(time.value)
    if clock is not None:
        return any(_clock(other.value) == clock for other in given)
    if part is None:
        return True
    for other in given:
        other_part, other_clock = _DAY_PART.search(other.value), _clock(other.value)
        if other_part and other_part[1] == part[1]:
            return True
        if other_clock and other_clock[0] in _HOURS[part[1]]:
            return True
    return False


def _clock(value: str) -> tuple[int, int] | None:
    """Return hour and minute; midnight is 0:00, both at the end and at the start of a day."""
    found = _CLOCK.search(value)
    return (int(found[1]) % 24, int(found[2] or 0)) if found else None


def _agrees(date_part: str, time: TimeExpression, other: GivenTime) -> bool:
    """Say whether a time of the quotes is inside the time that the sentence states."""
    if date_part == other.value.split("T")[0]:
        return True
    if other.first is None or other.last is None:
        return False
    if time.first and time.last:
        return time.first <= other.first and other.last <= time.last
    for form, agrees in _YEARLESS.items():
        if found := re.fullmatch(form, date_part):
            return agrees(found, other.first, other.last)
    return False


def _is_day_of_month(form: re.Match[str], first: date, last: date) -> bool:
    is_month = form[1] in {"XX", f"{first.month:02d}"}
    return first == last and first.day == int(form[2]) and is_month


def _is_weekday(form: re.Match[str], first: date, last: date) -> bool:
    return first == last and first.isoweekday() == int(form[1])


def _is_in_month(form: re.Match[str], first: date, last: date) -> bool:
    return (last - first).days <= 31 and first.month == last.month == int(form[1])


def _is_in_season(form: re.Match[str], first: date, last: date) -> bool:
    season = covered_days(f"{first.year:04d}-{form[1]}")
    return season is not None and season.first <= first and last <= season.last


# Values without a year, and the test whether a span of days of the quotes agrees with them.
_YEARLESS: dict[str, Callable[[re.Match[str], date, date], bool]] = {
    r"XXXX-(XX|\d\d)-(\d\d)": _is_day_of_month,
    r"XXXX-(\d\d)(?:-XX)?": _is_in_month,
    r"XXXX-WXX-([1-7])": _is_weekday,
    r"XXXX-(Q[1-4]|H[12]|SP|SU|FA|WI)": _is_in_season,
}


def _names_no_time(date_part: str) -> bool:
    """Say whether a value has neither year, month, day nor weekday: "two days later"."""
    return not re.search(r"\d|-(?:SP|SU|FA|WI)", date_part.removeprefix("XXXX"))


def _is_counted(
    time: TimeExpression,
    given: Sequence[GivenTime],
    quotes: Sequence[Citation],
    asked: Sequence[TimeExpression],
) -> bool:
    """Say whether the quotes have a relative time in words, or it follows from their dates."""
    if any(time.text.lower() in quote.quote.lower() for quote in quotes):
        return True
    for quote in quotes:
        resolved = find_times(time.text, quote.published)[:1] if quote.published else []
        if any(
            r.first and r.first == o.first and r.last == o.last for r in resolved for o in given
        ):
            return True
    figures = [figure for figure in find_figures(time.text) if figure.unit]
    if not figures:
        return False
    stated = figures[0].measure
    if any(f.measure == stated for quote in quotes for f in find_figures(quote.quote) if f.unit):
        return True
    ends = [t.first for t in given if t.first] + [q.published for q in quotes if q.published]
    ends += [t.first for t in asked if t.first]
    return any(_is_apart(one, other, stated) for one, other in combinations(sorted(set(ends)), 2))


def _is_apart(one: date, other: date, stated: tuple[str, float]) -> bool:
    """Say whether two days are that many days or months apart; years count by the calendar."""
    unit, amount = stated
    if unit == "days":
        return (other - one).days == amount
    months = 12 * (other.year - one.year) + other.month - one.month
    return months == amount or (amount % 12 == 0 and 12 * (other.year - one.year) == amount)


def _is_attribute(sentence: str, time: TimeExpression, asked: Sequence[TimeExpression]) -> bool:
    """Say whether a year only names something, as the question does: "the 2020 war"."""
    if not re.fullmatch(r"\d{4}", time.value) or time.value not in {t.value for t in asked}:
        return False
    is_before_noun = _ATTRIBUTE.match(sentence, time.end) is not None
    return is_before_noun and not _PREPOSITION.search(sentence[: time.start])
