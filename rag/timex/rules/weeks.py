"""Reads a day by its week: "Tuesday of last week", "a week on Sunday", "the Friday before last"."""

from datetime import date, timedelta

from rag.text.calendar import WEEKDAYS
from rag.timex.amounts import amount_of
from rag.timex.context import TimeReading
from rag.timex.event_words import FUNCTION_WORDS
from rag.timex.grammar import Match, Rules
from rag.timex.nearness import CHAINED, STEPS, TOLD, base_of, near_weekday
from rag.timex.rules.weekdays import TODAY, is_weekday, part_of_day
from rag.timex.said_years import SKIPPED, skipped_steps
from rag.timex.tokens import PHRASE_ENDS
from rag.timex.values import is_day, moved

RULES = Rules()

_WEEKS = {"week": 1, "weeks": 1, "fortnight": 2, "fortnights": 2}
_UNKNOWN_DAY = "XXXX-XX-XX"


def _reading(match: Match, day: date | None, weekday: int = 0) -> TimeReading:
    """Return the reading of a day, with its part; unknown if the day is None."""
    value = day.isoformat() if day else f"XXXX-WXX-{weekday}" if weekday else _UNKNOWN_DAY
    return part_of_day(match, value) if match.has("part") else TimeReading(type="DATE", value=value)


def _near(match: Match, weekday: int, rel: str) -> date | None:
    value = near_weekday(match, weekday, rel)
    return date.fromisoformat(value) if is_day(value) else None


# -- the weekday of a week --------------------------------------------------------------------

_REL = (
    r"(?P<rel>THIS (?:PAST|COMING)?|THE? (?:LAST|NEXT|COMING|FOLLOWING|PREVIOUS)|(?:THAT|THE) SAME)"
)
_WEEK = rf"(?:{_REL} (?P<unit>UNIT)|THE (?P<told>UNIT) {SKIPPED}) (?! POSSESSIVE)"


@RULES.add(
    "weekday of a week",
    rf"(?P<weekday>WEEKDAY) (?P<part>DAY_PART)? (?:OF|COMMA)? {_WEEK}",
)
@RULES.add("week and its weekday", rf"{_WEEK} COMMA? ON (?P<weekday>WEEKDAY) (?P<part>DAY_PART)?")
def _of_week(match: Match) -> TimeReading | None:
    """Read "Tuesday of last week", "Friday next week", "last week on Sunday"."""
    if not is_weekday(match) or "week" not in {match.word("unit"), match.word("told")}:
        return None
    weekday, rel = WEEKDAYS[match.word("weekday")], match.last_word("rel")
    steps = skipped_steps(match) if match.has("skipped") else STEPS[rel]
    base = base_of(match, is_chained=rel in CHAINED, unit="W", is_told=rel in TOLD)
    monday = moved(base, -base.weekday(), "D") if base else None
    day = moved(monday, 7 * steps + weekday - 1, "D") if monday else None
    # American weeks begin on Sunday, so what was done "on Sunday this week" was done before Monday.
    is_over = day and base and rel == "this" and day > base and match.tense() == "past"
    return _reading(match, moved(day, -7, "D") if day and is_over else day, weekday)


@RULES.add("weekday before last", rf"THE? (?P<weekday>WEEKDAY) (?P<part>DAY_PART)? {SKIPPED}")
def _skipped_weekday(match: Match) -> TimeReading | None:
    """Read "the Friday before last", "the Sunday after next"."""
    if not is_weekday(match):
        return None
    weekday, rel = WEEKDAYS[match.word("weekday")], match.last_word("skipped")
    day = _near(match, weekday, rel)
    return _reading(match, moved(day, 7 * STEPS[rel], "D") if day else None, weekday)


@RULES.add(
    "weekday with its side behind it",
    r"(?P<weekday>WEEKDAY) (?:(?P<rel>LAST|NEXT)|(?P<just>JUST) (?P<gone>PAST|OTHER))",
)
def _side_behind(match: Match) -> TimeReading | None:
    """Read "on Saturday last", "Monday next" and "the Saturday just gone"."""
    is_gone = match.word("just") == "just" and match.word("gone") in {"past", "gone"}
    is_said = is_gone or (match.has("rel") and match.closes())
    if not is_said or not is_weekday(match):
        return None
    weekday = WEEKDAYS[match.word("weekday")]
    return _reading(match, _near(match, weekday, match.word("rel") or "last"), weekday)


# -- so many weeks from a day -----------------------------------------------------------------


