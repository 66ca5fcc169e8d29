"""Finds that what was planned for a day was called off or put off, by a later report.

"The regatta will be held on 15 June" does not hold once it has been called off. The later report
need not name the day, and no reader need be sure of it: it is as sure as the plan was.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from rag.evidence.day_distances import takes_place_of, tells_of_plan
from rag.evidence.reader import Evidence
from rag.evidence.values.read_values import value_of
from rag.evidence.values.told import Pair, Told, is_planned
from rag.evidence.when import asks_for_old_day
from rag.question.asked import AskedPart
from rag.text.cancelling import find_cancelling
from rag.text.sentences import Span
from rag.text.terms import counted_terms
from rag.text.words import stems_of, words_of

# The sentence and its headline have so much of the question.
_COVERAGE = 0.5


def mark_called_off(
    part: AskedPart, sentences: Sequence[Evidence], told: Sequence[Told]
) -> tuple[list[Told], list[Pair]]:
    """Return the values with those days that were called off marked as old, and what replaces them.

    What replaces a day is the new one, if the report that called it off has one, else its words.
    Nothing replaces the day for which something was due, where just that is asked for.
    """
    if asks_for_old_day(part):
        return list(told), []
    planned = [value for value in told if is_planned(value)]
    matter = part.terms - _stems_of_happening()
    if not planned or not matter:
        return list(told), []
    later = [
        (piece, words)
        for piece in sentences
        if all(_is_after(piece, value) for value in planned)
        and (words := _calling_off(piece, part, matter)) is not None
    ]
    if not later:
        return _mark_moved(part, sentences, told)
    piece, words = max(later, key=lambda one: (one[0].published or date.min, one[0].score))
    sure = max(piece.confidence, *(value.piece.confidence for value in planned))
    new = _new_day(replace(piece, confidence=sure), part, planned)
    if new is None:
        piece = replace(piece, confidence=sure, answer=words)
        new = Told(piece=piece, span=words, name=frozenset(stems_of(piece.marked)))
    marked = [replace(value, is_old=True) if value in planned else value for value in told]
    return [*marked, new], [Pair(value, new) for value in marked if value.is_old and value.days]


def _mark_moved(
    part: AskedPart, sentences: Sequence[Evidence], told: Sequence[Told]
) -> tuple[list[Told], list[Pair]]:
    """Return the values with those days marked as old that a later report moves by a distance.

    "It will open on 12 May, two weeks later than planned" tells that 28 April was the plan.
    """
    for piece in sentences:
        if not (tells_of_plan(piece.text) and _may_be_about(piece, part)):
            continue
        new = value_of(replace(piece, answer=None), part)
        if new is None or not is_planned(new):
            continue
        old = [value for value in told if _is_moved(value, new)]
        if not old:
            continue
        sure = max(value.piece.confidence for value in (new, *old))
        same = [value for value in told if value not in old and value.agrees(new)]
        new = same[0] if same else replace(new, piece=replace(piece, answer=None, confidence=sure))
        marked = [replace(value, is_old=True) if value in old else value for value in told]
        pairs = [Pair(value, new) for value in marked if value.is_old and value.days]
        return [*marked, *([] if same else [new])], pairs
    return list(told), []


def _is_moved(value: Told, new: Told) -> bool:
    """Say whether a day was planned before, so far from a new one as the report of that says."""
    if not is_planned(value) or not _is_after(new.piece, value) or value.agrees(new):
        return False
    assert value.days is not None
    assert new.days is not None
    return takes_place_of(new.days[0], value.days[0], new.piece.text)


def _may_be_about(piece: Evidence, part: AskedPart) -> bool:
    """Say whether a sentence and its headline have the names of a question and a word more."""
    told = _told_with_headline(piece)
    matter = part.terms - part.names - _stems_of_happening()
    return part.names <= told and (not matter or bool(matter & told))


def _told_with_headline(piece: Evidence) -> frozenset[int]:
    return counted_terms(f"{piece.found.article.title}\n{piece.text}")


@cache
def _stems_of_happening() -> frozenset[int]:
    """Return the stems of words that say of nothing in particular that it happens."""
    words = "happen held hold take place start begin due set planned scheduled date day"
    return frozenset(stems_of(words))


def _is_after(piece: Evidence, value: Told) -> bool:
    """Say whether a sentence is of a later day than the report of a value."""
    first, second = value.piece.published, piece.published
    return first is not None and second is not None and first < second


def _calling_off(piece: Evidence, part: AskedPart, matter: frozenset[int]) -> Span | None:
    """Return the words of a sentence that call off what is asked about."""
    called_off = (
        words for words, what in find_cancelling(piece.text) if _last_stem(what) in matter
    )
    words = next(called_off, None)
    if words is None:
        return None
    told = _told_with_headline(piece)
    if not part.names <= told or len(matter & told) < _COVERAGE * len(matter):
        return None
    return Span(piece.span.start + words.start, piece.span.start + words.end)


def _last_stem(what: str) -> int | None:
    """Return the stem of the noun that is called off: of "some London trains" that of "trains"."""
    return next((word.stem for word in reversed(words_of(what)) if word.stem is not None), None)


def _new_day(piece: Evidence, part: AskedPart, planned: Sequence[Told]) -> Told | None:
    """Return the new day that a sentence has for what it puts off."""
    new = value_of(replace(piece, answer=None), part)
    if new is None or not is_planned(new) or any(new.agrees(value) for value in planned):
        return None
    return new
