"""Puts a time that a follow-up names in place of the one that the last question had.

"And on Tuesday?" after "What did Hale say on Monday?" asks what she said on Tuesday. Which words
are a time is read by `rag.timex`, in both. `contrast.py` does the same with names and nouns.
"""

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

from rag.text.calendar import MONTH_NAMES, day_in_words
from rag.text.patterns import any_of
from rag.text.sentences import Span
from rag.text.units import TIME_UNITS
from rag.timex import TimeExpression, find_times
from rag.timex.lexicon import DAY_PARTS

_Sort = Literal["calendar", "clock", "length"]

_SEASON = re.compile(r"\b(?:19|20)\d\d[-–]\d\d\b(?![-–]\d)")
# It counts from the time that it would replace: "the day before", "a year later".
_POINTS_AT_ANOTHER = re.compile(
    r"\b(?:before|after|earlier|later|previous|following|same|that)\b|^the\s+next\b", re.IGNORECASE
)
# What holds one is a time, if not one that is known: "the month", "the evening". "The second" is
# an ordinal number.
_HOLDS_UNIT = re.compile(
    rf"\b(?:{any_of(TIME_UNITS.keys() - {'second', 'min', 'sec'})}|weekend|{any_of(DAY_PARTS)})\b"
)
# "The year before" and "a year later" are one step from a time, and so is "the previous year".
_ONE_STEP = re.compile(
    r"(?:the|an?|one)\s+(?:(?:(?P<back>previous)|following|next)\s+(?P<next>year|month|day)"
    r"|(?P<unit>year|month|day)\s+(?:(?P<before>before|earlier)|after|later))",
    re.IGNORECASE,
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
_FROM_NOW = re.compile(
    r"(?:(?:(?:early|late|mid)\s+)?(?:this|last|next|today|yesterday|tomorrow|tonight|now)\b"
    r"|.*\bago$)",
    re.IGNORECASE,
)
# A time in a year that is not named: a month, a day, a quarter or a season.
_OF_A_YEAR = re.compile(r"XXXX-(?:(?P<figures>\d\d(?:-\d\d)?)|[QH]\d|S[PU]|FA|WI)")
# "Between January and" March: either end may be meant, or both.
_ENDS_RANGE = re.compile(
    r"\b(?:between|from)\b.*(?:\b(?:and|to|till|until)\s+|[-–])$", re.IGNORECASE
)
_FRONTED = re.compile(
    r"\s*(?P<preposition>(?:in|on|at|during|since)\s+)(?P<time>[^,?]+),\s+(?P<asked>[^?]+?)"
    r"(?P<end>[?.\s]*)",
    re.IGNORECASE,
)
_DAY = re.compile(r"-\d\d-\d\d|WXX-\d|W\d\d-\d")


class NamedTime(NamedTuple):
    """A time that a follow-up names: its words, its kind and its value in TIMEX3."""

    words: str
    sort: _Sort
    value: str


def read_time(words: str) -> NamedTime | None:
    """Return the time that words name, if they are nothing else.

    It has no value if it hangs on another, as "the year before" and "the evening" do.
    """
    found = _whole_time(words)
    if _POINTS_AT_ANOTHER.search(words):
        is_time = found is not None or _HOLDS_UNIT.search(words)
        return NamedTime(words, "calendar", "") if is_time else None
    if found and (sort := _sort_of(found)):
        return NamedTime(_as_inside(words), sort, found.value)
    if _SEASON.fullmatch(words):
        return NamedTime(words, "calendar", words[:4])
    return NamedTime(words, "calendar", "") if _HOLDS_UNIT.search(words) else None


def _whole_time(words: str) -> TimeExpression | None:
    """Return the time expression that words are, by themselves or after "in" or "on"."""
    for lead in ("", "in ", "on "):
        for found in find_times(lead + words):
            if (found.start, found.end) == (len(lead), len(lead + words)):
                return found
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
    stood = _BEFORE.search(before)
    old = stood["preposition"].lower() if stood else ""
    is_counted, own_words = not named.value, named.words
    named = _placed(named, question[place.start : place.end])
    words = named.words
    # After "since 2021", "the year before" may be another start or a year.
    if not words or _ENDS_RANGE.search(before) or (is_counted and old not in _IN_TIME):
        return ""
    if _DESCRIBES.search(before):
        # "In November" after "the 2018 election" is no other election.
        is_of_year = not is_counted and words != own_words
        return "" if words[0].islower() or is_of_year else before + words + after
    if re.match(r"['’]", after):
        return "" if _FROM_NOW.match(words) else before + words + after
    if named.sort != "calendar":
        return before + words + after
    own = preposition or (old if old not in _IN_TIME else _preposition_of(named))
    before = before[: stood.start()] if stood else before
    return f"{before}{own} {words}{after}" if own else before + words + after


def with_time_last(question: str) -> str:
    """Return a question with the time behind it that stood before it: "In 2019, who won?"."""
    found = _FRONTED.fullmatch(question)
    if found is None or _whole_time(found["time"]) is None:
        return question
    asked = found["asked"]
    opening = found["preposition"].lower()
    return f"{asked[0].upper()}{asked[1:]} {opening}{found['time']}{found['end']}"


def _sort_of(found: TimeExpression) -> _Sort | None:
    if found.type == "SET":
        return None
    if found.type == "DURATION":
        return "length"
    return "clock" if found.value.startswith("T") else "calendar"


def _as_inside(words: str) -> str:
    """Return words as they stand inside a sentence: "Last year" in small letters."""
    return words[0].lower() + words[1:] if _FROM_NOW.match(words) else words


def _placed(named: NamedTime, replaced: str) -> NamedTime:
    """Return a time as it is told by the one that it replaces; with no words if it cannot be told.

    A month, a day, a quarter or a season gets the year: after "in October 2020". A weekday is one
    of the same week, and "the 4th" is one of the same month. "The year before" is counted.
    """
    stood = _whole_time(replaced)
    if not named.value:
        return _one_step(named, stood)
    if not named.value.startswith("XXXX") or _FROM_NOW.match(named.words):
        return named
    year = re.match(r"\d{4}\b", stood.value) if stood else None
    if stood is None or year is None:
        is_lost = re.search(r"\d{4}", replaced) or re.match(r"XXXX-XX-\d", named.value)
        return named._replace(words="") if is_lost else named
    if within := _OF_A_YEAR.fullmatch(named.value):
        is_led = named.words.lower().startswith("the ") and not within["figures"]
        joint = " of " if is_led else " "
        words = f"{named.words}{joint}{year[0]}"
        return named._replace(words=words, value=f"{year[0]}{named.value[4:]}")
    return _near(named, stood)


def _near(named: NamedTime, stood: TimeExpression) -> NamedTime:
    """Return the weekday of the week of another day, or the day of its month."""
    weekday = re.fullmatch(r"XXXX-WXX-(\d)", named.value)
    day_of_month = re.fullmatch(r"XXXX-XX-(\d\d)", named.value)
    try:
        if day_of_month:
            return _on(date.fromisoformat(f"{stood.value[:7]}-{day_of_month[1]}"))
        if weekday:
            day = date.fromisoformat(stood.value)
            day += timedelta(int(weekday[1]) - day.isoweekday())
            return _on(day, f"{named.words} ")
    except ValueError:
        pass  # The question named no day or no month, or the month has no such day.
    return named._replace(words="")


def _one_step(named: NamedTime, stood: TimeExpression | None) -> NamedTime:
    """Return the year, the month or the day beside the one that stood in the question."""
    step = _ONE_STEP.fullmatch(named.words)
    unknown = named._replace(words="")
    if step is None or stood is None or stood.mod:
        return unknown
    unit = step["unit"] or step["next"]
    way = -1 if step["back"] or step["before"] else 1
    if unit == "year" and re.fullmatch(r"\d{4}", stood.value):
        year = str(int(stood.value) + way)
        return NamedTime(year, "calendar", year)
    if unit == "month" and re.fullmatch(r"\d{4}-\d\d", stood.value):
        middle = date.fromisoformat(f"{stood.value}-15") + timedelta(30 * way)
        words = f"{MONTH_NAMES[middle.month - 1]} {middle.year}"
        return NamedTime(words, "calendar", f"{middle:%Y-%m}")
    if unit == "day" and re.fullmatch(r"\d{4}-\d\d-\d\d", stood.value):
        return _on(date.fromisoformat(stood.value) + timedelta(way))
    return unknown


def _on(day: date, weekday: str = "") -> NamedTime:
    return NamedTime(weekday + day_in_words(day), "calendar", day.isoformat())


def _preposition_of(named: NamedTime) -> str:
    if _FROM_NOW.match(named.words) or named.value.endswith("_REF"):
        return ""
    return "on" if _DAY.search(named.value) else "in"
