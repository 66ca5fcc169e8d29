"""Reads weeks, months and years near another time: "last week", "two days later"."""

from rag.timex.amounts import AMOUNT, amount_of, duration, unit_of
from rag.timex.context import TimeReading, fineness
from rag.timex.grammar import Match, Rules
from rag.timex.modifiers import EDGE, amount_mod, edge_mod
from rag.timex.nearness import CHAINED, STEPS, TOLD, counted, counted_on
from rag.timex.rules.comparisons import years_before
from rag.timex.said_years import SKIPPED, skipped_steps
from rag.timex.tokens import KINDS
from rag.timex.values import DaySpan, covered_days, moved, unknown_value

RULES = Rules()

_BEFORE_STRETCH = frozenset("over within during for in".split())


@RULES.add(
    "unit by its words",
    rf"{EDGE} (?P<rel>THE? (?:LAST|NEXT|PAST|COMING|FOLLOWING|PREVIOUS|CURRENT|LATEST)"
    r"|THIS (?:PAST|COMING|SAME)?|(?:THAT|THE) SAME|THAT) FISCAL? (?P<unit>UNIT|QUARTER)",
)
def _unit(match: Match) -> TimeReading | None:
    rel, unit = match.last_word("rel"), unit_of(match.word("unit"))
    # "This Week" is the name of a programme. "This day" is a time, but "last day" and "the latest
    # day" are not.
    is_title = match.tokens.is_capitalised(match.place("unit")) and (
        match.tokens.is_capitalised(match.start)
    )
    is_no_day = unit == "D" and rel in {"last", "current", "latest", "coming"}
    has_the = "the" in (match.words("rel")[0], match.before())
    is_other = has_the and rel == "last" and match.after() == "of"
    if unit.startswith("T") or is_title or is_no_day or is_other:
        return None
    if _is_stretch(match):
        days = stretch(match, 1, unit, is_ahead=rel in {"next", "coming"})
        return TimeReading(type="DURATION", value=duration(1, unit), mod=edge_mod(match), days=days)
    is_told = rel in TOLD or match.word("rel") == "the next"
    if unit == "Q" and match.context.quarter and _is_reported(match):
        return TimeReading(type="DATE", value=match.context.quarter)
    if is_told or rel in CHAINED:
        value = counted_on(match, STEPS[rel], unit, is_told=is_told)
    else:
        value = counted(match.anchor, STEPS[rel], unit)
    return TimeReading(type="DATE", value=value, mod=edge_mod(match))


_RESULTS = frozenset("loss profit earnings net income results sales revenue".split())


def _is_reported(match: Match) -> bool:
    """Say whether "this quarter's loss" is reported, so that the quarter is over."""
    return match.word("rel") == "this" and match.owns() and match.after(2) in _RESULTS


def _is_stretch(match: Match) -> bool:
    """Say whether a stretch is meant, "the past week", and not a week of the calendar."""
    said = match.word("rel")
    is_ahead = said in {"the next", "the coming"} and match.before() in _BEFORE_STRETCH
    return is_ahead or said in {"the past", "past", "the last"}


