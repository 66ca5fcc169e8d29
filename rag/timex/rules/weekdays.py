"""Reads days near another day: "Tuesday", "last Friday", "yesterday", "the weekend"."""

from datetime import date

from rag.text.calendar import WEEKDAYS
from rag.timex.amounts import amount_of
from rag.timex.awaited import is_moved_to
from rag.timex.context import TimeReading
from rag.timex.grammar import Match, Rules, compiled
from rag.timex.lexicon import DAY_PARTS
from rag.timex.modifiers import EDGE, edge_mod
from rag.timex.nearness import (
    CHAINED,
    STEPS,
    base_of,
    counted,
    counted_on,
    looks_ahead,
    near_weekday,
)
from rag.timex.said_years import SKIPPED, skipped_steps
from rag.timex.tokens import ENDING_MARKS, KINDS
from rag.timex.values import covered_days, is_day, moved, week_value

RULES = Rules()

_REL = (
    r"(?P<rel>THIS (?:PAST|COMING)?|THE? (?:LAST|NEXT|PAST|COMING|FOLLOWING|PREVIOUS)"
    r"|(?:THAT|THE) SAME|THAT)"
)
# The last weekday, by its ISO number, on which "this weekend" may be the past one.
_EARLY = 3
# "Bloody Sunday" and "Super Tuesday" are names of certain days. TimeBank and AQUAINT have none.
_NAMES_OF_DAYS = frozenset(
    "black bloody super cyber fat shrove holy ruby giving sheffield joe man".split()
)
# "The Sunday Times" is a newspaper.
_NEWSPAPERS = frozenset(
    "times telegraph mail express mirror independent world post people herald tribune sun mercury "
    "business magazine".split()
)
# How far a day may be from the day before, in tokens, to end what begins then.
_REACH_OF_PLAN = 5
_REACH_OF_NIGHT = 10
_SENTENCE_END = compiled("STOP|DOT")
TODAY = {"today": 0, "yesterday": -1, "tomorrow": 1}


def part_of_day(match: Match, value: str, rule: str = "") -> TimeReading:
    """Return the reading of the `part` of a day, such as 2020-11-10TMO."""
    part = match.last_word("part")
    code = DAY_PARTS.get(part, "EV" if part == "dusk" else "MO")
    return TimeReading(type="TIME", value=f"{value}T{code}", rule=rule, mod=edge_mod(match))


@RULES.add(
    "weekday",
    rf"(?:(?P<edge>EARLY|LATE|EARLIER|LATER) ON?)? {_REL}? (?P<weekday>WEEKDAY)"
    r" (?P<part>(?:EARLY|LATE)? DAY_PART)?",
)
def _weekday(match: Match) -> TimeReading | None:
    if not is_weekday(match):
        return None
    weekday, rel = WEEKDAYS[match.word("weekday")], match.last_word("rel")
    value = _end_of_weekdays(match, weekday) or near_weekday(match, weekday, rel)
    tense = "future" if looks_ahead(match) else "past"
    rule = "weekday by its words" if rel else f"weekday by tense, {tense}"
    if match.has("part"):
        return part_of_day(match, value, rule)
    return TimeReading(type="DATE", value=value, rule=rule, mod=edge_mod(match))


def is_weekday(match: Match) -> bool:
    """Say whether a weekday means a day; "Sun" and "Wed" do so only with a date."""
    tokens, word = match.tokens, match.word("weekday")
    # "The last Thursday of May" is not last Thursday, and "Friday's child" is from a rhyme.
    is_other = match.words("rel")[:1] == ["the"] and match.after() in {"of", "in"}
    is_child = match.owns() and match.after(2) == "child"
    if len(word) <= 4 or word == "thurs" or is_other or is_child or _opens_habit(match):
        return False
    # This is for "Friday Night Lights" and "Bloody Sunday".
    is_name = match.has("part") and tokens.is_capitalised(match.place("part"))
    is_any = (match.before(2), match.before()) == ("on", "a") and match.after() in {"in", "of"}
    is_name = is_name or is_any or _is_newspaper(match)
    return not is_name and match.before() not in _NAMES_OF_DAYS


def _is_newspaper(match: Match) -> bool:
    """Say whether a weekday is part of a newspaper's name: "the Sunday Times"."""
    is_followed = match.after() in _NEWSPAPERS and match.tokens.is_capitalised(match.end)
    is_mail = (match.before(2), match.before()) == ("mail", "on")
    return (is_followed and match.before() != "on") or is_mail


_PARTS_OF_TWO = compiled(r"(?:AND|OR) WEEKDAY DAY_PARTS")


