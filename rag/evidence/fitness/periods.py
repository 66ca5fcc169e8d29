"""Finds that a sentence tells of another time than the one that the question names.

If the question names a year, a month or a day, and the sentence names only others, it tells of
something else. What it only compares with, "38,900 in 2022" of "41,200, compared with 38,900 in
2022", is of that time, and the rest is not.
"""

import re
from datetime import timedelta

from rag.dates.event_times import may_date
from rag.evidence.fitness.records import Candidate, Misfit
from rag.records import EventTime
from rag.text.figures import find_figures
from rag.text.patterns import any_of
from rag.text.sentences import Span
from rag.text.speech import speech_verbs

# What stands before a time with which something is compared: "than in", "up from 38,900 in",
# "below April's".
_COMPARED = re.compile(
    r"\b(?:(?:than|below|above|beating|as(?:\s+(?:many|much|high|low)\s+as))\s+(?:(?:those|that)\s+)?"
    r"|(?:compared\s+(?:with|to)|(?:up|down)\s+from)\s+(?:(?:[^\s;,]|,(?=\d))+\s+){0,8}?)"
    r"(?:(?:in|on|at|during|for|of)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
# "April's gain of 222,000": the figure of a time with which something is compared comes after it.
_OF_TIME = re.compile(r"['’]s?\s+(?:[^\W\d][\w-]*\s+){0,4}?")
# "A councillor since 2015" tells of now.
_LIMIT = re.compile(
    r"\b(?:since|by|before|until|till|after)\s+(?:the\s+)?(?:(?:early|late|mid|end\s+of)[\s-]+)?$",
    re.IGNORECASE,
)
# What stands between two figures told alike, between the second and its time, and between the
# first and its own.
_AND = re.compile(r",?\s+(?:and|but|then|against)\s+(?:then\s+|another\s+)?|[,;]\s+", re.IGNORECASE)
_ONLY_WHEN = re.compile(r"(?:\s+(?:more|others))?\s+(?:(?:in|on|at|during|for)\s+)?(?:the\s+)?")
_WORDS_TO_TIME = re.compile(r"(?:\s+[\w'’-]+){0,6}\s+")
_QUOTE_MARK = re.compile(r"[\"“”]")
_SAID = re.compile(rf"\b{any_of(speech_verbs())}\b", re.IGNORECASE)
# "Said on Monday", "told the council in 2022": it was said then.
_WHEN_SAID = re.compile(
    r"(?:\s+(?:to\s+)?(?:reporters|journalists|parliament|us|him|her|them|(?:the|an?|his|her)\s+[\w-]+))?"
    r"(?:\s+(?:on|in|at|during|late|early|earlier|back))*(?:\s+the)?\s+",
    re.IGNORECASE,
)
# News tells of what happened so long before.
_STILL_NEWS = timedelta(days=45)


def check_period(candidate: Candidate) -> Misfit | None:
    """Return the times of the sentence, if none is in the time that the question names."""
    if candidate.premises.period is None:
        return None
    times = [time for time in _dating(candidate) if not _is_in_what_was_said(time, candidate)]
    inside = [time for time in times if _is_asked(time, candidate)]
    if any(not _is_compared_with(time, candidate) for time in inside):
        return None
    if inside and value_of_period(candidate):
        return None
    if times and _is_news_of(candidate) and all(_is_limit(time, candidate) for time in times):
        return None
    text = candidate.article.text
    given = [text[time.start : time.end] for time in times]
    return Misfit(kind="time", value=", ".join(given)) if given else None


def check_long_ago(candidate: Candidate) -> Misfit | None:
    """Return the day of an article, if the question names a time long before and nothing is of it.

    That is: neither the sentence has a time, nor does what stands before it in its passage, or the
    headline, name one in the asked days. Of 650 sentences that answer questions on a time 10 are
    so, and of 381 that tempt to answer wrongly 23.
    """
    period, published = candidate.premises.period, candidate.article.published
    if period is None or published is None or published <= period[1] + _STILL_NEWS:
        return None
    before = (t for t in candidate.found.hit.times if t.start < candidate.span.start)
    is_told = any(_is_asked(time, candidate) for time in before)
    if is_told or _dating(candidate) or str(period[0].year) in candidate.article.title:
        return None
    return Misfit(kind="long ago", value=published.isoformat())


def _is_news_of(candidate: Candidate) -> bool:
    """Say whether an article was published in the asked time, or so soon after that it is news."""
    period, published = candidate.premises.period, candidate.article.published
    if period is None or published is None:
        return False
    return period[0] <= published <= period[1] + _STILL_NEWS


def _is_in_what_was_said(time: EventTime, candidate: Candidate) -> bool:
    """Say whether a time is in the words of whoever is asked about, in news of the asked days.

    "What did Orr say in 2024?" asks when it was said: "Orr said it had been gloomy a year ago".
    """
    if not candidate.premises.speaker or not _is_news_of(candidate):
        return False
    before = candidate.article.text[candidate.span.start : time.start]
    if len(_QUOTE_MARK.findall(before)) % 2:
        return True
    said = next(iter(_SAID.finditer(before)), None)
    return said is not None and _WHEN_SAID.fullmatch(before[said.end() :]) is None


def _is_limit(time: EventTime, candidate: Candidate) -> bool:
    """Say whether a time only limits what is told: "the most since 2015", "before 2030"."""
    before = candidate.article.text[candidate.span.start : time.start]
    return _LIMIT.search(before) is not None


def value_of_period(candidate: Candidate) -> Span | None:
    """Return the figure that a sentence only compares with, if it is the one of the asked time."""
    if candidate.asked.kind != "number" or candidate.premises.period is None:
        return None
    compared = [
        (time, part)
        for time in _dating(candidate)
        if _is_asked(time, candidate) and (part := _compared_part(time, candidate)) is not None
    ]
    if not compared:
        return None
    start = candidate.span.start
    days = [Span(t.start - start, t.end - start) for t in candidate.times]
    figures = [
        Span(start + figure.start, start + figure.end)
        for figure in find_figures(candidate.text)
        if not any(day.start < figure.end and figure.start < day.end for day in days)
    ]
    for time, part in compared:
        before = (f for f in figures if part.start <= f.start and f.end <= time.start)
        behind = (f for f in figures if _is_of_time(f, time, candidate))
        if found := next(before, None) or next(behind, None):
            return found
    return None


def _is_of_time(figure: Span, time: EventTime, candidate: Candidate) -> bool:
    """Say whether a figure is that of a time before it: "April's gain of 222,000"."""
    return _OF_TIME.fullmatch(candidate.article.text[time.end : figure.start]) is not None


def other_figure_of_period(candidate: Candidate, marked: Span) -> Span | None:
    """Return the figure of the asked time, if the marked one is that of the other time.

    That is for two told alike: "12 people on Monday and 40 on Tuesday". Of "5 million in 2019 and
    40 people in 2020" each is of something else.
    """
    if candidate.asked.kind != "number" or candidate.premises.period is None:
        return None
    text, times = candidate.article.text, _dating(candidate)
    if len(times) != 2:  # two are told alike
        return None
    figures = [_figure_before(time, candidate) for time in times]
    first, second = figures
    if first is None or second is None or not times[0].end <= second.start:
        return None
    if not _AND.fullmatch(text[times[0].end : second.start]):
        return None
    if not _ONLY_WHEN.fullmatch(text[second.end : times[1].start]):
        return None
    asked = [span for time, span in zip(times, figures, strict=True) if _is_asked(time, candidate)]
    of_other = second if asked == [first] else first
    is_marked = marked.start < of_other.end and of_other.start < marked.end
    return asked[0] if len(asked) == 1 and is_marked else None


def _figure_before(time: EventTime, candidate: Candidate) -> Span | None:
    """Return the last figure before a time, with nothing but words between."""
    start = candidate.span.start
    before = [f for f in find_figures(candidate.text) if start + f.end <= time.start]
    if not before:
        return None
    found = Span(start + before[-1].start, start + before[-1].end)
    between = candidate.article.text[found.end : time.start]
    return found if _WORDS_TO_TIME.fullmatch(between) else None


def _dating(candidate: Candidate) -> list[EventTime]:
    return [time for time in candidate.times if time.first and time.last and may_date(time)]


def _is_asked(time: EventTime, candidate: Candidate) -> bool:
    """Say whether a time shares a day with the one that the question names."""
    period = candidate.premises.period
    if period is None or time.first is None or time.last is None:
        return False
    return time.first <= period[1] and period[0] <= time.last


def _is_compared_with(time: EventTime, candidate: Candidate) -> bool:
    return candidate.asked.kind == "number" and _compared_part(time, candidate) is not None


def _compared_part(time: EventTime, candidate: Candidate) -> Span | None:
    """Return the words with which a sentence compares, up to a time; None if it does not."""
    before = candidate.article.text[candidate.span.start : time.start]
    found = _COMPARED.search(before)
    return Span(candidate.span.start + found.start(), time.start) if found else None
