"""Gathers what else sentences tell of what the best one answers: other amounts, days and names.

A sentence that is sure tells its value in whatever words. One that is not has to have the words of
the question, to count the same thing, or to be of the same event.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from rag.evidence.choosing import NEARLY_AS_SURE, same_event, same_matter
from rag.evidence.reader import Evidence, unweighed
from rag.evidence.retrieval import FoundPassage
from rag.evidence.values.amounts_told import amount_like, amounts_of, other_amounts, pairs_told
from rag.evidence.values.corrections import Corrections
from rag.evidence.values.read_values import (
    value_of,
)
from rag.evidence.values.sorts import (
    counts_the_same,
    is_age,
    is_of_dead,
    is_of_ill,
    is_rest,
    period_asked,
    period_of,
)
from rag.evidence.values.told import Pair, Told, is_planned
from rag.question.asked import AskedPart
from rag.text.opposites import is_told_in
from rag.text.terms import counted_terms
from rag.text.tolls import counts_dead
from rag.text.verbs import is_past_form
from rag.text.words import stems_of

# A sentence with this share of the threshold's confidence may tell another value of what the best
# one tells, if it has so much of the question's words; more of them if it lacks a name. Chosen on
# the questions of `beats` whose sources differ (docs/decisions/0017-values.md).
_ENOUGH = 0.25
_LEAST_COVERAGE = 0.22
_NAMELESS_COVERAGE = 0.35
_ON_TOPIC = 0.5
_PASSIVE = re.compile(r"\b(?:was|were|been)\s+(?:\w+ly\s+)?(?P<verb>[a-z]+)", re.IGNORECASE)
_OF_AGES = frozenset("old age aged ages older oldest young younger youngest".split())
# Amounts as large as this seldom agree by chance in two reports of one event.
_UNCOMMON = 100


def values_told(
    part: AskedPart,
    sentences: Iterable[Evidence],
    anchor: Told,
    known: Sequence[Told],
    *,
    threshold: float,
) -> list[Told]:
    """Return what sentences tell that can be compared with the anchor, one of each report.

    Where a sentence holds a `known` value beside the one that was marked in it, it tells that one.
    """
    found: list[Told] = []
    seen: set[tuple[str, int]] = set()
    for piece in sentences:
        key = piece.report
        if key in seen or piece is anchor.piece or not _may_tell(part, piece, anchor, threshold):
            continue
        value = value_of(piece, part)
        if value is not None and not any(value.agrees(other) for other in known):
            value = amount_like(piece, known) or value
        if value is not None and (
            _is_told_again(value, [*known, *found])
            or _is_of_matter(part, value, anchor, threshold=threshold)
        ):
            found.append(value)
            seen.add(key)
    return found


def values_repeated(
    part: AskedPart, sentences: Iterable[Evidence], known: Sequence[Told], *, threshold: float
) -> list[Told]:
    """Return what unsure sentences of further articles tell, if it is an amount that is known.

    They tell nothing else, but how long the amount was given, and by whom.
    """
    found: list[Told] = []
    seen = {value.piece.report for value in known}
    for piece in sentences:
        if piece.report in seen or piece.confidence < _ENOUGH * threshold:
            continue
        if part.names and not part.names & counted_terms(piece.found.article.text):
            continue
        value = value_of(piece, part)
        if value is not None and any(_is_repeated(value, other) for other in known):
            found.append(value)
            seen.add(piece.report)
    return found


def _is_repeated(value: Told, known: Told) -> bool:
    """Say whether a value is an amount of the same thing as one that is known."""
    return value.figure is not None and value.agrees(known) and counts_the_same(value, known)


def values_compared(anchor: Told, part: AskedPart) -> list[Told]:
    """Return the other amounts of a sentence that a comparison may be about."""
    others = other_amounts(anchor) if anchor.figure else []
    asked = part.wanted.counted
    return [
        value
        for value in others
        if value.is_comparable(anchor, part.wanted.stems)
        and not (asked and value.counted and not value.counted & asked.things)
    ]


def values_corrected_to(
    anchor: Told,
    part: AskedPart,
    withdrawn: Iterable[Evidence],
    found: Sequence[Told],
    corrections: Corrections,
) -> list[Told]:
    """Return the values that were taken back in favour of the anchor's."""
    values = (value_of(piece, part) for piece in withdrawn if anchor.figure)
    return [
        value
        for value in values
        if value is not None
        and value.is_comparable(anchor, part.wanted.stems)
        and not any(value.agrees(other) for other in found)
        and (by := corrections.withdrawing(value)) is not None
        and by.says_instead(anchor)
    ]


