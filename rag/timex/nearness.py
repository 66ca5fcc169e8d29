"""Works out a date without a year, week or day, from the anchor and the nearest verb."""

from datetime import date, timedelta
from itertools import pairwise

from rag.text.calendar import MONTHS, WEEKDAYS
from rag.timex.awaited import (
    is_limit_ahead,
    is_moved_to,
    owns_an_occasion,
    owns_what_is_scheduled,
)
from rag.timex.grammar import Match, compiled
from rag.timex.tense import Tense
from rag.timex.tokens import KINDS, STOP
from rag.timex.values import (
    covered_days,
    day_value,
    moved,
    unit_value,
    unknown_value,
    yearless_day_value,
)

# The nearest day of that name is meant. If it is farther off than this, a verb decides. This is the
# smallest of 15, 30, 45, 60, 90 and 120 days that costs no value on the tuning half of
# `bench.timex`.
_FAR = timedelta(days=45)
# Without a verb that shows a tense, a month is one of this many months ahead, or it is past. Two is
# the smallest of 0, 1, 2, 3, 4 and 6 that costs no value on the tuning half.
_MONTHS_AHEAD = 2
# After "by" and "until", it is the nearer of the two.
_MONTHS_TO_LIMIT = 5

# News reports on "the week ending Nov. 3" for this long. Otherwise, such as in "the year ending
# June 30", the end is ahead.
_JUST_ENDED = timedelta(days=14)

# A month behind one of these is the time of the verb.
_BEFORE_AHEAD = frozenset(
    "in by until till for through from to into of during before after late early mid next this and "
    "or".split()
)
_LIMITS = frozenset({"by", "until", "till", "than"})

STEPS = {
    "this": 0,
    "that": 0,
    "same": 0,
    "current": 0,
    "latest": -1,
    "last": -1,
    "past": -1,
    "previous": -1,
    "preceding": -1,
    "prior": -1,
    "next": 1,
    "coming": 1,
    "upcoming": 1,
    "following": 1,
}
# These words count from the date before them in the text, not from the anchor.
TOLD = frozenset("that same following".split())
CHAINED = frozenset("that same following previous preceding prior".split())


def base_of(
    match: Match, *, is_chained: bool, unit: str = "D", is_told: bool = False
) -> date | None:
    """Return the day to count units from: the last one no coarser than the unit, or the anchor.

    "A day earlier" cannot count from "1988". If an earlier date must be meant (`is_told`, "the
    following day") and there is none, the result is None.
    """
    if not is_chained:
        return match.anchor
    days = covered_days(match.context.reference_for(unit))
    if days:
        return days.first
    coarser = covered_days(match.context.reference or "")
    anchor = match.anchor
    is_elsewhen = coarser and anchor and not coarser.first <= anchor <= coarser.last
    return None if is_told or is_elsewhen else anchor


def counted(base: date | None, count: int, unit: str) -> str:
    """Return the unit that is `count` units from that of a day; unknown if the day is None."""
    day = moved(base, count, unit) if base else None
    return unit_value(day, unit) if day else unknown_value(unit)


def counted_on(match: Match, count: int, unit: str, *, is_told: bool = False) -> str:
    """Return the unit that is `count` units from the date before, which may lack a year."""
    yearless = match.context.yearless
    if yearless is None or unit not in {"D", "M"}:
        return counted(base_of(match, is_chained=True, unit=unit, is_told=is_told), count, unit)
    values = {f"XXXX{counted(day, count, unit)[4:]}" for day in days_in_any_year(*yearless)}
    return values.pop() if len(values) == 1 else unknown_value(unit)


def days_in_any_year(month: int, day: int) -> list[date]:
    """Return a month and day in a leap year and in another year, to test what holds every year."""
    values = (day_value(year, month, day) for year in (2000, 2001))
    return [date.fromisoformat(value) for value in values if value]


