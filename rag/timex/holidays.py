"""Knows the holidays that English news names as days, and their day in a given year."""

from datetime import date, timedelta

from dateutil.easter import easter

from rag.timex.values import nth_weekday

# Each holiday has a month and day, or the name of a rule below.
HOLIDAYS = {
    "new year's eve": "12-31",
    "new year's day": "01-01",
    "new year's": "01-01",
    "valentine's day": "02-14",
    "st. patrick's day": "03-17",
    "april fools' day": "04-01",
    "april fool's day": "04-01",
    "may day": "05-01",
    "independence day": "07-04",
    "fourth of july": "07-04",
    "july fourth": "07-04",
    "halloween": "10-31",
    "veterans day": "11-11",
    "remembrance day": "11-11",
    "armistice day": "11-11",
    "christmas eve": "12-24",
    "christmas day": "12-25",
    "christmas": "12-25",
    "boxing day": "12-26",
    "martin luther king day": "MLK",
    "martin luther king jr. day": "MLK",
    "presidents' day": "PRESIDENTS",
    "presidents day": "PRESIDENTS",
    "memorial day": "MEMORIAL",
    "labor day": "LABOR",
    "columbus day": "COLUMBUS",
    "thanksgiving day": "THANKSGIVING",
    "thanksgiving": "THANKSGIVING",
    "black friday": "BLACK_FRIDAY",
    "cyber monday": "CYBER_MONDAY",
    "giving tuesday": "GIVING_TUESDAY",
    "ash wednesday": "EASTER-46",
    "palm sunday": "EASTER-7",
    "maundy thursday": "EASTER-3",
    "good friday": "EASTER-2",
    "easter sunday": "EASTER+0",
    "easter monday": "EASTER+1",
    "easter": "EASTER+0",
    "pentecost": "EASTER+49",
}


def holiday_name(words: str) -> str:
    """Return the name of a holiday in `HOLIDAYS`, from its words in a text in lower case."""
    return " ".join(words.replace("’", "'").split())


def holiday_day(name: str, year: int) -> date:
    """Return the day of a holiday in a year, by its name in lower case."""
    rule = HOLIDAYS[name]
    if rule[:2].isdigit():
        return date(year, int(rule[:2]), int(rule[3:]))
    if rule.startswith("EASTER"):
        sunday: date = easter(year)
        return sunday + timedelta(days=int(rule[6:]))
    month, nth, weekday, later = _NTH_WEEKDAYS[rule]
    return nth_weekday(year, month, nth, weekday) + timedelta(days=later)


# Holidays of the United States that are on a weekday of a month: the month, which such weekday (-1
# is the last), the ISO weekday, and how many days later.
_NTH_WEEKDAYS = {
    "MLK": (1, 3, 1, 0),
    "PRESIDENTS": (2, 3, 1, 0),
    "MEMORIAL": (5, -1, 1, 0),
    "LABOR": (9, 1, 1, 0),
    "COLUMBUS": (10, 2, 1, 0),
    "THANKSGIVING": (11, 4, 4, 0),
    "BLACK_FRIDAY": (11, 4, 4, 1),
    "CYBER_MONDAY": (11, 4, 4, 4),
    "GIVING_TUESDAY": (11, 4, 4, 5),
}
