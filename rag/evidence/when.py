"""Works out the date that evidence gives for a when-question, and says how it follows.

`rag.replies` shows this date beside the quote, which stays verbatim. The date follows from the
expression in the quote and the day of publication. A year that no one wrote is not invented.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.dates.anchors import counted_from
from rag.dates.bounds import describe_part
from rag.dates.entry_days import ENTRY_TIME, entry_at
from rag.dates.event_times import DAY_NAMED_AFTER, may_date, times_within
from rag.dates.plainness import is_ahead
from rag.dates.wording import describe_days
from rag.evidence.day_distances import day_asked_for
from rag.evidence.other_days import days_of_asked
from rag.evidence.reader import Evidence
from rag.question.asked import AskedPart
from rag.records import Article, EventTime
from rag.text.cancelling import find_cancelling
from rag.text.datelines import dateline_end
from rag.text.retractions import report_dated
from rag.text.sentences import Span
from rag.text.terms import counted_terms
from rag.text.words import stems_of
from rag.timex import find_ranges, is_old_time

_WORD = re.compile(r"\w+")
_UNKNOWN_YEAR = re.compile(r"XXXX-(\d{2})(?:-(\d{2}))?")
_CLOCK = re.compile(r"T(\d{2}):(\d{2})")
_BESIDE = re.compile(r",?\s+(?:(?:on|at|about|around)\s+){0,2}", re.IGNORECASE)
_HOUR_ALONE = re.compile(
    r"(?:about |around |just |shortly )*"
    r"(?:\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?"
    r"|\d{4}(?=\s?(?:GMT|UTC|[A-Z]{1,3}T|hrs))"
    r"|noon|midnight)(?:\s?(?:GMT|UTC|hrs|[A-Z]{2,4}T|(?:local|[A-Z]\w*) time))?",
    re.IGNORECASE,
)
# "For the first time since 1953", "its coldest winter since 1953".
_SINCE_THE_LAST = re.compile(
    r"\b(?:(?:first|only)\s+time|(?:high|low|larg|bigg|small|long|short|heavi|strong|weak"
    r"|deadli|hott|cold|wett|dri|steep|sharp|fast|slow|few|old|young|rich|poor)est)\b"
    r"(?:(?!\b(?:has|have|had|is|are|was|were|been)\b)[^.,;]){0,40}?\bsince\s+$",
    re.IGNORECASE,
)
_BEGINNING = frozenset("begin begins begun began start starts started open opens opened".split())
_ENDING = frozenset("end ends ended close closes finish finishes finished until till over".split())
# Before the day on which something ends, or to which it was moved.
_LIMIT = re.compile(
    r"\b(?:until|till|til|up\s+to|to|through|for)\s+(?:the\s+|\d\S*\s+(?:[ap]\.?m\.?\s+)?(?:on\s+)?)?$",
    re.IGNORECASE,
)
_ORIGINAL = frozenset("original originally first initially before old".split())
_PLANNED = frozenset("due planned scheduled supposed".split())
_WAS = frozenset("was were had".split())
_LAST = frozenset({"last", "previous", "previously", "before", "since"})
_WRITTEN_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b(?!\s?(?:GMT|UTC|hrs|[A-Z]{1,3}T\b))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A time in words for people, and what it follows from, which is empty if it is written out."""

    day: str = ""
    follows: str = ""

    def __str__(self) -> str:
        return f"{self.day} ({self.follows})" if self.follows else self.day


def time_of(piece: Evidence, asked: AskedPart) -> EventTime | None:
    """Return the expression that dates what a sentence says; None if it has none.

    If there are several, the one that the reader marked wins. After that, a day wins over a month,
    a known year over an unknown one, and the expression nearest to the question's words over
    others. An hour that the reader marked is given with the day that is found so. A sentence of
    which the answer is that something was called off has none that dates it. The day of an earlier
    report, which the sentence corrects, is none, nor is one that only dates a saying or another
    event. What an entry of a live blog tells without any is dated by the entry.
    """
    if asked.kind == "when" and _only_calls_off(piece, asked):
        return None
    span = piece.span
    times = [
        time
        for time in times_within(piece.found.hit.times, span.start, span.end)
        if (may_date(time) or _is_yearly(time))
        and time.rule != ENTRY_TIME
        and not _dates_a_report(time, piece, asked)
        and not _dates_the_last(time, piece, asked)
        and not _is_the_old_day(time, piece, asked)
    ]
    if not times and (written := _written(piece)) is not None:
        return day_asked_for(written, piece, asked)
    times = days_of_asked(times, piece, asked)
    filed = span.start + dateline_end(piece.text)
    times = [time for time in times if time.start >= filed] or times
    if asked.premises.is_of_limit:
        times = _limits(times, piece) or times
    elif asked.premises.past_verbs:
        # "On Monday it was extended until 18 June": what was done was not done on a day ahead.
        times = [time for time in times if not is_ahead(time, piece.found.article)] or times
    places = _places(piece.text, asked)
    nearest = min(
        times,
        key=lambda time: (
            not _is_marked(time, piece),
            _vagueness(time, piece.found.article.text),
            _distance(time, span.start, places),
        ),
        default=None,
    )
    if nearest is None:
        return None
    dated = day_asked_for(_of_range(nearest, times, piece, asked), piece, asked)
    return _at_marked_hour(dated, times, piece) if dated == nearest else dated


