"""Finds the events that a sentence dates itself, with their days and how plainly it gives them.

The day on which a story was filed is not the day of an event. Neither is a day that
`rag.dates.plainness` rules out. A sentence that speaks to the reader reports no event. `build` uses
this for every sentence of a story.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.dates.plainness import (
    IN_PASSING,
    days_of,
    distance,
    is_about_publication,
    is_ahead,
    is_hour_alone,
    is_nearly_a_week_ago,
    is_of_saying,
    is_of_unsure_year,
    is_of_what_was,
    is_weekday,
)
from rag.evidence.reader import Evidence
from rag.records import EventTime
from rag.text.clauses import main_clauses
from rag.text.datelines import dateline_end
from rag.text.sentences import Span
from rag.timeline.joined_days import join_ranges, told_beside

# A longer span says too little about when something happened. The longest month is the limit, also
# for each end of a range.
_LONGEST_DAYS = 31
# A dateline ends within this many characters.
_TOP_CHARACTERS = 300
# A sentence reports something if it has at least this many words besides its date.
_LEAST_WORDS = 3
_TO_READER = re.compile(
    r"\W*(?:editor[’']?s?[’']? note|subscribe|sign up|read more|more:|see also|follow (?:us|along)|"
    r"support(?:ing)? (?:our|us)|consider (?:supporting|becoming)|click|download|get (?:the|our|"
    r"your)|want (?:more|to)|ready for|it[’']s time for|this (?:story|file|article) (?:is|was|has))"
    r"|.*\bsubscribe\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A sentence, and the days from `first` to `last`, both included, of an event in it.

    `strength` says how strongly it belongs in a timeline. `aside` means that the event is only
    mentioned, `planned` that the sentence looks ahead to it, `by_weekday` that only a day of the
    week tells which day it is, and `unsure` that it may well be on other days.
    """

    piece: Evidence
    first: date
    last: date
    value: str
    strength: float
    aside: bool
    planned: bool
    by_weekday: bool
    unsure: bool

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.first, self.last


def date_sentence(piece: Evidence, *, strength: float) -> list[Dated]:
    """Return the events of a sentence with their days; none if it has no date of its own.

    Each clause takes the days of one expression. An expression in its main part wins over one that
    is said in passing, then a day over a month, then what happened over its being said, then the
    first one. A range is one expression, and the other days of a list, or of a second deed beside
    the first one, are events too. A dateline counts only if there is nothing else, and an hour
    alone only if no day is named. An event that is dated less plainly gets less of the sentence's
    `strength`.
    """
    times = _days_given(piece)
    if not times or not _tells_something(piece, times):
        return []
    filed = [time for time in times if _is_dateline(time, piece)]
    told = [time for time in times if time not in filed]
    hours = [time for time in told if is_hour_alone(time, piece.found.article)]
    days = [time for time in told if time not in hours]
    usable = days or [time for time in hours if is_about_publication(time, piece.found.article)]
    dated = [
        one
        for clause in _clauses(piece)
        for one in _date_clause(piece, clause, usable, strength=strength)
    ]
    if not told and filed:
        dated = [_dated(piece, filed[0], far=IN_PASSING - 0.5, strength=strength)]
    main = [one for one in dated if not one.aside] or dated
    return list({one.days: one for one in reversed(main)}.values())[::-1]


def _days_given(piece: Evidence) -> list[EventTime]:
    """Return the times of a sentence that place an event, the two ends of a range as one."""
    article = piece.found.article
    inside = (time for time in piece.found.hit.times if _is_inside(time, piece.span))
    times = join_ranges(article.text, [time for time in inside if _is_short(time)])
    return [time for time in times if not is_of_unsure_year(time, article)]


def _is_inside(time: EventTime, span: Span) -> bool:
    return span.start <= time.start and time.end <= span.end


def _is_short(time: EventTime) -> bool:
    """Say whether an expression names a day, or few enough days to place an event there."""
    return time.type in ("DATE", "TIME") and 0 < days_of(time) <= _LONGEST_DAYS


def _is_dateline(time: EventTime, piece: Evidence) -> bool:
    return time.end <= dateline_end(piece.found.article.text[:_TOP_CHARACTERS])


def _tells_something(piece: Evidence, times: Sequence[EventTime]) -> bool:
    """Say whether a sentence reports something about the world, and more than a date."""
    text, place, words = piece.found.article.text, piece.span.start, 0
    for time in times:
        words += len(text[place : time.start].split())
        place = max(place, time.end)
    words += len(text[place : piece.span.end].split())
    return words >= _LEAST_WORDS and not _TO_READER.match(piece.text)


def _clauses(piece: Evidence) -> Iterator[Span]:
    text, span = piece.found.article.text, piece.span
    return (Span(*clause) for clause in main_clauses(text, span.start, span.end))


def _date_clause(
    piece: Evidence, clause: Span, times: Sequence[EventTime], *, strength: float
) -> list[Dated]:
    """Return the clause with the days of its best expression, and with those told beside them."""
    article, ranked = piece.found.article, []
    for time in times:
        if _is_inside(time, clause):
            far = distance(time, article, clause)
            if far is not None:
                ranked.append((far, time.start, time))
    if not ranked:
        return []
    far, _, time = min(ranked)
    if is_of_saying(time, article, clause):
        told = [one for one in ranked if one[0] == far and one[2] is not time]
        was = (one for one in sorted(told) if is_of_what_was(one[2], article, clause))
        time = next((one for _, _, one in was), time)
    beside = told_beside(article.text, time, [one for _, _, one in ranked])
    others = [one for one in beside if not is_of_saying(one, article, clause)]
    return [
        _dated(piece, one, far=one_far, strength=strength)
        for one_far, _, one in sorted(ranked, key=lambda entry: entry[1])
        if one is time or one in others
    ]


def _dated(piece: Evidence, time: EventTime, *, far: float, strength: float) -> Dated:
    assert time.first is not None
    assert time.last is not None
    by_weekday = is_weekday(time, piece.found.article)
    return Dated(
        piece=piece,
        first=time.first,
        last=time.last,
        value=time.value,
        strength=strength - far,
        aside=far >= IN_PASSING,
        planned=is_ahead(time, piece.found.article),
        by_weekday=by_weekday,
        unsure=by_weekday and is_nearly_a_week_ago(time, piece.found.article),
    )
