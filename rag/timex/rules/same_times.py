"""Reads the same time of another year or week: "this time last year", "this month a year ago"."""

from rag.timex.amounts import AMOUNT, amount_of, unit_of
from rag.timex.context import TimeReading
from rag.timex.grammar import Match, Rules
from rag.timex.nearness import CHAINED, STEPS, base_of, counted
from rag.timex.rules.weekdays import TODAY, weekend_value
from rag.timex.values import moved

RULES = Rules()


@RULES.add(
    "same unit of another year",
    r"THE (?:CORRESPONDING|SAME) (?P<unit>UNIT) (?:OF|IN)? (?:LAST|THE PREVIOUS|A)"
    r" (?P<year>UNIT) (?:EARLIER|AGO|BEFORE)?",
)
def _same_unit(match: Match) -> TimeReading | None:
    """Read "the same month last year", "the same week a year ago"."""
    unit = unit_of(match.word("unit"))
    if match.word("year") != "year" or unit not in {"D", "W", "M"}:
        return None
    base = base_of(match, is_chained=True, unit=unit)
    before = moved(base, -1, "Y") if base else None
    return TimeReading(type="DATE", value=counted(before, 0, unit), is_aside=True)


# "This time last year" is no certain day. It is read as the month, and "this time last month" as
# the week.
_FINER = {"Y": "M", "M": "W", "W": "D", "F": "D", "D": "D"}


@RULES.add(
    "this time of another year",
    r"(?P<which>THIS|(?:THE|THAT)? SAME) (?P<what>TIME|UNIT|WEEKEND) COMMA? (?:OF|IN)?"
    r" (?:(?P<rel>LAST|NEXT|THE (?:PREVIOUS|FOLLOWING)) (?P<unit>UNIT)"
    rf"|{AMOUNT} (?P<units>UNIT|UNITS) (?P<side>AGO|EARLIER|BEFORE)|(?P<today>TODAY))"
    r" (?! POSSESSIVE)",
)
def _this_time(match: Match) -> TimeReading | None:
    """Read "this time last year", "this week two years ago" and "this time tomorrow"."""
    unit = "D" if match.has("today") else unit_of(match.word("unit") or match.word("units"))
    what, steps = match.word("what"), _steps(match)
    same = _FINER.get(unit, "") if what == "time" else unit_of(what)
    # "This day last week" is a day, but "this year last week" is nothing.
    is_said = what in {"time", "weekend"} or (unit == "Y" and same in {"D", "W", "M"})
    if steps is None or unit not in _FINER or not is_said or match.word("today") == "today":
        return None
    rel = match.last_word("rel")
    is_chained = rel in CHAINED or match.word("side") in {"earlier", "before"}
    base = base_of(match, is_chained=is_chained, unit=same or "W")
    then = moved(base, steps, unit) if base else None
    value = weekend_value(then, 0) if what == "weekend" else counted(then, 0, same)
    mod = "APPROX" if what == "time" and same != "D" else ""
    return TimeReading(type="DATE", value=value, mod=mod, is_aside=match.word("which") != "this")


def _steps(match: Match) -> int | None:
    """Return how many units away the other time is; None if that is vague."""
    if match.has("rel"):
        return STEPS[match.last_word("rel")]
    if match.has("today"):
        return TODAY[match.word("today")]
    count = amount_of(match)
    return None if count is None or count != int(count) else -int(min(count, 1e6))
