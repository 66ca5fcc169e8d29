r"""The names of months, weekdays and seasons: what each is on the calendar, and patterns of them.

Every module that looks for such a name in text takes it from here. A pattern is a fragment without
groups, to be used without regard to case and with `\b` on both sides.
"""

from rag.text.patterns import any_of

MONTH_NAMES = tuple(
    "January February March April May June July August September October November December".split()
)
WEEKDAY_NAMES = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
# What news shortens them to; a full stop may follow.
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
# Names in lower case, whole and shortened, to their numbers; ISO 8601 counts weekdays from Monday.
MONTHS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)} | SHORT_MONTHS
WEEKDAYS = {name.lower(): number for number, name in enumerate(WEEKDAY_NAMES, 1)} | SHORT_WEEKDAYS
# Seasons to the designators of TIMEX3.
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}

MONTH, WEEKDAY, SEASON = any_of(MONTHS), any_of(WEEKDAYS), any_of(SEASONS)
# Where "sat", "sun", "mar" or "dec" would be taken for words: the whole names only.
WHOLE_MONTH, WHOLE_WEEKDAY = any_of(MONTH_NAMES), any_of(WEEKDAY_NAMES)
