"""Reads the amounts of a sentence as values, and which of them replaces which."""

import re
from collections.abc import Callable, Iterator, Sequence

from rag.evidence.reader import Evidence
from rag.evidence.values.sentence_amounts import amounts_in
from rag.evidence.values.told import Pair, Told, amounts_agree
from rag.question.asked import AskedPart
from rag.text.counting import (
    counted_by,
    is_increment,
    is_of_score,
    is_rate,
    told_beside,
)
from rag.text.figures import Figure, with_hedges
from rag.text.part_and_whole import whole_of
from rag.text.replacing import (
    Replaced,
    asks_ahead,
    is_intended,
    is_unfinished,
    may_replace,
    moved_to,
)
from rag.text.sentences import Span
from rag.text.suspended import with_suspension
from rag.text.whole_spans import whole_span

# "Three of the 18".
_OF_MORE = re.compile(r"\s+(?:\w+\s+)?of\s+(?:the|them|those|these|its|their|his|her)\b", re.I)
# Chooses one of the figures of a sentence.
Choose = Callable[[str, Sequence[Figure]], Figure | None]


def amount_like(piece: Evidence, known: Sequence[Told]) -> Told | None:
    """Return the amount of a sentence that agrees with a known one, if there is one.

    A sentence that replaces a number by another tells the new one, known or not.
    """
    if not any(value.figure for value in known):
        return None
    figures, replaced = figures_of(piece)
    if replaced:
        return None
    found = (amount_told(piece, figure, figures) for figure in figures if not figure.is_soft)
    return next((one for one in found if any(one.agrees(other) for other in known)), None)


def other_amounts(told: Told) -> list[Told]:
    """Return the other exact amounts of the sentence that tells one."""
    figures, _ = figures_of(told.piece)
    return [
        amount_told(told.piece, figure, figures)
        for figure in figures
        if figure != told.figure and not (figure.is_soft or figure.is_ordinal or figure.is_vague)
    ]


def amounts_of(piece: Evidence, wanted: Sequence[Figure]) -> Iterator[Told]:
    """Yield the amounts of a sentence that agree with wanted ones."""
    if not wanted:
        return
    figures, _ = figures_of(piece)
    for figure in figures:
        if any(amounts_agree(figure, other) for other in wanted):
            yield amount_told(piece, figure, figures)


def amount_in(piece: Evidence, choose: Choose) -> Told | None:
    """Return the amount that is chosen among those of a sentence; None if none is."""
    figures, _ = figures_of(piece)
    figure = choose(piece.text, figures)
    return None if figure is None else amount_told(piece, figure, figures)


def pairs_told(piece: Evidence, part: AskedPart) -> Iterator[Pair]:
    """Yield the amounts that a sentence replaces by others.

    What is only to replace another does so if a question asks for what is intended or to come.
    """
    if not may_replace(piece.text):
        return
    figures, replaced = figures_of(piece)
    for pair in replaced:
        if is_intended(piece.text, pair) and not asks_ahead(part.text):
            continue
        old = amount_told(piece, pair.old, figures, is_old=True)
        yield Pair(old, amount_told(piece, pair.new, figures))


def figures_of(piece: Evidence) -> tuple[Sequence[Figure], Sequence[Replaced]]:
    """Return the amounts of a sentence, by their places in it, and which replaces which."""
    return amounts_in(piece.found.hit, piece.span, piece.found.article.text)


def amount_told(
    piece: Evidence, figure: Figure, figures: Sequence[Figure], *, is_old: bool = False
) -> Told:
    """Return one of the amounts of a sentence as a value."""
    start = piece.span.start
    text = piece.found.article.text
    whole = whole_span(text, Span(figure.start + start, figure.end + start), piece.words)
    others = frozenset().union(
        *(told_beside(piece.text, other, figures) for other in figures if other != figure)
    )
    return Told(
        piece=piece,
        span=with_hedges(text, with_suspension(text, whole, piece.words), piece.words),
        figure=figure,
        counted=counted_by(piece.text, figure),
        beside=told_beside(piece.text, figure, figures),
        others=others,
        move=moved_to(piece.text, figure),
        is_unfinished=is_unfinished(piece.text, figure),
        is_rate=is_rate(piece.text, figure),
        is_increment=is_increment(piece.text, figure),
        is_of_score=is_of_score(piece.text, figure),
        whole=whole_of(piece.text, figures, figure),
        is_part=_OF_MORE.match(piece.text, figure.end) is not None,
        is_old=is_old,
    )