def nearest_day(days: list[date], anchor: date, tense: Tense | None) -> date | None:
    """Return the one of several days that is meant.

    This is the nearest one, if it is near. Otherwise it is the last one, because news reports the
    past, or the next one after a verb that looks ahead.
    """
    nearest = min(days, key=lambda day: abs(day - anchor), default=None)
    if nearest is None or abs(nearest - anchor) <= _FAR:
        return nearest
    is_ahead = tense == "future"
    side = [day for day in days if (day > anchor) == is_ahead]
    return min(side, key=lambda day: abs(day - anchor), default=nearest)


_ITEM = r"(?:(?:THE)? (?:SMALL|ORDINAL) (?:OF)? MONTH|MONTH DOT? (?:SMALL|ORDINAL)?|SMALL|ORDINAL)"
_RANGE_END = compiled(
    rf"(?:COMMA {_ITEM})* COMMA? (?:TO|HYPHEN|AND|OR|UNTIL) {_ITEM} (?:COMMA|OF)? (?P<year>YEAR)"
)

_REACH_OF_MOVE = 6
_JOINED_MONTH = compiled(
    r"(?:COMMA MONTH)* COMMA? (?:TO|HYPHEN|AND|UNTIL) (?P<month>MONTH)"
    r" (?!SMALL|ORDINAL|POSSESSIVE)"
)


def year_of_range(match: Match, month: int) -> int | None:
    """Return the year that only the end of a range or list has: "from March to May 2021"."""
    kinds, words = match.tokens.kinds, match.tokens.words
    found = _RANGE_END.match(kinds, match.end)
    if found is None:
        return None
    places = range(match.end, found.start("year"))
    months = [month, *(MONTHS[words[at]] for at in places if kinds[at] == KINDS["MONTH"])]
    turns = sum(later < earlier for earlier, later in pairwise(months))
    return int(words[found.start("year")]) - turns


def last_or_next_day(match: Match, month: int, day: int, *, is_next: bool) -> date | None:
    """Return the last such day before the anchor, or the next one; None without an anchor."""
    anchor = match.anchor
    if anchor is None:
        return None
    days = _days_around(anchor, month, day)
    if is_next:
        return min((found for found in days if found >= anchor), default=None)
    return max((found for found in days if found <= anchor), default=None)


def _days_around(anchor: date, month: int, day: int) -> list[date]:
    """Return a month and day in the anchor's year and the years beside it."""
    values = (day_value(anchor.year + step, month, day) for step in (-1, 0, 1))
    return [date.fromisoformat(value) for value in values if value]


# How near, in tokens, a day with a year must be before a day without one, to give it the year. Then
# how far it must be from the anchor, because nearer to it the anchor tells the year better.
_BESIDE_TOKENS = 60
_LONG_PAST = timedelta(days=300)
# A month is not so surely in the year before it, so that one must be nearer.
_MONTH_BESIDE_TOKENS = 20
_MONTHS_OF_NEWS = 3
_OPENING_YEAR = compiled("IN YEAR COMMA")
_BIRTHS = frozenset("born birth died founded".split())


def _day_beside(match: Match, month: int, day: int) -> date | None:
    """Return the day of "on March 3" after "February 27, 2003", in a text about that year.

    There is none after a date of birth, which is not part of a story, after a verb that looks
    ahead, or for a day near the anchor, which is the news.
    """
    said, end = match.context.dated or (None, 0)
    if said is None or match.start - end > _BESIDE_TOKENS or match.tense() == "future":
        return None
    if match.anchor and match.anchor - said <= _LONG_PAST:
        return None
    if not _BIRTHS.isdisjoint(match.tokens.words[max(0, end - 12) : end]):
        return None
    if match.anchor:
        around = _days_around(match.anchor, month, day)
        if any(abs(found - match.anchor) <= _FAR for found in around):
            return None
    days = _days_around(said, month, day)
    if match.anchor is None:
        days = [found for found in days if found.year == said.year]
    return min(days, key=lambda found: abs(found - said), default=None)


