"""A question -> the passages that may answer it: one fused query, then their articles' metadata."""

from dataclasses import dataclass

from rag.embedding import Embedder, Vectors
from rag.records import Article, Hit, SearchFilter
from rag.store.model import ScoredPassage, Store, StoreQuery
from rag.terms import Terms, question_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as everything after sees it: its words, its BM25 terms, its vector `(dim,)`."""

    text: str
    terms: Terms
    vector: Vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A passage that was found: its hit, its article, and its sentence vectors `(n, dim)`."""

    hit: Hit
    article: Article
    vectors: Vectors


def understand(text: str, embedder: Embedder) -> Question:
    """Return the question with its terms and its vector."""
    return Question(text=text, terms=question_terms(text), vector=embedder.embed([text])[0])


def retrieve(question: Question, store: Store, *, where: SearchFilter, limit: int) -> list[Found]:
    """Return at most `limit` passages, best first; none if the filter matches nothing."""
    scored = store.query(
        StoreQuery(terms=question.terms, vector=question.vector, limit=limit, where=where)
    )
    articles = store.articles(list(dict.fromkeys(p.passage.article_id for p in scored)))
    return [_found(passage, articles[passage.passage.article_id]) for passage in scored]


def _found(scored: ScoredPassage, article: Article) -> Found:
    passage = scored.passage
    hit = Hit(
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        start=passage.start,
        end=passage.end,
        text=article.text[passage.start : passage.end],
        score=scored.score,
        sentences=passage.sentences,
    )
    return Found(hit=hit, article=article, vectors=scored.vectors)