def values_named_wrong(
    part: AskedPart,
    passages: Sequence[FoundPassage],
    found: Sequence[Told],
    corrections: Corrections,
) -> Iterator[Told]:
    """Yield the amounts that a correction takes back in favour of one that was found.

    They stand in an article that it corrects, whatever the reader marked there.
    """
    for correction in corrections.all:
        instead = next((value for value in found if correction.says_instead(value)), None)
        if instead is None or correction.kills:
            continue
        wrong = [amount for amount in correction.amounts_taken_back if not amount.is_soft]
        concerned = (item for item in passages if correction.concerns(item.article))
        for piece in (piece for item in concerned for piece in unweighed(item)):
            for value in amounts_of(piece, wrong):
                is_known = any(value.agrees(other) for other in found)
                is_like = value.is_comparable(instead, part.wanted.stems)
                if is_like and not is_known and _is_on_topic(part, piece, found):
                    yield replace(value, corrected_by=instead)


def _may_tell(part: AskedPart, piece: Evidence, anchor: Told, threshold: float) -> bool:
    """Say whether a sentence is sure enough, or of the question's words, to tell another value."""
    if not piece.signals or piece.confidence < _ENOUGH * threshold:
        return False
    missing = piece.signals["names_missing"]
    if piece.confidence >= _sure_beside(anchor, threshold):
        is_nearly = piece.confidence >= NEARLY_AS_SURE * anchor.piece.confidence
        is_named = missing < 1 or missing <= anchor.piece.signals["names_missing"]
        # Another day or name is mostly that of another event, which is shown as one.
        is_of_event = is_nearly and (
            same_event(anchor.piece, piece) or _is_of_one_plan(part, piece, anchor)
        )
        return is_named and (bool(anchor.figure) or is_of_event)
    if not anchor.figure:
        return False
    if missing:
        # An article that names nothing of the question tells of something else, elsewhere, if it
        # is not of the same days and matter.
        is_named = bool(part.names & counted_terms(piece.found.article.text))
        is_near = is_named or same_event(anchor.piece, piece)
        return is_near and piece.signals["coverage"] >= _NAMELESS_COVERAGE
    return piece.signals["coverage"] >= _LEAST_COVERAGE


def _is_of_one_plan(part: AskedPart, piece: Evidence, anchor: Told) -> bool:
    """Say whether two sentences plan one thing for a day, which had not come at the later one."""
    value = value_of(piece, part)
    if value is None or not (is_planned(anchor) and is_planned(value)):
        return False
    earlier, later = sorted((anchor, value), key=lambda told: told.piece.published or date.min)
    had_come = earlier.days is None or (later.piece.published or date.max) >= earlier.days[0]
    return not had_come and same_matter(anchor.piece, piece)


def _sure_beside(anchor: Told, threshold: float) -> float:
    """Return the confidence from which a sentence tells a value of itself, in whatever words.

    An amount that is half as sure as the best one does, though alone it would not answer.
    """
    if anchor.figure is None:
        return threshold
    return min(threshold, NEARLY_AS_SURE * anchor.piece.confidence)


def _is_told_again(value: Told, found: Sequence[Told]) -> bool:
    """Say whether a sentence on the same event has an uncommon amount that was found.

    Another word for what is counted does not matter then: 422 ships and "more than 420 vessels".
    """
    if value.figure is None or value.figure.low < _UNCOMMON:
        return False
    return any(value.agrees(other) and same_event(value.piece, other.piece) for other in found)