def _month_beside(match: Match, month: int) -> str:
    """Return the month of "in August" after "May 2019", in a text about that year; else nothing.

    As for days, there is none near the anchor, which is the news.
    """
    said, end = match.context.dated or (None, 0)
    anchor = match.anchor
    if said is None or anchor is None or match.start - end > _MONTH_BESIDE_TOKENS:
        return ""
    is_recent = anchor - said <= _LONG_PAST or (anchor.month - month) % 12 <= _MONTHS_OF_NEWS
    is_birth = not _BIRTHS.isdisjoint(match.tokens.words[max(0, end - 12) : end])
    if is_recent or is_birth or match.owns() or match.tense() == "future":
        return ""
    return f"{said.year + (month < said.month):04d}-{month:02d}"


def _month_of_opening_year(match: Match, month: int) -> str:
    """Return the month in the year that opens its sentence: "In 2019, he was held in May"."""
    kinds = match.tokens.kinds
    first = 1 + max(kinds.rfind(stop, 0, match.start) for stop in (STOP, KINDS["DOT"]))
    found = _OPENING_YEAR.match(kinds, first)
    is_before = found is not None and found.end() <= match.start
    return f"{match.tokens.words[first + 1]}-{month:02d}" if is_before else ""


def near_day(match: Match, month: int, day: int) -> str | None:
    """Return the value of a month and day without a year."""
    said = year_of_range(match, month)
    if said:
        return day_value(said, month, day)
    anchor = match.anchor
    beside = _day_beside(match, month, day)
    if beside:
        match.context.dated = beside, match.end
        return beside.isoformat()
    if anchor is None:
        return yearless_day_value(month, day)
    days = _possible_days(match, anchor, _days_around(anchor, month, day))
    is_limit = is_limit_ahead(match.tokens, match.start)
    found = nearest_day(days, anchor, "future" if is_limit else match.tense())
    return found.isoformat() if found else yearless_day_value(month, day)


def _possible_days(match: Match, anchor: date, days: list[date]) -> list[date]:
    """Return those of several days that a weekday, "ended", "ending" or a question allow."""
    # In "Friday, March 13", the weekday tells the year.
    weekday = WEEKDAYS.get(match.word("weekday"))
    days = [day for day in days if day.isoweekday() == weekday] or days
    before = match.before()
    if before == "ended" or match.is_asked():
        days = [day for day in days if day <= anchor]
    if before == "ending" and match.tense() != "past":
        days = [day for day in days if day >= anchor - _JUST_ENDED]
    return days


def near_month(match: Match, month: int) -> str:
    """Return the value of a month without a year: the last such month, or the next.

    Of "in May and June" the second is the first June after the May. Both are past or both ahead,
    unless the first is the month of the anchor. What is moved from May to June is moved to the next
    June, from the May before it, unless it is brought forward.
    """
    said = year_of_range(match, month)
    if said:
        return f"{said:04d}-{month:02d}"
    anchor = match.anchor
    beside = _month_beside(match, month) or _month_of_opening_year(match, month)
    if beside or anchor is None:
        return beside or f"XXXX-{month:02d}"
    first = _month_joined(match)
    if first is not None and not is_moved_to(match.tokens, match.start):
        return f"{first.year + (month < first.month):04d}-{month:02d}"
    year = _near_year(match, month, anchor)
    last = _JOINED_MONTH.match(match.tokens.kinds, match.end)
    if last and month != anchor.month:
        end = MONTHS[match.tokens.words[last.start("month")]]
        if is_moved_to(match.tokens, last.start("month")):
            return f"{_year_of_old_month(match, month, end, anchor):04d}-{month:02d}"
        year = min(year, _near_year(match, end, anchor) - (end < month))
    return f"{year:04d}-{month:02d}"


