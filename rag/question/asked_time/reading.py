"""Reads which time a question asks about, by the steps of this package in their order."""

from collections.abc import Sequence
from datetime import date

from rag.question.asked_time.asides import event_phrases, is_aside, is_compared
from rag.question.asked_time.merging import merged
from rag.question.asked_time.model import Asked, AskedTime, Stretch
from rag.question.asked_time.present import present_words, says_present
from rag.question.asked_time.relations import read
from rag.question.asked_time.stretches import in_tense, is_vague, lacks_year, stretches_of
from rag.timex import TimeExpression, find_times
from rag.timex.rules.days import UNCLEAR


def read_asked_time(question: str, now: date) -> AskedTime:
    """Return the time that a question asks about; `now` is the day that "today" means."""
    times = find_times(question, anchor=now)
    stretches = in_tense(question, list(stretches_of(question, times, now)), now)
    phrases = event_phrases(question, stretches)
    inside = {place for phrase in phrases for place in range(*phrase)}
    stretches = [s for s in stretches if s.start not in inside and not says_present(question, s)]
    asides = phrases + [(t.start, t.end) for t in times if t.start not in inside and is_vague(t)]
    limiting = _without_asides(question, stretches)
    kept = set(limiting)
    asides += [(s.start, s.end) for s in stretches if s not in kept]
    asked = [read(question, s, now) for s in limiting]
    is_published = any(reading.is_published for reading in asked)
    if is_published:
        asides += [(r.start, r.end) for r in asked if r.window and not r.is_published]
        asked = [r for r in asked if r.is_published or r.as_of]
    window = merged(question, asked)
    if window is None:
        # The question asks for before one time or after another. No single window covers both.
        asides += [(r.start, r.end) for r in asked if r.window]
        asked = [r for r in asked if r.as_of]
    words = [(reading.start, reading.end) for reading in asked]
    is_over = window is not None and window.until is not None and window.until < now
    present = present_words(question, [*asides, *words], is_over=is_over)
    words = words or present[:1]
    said = {place for span in present for place in range(*span)}
    return AskedTime(
        window=window,
        applies_to="published" if is_published else "event",
        wants_present=bool(present),
        as_of=next((reading.as_of for reading in asked if reading.as_of), None),
        text=question[words[0][0] : words[-1][1]] if words else "",
        unresolved=tuple(question[start:end] for start, end in sorted(asides) if start not in said),
        read_as=_unclear(times),
        lacks_year=window is not None and all(lacks_year(s) for s in _limiting(stretches, asked)),
    )


def _unclear(times: Sequence[TimeExpression]) -> str:
    """Return a note on dates such as 3/4/2020, for which the whole year is searched."""
    found = " and ".join(f"“{time.text}”" for time in times if time.rule == UNCLEAR)
    if not found:
        return ""
    return f"{found} may have the day or the month first, so write the month as a word"


def _without_asides(question: str, stretches: list[Stretch]) -> list[Stretch]:
    """Return the stretches that say when; of "more in 2019 than in 2018" both are looked for."""
    dated = {s for s in stretches if not is_aside(question, s)}
    return [s for s in stretches if s in dated or (dated and is_compared(question, s))]


def _limiting(stretches: list[Stretch], asked: list[Asked]) -> list[Stretch]:
    """Return the stretches that make the window."""
    windows = [reading for reading in asked if reading.window]
    places = {place for reading in windows for place in range(reading.start, reading.end)}
    return [s for s in stretches if s.start in places]
