"""Retrieval on NewsQA and realtimeqa: Dateline beside BM25 alone and one vector a passage.

All three rank the same passages. The vector row is the usual default of retrieval frameworks: the
whole passage embedded once, compared by cosine with every other, exactly.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.lib.format import open_memmap
from tqdm import tqdm

from bench import data
from bench.tables import Table
from ingest.passages import split_article
from rag.embedding import Embedder, Vectors
from rag.records import Article, Passage
from rag.retrieval import understand
from rag.store.model import Store, StoreQuery

_DEPTH = 50
_EMBEDDED_AT_ONCE = 64

# One ranked passage: the article's id, where it starts and ends in it, and its text.
Ranking = list[tuple[str, int, int, str]]


def measure() -> list[Table]:
    """Return one table a data set: share of questions answered in the first 1, 5, 10 and 50."""
    embedder = data.embedder()
    return [_newsqa(embedder), _realtimeqa(embedder)]


def _newsqa(embedder: Embedder) -> Table:
    store = data.newsqa_archive()
    questions = data.newsqa_questions()

    def is_gold(question: data.Record, ranked: tuple[str, int, int, str]) -> bool:
        article_id, start, end, _ = ranked
        return bool(article_id == question["article_id"] and start <= question["start"] < end)

    title = (
        f"Retrieval, NewsQA: {len(questions)} questions over {store.manifest.articles} articles, "
        f"{store.manifest.passages} passages; share with the gold passage in the first n"
    )
    return _table(title, store, "newsqa", questions, embedder, is_gold)


def _realtimeqa(embedder: Embedder) -> Table:
    store = data.realtimeqa_archive()
    questions = data.realtimeqa_questions("2022")

    def holds(question: data.Record, ranked: tuple[str, int, int, str]) -> bool:
        return data.holds_answer(ranked[3], question)

    title = (
        f"Retrieval, realtimeqa 2022: {len(questions)} questions over {store.manifest.articles} "
        f"articles, {store.manifest.passages} passages; share with the answer string in the first n"
    )
    return _table(title, store, "realtimeqa-2022", questions, embedder, holds)


def _table(
    title: str,
    store: Store,
    name: str,
    questions: list[data.Record],
    embedder: Embedder,
    is_right: Callable[[data.Record, tuple[str, int, int, str]], bool],
) -> Table:
    passages, vectors = _passage_vectors(store, name, embedder)
    rankers: dict[str, Callable[[str], Ranking]] = {
        "one vector a passage": lambda q: _by_vector(q, passages, vectors, embedder),
        "BM25 alone": lambda q: _by_store(q, store, embedder, words_only=True),
        "Dateline": lambda q: _by_store(q, store, embedder, words_only=False),
    }
    table = Table(title=title, columns=["method", "@1", "@5", "@10", "@50"])
    for method, rank in rankers.items():
        places = []
        for question in tqdm(questions, desc=f"{name}, {method}"):
            ranking = rank(question["question"])
            right = (n for n, ranked in enumerate(ranking, 1) if is_right(question, ranked))
            places.append(next(right, _DEPTH + 1))
        found = np.array(places)
        table.add(method, *(f"{(found <= n).mean():.3f}" for n in (1, 5, 10, 50)))
    return table


def _by_store(question: str, store: Store, embedder: Embedder, *, words_only: bool) -> Ranking:
    understood = understand(question, embedder)
    vector = None if words_only else understood.vector
    found = store.query(StoreQuery(terms=understood.terms, vector=vector, limit=_DEPTH))
    articles = store.articles(list({scored.passage.article_id for scored in found}))
    return [_ranked(scored.passage, articles[scored.passage.article_id]) for scored in found]


def _by_vector(question: str, passages: Ranking, vectors: Vectors, embedder: Embedder) -> Ranking:
    scores = vectors @ embedder.embed([question])[0]
    return [passages[i] for i in np.argsort(-scores)[:_DEPTH]]


def _passage_vectors(store: Store, name: str, embedder: Embedder) -> tuple[Ranking, Vectors]:
    """Return all passages and one vector for each, computed once and kept in the cache."""
    heads = sorted(head.id for head in store.heads())
    passages: Ranking = []
    for ids in data.batches(heads, 200):
        articles = store.articles(ids)
        for article_id in ids:
            article = articles[article_id]
            split = split_article(article, words=store.manifest.recipe.passage_words)
            passages += [_ranked(passage, article) for passage in split]
    kept = data.CACHE / f"{name}-passage-vectors.npy"
    if not kept.exists():
        _embed_passages([text for *_, text in passages], kept, embedder)
    return passages, np.load(kept)


def _embed_passages(texts: list[str], kept: Path, embedder: Embedder) -> None:
    """Write one vector a text; half an hour for 50,000, so it may be stopped and gone on with."""
    part = kept.with_suffix(".part")
    shape = (len(texts), embedder.dimension)
    mode: Literal["r+", "w+"] = "r+" if part.exists() else "w+"
    vectors = open_memmap(part, mode=mode, dtype=np.float32, shape=shape)
    missing = np.flatnonzero(~vectors.any(axis=1))  # a unit vector is never all zeros
    order = sorted(missing.tolist(), key=lambda i: len(texts[i]))
    for batch in tqdm(list(data.batches(order, _EMBEDDED_AT_ONCE)), desc=kept.stem):
        vectors[batch] = embedder.embed([texts[i] for i in batch])
    vectors.flush()
    part.rename(kept)


def _ranked(passage: Passage, article: Article) -> tuple[str, int, int, str]:
    text = article.text[passage.start : passage.end]
    return passage.article_id, passage.start, passage.end, text