def _year_of_old_month(match: Match, month: int, new: int, anchor: date) -> int:
    """Return the year of the month that something is moved from, to a `new` month that is ahead."""
    year = anchor.year + (new < anchor.month)
    before = match.tokens.words[max(0, match.start - _REACH_OF_MOVE) : match.start]
    return year + (month < new) if "forward" in before else year - (month > new)


def _month_joined(match: Match) -> date | None:
    """Return the first day of the month of which "and" or "to" makes a pair with a match."""
    context, start = match.context, match.start
    if context.previous is None or _JOINED_MONTH.match(match.tokens.kinds, start - 1) is None:
        return None
    days = covered_days(context.previous.value)
    is_month = days is not None and len(context.previous.value) == len("2019-05")
    return days.first if days and is_month and context.previous_end == start - 1 else None


def _near_year(match: Match, month: int, anchor: date) -> int:
    """Return the year of the last such month, or of the next."""
    ahead = (month - anchor.month) % 12
    tense = match.tense()
    if match.owns() and ahead > _MONTHS_AHEAD:
        # This is for "November's ruling", unless it is near.
        is_planned = tense == "future" and owns_an_occasion(match.tokens, match.end)
        is_ahead = is_planned or owns_what_is_scheduled(match.tokens, match.start, match.end)
        tense = "future" if is_ahead else "past"
    # "The April report will be out" is on last April, if that has just passed.
    is_of_last = match.before() not in _BEFORE_AHEAD and 1 <= (-ahead) % 12 <= _MONTHS_AHEAD
    tense = "past" if is_of_last else tense
    is_limit = match.before() in {"by", "until", "through", "into"}
    # In "driven out by September floods", "by" sets no limit.
    is_agent = match.before() == "by" and match.before(2).endswith("ed")
    reach = _MONTHS_TO_LIMIT if is_limit and not is_agent else _MONTHS_AHEAD
    if tense == "future" or ((tense is None or is_limit) and ahead <= reach):
        return anchor.year + (month < anchor.month)
    return anchor.year - (month > anchor.month)


def looks_ahead(match: Match) -> bool:
    """Say whether a weekday is the next one: after a verb that looks ahead, "by" or "until"."""
    if match.owns():
        if owns_what_is_scheduled(match.tokens, match.start, match.end):
            return True
        return match.is_owned_plan() and not _is_yesterday(match)
    if is_limit_ahead(match.tokens, match.start):
        return True
    if match.tense() == "future":
        return not (match.is_planned() and _is_yesterday(match))
    is_least = (match.before(2), match.before()) == ("at", "least")
    return match.before(3 if is_least else 1) in _LIMITS and match.is_open()


def _is_yesterday(match: Match) -> bool:
    """Say whether a weekday was the day before the anchor.

    A plan for six days later is mostly told with "next", but a caption says in the present what
    happened yesterday: "Crowds gather outside the court on Monday".
    """
    yesterday = moved(match.anchor, -1, "D") if match.anchor else None
    return yesterday is not None and yesterday.isoweekday() == WEEKDAYS[match.word("weekday")]


def near_weekday(match: Match, weekday: int, rel: str = "") -> str:
    """Return the day of an ISO weekday, by "last" or "next", else by the nearest verb's tense.

    After a verb that looks ahead, it is the next such day. Otherwise it is the last one, which may
    be the anchor itself. "Wednesday's ruling" has mostly been made, whatever verb is near.
    """
    anchor = base_of(match, is_chained=rel in CHAINED)
    if anchor is None:
        return f"XXXX-WXX-{weekday}"
    ahead = (weekday - anchor.isoweekday()) % 7
    step = STEPS.get(rel, 0)
    if step:
        days = (ahead or 7) if step > 0 else ahead - 7
    elif looks_ahead(match) or (rel == "this" and not match.is_told_of()):
        days = ahead
    else:
        days = ahead - 7 if ahead else 0
    day = moved(anchor, days, "D")
    return day.isoformat() if day else f"XXXX-WXX-{weekday}"