def _opens_habit(match: Match) -> bool:
    """Say whether a weekday is the Friday of "on Friday and Saturday nights"."""
    found = _PARTS_OF_TWO.match(match.tokens.kinds, match.end)
    return found is not None and not is_of_both(match)


def is_of_both(match: Match) -> bool:
    """Say whether two nights are meant: "both Friday and Saturday nights"."""
    return "both" in match.tokens.words[max(0, match.start - 3) : match.start]


def _end_of_weekdays(match: Match, weekday: int) -> str | None:
    """Return the Friday of "from Monday to Friday", which is the next one after the Monday.

    So is the Wednesday of "on Tuesday and Wednesday", unless that has not come and the Tuesday has.
    """
    previous = match.context.previous
    is_moved = is_moved_to(match.tokens, match.start)
    if previous is None or not previous.rule.startswith("weekday") or is_moved:
        return None
    days = covered_days(previous.value) if is_day(previous.value) else None
    is_next = match.context.previous_end == match.start - 1
    is_range = is_next and match.before() in {"to", "-", "–", "through", "until", "till"}
    is_list = is_next and match.before() in {"and", "or", ","} and not match.has("rel")
    if days is None or not (is_range or is_list or _is_end_of_plan(match, previous)):
        return None
    day = moved(days.first, (weekday - days.first.isoweekday()) % 7 or 7, "D")
    is_over = match.anchor is not None and days.first <= match.anchor
    is_told = is_over and not previous.rule.endswith("future")
    if day and is_list and is_told and match.anchor and day > match.anchor:
        day = moved(day, -7, "D")
    return day.isoformat() if day else None


def _is_end_of_plan(match: Match, previous: TimeReading) -> bool:
    """Say whether a day ends what begins on the day before: "begin on Monday and end on Friday"."""
    between = range(match.context.previous_end, match.start)
    is_near = (
        len(between) <= _REACH_OF_PLAN and "and" in match.tokens.words[between.start : between.stop]
    )
    is_one = not any(match.tokens.kinds[place] in ENDING_MARKS for place in between)
    return is_near and is_one and previous.rule.endswith("future") and match.tense() == "future"


@RULES.add(
    "today, yesterday, tomorrow",
    r"(?P<edge>EARLY|LATE|EARLIER|LATER)? (?P<day>TODAY) (?P<part>DAY_PART)?",
)
def _today(match: Match) -> TimeReading | None:
    if match.start == match.place("day") and match.is_name(match.start):
        return None
    if match.word("day") == "today" and match.owns() and _is_of_the_age(match):
        return None
    value = counted(match.anchor, TODAY[match.word("day")], "D")
    if match.has("part"):
        return part_of_day(match, value)
    return TimeReading(type="DATE", value=value, mod=edge_mod(match))


_OF_THE_AGE = frozenset(
    "children culture dollars generation kids parents society standards teenagers teens terms "
    "world youngsters youth".split()
)


def _is_of_the_age(match: Match) -> bool:
    """Say whether the present age is meant: "today's youth", "many of today's computers"."""
    is_of_many = match.before() == "of" and match.before(2) in {"many", "most", "some", "all"}
    return is_of_many or match.after(2) in _OF_THE_AGE


@RULES.add(
    "day before yesterday, day after tomorrow",
    r"THE? (?P<unit>UNIT) (?P<side>BEFORE|AFTER) (?P<day>TODAY)",
)
def _beside_today(match: Match) -> TimeReading | None:
    if match.word("unit") != "day":
        return None
    step = TODAY[match.word("day")] + (1 if match.word("side") == "after" else -1)
    return TimeReading(type="DATE", value=counted(match.anchor, step, "D"))


@RULES.add(
    "day before or after a weekday",
    rf"THE? (?P<unit>UNIT) (?P<side>BEFORE|AFTER) {_REL}? (?P<weekday>WEEKDAY)",
)
def _beside_weekday(match: Match) -> TimeReading | None:
    if match.word("unit") != "day" or not is_weekday(match) or is_counted(match):
        return None
    value = near_weekday(match, WEEKDAYS[match.word("weekday")], match.last_word("rel"))
    days = covered_days(value) if is_day(value) else None
    step = 1 if match.word("side") == "after" else -1
    return TimeReading(type="DATE", value=counted(days.first if days else None, step, "D"))


def is_counted(match: Match) -> bool:
    """Say whether a count comes before "day after": "one day after Tuesday's vote"."""
    before = match.tokens.kinds[max(0, match.start - 1) : match.start]
    return before in {KINDS["NUMERAL"], KINDS["SMALL"], KINDS["A"], KINDS["EACH"]}


