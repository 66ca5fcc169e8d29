"""Searches for corrections of what was found, which the question alone may not find.

A column of corrections says little about each matter, so it is searched for by the words of the
question and those of corrections, among the outlets that are to be cited and from the day of their
first report on. One that the filter of a search leaves out corrects all the same, but it tells no
value of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from rag.evidence.carriers import is_corrected
from rag.evidence.reader import Evidence
from rag.evidence.retrieval import FoundPassage, found_passages, retrieve
from rag.models.embedding import Embedder
from rag.question.asked import AskedPart
from rag.records import Article, SearchFilter, TimeWindow
from rag.store.interface import Store
from rag.store.model import ScoredPassage
from rag.text.terms import question_terms

_MOST_NOTICES = 8
_WORDS = (
    "correction corrections clarification corrected amended misstated wrong error earlier version "
    "kill withdrawn retracted"
)


def find_notices(
    part: AskedPart,
    evidence: Iterable[Evidence],
    known: Sequence[FoundPassage],
    store: Store,
    embedder: Embedder,
    *,
    where: SearchFilter,
) -> list[FoundPassage]:
    """Return passages that may correct what evidence says, without those already known.

    Who first sent what an article is a copy of may have taken it back.
    """
    found_in = [piece.found for piece in evidence]
    every = (article for item in found_in for article in (item.article, *item.reprints))
    articles = {article.id: article for article in every}
    if not articles:
        return []
    outlets = {name for a in articles.values() for name in (a.source, a.agency) if name}
    # What a question asks of one year may be told otherwise later, and by anybody.
    sources = where.sources if where.events else tuple(sorted(outlets)) or None
    days = [article.published for article in articles.values() if article.published]
    wider = replace(
        where,
        window=TimeWindow(since=min(days)) if days else None,
        events=None,
        sources=sources,
        sections=None,
        articles=None,
    )
    found = retrieve(
        part, store, embedder, where=wider, limit=_MOST_NOTICES, besides=question_terms(_WORDS)
    )
    places = {(item.article.id, item.hit.start) for item in known}
    return [item for item in found if (item.article.id, item.hit.start) not in places]


def is_let_through(article: Article, where: SearchFilter) -> bool:
    """Say whether an article fits a filter: its outlet, section, day of publication and phrases.

    The days on which something happened are not looked at: what happened in one year may be told
    otherwise later.
    """
    window, published = where.window or TimeWindow(), article.published
    if published is None and where.window is not None:
        return False
    return (
        (where.sources is None or article.source in where.sources)
        and (where.sections is None or article.section in where.sections)
        and (where.articles is None or article.id in where.articles)
        and (window.since is None or (published or date.min) >= window.since)
        and (window.until is None or (published or date.max) <= window.until)
    )


def find_corrected(
    evidence: Iterable[Evidence], store: Store, embedder: Embedder, *, where: SearchFilter
) -> list[FoundPassage]:
    """Return the passages of articles that were corrected by those which evidence is from.

    A search leaves them out, because the corrected article has the same words. What it says
    otherwise is what was wrong, which the correction itself need not name.
    """
    notices = {p.found.article.id: p.found.article for p in evidence if p.found.article.corrects}
    clusters = list(dict.fromkeys(a.cluster for a in notices.values() if a.cluster))
    if not clusters:
        return []
    copies = store.copies(clusters, where)
    ids = dict.fromkeys(copy.article_id for every in copies.values() for copy in every)
    wrong = [
        article
        for article in store.articles(list(ids)).values()
        if is_let_through(article, where)
        and any(is_corrected(article, notice) for notice in notices.values())
    ]
    scored = [
        ScoredPassage(passage=passage, score=0.0, vectors=vectors, cluster=article.cluster)
        for article in wrong
        for passage, vectors in store.stored_vectors(article.id).items()
    ]
    return found_passages(scored, store, embedder, where)
