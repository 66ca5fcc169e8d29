"""Reads times that count from an event whose day the text gives: "ten days before the murder".

If the text does not give its day, or has two such events, nothing is read here. Then "two days"
stays a length.
"""

from datetime import date

from rag.timex.amounts import AMOUNT, amount_of, unit_of
from rag.timex.context import TimeReading
from rag.timex.events import may_end_sentence
from rag.timex.grammar import Match, Rules, compiled
from rag.timex.lexicon import DAY_PARTS
from rag.timex.named_events import NamedEvent, event_at
from rag.timex.tokens import Tokens
from rag.timex.values import is_day, moved, unit_value

RULES = Rules()

_SIDE = r"(?P<side>BEFORE|AFTER|FOLLOWING|PREVIOUS TO)"
_BACK = frozenset({"before", "prior to"})
_COUNTED = rf"{AMOUNT} (?P<unit>UNIT|UNITS) {_SIDE}"
# Words before it that make it a stretch of time: "within two days after", "for two days after".
_STRETCHES = frozenset("within for in over during the than first next last to of".split())
# How far after a time of day its day may come: "at 6 a.m. near his home ten days before ...".
_REACH = 10


def _day_told(match: Match) -> tuple[NamedEvent, date] | None:
    """Return the event that is named after the match, and its day."""
    named = event_at(match.tokens, match.end)
    days = match.context.events.day_of(named) if named else None
    return (named, days.first) if named and days else None


@RULES.add("so long before or after an event", _COUNTED)
def _counted(match: Match) -> TimeReading | None:
    count, unit = amount_of(match), unit_of(match.word("unit"))
    is_exact = count is not None and count == int(count) and not match.has("approx")
    if not is_exact or unit.startswith("T") or match.before() in _STRETCHES:
        return None
    return _from_event(match, steps=int(min(count or 0, 1e7)), unit=unit)


@RULES.add("unit before or after an event", rf"THE (?P<unit>UNIT) {_SIDE}")
def _beside(match: Match) -> TimeReading | None:
    unit = unit_of(match.word("unit"))
    return None if unit.startswith("T") else _from_event(match, steps=1, unit=unit)


def _from_event(match: Match, *, steps: int, unit: str) -> TimeReading | None:
    told = _day_told(match)
    if told is None or _is_after_its_day(match):
        return None
    named, day = told
    steps = -steps if match.word("side") in _BACK else steps
    then = moved(day, steps, unit)
    # An event that is reported as past was not later than the report.
    is_late = match.anchor is not None and then is not None and then > match.anchor
    if then is None or (is_late and match.tense() != "future"):
        return None
    value = unit_value(then, unit)
    return TimeReading(type="DATE", value=value, rule=_rule(day), end=named.end)


def _is_after_its_day(match: Match) -> bool:
    """Say whether the day is named right before: "died on Monday, two days after the shooting"."""
    previous, end = match.context.previous, match.context.previous_end
    is_beside = end == match.start - (match.before() == ",")
    return is_beside and previous is not None and is_day(previous.value)


def _rule(day: date) -> str:
    return f"counted from the day of the event, {day}"


@RULES.add("day of an event", r"THE (?P<what>UNIT|DAY_PART) (?P<of>OF)")
def _day_of(match: Match) -> TimeReading | None:
    """Read "the day of the murder" and "the night of the fire"."""
    told = _day_told(match)
    return _on_day(match, told, 0) if told else None


@RULES.add("part of a day beside an event's", rf"THE (?P<what>DAY_PART) {_SIDE}")
def _part_beside(match: Match) -> TimeReading | None:
    """Read "the night before the vote", "the morning after the fire"."""
    told = _day_told(match)
    return _on_day(match, told, -1 if match.word("side") in _BACK else 1) if told else None


def _on_day(match: Match, told: tuple[NamedEvent, date], step: int) -> TimeReading | None:
    (named, told_day), what = told, match.word("what")
    day = moved(told_day, step, "D")
    if day is None or what not in {"day", *DAY_PARTS}:
        return None
    part = DAY_PARTS.get(what)
    return TimeReading(
        type="TIME" if part else "DATE",
        value=day.isoformat() + (f"T{part}" if part else ""),
        rule=_rule(told_day),
        end=named.end,
    )


_COUNTED_BEHIND = compiled(_COUNTED)


def day_of_time(match: Match) -> str | None:
    """Return the day of a time of day from an event, named after it or by the clause's verb."""
    context, tokens = match.context, match.tokens
    found = _COUNTED_BEHIND.search(tokens.kinds, match.end, match.end + _REACH)
    if found is not None and not _is_beyond(tokens, match.end, found.start()):
        reading = _counted(Match(context, found, found.start(), found.end()))
        if reading is not None and len(reading.value) == 10:
            return reading.value
    days = context.events.day_of_verb(tokens, match.start)
    return days.first.isoformat() if days else None


def _is_beyond(tokens: Tokens, start: int, end: int) -> bool:
    return any(may_end_sentence(tokens, place) for place in range(start, end))
