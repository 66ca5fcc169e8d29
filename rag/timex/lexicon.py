"""Lists words of time with their names in TIMEX3: parts of the day, decades, frequencies.

The names of months, weekdays and seasons are in `rag.text.calendar`, numbers in
`rag.text.numerals`, and units of time in `rag.text.units`.
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
