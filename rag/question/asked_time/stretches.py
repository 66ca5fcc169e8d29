"""Turns a question's time expressions into stretches of days that agree with its tense."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from rag.question.asked_time.model import NEAR, Stretch
from rag.text.calendar import MONTH, WHOLE_WEEKDAY
from rag.text.verbs import has_past_verb
from rag.timex import TimeExpression, find_ranges, find_times

_DAY_WORD = re.compile(
    rf"day|morrow|(?<!mid)night|morn|afternoon|evening|\d{{4}}-|{MONTH}", re.IGNORECASE
)
# These count from a day of the story that is asked about, not from today.
_IN_STORY = re.compile(
    r"\b(?:previous|preceding|prior)\b|\b(?:earlier|before|beforehand|previously)$", re.IGNORECASE
)


def is_vague(time: TimeExpression) -> bool:
    """Say whether an expression names a point in time but no day.

    "Recently" and "10:30" do, and so do "a month earlier" and "in the previous quarter": earlier
    than what, the question does not say.
    """
    if time.type not in {"DATE", "TIME"} or time.value == "PRESENT_REF":
        return False
    if _IN_STORY.search(time.text):
        return True
    is_clock = re.search(r"T\d", time.value) is not None
    return time.first is None or (is_clock and not _DAY_WORD.search(time.text))


def stretches_of(question: str, times: list[TimeExpression], now: date) -> Iterator[Stretch]:
    """Yield the expressions that name days; the two ends of a range are one stretch."""
    ranges = {found.begins.start: found for found in find_ranges(question, times)}
    taken = -1
    for time in times:
        days = _days(time, now)
        if time.start < taken or days is None or time.type == "SET" or is_vague(time):
            continue
        place, (first, last) = (time.start, time.end), days
        found = ranges.get(time.start)
        ending = _days(found.ends, now) if found else None
        if found and ending and first <= ending[1]:
            place, last, taken = (found.start, found.end), ending[1], found.end
        text = question[slice(*place)]
        mod = "HOUR" if time.type == "TIME" else "" if taken == place[1] else time.mod
        yield Stretch(start=place[0], end=place[1], text=text, first=first, last=last, mod=mod)


def _days(time: TimeExpression, now: date) -> tuple[date, date] | None:
    """Return the days of an expression; "early", "mid" and "late" keep only a third of them."""
    first, last = time.first, time.last
    if first is None or last is None:
        return None
    opening = time.text.lower()[:7].split()[0]
    if opening in {"earlier", "later"}:
        if not first <= now <= last:
            return first, last
        return (first, now) if opening == "earlier" else (now, last)
    third = {"START": 0, "MID": 1, "END": 2}.get(time.mod)
    length = (last - first).days + 1
    # Less than a month is kept whole: "the first week of March" has a modifier too.
    if third is None or length < 28:
        return first, last
    begins, ends = length * third // 3, length * (third + 1) // 3
    return first + timedelta(days=begins), first + timedelta(days=ends - 1)


# "Will they vote?", but not "what did Will Smith do?".
_AHEAD = re.compile(
    r"\b(?:(?-i:will)|shall|going to|upcoming"
    r"|(?:is|are) (?:to|due|set|planned|scheduled|expected))\b|['’]ll\b|^\W*will\b",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:did|was|were|had|happened)\b", re.IGNORECASE)
_OWNS = re.compile("['’]s\\b")
# Who asks so in the present asks about what is to come.
_OF_PLANS = re.compile(
    r"\b(?:starts?|begins?|kicks? off|is held|be held|playing|plays?|speaking|favou?rites?|"
    r"standing|running|due|on at)\b",
    re.IGNORECASE,
)
_OF_NOW = re.compile(r"\b(?:is|are|am|does|do)\b", re.IGNORECASE)
# An expression that has its year or counts from now.
_IS_FIXED = re.compile(
    r"\d{4}|['’]\d\d|\b(?:last|this|next|past|coming|upcoming|previous|ago|now|later|earlier|"
    r"current|today|tomorrow|tonight|yesterday|fortnight|weeks? on|\w+day week)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"{WHOLE_WEEKDAY}(?!.*\d)", re.IGNORECASE)
_NEWS_OF = re.compile(
    r"\b(?:articles?|stor(?:y|ies)|news|coverage|headlines?)\s+(?:(?:from|of|in|on)\s+)?$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!;]\s")


def lacks_year(stretch: Stretch) -> bool:
    """Say whether a stretch has no year and does not count from now: "in March", "on Tuesday"."""
    return _IS_FIXED.search(stretch.text) is None


def in_tense(question: str, stretches: list[Stretch], now: date) -> list[Stretch]:
    """Return the stretches; those without a year move to the side of now that the verb says."""
    moves = {s.start: _move(question, s, now) for s in stretches}
    again: dict[int, dict[int, Stretch]] = {}
    for days in set(moves.values()) - {0}:
        # The question is read again from that day, because Easter and the 29th of February do not
        # move by whole years.
        anchor = moved(now, days)
        times = find_times(question, anchor=anchor)
        again[days] = {s.start: s for s in stretches_of(question, times, anchor)}
    return [again.get(moves[s.start], {}).get(s.start, s) for s in stretches]


def _move(question: str, stretch: Stretch, now: date) -> int:
    """Return by how many days now must move so that a stretch agrees with the tense around it."""
    is_ahead, is_over = stretch.first > now, stretch.last < now
    if not (is_ahead or is_over) or not lacks_year(stretch):
        return 0
    tense, is_weekday = tense_of(question, stretch.start), _WEEKDAY.search(stretch.text)
    # This is for "When does Sunday's match start?".
    is_coming = tense == "future" or (tense == "present" and _OF_PLANS.search(question))
    if is_over and is_coming and _OWNS.match(question, stretch.end):
        return 7 if is_weekday else 365
    before = question[max(0, stretch.start - NEAR) : stretch.start]
    # Nothing has come out on a day that is ahead: "the stories from Friday".
    is_of_news = _NEWS_OF.search(before) and not _OWNS.match(question, stretch.end)
    if is_ahead and (tense == "past" or is_of_news):
        return -7 if is_weekday else -365
    return 365 if is_over and tense == "future" and not is_weekday else 0


def tense_of(question: str, place: int) -> Literal["past", "present", "future"]:
    """Return the tense of the sentence around a place."""
    before = question[max(0, place - 2 * NEAR) : place]
    after = question[place : place + 2 * NEAR]
    sentence = _SENTENCE_END.split(before)[-1] + _SENTENCE_END.split(after)[0]
    if _AHEAD.search(sentence):
        return "future"
    if _BACK.search(sentence):
        return "past"
    return "past" if not _OF_NOW.search(sentence) and has_past_verb(sentence) else "present"


def moved(day: date, days: int) -> date:
    """Return the day that is this many days away, or the first or last day of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max