def _at_marked_hour(day: EventTime, times: Sequence[EventTime], piece: Evidence) -> EventTime:
    """Return a day at the one hour that the reader marked, if that names no day itself.

    "The alarm was raised at 4.20am on Tuesday, and the fire was out by 9.45am" tells two hours of
    one day.
    """
    text = piece.found.article.text
    hours = (time for time in times if _is_hour_alone(time, text))
    marked = [time for time in hours if piece.marks(time.start, time.end)]
    if len(marked) != 1 or day.first is None or day.first != day.last:
        return day
    hour = marked[0]
    if hour == day or hour.rule == DAY_NAMED_AFTER or "T" not in hour.value:
        return hour
    # The day is read from other words than the hour only if the sentence names it further on.
    start, end = (hour.start, hour.end)
    if hour.first != day.first:
        start, end = (min(hour.start, day.start), max(hour.end, day.end))
    clock = hour.value[hour.value.index("T") :]
    value = f"{day.first.isoformat()}{clock}"
    return replace(hour, start=start, end=end, value=value, first=day.first, last=day.last)


def _is_the_old_day(time: EventTime, piece: Evidence, asked: AskedPart) -> bool:
    """Say whether something was moved from a time, and the question is not about that one."""
    return not asks_for_old_day(asked) and is_old_time(piece.found.article.text, time)


def asks_for_old_day(asked: AskedPart) -> bool:
    """Say whether a question asks for the day of a plan as it was: "When was it due to open?"."""
    is_of_plan = asked.words & _PLANNED and asked.words & _WAS
    return bool(asked.words & _ORIGINAL or is_of_plan)


def _limits(times: Sequence[EventTime], piece: Evidence) -> list[EventTime]:
    """Return the times at which something ends, or to which it was moved: "until 18 June"."""
    text, start = piece.found.article.text, piece.span.start
    return [time for time in times if _LIMIT.search(text[start : time.start])]


def marks_another_day(piece: Evidence, asked: AskedPart) -> bool:
    """Say whether the reader's answer is a day that its sentence puts off, or one of a saying.

    That is also so of the day of another event (`rag.evidence.other_days`).
    """
    inside = times_within(piece.found.hit.times, piece.span.start, piece.span.end)
    times = [time for time in inside if may_date(time)]
    left = days_of_asked(times, piece, asked)
    return any(
        _is_marked(time, piece) and (time not in left or _is_the_old_day(time, piece, asked))
        for time in times
    )


def marks_an_hour(piece: Evidence) -> bool:
    """Say whether the reader's answer is an hour alone: "6.40am"."""
    return _HOUR_ALONE.fullmatch(piece.marked.strip(" .,")) is not None


def _of_range(
    time: EventTime, times: Sequence[EventTime], piece: Evidence, asked: AskedPart
) -> EventTime:
    """Return the end of a range that is asked for, or the whole range if the reader marked it."""
    for found in find_ranges(piece.found.article.text, times):
        if time not in (found.begins, found.ends):
            continue
        if asked.words & _ENDING:
            return found.ends
        if asked.words & _BEGINNING:
            return found.begins
        if all(_is_marked(end, piece) for end in (found.begins, found.ends)):
            return replace(
                found.begins,
                end=found.ends.end,
                value=f"{found.begins.value}/{found.ends.value}",
                first=found.first,
                last=found.last,
            )
    return time


def _written(piece: Evidence) -> EventTime | None:
    """Return the time of the entry of a live blog that a sentence is in, if its day is known."""
    entry = entry_at(piece.found.article, piece.span.start)
    return entry.time if entry and entry.day else None