def stretch(match: Match, count: float | None, unit: str, *, is_ahead: bool) -> DaySpan | None:
    """Return the days of `count` units before or after the anchor; None if they are unknown."""
    anchor = match.anchor
    if anchor is None or count is None:
        return None
    if unit.startswith("T"):
        hours = count / {"TH": 1, "TM": 60, "TS": 3600}[unit]
        count, unit = -(-hours // 24), "D"
    other = moved(anchor, int(count) if is_ahead else -int(count), unit)
    if other is None:
        return None
    return DaySpan(anchor, other) if is_ahead else DaySpan(other, anchor)


@RULES.add(
    "end of a unit",
    r"THE RIGHT? (?P<edge_of>END|BEGINNING|MID) OF THE (?P<unit>UNIT|QUARTER)",
)
def _end_of_unit(match: Match) -> TimeReading | None:
    unit = unit_of(match.word("unit"))
    if unit.startswith("T") or unit == "D":
        return None
    return TimeReading(type="DATE", value=counted(match.anchor, 0, unit), mod=edge_mod(match))


@RULES.add("unit before last", rf"{EDGE} THE (?P<unit>UNIT|QUARTER) {SKIPPED}")
def _skipped(match: Match) -> TimeReading | None:
    """Read "the week before last", "the month after next"."""
    unit = unit_of(match.word("unit"))
    if unit.startswith("T"):
        return None
    value = counted(match.anchor, skipped_steps(match), unit)
    return TimeReading(type="DATE", value=value, mod=edge_mod(match))


@RULES.add(
    "year's end", r"THE? (?P<unit>UNIT) (?P<mark>POSSESSIVE|HYPHEN)? (?P<edge>END) (?P<year>YEAR)?"
)
@RULES.add("mid-year", r"(?P<edge>MID) HYPHEN (?P<unit>UNIT)")
def _years_end(match: Match) -> TimeReading | None:
    """Read "year's end", "at year end" and "by mid-year", but not "in mid-week"."""
    unit, is_mid = unit_of(match.word("unit")), match.word("edge") == "mid"
    is_said = unit in {"Y", "M"} if is_mid else match.has("mark")
    if unit.startswith("T") or not (is_said or (unit == "Y" and match.before() in _BEFORE_END)):
        return None
    value = match.word("year") if unit == "Y" else ""
    return TimeReading(
        type="DATE", value=value or counted(match.anchor, 0, unit), mod=edge_mod(match)
    )


_BEFORE_END = frozenset("at by before until since".split())


@RULES.add(
    "so long ago or later",
    rf"JUST? {AMOUNT} HYPHEN? (?P<unit>UNIT|UNITS|QUARTER|QUARTERS) (?P<half>AND A HALF)?"
    r" (?P<side>AGO|EARLIER|BEFORE|LATER|AFTER|HENCE|FROM NOW)",
)
def _ago(match: Match) -> TimeReading | None:
    side, unit, count = match.word("side"), unit_of(match.word("unit")), amount_of(match)
    start = match.start + (match.tokens.kinds[match.start] == KINDS["JUST"])
    mod = amount_mod(match)
    if side in {"before", "after"} and not match.closes():
        return None
    if count is not None:
        count += 0.5 * match.has("half")
    if unit.startswith("T") or (side in {"earlier", "later"} and match.after() == "than"):
        # The anchor has no time of day to count from, and "three days earlier than planned" counts
        # from a day that is not named.
        end = match.place("side")
        return TimeReading(
            type="DURATION", value=duration(count, unit), mod=mod, start=start, end=end
        )
    if count is None:
        return TimeReading(type="DATE", value=vague_value(side, unit), start=start)
    is_back = side in {"ago", "earlier", "before"}
    is_chained = side in {"earlier", "before", "later", "after"}
    is_compared = side == "ago" and match.context.is_quarterly and count == 1
    if is_back and unit == "Y" and (is_compared or (is_chained and count == int(count))):
        return years_before(match, int(count), mod=mod, start=start)
    steps, unit = _whole_steps(count, unit)
    steps = -steps if is_back else steps
    if is_chained:
        value = counted_on(match, steps, unit, is_told=not is_back)
        if not is_back and _is_untold(match, value):
            value = unknown_value(unit)
    else:
        value = counted(match.anchor, steps, unit)
    return TimeReading(type="DATE", value=value, mod=mod, start=start)


@RULES.add(
    "in so much time",
    rf"(?<=IN) JUST? {AMOUNT} (?P<unit>UNIT|UNITS) (?:POSSESSIVE|APOSTROPHE)? TIME",
)
def _in_time(match: Match) -> TimeReading | None:
    """Read "in two weeks' time", which counts from now, as "in two weeks" need not."""
    unit, count = unit_of(match.word("unit")), amount_of(match)
    if unit.startswith("T") or match.tense() == "past":
        return None
    start = match.place("approx") if match.has("approx") else match.place("amount")
    if count is None:
        return TimeReading(type="DATE", value="FUTURE_REF", start=start)
    steps, unit = _whole_steps(count, unit)
    value = counted(match.anchor, steps, unit)
    return TimeReading(type="DATE", value=value, mod=amount_mod(match), start=start)


def _is_untold(match: Match, value: str) -> bool:
    """Say whether "a decade later" would be in the future, although it is reported as past."""
    days = covered_days(value)
    is_ahead = match.anchor is not None and days is not None and days.first > match.anchor
    return is_ahead and match.tense() != "future"


def _whole_steps(count: float, unit: str) -> tuple[int, str]:
    """Return a count of whole units: a year and a half is 18 months, a decade is ten years."""
    factor, unit = {"E": (10, "Y"), "C": (100, "Y")}.get(unit, (1, unit))
    count *= factor
    if count != int(count):
        factor, unit = {"Y": (12, "M"), "W": (7, "D"), "M": (30, "D")}.get(unit, (1, unit))
        count *= factor
    # The calendar ends after 9,999 years, so no larger count is needed.
    return round(min(count, 1e7)), unit


def vague_value(side: str, unit: str) -> str:
    """Return the value of "a few weeks ago" or "years later"."""
    if side in {"later", "after"}:
        # It is later than what was reported before, which may still be past.
        return unknown_value(unit)
    return "FUTURE_REF" if side in {"hence", "from now"} else "PAST_REF"


_SIDES = frozenset("later earlier early late".split())
_PARTS = frozenset("rest remainder balance course most much all half part".split())
_MONTH_LEVEL = fineness("2020-09")
_GOES_ON = frozenset("to through from when that which in of after before since until - –".split())


@RULES.add("unit told of", r"THE (?P<unit>UNIT) (?!GONE)")
def _told(match: Match) -> TimeReading | None:
    """Read "later in the year", "the rest of the week", and "in the month" after "September"."""
    unit, before, further = unit_of(match.word("unit")), match.before(), match.before(2)
    if unit not in {"W", "M", "Y"} or match.owns() or match.after() in _GOES_ON:
        return None
    is_side = before == "in" and further in _SIDES
    is_month = unit == "M" and before in {"for", "during", "in"}
    is_named = is_month and fineness(match.context.reference or "") == _MONTH_LEVEL
    if not (is_side or is_named or (before == "of" and further in _PARTS)):
        return None
    return TimeReading(type="DATE", value=counted_on(match, 0, unit))


@RULES.add(
    "so long ago today",
    r"(?P<amount>A|SMALL|NUMERAL (?:HYPHEN NUMERAL)?) (?P<unit>UNIT|UNITS) AGO"
    r" (?:(?P<today>TODAY)|THIS (?P<same>UNIT))",
)
def _ago_today(match: Match) -> TimeReading | None:
    """Read "a year ago today" as the day, "two years ago this month" as the month."""
    count, unit = amount_of(match), unit_of(match.word("unit"))
    same = "D" if match.has("today") else unit_of(match.word("same"))
    if count is None or unit.startswith("T") or same.startswith("T"):
        return None
    steps, unit = _whole_steps(count, unit)
    shifted = {"yesterday": -1, "tomorrow": 1}.get(match.word("today"), 0)
    then = moved(match.anchor, -steps, unit) if match.anchor else None
    day = moved(then, shifted, "D") if then else None
    return TimeReading(type="DATE", value=counted(day, 0, same))


@RULES.add("long ago", r"JUST? (?P<unit>UNITS) (?P<side>AGO|EARLIER|LATER|HENCE|FROM NOW)")
def _long_ago(match: Match) -> TimeReading:
    unit = unit_of(match.word("unit"))
    if unit.startswith("T"):
        value = duration(None, unit)
        return TimeReading(
            type="DURATION", value=value, start=match.place("unit"), end=match.end - 1
        )
    value = vague_value(match.word("side"), unit)
    return TimeReading(type="DATE", value=value, start=match.place("unit"))


@RULES.add("day before or after", r"THE (?P<unit>UNIT) (?P<side>BEFORE|AFTER|EARLIER)")
def _day_after(match: Match) -> TimeReading | None:
    unit = unit_of(match.word("unit"))
    if unit.startswith("T") or not match.closes():
        return None
    step = 1 if match.word("side") == "after" else -1
    if unit == "Y" and step < 0:
        return years_before(match)
    return TimeReading(type="DATE", value=counted_on(match, step, unit))
