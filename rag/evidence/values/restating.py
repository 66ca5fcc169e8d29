"""Puts what a correction says in the place of the sentences that it takes back.

"OUR report said that 311 homes would go. The number was 131." The first sentence reads like the
best answer, and the second is it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag.evidence.reader import Evidence
from rag.evidence.retrieval import FoundPassage
from rag.evidence.values.corrections import Correction, Corrections
from rag.evidence.values.read_values import value_of
from rag.evidence.values.sentence_amounts import amounts_in
from rag.evidence.values.told import Told
from rag.question.asked import AskedPart
from rag.text.rounding import may_be_of_one_unit
from rag.text.sentences import Span
from rag.text.words import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """The sentences that may answer, best first, and those that were taken back."""

    sentences: list[Evidence]
    withdrawn: list[Evidence]


def restate(
    part: AskedPart,
    sentences: Sequence[Evidence],
    corrections: Corrections,
    passages: Sequence[FoundPassage],
) -> Restated:
    """Return the sentences without those taken back, and with what is said instead of them.

    What is said instead is as sure as what it takes back, because it is about the same thing.
    """
    if not corrections.all:
        return Restated(sentences=list(sentences), withdrawn=[])
    kept: list[Evidence] = []
    withdrawn: list[Evidence] = []
    instead: list[Evidence] = []
    for piece in sentences:
        touching = corrections.touching(piece.found.article)
        told = value_of(piece, part) if touching else None
        by = next((c for c in touching if _takes_back(c, piece, told)), None)
        if by is None:
            kept.append(piece)
            continue
        withdrawn.append(piece)
        if told is not None and by.is_in_text:
            instead += _said_instead(piece, told, by, passages)
    said = {_place(piece): piece for piece in _once(instead)}
    for piece in kept:
        if (right := said.get(_place(piece))) is not None and piece.score > right.score:
            # The reader was surer of the correction than of what it takes back.
            said[_place(piece)] = replace(piece, answer=right.answer)
    kept = [piece for piece in kept if _place(piece) not in said]
    ordered = sorted([*kept, *said.values()], key=lambda piece: -piece.score)
    return Restated(sentences=ordered, withdrawn=withdrawn)


def _takes_back(correction: Correction, piece: Evidence, told: Told | None) -> bool:
    """Say whether a correction quotes a sentence, or withdraws the value that it tells."""
    if told is not None:
        return correction.withdraws(told)
    article = piece.found.article
    if correction.kills:
        return article.id != correction.article.id
    is_here = article.id == correction.article.id and correction.is_in_text
    return is_here and any(
        piece.span.start <= wrong.start and wrong.end == piece.span.end
        for wrong in correction.wrong
    )


def _said_instead(
    piece: Evidence, told: Told, correction: Correction, passages: Sequence[FoundPassage]
) -> Iterable[Evidence]:
    """Yield the first sentence of a correction that gives another value of the kind."""
    for item in passages:
        if item.article.id != correction.article.id:
            continue
        for place, span in enumerate(item.hit.sentences):
            is_right = any(r.start < span.end and span.start < r.end for r in correction.right)
            answer = _value_in(item, span, told, correction) if is_right else None
            if answer is not None:
                yield replace(
                    piece, found=item, span=span, vector=item.vectors[place], answer=answer
                )
                return


def _value_in(item: FoundPassage, span: Span, told: Told, correction: Correction) -> Span | None:
    """Return where a sentence gives another value than the one that was told."""
    text = item.article.text
    if told.figure:
        figures, _ = amounts_in(item.hit, span, text)
        for figure in figures:
            place = Span(span.start + figure.start, span.start + figure.end)
            is_wrong = any(w.start <= place.start < w.end for w in correction.wrong)
            is_of_unit = may_be_of_one_unit(figure.unit, told.figure.unit)
            if not is_wrong and not figure.is_soft and is_of_unit:
                return place
    if told.name:
        for word in words_of(text[span.start : span.end])[1:]:
            place = Span(span.start + word.start, span.start + word.end)
            is_wrong = any(w.start <= place.start < w.end for w in correction.wrong)
            if word.is_capitalised and not is_wrong:
                return place
    return None


def _once(pieces: Iterable[Evidence]) -> list[Evidence]:
    """Return each sentence once, as it is surest."""
    best: dict[tuple[str, Span], Evidence] = {}
    for piece in pieces:
        key = _place(piece)
        if key not in best or piece.confidence > best[key].confidence:
            best[key] = piece
    return list(best.values())


def _place(piece: Evidence) -> tuple[str, Span]:
    return piece.found.article.id, piece.span
