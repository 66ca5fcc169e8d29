"""Finds what was said since about the articles of a saved answer: notes, corrections, kills."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from rag.evidence.carriers import say_outdated
from rag.evidence.reader import Evidence
from rag.evidence.retrieval import FoundPassage
from rag.evidence.values.corrections import Correction, Corrections
from rag.evidence.values.notices import find_notices
from rag.evidence.values.read_values import value_of
from rag.models.embedding import Embedder
from rag.question.asked import AskedPart, read_part
from rag.records import Answer, Article, Citation, Hit, SearchFilter
from rag.store.interface import Store
from rag.text.sentences import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotes:
    """What is said of an article now that a citation of it did not say yet.

    `own` are the notes of the article itself, `others` those of corrections in other articles.
    `withdrawing` are those of them that take back the value of the quote, or the whole article.
    """

    own: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    withdrawing: tuple[Correction, ...] = ()

    @property
    def kills(self) -> bool:
        """Whether the article was withdrawn as a whole."""
        return any(correction.kills for correction in self.withdrawing)

    @property
    def text(self) -> str:
        """All notes, each in a line."""
        return "\n".join(dict.fromkeys((*self.own, *self.others)))


def find_new_notes(
    answer: Answer,
    quotes: Sequence[Citation],
    articles: Mapping[str, Article],
    store: Store,
    embedder: Embedder,
    *,
    now: datetime,
) -> dict[int, NewNotes]:
    """Return what is new about the articles of an answer's quotes, by their numbers."""
    part = read_part(answer.asked, embedder)
    pieces = {
        citation.number: _as_evidence(citation, articles[citation.article_id])
        for citation in quotes
        if citation.article_id in articles
    }
    where = SearchFilter(now=now)
    notices = find_notices(part, pieces.values(), [], store, embedder, where=where)
    corrections = Corrections.of([*(piece.found for piece in pieces.values()), *notices])
    stories = _stories(articles, store, where)
    notes = {}
    for citation in quotes:
        if piece := pieces.get(citation.number):
            found = _new_notes(citation, piece, corrections, part)
            article = articles[citation.article_id]
            outdated = say_outdated(article, citation.quote, stories.get(article.cluster, {}))
            if outdated and _is_new(outdated, citation):
                found = replace(found, others=(*found.others, outdated))
            notes[citation.number] = found
    return notes


def _stories(
    articles: Mapping[str, Article], store: Store, where: SearchFilter
) -> dict[str, dict[str, Article]]:
    """Return the articles of each story that one of some articles belongs to, by its cluster."""
    clusters = list(dict.fromkeys(a.cluster for a in articles.values() if a.cluster))
    return {
        cluster: store.articles([copy.article_id for copy in copies])
        for cluster, copies in store.copies(clusters, where).items()
    }


def _new_notes(
    citation: Citation, piece: Evidence, corrections: Corrections, part: AskedPart
) -> NewNotes:
    article = piece.found.article
    new = [c for c in corrections.touching(article) if _is_new(c.note, citation)]
    own = [article.note] if article.note and _is_new(article.note, citation) else []
    own += [c.note for c in new if c.is_own and c.is_in_text]
    others = [c for c in new if c.article.id != article.id]
    told = value_of(piece, part) if piece.answer else None
    return NewNotes(
        own=tuple(own),
        others=tuple(c.note for c in others),
        withdrawing=tuple(c for c in others if c.kills or (told and c.withdraws(told))),
    )


def _is_new(note: str, citation: Citation) -> bool:
    return " ".join(note.split()) not in " ".join(citation.note.split())


def _as_evidence(citation: Citation, article: Article) -> Evidence:
    """Return a quote as evidence, in the article as it is now, for what looks at its words."""
    start, end = citation.start, citation.end
    if article.text[start:end] != citation.quote:
        start, end = 0, len(article.text)
    hit = Hit(**article.as_source, start=start, end=end, text=article.text[start:end], score=0.0)
    nothing = np.zeros((1, 1), dtype=np.float32)
    marked = citation.highlight if (start, end) == (citation.start, citation.end) else None
    return Evidence(
        found=FoundPassage(hit=hit, article=article, vectors=nothing),
        span=Span(start, end),
        vector=nothing[0],
        score=0.0,
        confidence=0.0,
        signals={},
        answer=Span(start + marked[0], start + marked[1]) if marked else None,
    )
