"""Reads times that recur: "daily", "every Tuesday", "twice a week", "each May"."""

from rag.text.calendar import MONTHS, SEASONS, WEEKDAYS
from rag.timex.amounts import amount_of, duration, unit_of
from rag.timex.context import TimeReading
from rag.timex.grammar import Match, Rules
from rag.timex.holidays import HOLIDAYS, holiday_name
from rag.timex.lexicon import DAY_PARTS, FREQUENCIES
from rag.timex.rules.days import number_of_day
from rag.timex.rules.weekdays import is_of_both
from rag.timex.values import yearless_day_value

RULES = Rules()


@RULES.add("daily, weekly", r"(?P<often>DAILY)")
def _daily(match: Match) -> TimeReading | None:
    if match.tokens.is_capitalised(match.start) and match.before() not in {"", "."}:
        return None  # This is for "the Daily News".
    return TimeReading(type="SET", value=FREQUENCIES[match.word("often")])


@RULES.add("each day of the year", r"EACH (?P<day>SMALL|ORDINAL) (?:OF)? (?P<month>MONTH)")
@RULES.add("each day of the year", r"EACH (?P<month>MONTH) DOT? (?P<day>SMALL|ORDINAL)")
def _each_date(match: Match) -> TimeReading | None:
    month, day = MONTHS[match.word("month")], number_of_day(match.words("day"))
    value = yearless_day_value(month, day)
    return TimeReading(type="SET", value=value) if value else None


@RULES.add("each holiday", r"EACH (?P<holiday>HOLIDAY)")
def _each_holiday(match: Match) -> TimeReading:
    day = HOLIDAYS[holiday_name(match.word("holiday"))]
    return TimeReading(type="SET", value=f"XXXX-{day}" if day[:2].isdigit() else "P1Y")


@RULES.add(
    "each of a kind",
    r"EACH (?P<amount>SMALL|NUMERAL|FEW|SECOND)?"
    r" (?P<what>UNIT|UNITS|WEEKDAY|MONTH|SEASON|DAY_PART|WEEKEND|QUARTER) (?P<part>DAY_PART)?",
)
@RULES.add("every other", r"EACH (?P<other>OTHER) (?P<what>UNIT|WEEKDAY)")
def _each(match: Match) -> TimeReading | None:
    if match.word("other") not in {"", "other"}:
        return None
    value = _recurring(match.words("what")[0], match.word("part")) or _every_so_many(match)
    return TimeReading(type="SET", value=value) if value else None


def _recurring(word: str, part: str) -> str | None:
    """Return the TIMEX3 value of a kind of day or time of the year: XXXX-WXX-2, XXXX-07."""
    if word in WEEKDAYS:
        time = f"T{DAY_PARTS[part]}" if part in DAY_PARTS else ""
        return f"XXXX-WXX-{WEEKDAYS[word]}{time}"
    values = {name: f"XXXX-{code}" for name, code in SEASONS.items()}
    values |= {name: f"XXXX-XX-XXT{code}" for name, code in DAY_PARTS.items()}
    values |= {name: f"XXXX-{month:02d}" for name, month in MONTHS.items()}
    values |= {"weekend": "XXXX-WXX-WE"}
    return values.get(word)


def _every_so_many(match: Match) -> str | None:
    """Return the period of "every year", "every two weeks" or "every other day"."""
    unit = unit_of(match.words("what")[0])
    if not unit:
        return None
    count: float | None = 1
    if match.has("other") or match.word("amount") == "second":
        count = 2
    elif match.has("amount"):
        count = amount_of(match)
    return duration(count, unit)


@RULES.add("weekdays as a habit", r"(?P<what>WEEKDAYS)")
def _weekdays(match: Match) -> TimeReading | None:
    if match.after() == "ago":
        return None
    return TimeReading(type="SET", value=f"XXXX-WXX-{WEEKDAYS[match.word('what')[:-1]]}")


@RULES.add(
    "each of so many seasons",
    r"THE? (?:LAST|PAST|NEXT|COMING) (?:SMALL|NUMERAL|FEW) (?P<what>SEASONS|WEEKDAYS)",
)
def _past_seasons(match: Match) -> TimeReading | None:
    """Read "the past three summers", "the last two Sundays"."""
    value = _recurring(match.word("what").removesuffix("s"), "")
    return TimeReading(type="SET", value=value) if value else None


@RULES.add("weekends as a habit", r"(?<=ON) (?P<what>WEEKEND)")
def _weekends(match: Match) -> TimeReading | None:
    return (
        TimeReading(type="SET", value="XXXX-WXX-WE") if match.word("what") == "weekends" else None
    )


@RULES.add("parts of weekdays as a habit", r"(?P<what>WEEKDAY) (?P<part>DAY_PARTS)")
@RULES.add(
    "parts of weekdays as a habit", r"(?P<what>WEEKDAY)(?= (?:AND|OR) WEEKDAY (?P<part>DAY_PARTS))"
)
def _weekday_nights(match: Match) -> TimeReading | None:
    """Read "on Friday nights", but not "both Friday and Saturday nights" or a title's "Nights"."""
    if is_of_both(match) or match.tokens.is_capitalised(match.place("part")):
        return None
    value = _recurring(match.word("what"), match.word("part").removesuffix("s"))
    return TimeReading(type="SET", value=value) if value else None


@RULES.add(
    "so often", r"(?:ONCE|(?:SMALL|NUMERAL|FEW)? TIMES) (?:A|EACH|PER) (?P<unit>UNIT|QUARTER)"
)
@RULES.add("per unit", r"PER (?P<unit>UNIT|QUARTER)")
def _times(match: Match) -> TimeReading | None:
    return TimeReading(type="SET", value=duration(1, unit_of(match.word("unit"))))