def explain(time: EventTime, article: Article) -> Explained:
    """Return a time in words for people, and what it follows from if it is not written out."""
    words = article.text[time.start : time.end]
    unknown = _UNKNOWN_YEAR.search(time.value)
    if time.first is None or time.last is None:
        if unknown:
            which = ", every year" if _is_yearly(time) else "; the year is not stated"
            return Explained(day=f"{_day_without_year(unknown)}{which}")
        return Explained(day=f"“{words}”; the day is not stated")
    named = describe_part(time.first, time.last, words) + clock_of(time)
    day = counted_from(article, time.start)
    entry = entry_at(article, time.start)
    if time.rule == ENTRY_TIME:
        return Explained(day=describe_days(time.first, time.last), follows=f"entry of {entry}")
    if _WRITTEN_YEAR.search(words) or day is None:
        return Explained(day=named)
    if entry is not None:
        return Explained(day=named, follows=f"“{words}”, entry of {day:%A} {entry}")
    published = "published" if day == article.published else "first published"
    return Explained(day=named, follows=f"“{words}”, {published} {day:%A %-d %B %Y}")


def clock_of(time: EventTime) -> str:
    """Return the hour of a time, as it stands behind the day: ", 15:20"; empty if it has none."""
    # "Midnight" may be the end of a day or the beginning of the next. The words do not say which.
    clock = _CLOCK.search(time.value) if not time.value.endswith("T24:00") else None
    return f", {clock[1]}:{clock[2]}" if clock else ""


def hour_of(time: EventTime, piece: Evidence) -> str:
    """Return the hour of a time as `clock_of` does, also one beside it: "7.45pm on 8 March"."""
    if clock := clock_of(time):
        return clock
    text = piece.found.article.text
    for other in times_within(piece.found.hit.times, piece.span.start, piece.span.end):
        first, last = sorted((other, time), key=lambda one: one.start)
        if clock_of(other) and _BESIDE.fullmatch(text, first.end, last.start):
            return clock_of(other)
    return ""


def _is_yearly(time: EventTime) -> bool:
    """Say whether a day or month comes back every year: "on 8 November each year"."""
    return time.type == "SET" and _UNKNOWN_YEAR.fullmatch(time.value) is not None


def _only_calls_off(piece: Evidence, asked: AskedPart) -> bool:
    """Say whether the answer is that something was called off, and not when that was done."""
    spans = [words for words, _ in find_cancelling(piece.text)] if piece.answer else []
    start = piece.span.start
    is_marked = any(Span(s.start + start, s.end + start) == piece.answer for s in spans)
    return is_marked and not asked.wanted.stems & stems_of(piece.marked)


def _dates_a_report(time: EventTime, piece: Evidence, asked: AskedPart) -> bool:
    """Say whether a time is that of an earlier report, which the question does not ask about."""
    start = piece.span.start
    item = report_dated(piece.text, time.start - start, time.end - start)
    return bool(item) and item not in asked.words


def _dates_the_last(time: EventTime, piece: Evidence, asked: AskedPart) -> bool:
    """Say whether a time is that of the last one before: "for the first time since 1953"."""
    before = piece.found.article.text[piece.span.start : time.start]
    return _SINCE_THE_LAST.search(before) is not None and not asked.words & _LAST


def _is_marked(time: EventTime, piece: Evidence) -> bool:
    """Say whether the reader's answer is a time; an hour alone does not count, it names no day."""
    return piece.marks(time.start, time.end) and not _is_hour_alone(time, piece.found.article.text)


def _is_hour_alone(time: EventTime, text: str) -> bool:
    return _HOUR_ALONE.fullmatch(text[time.start : time.end]) is not None


def _vagueness(time: EventTime, text: str) -> int:
    """Return a rank, 0 for the time that names its day best; an hour has its day from elsewhere."""
    if time.first is None or time.last is None:
        return 4
    if _is_hour_alone(time, text):
        return 1
    days = (time.last - time.first).days
    return 0 if days <= 1 else 2 if days <= 31 else 3


def _places(sentence: str, asked: AskedPart) -> list[int]:
    """Return where the question's words are in a sentence."""
    return [
        word.start() for word in _WORD.finditer(sentence) if asked.terms & counted_terms(word[0])
    ]


def _distance(time: EventTime, start: int, places: list[int]) -> float:
    at = time.start - start
    return sum(abs(at - place) for place in places) / len(places) if places else at


def _day_without_year(found: re.Match[str]) -> str:
    # The year 2000 is used because it has a 29 February.
    month = date(2000, int(found[1]), int(found[2] or 1))
    return f"{month:%-d %B}" if found[2] else f"{month:%B}"
