"""Adds up what a sentence counts apart: "three soldiers and two nurses"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.evidence.reader import Evidence
from rag.evidence.values.amounts_told import amount_told
from rag.evidence.values.told import Told
from rag.question.asked import AskedPart
from rag.text.counting import words_behind
from rag.text.figures import Figure
from rag.text.sentences import Span
from rag.text.sums import Added, added_alike, added_in, list_end
from rag.text.words import stems_of

_HOW_MANY = re.compile(r"\bhow\s+many\b", re.IGNORECASE)


def counted_apart(piece: Evidence, part: AskedPart) -> Added | None:
    """Return the marked things that a question asks the number of, if they are counted apart.

    "How many soldiers?" asks for the three of "three soldiers and two nurses" alone.
    """
    if part.kind != "number" or not _HOW_MANY.search(part.text):
        return None
    counted = part.wanted.counted
    asked = counted.things | counted.deeds if counted else frozenset()
    added = added_in(piece.marked)
    if added is None or any(asked & stems_of(thing) for thing in added.things):
        return None
    return added


def sum_of_list(
    piece: Evidence, part: AskedPart, figures: Sequence[Figure], marked: Figure
) -> Told | None:
    """Return the sum of a list whose parts are all of the things asked for: "three counts of"."""
    counted = part.wanted.counted
    if part.kind != "number" or counted is None or not _HOW_MANY.search(part.text):
        return None
    things = counted.things - counted.told
    run = added_alike(piece.text, figures, marked, things)
    # "How many counts of fraud?" asks for one part of the list.
    other = part.wanted.stems - things - counted.deeds
    own = {
        frozenset(other & stems_of(" ".join(words_behind(piece.text, one, figures)))) for one in run
    }
    if not run or len(own) > 1:
        return None
    start, end = run[0].start, list_end(piece.text, run[-1])
    answer = Span(piece.span.start + start, piece.span.start + end)
    added = Added((), sum(one.low for one in run))
    return sum_of(replace(piece, answer=answer), added, marked, figures)


def sum_of(piece: Evidence, added: Added, marked: Figure, figures: Sequence[Figure]) -> Told | None:
    """Return the sum of things that are counted apart, in the words of all of them.

    It is None if one of them is not counted.
    """
    if added.count is None or piece.answer is None:
        return None
    start = piece.span.start
    figure = replace(
        marked,
        start=piece.answer.start - start,
        end=piece.answer.end - start,
        low=added.count,
        high=added.count,
        is_soft=False,
        noun=None,
    )
    # What it counts is what the question asks for, by whatever name.
    return replace(amount_told(piece, figure, figures), counted=frozenset(), others=frozenset())
