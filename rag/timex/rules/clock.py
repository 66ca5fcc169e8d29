"""Reads times of day: "10:35 a.m. EDT", "noon Friday", "4 in the morning", "1430 GMT"."""

from rag.text.calendar import WEEKDAYS
from rag.text.numerals import NUMERALS
from rag.timex.context import TimeReading
from rag.timex.events import may_end_sentence
from rag.timex.grammar import Match, Rules
from rag.timex.lexicon import DAY_PARTS
from rag.timex.nearness import counted, counted_on, near_day, near_weekday
from rag.timex.rules.events import day_of_time
from rag.timex.rules.months import read_month
from rag.timex.values import day_value, is_day

RULES = Rules()

_ZONE = r"(?:LOCAL TIME|EASTERN TIME?|ZONE)?"
# The day of a time, if it comes right after the time.
_DAY = (
    r"(?:COMMA? ON? (?:(?P<weekday>WEEKDAY)|(?P<today>TODAY|THIS(?= DAY_PART)|LAST(?= DAY_PART)))"
    r" (?P<part>DAY_PART)?|(?P<tonight>TONIGHT)|THE (?P<eve>DAY_PART|UNIT) BEFORE)?"
    r" (?:COMMA? ON? (?P<month>MONTH) DOT? (?P<day>SMALL) (?:COMMA (?P<year>YEAR))?)?"
)
_TODAY = {"today": 0, "this": 0, "yesterday": -1, "last": -1, "tomorrow": 1}
_EVES = frozenset({"day", *DAY_PARTS})
# How far before a time, in tokens, a day may be that surely belongs to it.
_BESIDE = 20
# 3:45 may also be a result or a ratio. Alone, it is a time only after one of these words.
_BEFORE_TIME = frozenset("at by until from around about since before after till".split())


def _timed(match: Match, time: str | None) -> TimeReading | None:
    """Return the reading of a time of day on its day; "T10:35" where no day is known."""
    day = _day_of(match)
    if time is None or day is None:
        return None
    return TimeReading(type="TIME", value=f"{day if len(day) == 10 else ''}{time}")


def _day_of(match: Match) -> str | None:
    """Return the day of a time: the one after it, else the last one mentioned, else the anchor."""
    is_of_next = any(_opens_sentence(match, name) for name in ("month", "weekday"))
    if match.has("month") and not is_of_next:
        return _calendar_day(match)
    if match.has("weekday") and not is_of_next:
        weekday = match.word("weekday")
        return near_weekday(match, WEEKDAYS[weekday]) if len(weekday) > 4 else None
    if match.has("today") or match.has("tonight"):
        return counted(match.anchor, _TODAY.get(match.word("today"), 0), "D")
    if match.has("eve"):
        return counted_on(match, -1, "D", is_told=True) if match.word("eve") in _EVES else None
    told = None if _is_day_said_beside(match) else day_of_time(match)
    reference = told or match.context.reference or ""
    return reference if is_day(reference) else counted(match.anchor, 0, "D").replace("X", "")


def _opens_sentence(match: Match, name: str) -> bool:
    """Take a day out of a match that is of the next sentence: "at 10 a.m. On Monday, she left"."""
    if not match.has(name):
        return False
    on, tokens = match.place(name) - 1, match.tokens
    is_opening = tokens.word(on) == "on" and tokens.is_capitalised(on)
    if is_opening and not tokens.is_capitalised(on - 1):
        match.end = on
        return True
    return False


def _is_day_said_beside(match: Match) -> bool:
    """Say whether a day comes before a time in its sentence."""
    place = match.context.day_place
    if place < 0 or match.start - place > _BESIDE:
        return False
    return not any(may_end_sentence(match.tokens, near) for near in range(place, match.start))


def _calendar_day(match: Match) -> str | None:
    month, day = read_month(match), int(match.word("day"))
    if month is None:
        return None
    if match.has("year"):
        return day_value(int(match.word("year")), month, day)
    return near_day(match, month, day)


def _time_value(hour: int, minute: int, half: str = "") -> str | None:
    """Return a value such as `T22:35` from a clock time and the "a" or "p" of its half, or None."""
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"T{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def _clock_time(word: str, half: str = "") -> str | None:
    """Return the value of "10:35", "10.35", "1035", "10" or "ten"."""
    if word in NUMERALS:
        return _time_value(NUMERALS[word], 0, half)
    hour, _, minute = word.replace(".", ":").partition(":")
    minute = minute[:2]
    if not minute and len(hour) == 4:
        hour, minute = hour[:2], hour[2:]
    if not (hour.isascii() and hour.isdigit() and len(hour) <= 2 and (minute or "0").isdigit()):
        return None
    return _time_value(int(hour), int(minute or 0), half)