def _is_of_matter(part: AskedPart, value: Told, anchor: Told, *, threshold: float) -> bool:
    """Say whether a value is one of what is asked.

    A sentence that is not sure has a word of the question beside its names, or it is of the same
    event and counts the same.
    """
    if not value.is_comparable(anchor, part.wanted.stems) or _is_of_other_time(part, value, anchor):
        return False
    is_sure = value.piece.confidence >= _sure_beside(anchor, threshold)
    if part.wanted.is_of_the_dead or is_of_dead(anchor):
        # "Eleven of the 18 were found" counts no dead, "the toll now stands at 11" does.
        is_other = value.is_part and not counts_dead(stems_of(value.piece.text))
    else:
        is_other = is_of_dead(value) or _counts_other(part, value, anchor)
        is_other = is_other or (is_of_ill(value) and not is_of_ill(anchor))
    if is_sure or is_other:
        return not is_other
    if is_age(value) and not part.words & _OF_AGES:
        return False
    matter = part.wanted.stems - part.names
    # What a ticket costs is not what a line costs.
    matter = matter - _stems_of_measuring() or matter
    if not matter or matter & stems_of(value.piece.text):
        return True
    return bool(value.counted & anchor.counted) and same_event(anchor.piece, value.piece)


@cache
def _stems_of_measuring() -> frozenset[int]:
    """Return the stems of verbs by which a question asks for an amount of whatever thing."""
    return frozenset(stems_of("cost take last pay spend get give have make need sell raise"))


def _is_of_other_time(part: AskedPart, value: Told, anchor: Told) -> bool:
    """Say whether an amount is of another part of a story than the anchor's.

    Those who are still in hospital are not all who were taken there, and passengers of the first
    year are not those of the first day.
    """
    if is_rest(value) and not is_rest(anchor) and _was_done(part):
        return True
    own, wanted = period_of(value), period_asked(part.text) or period_of(anchor)
    return bool(own and wanted) and own != wanted


def _was_done(part: AskedPart) -> bool:
    """Say whether a question asks for all to whom something was done: "were taken to hospital"."""
    found = _PASSIVE.search(part.text)
    return found is not None and is_past_form(found["verb"])


def _counts_other(part: AskedPart, value: Told, anchor: Told) -> bool:
    """Say whether a value counts something else than what is asked, and the anchor counts that.

    "How many people left their homes?" is not answered by how many homes were damaged, and how many
    hangers were replaced not by how many had cracks.
    """
    asked = part.wanted.counted
    if asked is None:
        return False
    told, best = stems_of(value.piece.text), stems_of(anchor.piece.text)
    if any(is_told_in(deed, best) and not is_told_in(deed, told) for deed in asked.done):
        return True
    if not value.counted or not anchor.counted & asked.things:
        return False
    return not value.counted & (asked.things | anchor.counted)


def linked_pairs(
    part: AskedPart, sentences: Iterable[Evidence], found: Sequence[Told]
) -> list[Pair]:
    """Return the pairs of an older and a newer amount of which one was found."""
    return [
        pair
        for piece in sentences
        for pair in pairs_told(piece, part)
        if any(value.is_replaced_by(pair) or _is_same_place(pair.new, value) for value in found)
        and _is_on_topic(part, piece, found)
    ]


def _is_same_place(new: Told, value: Told) -> bool:
    """Say whether a sentence's new value is the one found in it."""
    return (new.article_id, new.span) == (value.article_id, value.span)


def is_told(value: Told, found: Sequence[Told]) -> bool:
    """Say whether a value of an article is among those found."""
    same = (other for other in found if other.article_id == value.article_id)
    return any(value.agrees(other) and value.is_old == other.is_old for other in same)


def _is_on_topic(part: AskedPart, piece: Evidence, found: Sequence[Told]) -> bool:
    """Say whether a sentence is of an article that tells a value, or of the question's matter."""
    if any(piece.found.article.id == value.article_id for value in found):
        return True
    words = counted_terms(f"{piece.found.article.title}\n{piece.found.hit.text}")
    is_named = bool(part.names) and part.names <= words
    return is_named or len(words & part.terms) >= _ON_TOPIC * len(part.terms)
