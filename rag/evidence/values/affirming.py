"""Tells who says yes and who says no to a question that asks whether something is so.

Only sentences count that state what is asked, or state the contrary (`rag.text.stating`). They need
no reader, so passages that were not read are looked at too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from rag.evidence.choosing import NEARLY_AS_SURE, same_event
from rag.evidence.reader import Evidence, unweighed
from rag.evidence.retrieval import FoundPassage
from rag.evidence.values.corrections import Corrections
from rag.evidence.values.deciding import Decided
from rag.evidence.values.grouping import ValueGroup, group_values, with_status
from rag.evidence.values.superseding import without_corrected
from rag.evidence.values.told import Told
from rag.question.asked import AskedPart
from rag.text.genres import Genre
from rag.text.stating import sign_in

# Who is of an opinion, or jokes, does not report that it is so.
_NO_REPORTS: frozenset[Genre] = frozenset({"opinion", "satire"})


def decide_signs(
    part: AskedPart,
    sentences: Sequence[Evidence],
    passages: Sequence[FoundPassage],
    corrections: Corrections,
    *,
    best: Evidence,
    threshold: float,
) -> Decided:
    """Return who affirms and who denies what is asked; no values if no good answer does either.

    `sentences` may answer, best first, and `best` is to come first. `passages` are all those that
    were found, read or not.
    """
    least = max(threshold, NEARLY_AS_SURE * best.confidence)
    sure = (piece for piece in (best, *sentences) if piece.confidence >= least)
    anchor = next((told for piece in sure if (told := _sign_of(piece, part)) is not None), None)
    if anchor is None:
        return Decided()
    every = [anchor, *_others(part, anchor, sentences, passages)]
    groups = [without_corrected(group, corrections) for group in group_values(every)]
    groups = list(_brought_up_to_date(groups, is_of_present=part.wanted.is_of_present, least=least))
    standing = [group for group in groups if group.stands]
    own = next(group for group in groups if any(one is anchor for one in group.told))
    newer = own.follower if not own.stands and anchor.piece is best else None
    return Decided(
        values=tuple(groups),
        first=newer.piece if newer else best,
        differ=len(standing) > 1,
    )


def _others(
    part: AskedPart, anchor: Told, sentences: Sequence[Evidence], passages: Sequence[FoundPassage]
) -> Iterator[Told]:
    """Yield what other articles state of the same event, one sentence of each, the surest first."""
    seen = {anchor.article_id}
    unread = (piece for item in passages for piece in unweighed(item))
    for piece in chain(sentences, unread):
        article = piece.found.article.id
        told = None if article in seen else _sign_of(piece, part)
        if told is not None and same_event(anchor.piece, piece):
            seen.add(article)
            yield told


def _sign_of(piece: Evidence, part: AskedPart) -> Told | None:
    statement = part.wanted.statement
    if statement is None or piece.found.hit.genre in _NO_REPORTS:
        return None
    sign = sign_in(statement, piece.text)
    return Told(piece=piece, span=piece.span, sign=sign) if sign else None


def _brought_up_to_date(
    groups: Sequence[ValueGroup], *, is_of_present: bool, least: float
) -> Iterator[ValueGroup]:
    """Yield the groups, with those marked that a later report replaces.

    What had not happened yet may happen later. What had happened is undone only where the question
    asks for the present; a later denial of it is another report.
    """
    for group in groups:
        later = [
            other
            for other in groups
            if other is not group
            and other.stands
            and other.confidence >= least
            and group.last is not None
            and other.first is not None
            and group.last < other.first
        ]
        may_change = group.newest.sign == "no" or is_of_present
        if group.stands and later and may_change:
            yield replace(with_status(group, "superseded"), follower=later[0].newest)
        else:
            yield group
