"""Lists words of time with their names in TIMEX3: parts of the day, decades, units, frequencies.

The names of months, weekdays and seasons are in `rag.text.calendar`, and numbers are in
`rag.text.numerals`.
"""

DAY_PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
# Decades in words. The context says in which century they are.
DECADES = {
    "twenties": 2,
    "thirties": 3,
    "forties": 4,
    "fifties": 5,
    "sixties": 6,
    "seventies": 7,
    "eighties": 8,
    "nineties": 9,
}
# ISO 8601 designators of durations. A unit of time comes after a T.
UNITS = {
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
# Words for how often something happens. TIMEX3 gives the period as a duration.
FREQUENCIES = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "biweekly": "P2W",
    "fortnightly": "P2W",
    "monthly": "P1M",
    "annually": "P1Y",
    "yearly": "P1Y",
}