@RULES.add("clock time", rf"(?P<time>CLOCK|SMALL|NUMBER|NUMERAL) (?P<half>AMPM) {_ZONE} {_DAY}")
@RULES.add("clock time with its zone", rf"(?P<time>CLOCK|YEAR|NUMBER) (?P<zone>ZONE) {_DAY}")
def _clock(match: Match) -> TimeReading | None:
    return _timed(match, _clock_time(match.word("time"), match.word("half")[:1]))


@RULES.add("clock time in 24 hours", rf"(?P<time>CLOCK) {_DAY}")
def _clock_24(match: Match) -> TimeReading | None:
    has_day = any(match.has(name) for name in ("weekday", "today", "month", "tonight", "eve"))
    if not has_day and match.before() not in _BEFORE_TIME:
        return None
    return _timed(match, _time_in_part(match))


def _time_in_part(match: Match) -> str | None:
    """Return the time of "8:30 Friday night" or "4 in the morning"; as written without a part."""
    time = _clock_time(match.word("time"))
    part = DAY_PARTS.get(match.word("part") or match.word("in_part"), "")
    part = "NI" if match.has("tonight") else part
    if time is None or not part or time >= "T13":
        return time
    # An hour before six "at night" is after midnight.
    is_late = part in {"AF", "EV"} or (part == "NI" and time >= "T06")
    return _clock_time(match.word("time"), "p" if is_late else "a")


@RULES.add(
    "hour in a part of the day",
    r"(?P<time>CLOCK|SMALL|NUMERAL) (?P<oclock>OCLOCK)?"
    rf" (?:(?:IN (?:THE|THIS)|THIS|AT) (?P<in_part>DAY_PART))? {_DAY}",
)
def _oclock(match: Match) -> TimeReading | None:
    is_night = match.has("tonight") or (match.word("today") == "last" and match.has("part"))
    is_said = match.has("oclock") or match.has("in_part")
    if not (is_said or (is_night and match.before() in _BEFORE_TIME)):
        return None
    return _timed(match, _time_in_part(match))


@RULES.add(
    "first of two times",
    r"(?P<time>CLOCK|SMALL|NUMERAL)"
    r"(?= (?P<link>TO|AND|UNTIL|HYPHEN) (?P<last>CLOCK|SMALL|NUMERAL) (?P<half>AMPM)"
    rf" {_ZONE} {_DAY})",
)
def _first_of_two(match: Match) -> TimeReading | None:
    """Read the 8 of "from 8 to 10 p.m." and the 11 of "11-1 p.m."."""
    half, said = match.word("half")[:1], match.before()
    if match.word("link") == "and" and said != "between":
        return None
    first = _clock_time(match.word("time"), half)
    last = _clock_time(match.word("last"), half)
    if first is None or last is None:
        return None
    if first > last:
        first = _clock_time(match.word("time"), "a" if half == "p" else "p")
    return _timed(match, first)


@RULES.add(
    "half past, quarter to",
    rf"A? (?P<share>HALF|QUARTER) (?P<side>PAST|TO) (?P<time>NUMERAL) (?P<half>AMPM)? {_DAY}",
)
def _half_past(match: Match) -> TimeReading | None:
    """Read "half past three" as T03:30, "a quarter to five" as T04:45."""
    is_quarter, is_to = match.word("share") == "quarter", match.word("side") == "to"
    is_article = match.tokens.words[match.start] == "a"
    # "The quarter to ten people" is not a time.
    if is_quarter and not is_article and match.before() not in _BEFORE_TIME:
        return None
    if is_to and not is_quarter:
        return None
    hour = _clock_time(match.word("time"), match.word("half")[:1])
    if hour is None:
        return None
    past = 15 if is_quarter else 30
    minutes = 60 * int(hour[1:3]) + (-past if is_to else past)
    return _timed(match, f"T{minutes // 60 % 24:02d}:{minutes % 60:02d}")


@RULES.add("noon, midnight", rf"(?P<noon>NOON) {_ZONE} {_DAY}")
def _noon(match: Match) -> TimeReading | None:
    is_title = match.tokens.is_capitalised(match.start)
    if is_title and match.before() not in {"", ".", "at", "by"}:
        return None
    return _timed(match, "T24:00" if match.word("noon") == "midnight" else "T12:00")
