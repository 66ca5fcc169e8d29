"""Reads the words beside a stretch of days, which say how it limits the search.

Such words are "since", "until", "around" and "in". To understand one more of them, change
`RELATION`.
"""

import re
from datetime import date

from rag.question.asked_time.model import NEAR, Asked, Stretch
from rag.question.asked_time.publication import is_published
from rag.question.asked_time.stretches import moved
from rag.records import TimeWindow

RELATION = re.compile(
    r"\b(?:(?P<as_of>as (?:of|at))"
    r"|(?P<since>since|(?:starting|beginning)(?: in| on| from)?|as from|on or after"
    r"|no(?:t)? earlier than|not before)"
    r"|(?P<until>up (?:to|until)|until|till|through|on or before|no(?:t)? later than|by)"
    r"|(?P<after>after|later than|following)"
    r"|(?P<before>before|prior to|ahead of|earlier than)"
    r"|(?P<within>in|on|at|during|over|within|throughout|for|across|from|between)"
    r"|(?P<near>around|about|circa|roughly|approximately))\s+"
    r"(?:(?P<margin>around|about|circa|roughly|approximately)\s+)?"
    r"(?:(?:all|most|much|part|the rest) of\s+)?(?:the\s+)?"
    r"(?:(?:(?P<week>week)|day|month|year|morning|afternoon|evening|night) of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_BOUNDS = ("as_of", "since", "until", "after", "before")
# The limits that "pre-1990", "more than a year ago" and "nearly a year ago" set.
_MODIFIED = {"BEFORE": "before", "AFTER": "after", "MORE_THAN": "until", "EQUAL_OR_MORE": "until"}
_ABOUT = frozenset({"APPROX", "LESS_THAN", "EQUAL_OR_LESS"})
_THEN_ON = re.compile(
    r"\s+(?:(?P<on>on|onwards?|(?:or|and) (?:later|after))|(?:or|and) (?:earlier|before))"
    r"(?=\s*(?:[,;.?!]|$))|\s+(?:to|until|till|through|up to) (?P<now>now|date|the present)\b",
    re.IGNORECASE,
)
_TO = re.compile(r"\s+(?:to|until|till|through)\s", re.IGNORECASE)
_CLOSES = re.compile(
    r"\b(?:between\s[^,;.?!]{1,60}?\sand|from\s[^,;.?!]{1,60}?\sto)\s+(?:the\s+)?$", re.IGNORECASE
)
_INSIDE_DAY = {"before": "until", "after": "since"}


def read(question: str, stretch: Stretch, now: date) -> Asked:
    """Return how the words around a stretch make its days a limit."""
    found = RELATION.search(question, max(0, stretch.start - NEAR), stretch.start)
    start, end = found.start() if found else stretch.start, stretch.end
    relation = next((name for name in _BOUNDS if found and found[name]), "")
    relation = relation or _MODIFIED.get(stretch.mod) or _half_range(question, stretch, found)
    first, last = _widened(stretch, found)
    onward = _THEN_ON.match(question, end)
    if onward and relation in {"within", "since"}:
        relation = "since" if onward["on"] or onward["now"] else "until"
        end = onward.end()
    if stretch.mod == "HOUR":
        relation = _INSIDE_DAY.get(relation, relation)
    if relation == "as_of":
        if first <= now:
            return Asked(start=start, end=end, as_of=min(last, now))
        # Something that applies "as of" a future day applies from then on.
        relation = "since"
    window = _window(relation, first, last)
    return Asked(
        start=start,
        end=end,
        window=window,
        is_published=is_published(question, start, stretch),
    )


def _half_range(question: str, stretch: Stretch, found: re.Match[str] | None) -> str:
    """Return the limit of a range that has an event as its other end: "from 2019 to the vote"."""
    word = found["within"] or "" if found else ""
    if word.lower() == "between" or (word.lower() == "from" and _TO.match(question, stretch.end)):
        return "since"
    if _CLOSES.search(question, max(0, stretch.start - NEAR), stretch.start):
        return "until"
    return "within"


def _widened(stretch: Stretch, found: re.Match[str] | None) -> tuple[date, date]:
    """Return the days of a stretch; "the week of" and "around" add days to it."""
    first, last = stretch.first, stretch.last
    if found and found["week"]:
        first, last = moved(first, -first.weekday()), moved(first, 6 - first.weekday())
    if stretch.mod in _ABOUT or (found and (found["near"] or found["margin"])):
        margin = max(3, ((last - first).days + 1) // 2)
        first, last = moved(first, -margin), moved(last, margin)
    return first, last


def _window(relation: str, first: date, last: date) -> TimeWindow:
    match relation:
        case "since":
            return TimeWindow(since=first)
        case "after":
            return TimeWindow(since=moved(last, 1))
        case "until":
            return TimeWindow(until=last)
        case "before":
            return TimeWindow(until=moved(first, -1))
        case _:
            return TimeWindow(since=first, until=last)