@RULES.add(
    "part of the day before or after", r"THE (?P<part>DAY_PART) (?P<side>BEFORE|AFTER|EARLIER)"
)
def _night_before(match: Match) -> TimeReading | None:
    """Read "held on Monday after a fire the night before"."""
    if not match.closes():
        return None
    step = 1 if match.word("side") == "after" else -1
    return part_of_day(match, counted_on(match, step, "D"))


@RULES.add("night before last", rf"THE (?P<part>DAY_PART) {SKIPPED}")
def _skipped_night(match: Match) -> TimeReading | None:
    if match.word("part") != "night":
        return None
    return part_of_day(match, counted(match.anchor, skipped_steps(match), "D"))


@RULES.add("tonight", r"(?P<edge>LATE|LATER)? TONIGHT")
def _tonight(match: Match) -> TimeReading | None:
    if match.is_name(match.end - 1) or match.after() == "show":
        return None
    return TimeReading(
        type="TIME", value=counted(match.anchor, 0, "D") + "TNI", mod=edge_mod(match)
    )


@RULES.add("overnight", r"OVERNIGHT")
def _overnight(match: Match) -> TimeReading | None:
    """Read "overnight", unless its sentence names the day: "an overnight strike on Monday"."""
    near = match.tokens.kinds[match.end : match.end + _REACH_OF_NIGHT]
    if KINDS["WEEKDAY"] in _SENTENCE_END.split(near, maxsplit=1)[0]:
        return None
    return TimeReading(type="TIME", value=counted(match.anchor, 0, "D") + "TNI")


@RULES.add(
    "part of a day",
    r"(?P<edge>EARLY|LATE|EARLIER|LATER)?"
    r" (?P<rel>THIS|LAST|THAT|(?:THAT|THE) SAME|THE? (?:NEXT|FOLLOWING|PREVIOUS))"
    r" (?P<part>DAY_PART)",
)
def _day_part(match: Match) -> TimeReading | None:
    rel = match.last_word("rel")
    if rel == "last" and match.word("part") not in {"night", "evening"}:
        return None
    is_told = rel not in {"this", "last", "previous"}
    base = base_of(match, is_chained=rel not in {"this", "last"}, is_told=is_told)
    return part_of_day(match, counted(base, STEPS[rel], "D"))


def weekend_value(base: date | None, step: int) -> str:
    """Return the weekend that is `step` weeks from the week of a day."""
    day = moved(base, step, "W") if base else None
    return f"{week_value(day) if day else 'XXXX-WXX'}-WE"


@RULES.add("the weekend", rf"{EDGE} (?P<the>THE)? WEEKEND")
def _the_weekend(match: Match) -> TimeReading | None:
    is_plural = match.tokens.words[match.end - 1] == "weekends"
    if is_plural or not (match.has("the") or match.has("edge") or match.has("edge_of")):
        return None
    anchor = match.anchor
    is_now = anchor is not None and anchor.isoweekday() >= 6
    step = 0 if is_now or match.tense() == "future" else -1
    return TimeReading(type="DATE", value=weekend_value(anchor, step), mod=edge_mod(match))


@RULES.add("weekend before last", rf"(?:THE|THIS)? WEEKEND {SKIPPED}")
def _skipped_weekend(match: Match) -> TimeReading:
    return TimeReading(type="DATE", value=weekend_value(match.anchor, skipped_steps(match)))


@RULES.add("weekends ago", r"(?P<amount>SMALL|NUMERAL|A COUPLE OF?) WEEKEND AGO")
def _weekends_ago(match: Match) -> TimeReading | None:
    count = amount_of(match)
    if count is None:
        return None
    return TimeReading(type="DATE", value=weekend_value(match.anchor, -int(min(count, 10**6))))


@RULES.add(
    "weekend by its words",
    rf"{EDGE} {_REL} WEEKEND",
)
def _weekend_by_words(match: Match) -> TimeReading | None:
    rel = match.last_word("rel")
    if match.word("rel") == "the past":
        return TimeReading(type="DURATION", value="P1WE", mod=edge_mod(match))
    base = base_of(match, is_chained=rel in CHAINED, unit="W")
    step = STEPS[rel]
    # In a report from early in the week, "this weekend" is the one before.
    is_early = base is not None and base.isoweekday() <= _EARLY
    if rel == "this" and is_early and match.is_told_of():
        step = -1
    return TimeReading(type="DATE", value=weekend_value(base, step), mod=edge_mod(match))
