"""Puts a time that a follow-up names in place of the one that the last question had.

"And on Tuesday?" after "What did Hale say on Monday?" asks what she said on Tuesday. Which words
are a time is read by `rag.timex`, in both. `contrast.py` does the same with names and nouns.
"""

import re
from typing import Literal, NamedTuple

from rag.text.calendar import WHOLE_MONTH
from rag.text.sentences import Span
from rag.timex import TimeExpression, find_times

_Sort = Literal["calendar", "clock", "length"]

DATE = re.compile(
    rf"\b(?:(?:\d{{1,2}}\s+)?{WHOLE_MONTH}(?:\s+\d{{1,2}},?)?(?:\s+\d{{4}})?|(?:19|20)\d\d"
    r"(?:[-–]\d\d)?)\b"
)
_SEASON = re.compile(r"\b(?:19|20)\d\d[-–]\d\d\b(?![-–]\d)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# It counts from the time that it would replace: "the day before", "a year later".
_POINTS_AT_ANOTHER = re.compile(
    r"\b(?:before|after|earlier|later|previous|following|same|that)\b|^the\s+next\b", re.IGNORECASE
)
_BEFORE = re.compile(
    r"\b(?P<preposition>in|on|at|during|since|until|till|by|from|after|before|for|of|over)\s+$",
    re.IGNORECASE,
)
# What places a thing in a time and says no more; the time decides which of them it is.
_IN_TIME = frozenset({"in", "on", "at", "during", "over", ""})
# "The 1998 World Cup" and "the Sunday match", whose times have no preposition.
_DESCRIBES = re.compile(r"\b(?:the|an?|his|her|its|their)\s+$", re.IGNORECASE)
# "Last year" and "yesterday" have none either, and no such time describes a thing.
_BARE = re.compile(r"(?!the\b)[a-z]|.*\bago$", re.DOTALL)
_RELATIVE = re.compile(r"(?:this|last|next|today|yesterday|tomorrow|tonight|now)\b", re.IGNORECASE)
_DAY = re.compile(r"-\d\d-\d\d|WXX-\d|W\d\d-\d")


class NamedTime(NamedTuple):
    """A time that a follow-up names: its words, its kind and its value in TIMEX3."""

    words: str
    sort: _Sort
    value: str


def read_time(words: str) -> NamedTime | None:
    """Return the time that words name, if they are nothing else and it does not hang on another."""
    if _POINTS_AT_ANOTHER.search(words):
        return None
    for lead in ("", "in "):
        for found in find_times(lead + words):
            is_whole = (found.start, found.end) == (len(lead), len(lead + words))
            if is_whole and (sort := _sort_of(found)):
                return NamedTime(_as_inside(words), sort, found.value)
    if _SEASON.fullmatch(words):
        return NamedTime(words, "calendar", words[:4])
    return None


def times_in(question: str) -> dict[Span, _Sort]:
    """Return where a question names times, each with its kind."""
    seasons = [Span(*found.span()) for found in _SEASON.finditer(question)]
    times: dict[Span, _Sort] = dict.fromkeys(seasons, "calendar")
    for found in find_times(question):
        sort = _sort_of(found)
        is_of_season = any(span.start <= found.start < span.end for span in seasons)
        if sort and not is_of_season:
            times[Span(found.start, found.end)] = sort
    return times


def put_time(named: NamedTime, preposition: str, question: str, place: Span) -> str:
    """Return a question with a time in place of another; empty if it cannot stand there.

    `preposition` is the one that was named with the time, empty if there was none.
    """
    before, after = question[: place.start], question[place.end :]
    words = _with_year(named.words, question[place.start : place.end])
    if _DESCRIBES.search(before) or re.match(r"['’]", after):
        return "" if _BARE.match(words) else before + words + after
    if named.sort != "calendar":
        return before + words + after
    stood = _BEFORE.search(before)
    old = stood["preposition"].lower() if stood else ""
    own = preposition or (old if old not in _IN_TIME else _preposition_of(named))
    before = before[: stood.start()] if stood else before
    return f"{before}{own} {words}{after}" if own else before + words + after


def _sort_of(found: TimeExpression) -> _Sort | None:
    if found.type == "SET":
        return None
    if found.type == "DURATION":
        return "length"
    return "clock" if found.value.startswith("T") else "calendar"


def _as_inside(words: str) -> str:
    """Return words as they stand inside a sentence: "Last year" in small letters."""
    return words[0].lower() + words[1:] if _RELATIVE.match(words) else words


def _with_year(words: str, replaced: str) -> str:
    """Return a month or a day with the year of what it replaces: after "in October 2020"."""
    year = _YEAR.search(replaced)
    is_without = DATE.fullmatch(words) and not _YEAR.search(words)
    return f"{words} {year[0]}" if year and is_without else words


def _preposition_of(named: NamedTime) -> str:
    if _BARE.match(named.words):
        return ""
    return "on" if _DAY.search(named.value) else "in"
