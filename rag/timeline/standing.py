"""Leaves out of a timeline what is no report that stands, and notes what was corrected since.

A kill notice and a column of corrections tell of reports, a killed story was taken back as a whole,
and satire claims nothing. `build` uses this.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.evidence.reader import Evidence
from rag.evidence.retrieval import FoundPassage
from rag.evidence.values.corrections import Corrections
from rag.text.retractions import is_column, is_kill
from rag.timeline.storylines import StorySentence


def standing_reports(found: Sequence[FoundPassage], corrections: Corrections) -> list[FoundPassage]:
    """Return the passages without notices, killed stories and satire."""
    return [item for item in found if _stands(item, corrections)]


def without_notes(pieces: Iterable[Evidence], corrections: Corrections) -> list[Evidence]:
    """Return sentences without those of a note that corrects the article which they stand in."""
    return [piece for piece in pieces if not _is_of_note(piece, corrections)]


def noted(story: Sequence[StorySentence], corrections: Corrections) -> list[StorySentence]:
    """Return a story's sentences, whose hits say what was corrected in their articles since."""
    pieces = corrections.noted(sentence.piece for sentence in story)
    return [replace(sentence, piece=piece) for sentence, piece in zip(story, pieces, strict=True)]


def _stands(item: FoundPassage, corrections: Corrections) -> bool:
    article = item.article
    if item.hit.genre == "satire" or is_column(article.title, article.section):
        return False
    if is_kill(article.title, article.text):
        return False
    return not any(by.kills for by in corrections.touching(article))


def _is_of_note(piece: Evidence, corrections: Corrections) -> bool:
    article = piece.found.article
    return any(
        by.is_own and by.is_in_text and by.item.start <= piece.span.start < by.item.end
        for by in corrections.touching(article)
        if by.article.id == article.id
    )
