r"""Holds the names of months, weekdays and seasons, with their numbers, and patterns for them.

Every module that looks for such a name in a text takes it from here. A pattern is a fragment
without groups. Use it without regard to case, and with `\b` on both sides.
"""

from datetime import date

from rag.text.patterns import any_of

MONTH_NAMES = tuple(
    "January February March April May June July August September October November December".split()
)
WEEKDAY_NAMES = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
# The short forms of months in news; a full stop may follow.
SHORT_MONTHS = {
    **{name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, 1) if name != "May"},
    "sept": 9,
}
SHORT_WEEKDAYS = {
    **{name[:3].lower(): number for number, name in enumerate(WEEKDAY_NAMES, 1)},
    "tues": 2,
    "thur": 4,
    "thurs": 4,
}
# Full and short names in lower case, with their numbers. ISO 8601 counts weekdays from Monday.
MONTHS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)} | SHORT_MONTHS
WEEKDAYS = {name.lower(): number for number, name in enumerate(WEEKDAY_NAMES, 1)} | SHORT_WEEKDAYS
# Seasons, with their designators in TIMEX3.
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}

MONTH, WEEKDAY, SEASON = any_of(MONTHS), any_of(WEEKDAYS), any_of(SEASONS)
# Only the full names, for uses where "sat", "sun", "mar" or "dec" could be other words.
WHOLE_MONTH, WHOLE_WEEKDAY = any_of(MONTH_NAMES), any_of(WEEKDAY_NAMES)


def day_in_words(day: date) -> str:
    """Return a day as a newspaper prints it: "10 November 2020"."""
    return f"{day:%-d %B %Y}"
