"""Finds the time expressions of a text, with their TIMEX3 values.

This is one pass from left to right over the kinds of the tokens. If patterns of rules match at a
place, the longest one with a reading wins. Its reading is context for later expressions.
"""

import re
from datetime import date, datetime
from typing import NamedTuple

from rag.timex.context import Context, TimeReading
from rag.timex.expressions import TimeExpression
from rag.timex.grammar import Match, Rule
from rag.timex.rules import (
    clock,
    comparisons,
    days,
    durations,
    events,
    holidays,
    months,
    quarters,
    references,
    same_times,
    seasons,
    sets,
    units,
    weekdays,
    weeks,
    years,
)
from rag.timex.tokens import OTHER, STOP, Tokens
from rag.timex.values import covered_days

_RULES: tuple[Rule, ...] = tuple(
    rule
    for module in (
        *(days, holidays, months, years, quarters, comparisons, seasons, clock, weekdays, weeks),
        *(same_times, units, events, references, durations, sets),
    )
    for rule in module.RULES
)
# This finds the next place where some rule matches. No rule starts with a token of the kind OTHER
# or STOP. Group names are removed, because they would clash.
_GROUP_NAME = re.compile(r"\?P<\w+>")
_ANY = re.compile(
    f"(?![{OTHER}{STOP}])(?:"
    + "|".join(_GROUP_NAME.sub("?:", rule.pattern.pattern) for rule in _RULES)
    + ")"
)


class _Found(NamedTuple):
    """A reading, with its rule and its extent in tokens."""

    rule: Rule
    reading: TimeReading
    start: int
    end: int


def find_times(text: str, anchor: date | datetime | None = None) -> list[TimeExpression]:
    """Return the time expressions of a text in order, not overlapping.

    `anchor` is the day that "today" means. For news it is the day of publication. Without it,
    relative expressions are not resolved: "on Tuesday" is XXXX-WXX-2, and "Nov. 10" is XXXX-11-10.
    """
    tokens = Tokens(text)
    day = anchor.date() if isinstance(anchor, datetime) else anchor
    context = Context(tokens=tokens, anchor=day)
    expressions: list[TimeExpression] = []
    place = 0
    while possible := _ANY.search(tokens.kinds, place):
        found = _read(context, possible.start())
        if found is None:
            place = possible.start() + 1
            continue
        context.add(found.reading, start=found.start, end=found.end)
        expressions.append(_expression(tokens, found))
        place = found.end
    return expressions


def _read(context: Context, place: int) -> _Found | None:
    """Return the longest reading at a token."""
    matches = []
    for rule in _RULES:
        found = rule.pattern.match(context.tokens.kinds, place)
        if found is not None and found.end() > place:
            matches.append((rule, found))
    matches.sort(key=lambda match: match[1].end(), reverse=True)
    for rule, found in matches:
        match = Match(context, found, found.start(), found.end())
        reading = rule.resolve(match)
        if reading is not None:
            start = match.start if reading.start is None else reading.start
            end = match.end if reading.end is None else reading.end
            return _Found(rule, reading, start, end)
    return None


def _expression(tokens: Tokens, found: _Found) -> TimeExpression:
    reading = found.reading
    start, end = tokens.starts[found.start], tokens.ends[found.end - 1]
    days = reading.days
    if days is None and not reading.is_fiscal and reading.type in {"DATE", "TIME"}:
        days = covered_days(reading.value)
    return TimeExpression(
        start=start,
        end=end,
        text=tokens.text[start:end],
        type=reading.type,
        value=reading.value,
        rule=reading.rule or found.rule.name,
        mod=reading.mod,
        first=days.first if days else None,
        last=days.last if days else None,
    )
