"""Retrieval on NewsQA, realtimeqa and `bench/asked.jsonl`: Dateline beside simpler ways to rank.

All rank the same passages, and nothing was fitted to the questions. The vector row is the usual
default of retrieval frameworks: one vector a passage, compared by cosine with the question's,
exactly. The row of added scores is what the store gives before `rag.evidence.nearness`: the
normalised scores of BM25 and of the nearest sentence, added up (DBSF).
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal
from uuid import UUID

import numpy as np
from tqdm import tqdm

from bench import asked, data
from bench.cases import newsqa_questions
from bench.tables import Table
from ingest.passages import split_article
from rag.evidence.nearness import RANKED, rank, shares_in
from rag.groups import grouped
from rag.models.embedding import Embedder
from rag.models.vectors import Vectors
from rag.question.asked import read_part
from rag.records import Article, Passage, derive_id
from rag.settings import load_settings
from rag.store import open_store
from rag.store.edge import EdgeStore
from rag.store.interface import Store
from rag.store.model import DENSE, StoreQuery

_SHOWN = (1, 3, 6, 10, RANKED)
_EMBEDDED_AT_ONCE = 64

# One ranked passage: the article's id, where it starts and ends in it, and its text.
Ranked = tuple[str, int, int, str]
Ranking = list[Ranked]


def measure() -> list[Table]:
    """Return one table a data set: share of questions answered in the first so many."""
    embedder = data.embedder()
    return [_newsqa(embedder), _realtimeqa(embedder), _asked(embedder)]


def _newsqa(embedder: Embedder) -> Table:
    store = data.newsqa_archive()
    questions = newsqa_questions("test")

    def is_gold(question: data.Record, ranked: Ranked) -> bool:
        return _holds(ranked, question["article_id"], [question["start"]])

    title = (
        f"Retrieval, NewsQA: {len(questions)} questions over {store.manifest.articles} articles, "
        f"{store.manifest.passages} passages; share with the gold passage in the first n"
    )
    return _table(title, store, "newsqa", questions, embedder, is_gold, whole=True)


def _realtimeqa(embedder: Embedder) -> Table:
    store = data.realtimeqa_archive("test")
    questions = data.realtimeqa_questions("test")

    def holds(question: data.Record, ranked: Ranked) -> bool:
        return data.holds_answer(ranked[3], question)

    title = (
        f"Retrieval, realtimeqa 2024: {len(questions)} questions over {store.manifest.articles} "
        f"articles, {store.manifest.passages} passages; share with the answer string in the first n"
    )
    table = _table(title, store, "realtimeqa-test", questions, embedder, holds, whole=False)
    table.notes.append(
        "The vector here is the mean of the sentences' vectors, as embedding all passages whole "
        "takes an hour. On NewsQA the two do alike: .316 and .309 at 1, .671 and .680 at 10."
    )
    return table


def _asked(embedder: Embedder) -> Table:
    store = open_store(load_settings(archive=asked.archive()))
    questions = [question for question in asked.questions("test") if question["answers"]]

    def is_gold(question: data.Record, ranked: Ranked) -> bool:
        return _holds(ranked, question["article"], [start for start, _ in question["answers"]])

    title = (
        f"Retrieval, asked: {len(questions)} questions over {store.manifest.articles} articles, "
        f"{store.manifest.passages} passages; share with a passage that answers in the first n"
    )
    return _table(title, store, "asked", questions, embedder, is_gold, whole=False)


def _holds(ranked: Ranked, article_id: str, starts: Sequence[int]) -> bool:
    """Say whether a passage is of an article and has one of some places."""
    of, start, end, _ = ranked
    return of == article_id and any(start <= place < end for place in starts)


def _table(
    title: str,
    store: Store,
    name: str,
    questions: list[data.Record],
    embedder: Embedder,
    is_right: Callable[[data.Record, Ranked], bool],
    *,
    whole: bool,
) -> Table:
    passages, vectors = _passage_vectors(store, embedder, whole=whole)
    rankers: dict[str, Callable[[str], Ranking]] = {
        "one vector a passage": lambda q: _by_vector(q, passages, vectors, embedder),
        "BM25 alone": lambda q: _by_store(q, store, embedder, by="words"),
        "BM25 and nearest sentence, added up": lambda q: _by_store(q, store, embedder, by="both"),
        "Dateline": lambda q: _by_store(q, store, embedder, by="rank"),
    }
    table = Table(title=title, columns=["method", *(f"@{n}" for n in _SHOWN)])
    for method, ranked_by in rankers.items():
        places = []
        for question in tqdm(questions, desc=f"{name}, {method}"):
            ranking = ranked_by(question["question"])
            right = (n for n, ranked in enumerate(ranking, 1) if is_right(question, ranked))
            places.append(next(right, RANKED + 1))
        found = np.array(places)
        table.add(method, *(f"{(found <= n).mean():.3f}" for n in _SHOWN))
    return table


def _by_store(
    question: str, store: Store, embedder: Embedder, *, by: Literal["words", "both", "rank"]
) -> Ranking:
    part = read_part(question, embedder)
    vector = None if by == "words" else part.vector
    found = store.query(StoreQuery(terms=part.sought, vector=vector, limit=RANKED))
    if by == "rank":
        found = rank(found, shares_in(store, part.sought), part.vector)
    articles = store.articles(list({scored.passage.article_id for scored in found}))
    return [_ranked(scored.passage, articles[scored.passage.article_id]) for scored in found]


def _by_vector(question: str, passages: Ranking, vectors: Vectors, embedder: Embedder) -> Ranking:
    scores = vectors @ embedder.embed([question])[0]
    return [passages[i] for i in np.argsort(-scores)[:RANKED]]


def _passage_vectors(store: Store, embedder: Embedder, *, whole: bool) -> tuple[Ranking, Vectors]:
    """Return all passages and one vector for each: of the whole, or the mean of its sentences."""
    heads = sorted(head.id for head in store.heads())
    passages: Ranking = []
    for ids in grouped(heads, 200):
        articles = store.articles(ids)
        for article_id in ids:
            article = articles[article_id]
            split = split_article(article, words=store.manifest.recipe.passage_words)
            passages += [_ranked(passage, article) for passage in split]
    if not whole:
        return passages, _mean_vectors(store, passages)
    texts = [text for *_, text in passages]
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    vectors = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    for batch in tqdm(list(grouped(order, _EMBEDDED_AT_ONCE)), desc="embedding passages"):
        vectors[batch] = embedder.embed([texts[i] for i in batch])
    return passages, vectors


def _mean_vectors(store: Store, passages: Ranking) -> Vectors:
    """Return the stored mean vectors, in the order of the passages."""
    assert isinstance(store, EdgeStore)
    shard = store.shard.engine  # only a measurement reads vectors back
    ids: list[int | UUID | str] = [
        derive_id("passage", article_id, str(start), str(end))
        for article_id, start, end, _ in passages
    ]
    found: dict[str, Any] = {}
    for batch in grouped(ids, 1000):
        for record in shard.retrieve(batch, False, [DENSE]):
            found[str(record.id)] = record.vector
    return np.array([found[str(i)][DENSE] for i in ids], dtype=np.float32)


def _ranked(passage: Passage, article: Article) -> Ranked:
    text = article.text[passage.start : passage.end]
    return passage.article_id, passage.start, passage.end, text
