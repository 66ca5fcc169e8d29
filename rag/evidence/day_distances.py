"""Reads a day that is told by its distance: "on Thursday, two days after the vote" tells two days.

Such a sentence names the day of one event and the distance to another. If the question is about the
other, the named day is not its day. The day that was planned is told so too: "on Thursday, two days
earlier than planned".
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from rag.evidence.reader import Evidence
from rag.question.asked import AskedPart
from rag.records import EventTime
from rag.text.numerals import number_of
from rag.text.terms import counted_terms
from rag.text.words import stems_of
from rag.timex.values import moved

_VAGUE = (
    r"(?P<vague>(?:almost|nearly|about|around|roughly|some|barely|over|under|within|"
    r"(?:less|more)\s+than)\s+)?"
)
_LENGTH = r"(?P<count>[a-z]+|\d{1,3})\s+(?P<unit>minute|hour|day|week|fortnight|month|year)s?\s+"
_FOLLOWS = (
    r"(?:\s+(?:morning|afternoon|evening|night))?[\s,;:–—-]+"
    r"(?:(?P<exactly>exactly)\s+|(?:just|only)\s+)?"
)
_THAN_PLANNED = (
    r"(?:(?P<way>earlier|sooner|later)\s+than\s+(?:[a-z]+\s+){0,4}?"
    r"(?:planned|announced|expected|scheduled|promised|intended|due|forecast|hoped|thought)"
    r"|(?P<schedule>ahead\s+of|behind)\s+(?:the\s+|its\s+)?schedule)\b"
)
# Follows the named day, too, and says how far that is from the planned one.
_PLANNED = re.compile(rf"{_FOLLOWS}{_VAGUE}{_LENGTH}{_THAN_PLANNED}", re.IGNORECASE)
# Says so wherever the named day is: "two weeks later than planned, on 28 April".
_FROM_PLAN = re.compile(rf"\b{_VAGUE}{_LENGTH}{_THAN_PLANNED}", re.IGNORECASE)
_OF_PLANS = "planned announced expected scheduled promised intended due original originally meant"
# Follows the named day. What comes after it, up to the next comma, is the other event.
_DISTANCE = re.compile(
    rf"{_FOLLOWS}{_VAGUE}{_LENGTH}"
    r"(?P<to_the_day>to\s+the\s+day\s+)?(?P<way>after|before)\s+(?P<other>[^,;–—]+)",
    re.IGNORECASE,
)
# Stands before the named day, which is that of the other event: "five days after the crash on".
# That may follow the day, as in "two days after Monday's blast".
_DISTANCE_BEFORE = re.compile(
    r"\b(?P<more>[a-z0-9]+\s+(?:hour|day|week|month|year)s?\s+and\s+)?"
    rf"{_VAGUE}(?<!\bto )(?<!\band a )(?<!\band the ){_LENGTH}(?P<to_the_day>to\s+the\s+day\s+)?"
    r"(?P<way>after|before)\s+(?:(?P<other>[^,;–—]{1,60}?)\s+)?(?:on\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_NEXT_WORDS = re.compile(r"[^,;.–—]*")
# Other units do not say how many days lie between, and "two weeks after" may be 12 to 16 days.
_DAYS = {"day": 1}
_IF_EXACT = {"week": 7, "fortnight": 14}
# How long units are, in days, and how far a day so counted may be off: "a month" is roughly one.
_ROUGHLY = {"day": (1, 0), "week": (7, 4), "fortnight": (14, 7), "month": (30, 16)}
_ONE = frozenset(("a", "an", "the"))


def day_asked_for(time: EventTime, piece: Evidence, asked: AskedPart) -> EventTime:
    """Return the time of what is asked, which may be told only by its distance from `time`.

    If the distance is no exact number of days, the time that is returned has no day.
    """
    if time.first is None or time.first != time.last:
        return time
    text, start = piece.text, piece.span.start
    if planned := _PLANNED.match(text, time.end - start):
        return _planned(time, planned, piece, asked)
    found = _DISTANCE.match(text, time.end - start)
    if found is None:
        return _counted_to(time, piece, asked)
    rest = text[: found.start("count")] + text[found.end() :]
    if not _tells_more(found["other"], rest, asked):
        return time
    told = replace(time, end=start + found.end("way"), rule="distance", first=None, last=None)
    is_exact = bool(found["exactly"] or found["to_the_day"])
    is_later = found["way"].lower() == "before"
    return _apart(told, time.first, found, is_later=is_later, is_exact=is_exact)


def tells_of_plan(sentence: str) -> bool:
    """Say whether a sentence tells how far its day is from the planned one."""
    return _FROM_PLAN.search(sentence) is not None


def takes_place_of(day: date, planned: date, sentence: str) -> bool:
    """Say whether a sentence puts its day so far from the planned one as it lies from another.

    "It will open on 12 May, two weeks later than planned" moves what was planned for 28 April.
    """
    found = _FROM_PLAN.search(sentence)
    if found is None or found["unit"].lower() not in _ROUGHLY:
        return False
    number = _number(found["count"])
    if number is None:
        return False
    length, margin = _ROUGHLY[found["unit"].lower()]
    is_later = _is_behind_plan(found)
    apart = (day - planned).days if is_later else (planned - day).days
    return abs(apart - number * length) <= margin


def _is_behind_plan(found: re.Match[str]) -> bool:
    return (found["way"] or found["schedule"]).lower() in {"later", "behind"}


def _planned(time: EventTime, found: re.Match[str], piece: Evidence, asked: AskedPart) -> EventTime:
    """Return the day for which something was planned, if that is asked for, else the named day."""
    if not asked.wanted.stems & _stems_of_plans():
        return time
    told = replace(time, end=piece.span.start + found.end(), rule="distance", first=None, last=None)
    is_later = not _is_behind_plan(found)
    return _apart(told, time.first, found, is_later=is_later, is_exact=bool(found["exactly"]))


@cache
def _stems_of_plans() -> frozenset[int]:
    return frozenset(stems_of(_OF_PLANS))


def _counted_to(time: EventTime, piece: Evidence, asked: AskedPart) -> EventTime:
    """Return the time of "died five days after the crash on March 5", which is after that day."""
    text, start = piece.text, piece.span.start
    found = _DISTANCE_BEFORE.search(text[: time.start - start])
    if found is None:
        return time
    behind = _NEXT_WORDS.match(text, time.end - start)
    event = found["other"] or (behind[0] if behind else "")
    if not _tells_more(text[: found.start()], event, asked):
        return time
    counted = replace(
        time, start=start + found.start("count"), rule="distance", first=None, last=None
    )
    is_later = found["way"].lower() == "after"
    is_exact = bool(found["to_the_day"])
    return _apart(counted, time.first, found, is_later=is_later, is_exact=is_exact)


def _tells_more(part: str, other: str, asked: AskedPart) -> bool:
    """Say whether a part of a sentence tells what is asked, rather than another part.

    Somebody may be named in one part and "she" in the other, so names decide last.
    """
    first, second = asked.terms & counted_terms(part), asked.terms & counted_terms(other)
    apart = len(first - asked.names) - len(second - asked.names)
    return (apart or len(first) - len(second)) > 0


def _apart(
    time: EventTime, day: date | None, found: re.Match[str], *, is_later: bool, is_exact: bool
) -> EventTime:
    """Return a time on the day that is a distance later or earlier than a day, if that is known."""
    is_vague = found["vague"] or found.groupdict().get("more")
    then = None
    if day is not None and not is_vague:
        then = _day_at(day, found["count"], found["unit"], is_later=is_later, is_exact=is_exact)
    if then is None:
        return replace(time, value="FUTURE_REF" if is_later else "PAST_REF")
    return replace(time, value=then.isoformat(), first=then, last=then)


def _day_at(day: date, count: str, unit: str, *, is_later: bool, is_exact: bool) -> date | None:
    """Return the day at a distance from another; None if that is no whole number of days."""
    number = _number(count)
    if number is None:
        return None
    way = number if is_later else -number
    if is_exact and unit.lower() == "year":
        return moved(day, way, "Y")
    length = (_DAYS | _IF_EXACT if is_exact else _DAYS).get(unit.lower())
    return day + timedelta(days=way * length) if length else None


def _number(count: str) -> int | None:
    """Return the whole number of units that words count; None if they count none."""
    number = 1 if count.lower() in _ONE else number_of([count.lower()])
    return int(number) if number and number == int(number) else None