@RULES.add("so many weekdays ago", r"(?P<amount>SMALL|NUMERAL|A COUPLE OF?) (?P<days>WEEKDAYS) AGO")
@RULES.add(
    "weeks from a weekday",
    r"(?P<amount>A|SMALL|NUMERAL) (?P<unit>UNIT|UNITS) (?P<side>AGO|FROM)"
    r" (?P<weekday>WEEKDAY|TODAY)",
)
def _weeks_from(match: Match) -> TimeReading | None:
    """Read "two Fridays ago", "a week ago Tuesday" and "two weeks from Monday"."""
    count, anchor = amount_of(match), match.anchor
    name = match.word("weekday") or match.word("days")[:-1]
    if match.word("unit") in {"year", "years", "month", "months"}:
        return _years_from(match, name)
    weeks = 1 if match.has("days") else _WEEKS.get(match.word("unit"), 0)
    if count is None or not weeks or name == "yesterday":
        return None
    weekday = WEEKDAYS.get(name, 0)
    if anchor is None:
        return _reading(match, None, weekday)
    is_ahead = match.word("side") == "from"
    if weekday:
        ahead = (weekday - anchor.isoweekday()) % 7
        # The first Friday ago is the last Friday.
        start = ahead if is_ahead else ahead - 7 if ahead or match.has("days") else 0
    else:
        start = TODAY[name]
    steps = weeks * int(min(count, 10**6)) - match.has("days")
    return _reading(match, moved(anchor, start + 7 * (steps if is_ahead else -steps), "D"), weekday)


def _years_from(match: Match, name: str) -> TimeReading | None:
    """Read "two years ago Friday" as that long before the nearest Friday."""
    count, anchor = amount_of(match), match.anchor
    if count is None or name not in WEEKDAYS or match.word("side") != "ago":
        return None
    if anchor is None:
        return TimeReading(type="DATE", value=_UNKNOWN_DAY)
    friday = _nearest(anchor, WEEKDAYS[name])
    unit = match.word("unit")[0].upper()
    return _reading(match, moved(friday, -int(min(count, 10**4)), unit))


def _nearest(day: date, weekday: int) -> date:
    """Return the weekday that is at most three days from a day."""
    return day + timedelta((weekday - day.isoweekday() + 3) % 7 - 3)


@RULES.add(
    "weeks ago on a weekday",
    r"(?P<amount>A|SMALL|NUMERAL) (?P<unit>UNIT|UNITS) AGO COMMA? ON (?P<weekday>WEEKDAY)"
    r" (?P<part>DAY_PART)?",
)
def _ago_on(match: Match) -> TimeReading | None:
    """Read "two weeks ago on Friday" as the Friday nearest to two weeks ago."""
    count, weeks = amount_of(match), _WEEKS.get(match.word("unit"), 0)
    if count is None or not weeks or not is_weekday(match):
        return None
    then = moved(match.anchor, -weeks * int(min(count, 1e6)), "W") if match.anchor else None
    weekday = WEEKDAYS[match.word("weekday")]
    return _reading(match, _nearest(then, weekday) if then else None, weekday)


# After these words the weeks are a length, as in "closed for a week on Monday".
_BEFORE_LENGTH = frozenset(
    "for in within of than over after about under first last past next nearly almost another every "
    "spend spends spent took takes lasted the".split()
)


@RULES.add(
    "weeks on from a day",
    r"(?P<amount>A|SMALL|NUMERAL) (?P<unit>UNIT|UNITS)"
    r" (?:(?P<today>TODAY)|(?P<side>ON|LAST|NEXT|THIS|AGO LAST|AGO THIS) (?P<weekday>WEEKDAY))"
    r" (?P<part>DAY_PART)?",
)
def _weeks_on(match: Match) -> TimeReading | None:
    """Read "a week on Saturday", "two weeks tomorrow" and "a week last Tuesday"."""
    count, weeks = amount_of(match), _WEEKS.get(match.word("unit"), 0)
    if count is None or not weeks or match.before() in _BEFORE_LENGTH:
        return None
    side, today = match.last_word("side"), match.word("today")
    # This is for "two weeks today since the storm".
    is_since = today == "today" and match.after() == "since"
    is_ago = (
        is_since or side == "last" or today == "yesterday" or match.words("side")[:1] == ["ago"]
    )
    return _shifted(match, int(min(count, 1e6)) * weeks * (-1 if is_ago else 1), side)


@RULES.add(
    "weekday week",
    r"(?:(?P<today>TODAY)|(?P<side>NEXT|THIS)? (?P<weekday>WEEKDAY)) (?P<unit>UNIT)",
)
def _day_week(match: Match) -> TimeReading | None:
    """Read "Monday week" and "tomorrow fortnight" as a week and two weeks after that day."""
    weeks = _WEEKS.get(match.word("unit"), 0)
    is_name = match.tokens.is_capitalised(match.end - 1) or match.before() in {"a", "the"}
    is_phrase = match.kind_after() in PHRASE_ENDS or match.after() in FUNCTION_WORDS
    if not weeks or is_name or not is_phrase:
        return None
    return _shifted(match, -weeks if match.word("today") == "yesterday" else weeks, "on")


def _shifted(match: Match, weeks: int, side: str) -> TimeReading | None:
    """Return the day so many weeks after a weekday or "today", which `side` may place."""
    if match.has("today"):
        step = TODAY[match.word("today")]
        return _reading(match, moved(match.anchor, 7 * weeks + step, "D") if match.anchor else None)
    if not is_weekday(match):
        return None
    weekday = WEEKDAYS[match.word("weekday")]
    rel = side if side in {"last", "next"} else ""
    ahead = (
        moved(match.anchor, (weekday - match.anchor.isoweekday()) % 7, "D")
        if match.anchor
        else None
    )
    day = _near(match, weekday, rel) if rel else ahead
    return _reading(match, moved(day, weeks, "W") if day else None, weekday)
