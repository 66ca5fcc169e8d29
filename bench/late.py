"""Sentence vectors: stored in the archive, computed at question time, or not used at all.

They take most of an archive's room. *Late* means that a search ranks passages by their words and by
one vector each, and that the sentences of the first few are embedded while the question waits. The
measurement takes the stored vectors for those, which are the same, and times the embedding apart.
On NewsQA the passage with the answer must be found, on the invented archives its article.
"""

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import qdrant_edge as edge
from tqdm import tqdm

from bench import data
from bench.invented import BEATS
from bench.machine import spent
from bench.tables import Table
from rag.archive import Archive
from rag.models.embedding import Embedder
from rag.question.asked import AskedPart, read_part
from rag.records import Passage
from rag.settings import load_settings
from rag.store import open_store
from rag.store.edge import EdgeStore
from rag.store.edge.points import passage_query, payload_of
from rag.store.interface import Store
from rag.store.model import StoreQuery
from rag.store.payloads import read_passage

_DEPTH = 50
_LATE = (10, 20, 50)
_STORED, _NONE = "stored", "none"
_FIRST = (1, 5, 10, _DEPTH)
# So many questions of NewsQA are timed: an ask, and the embedding of what it found.
_TIMED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question, read, with its archive and with what says whether a passage answers it."""

    store: EdgeStore
    question: str
    part: AskedPart
    is_right: Callable[[Passage], bool]


def measure() -> list[Table]:
    """Return how often each way finds what answers, and what embedding it late takes."""
    embedder = data.embedder()
    newsqa = list(_newsqa(embedder))
    beats = [asked for name in BEATS.names for asked in _beats(name, embedder)]
    return [
        _found_table("six invented archives", beats),
        _found_table("NewsQA", newsqa),
        _time_table(newsqa[:: len(newsqa) // _TIMED], embedder),
    ]


def _newsqa(embedder: Embedder) -> Iterator[_Asked]:
    store = _embedded(data.newsqa_archive())
    for record in data.newsqa_questions():

        def holds(passage: Passage, record: data.Record = record) -> bool:
            starts_in = passage.start <= int(record["start"]) < passage.end
            return starts_in and passage.article_id == record["article_id"]

        yield _asked(store, record, embedder, holds)


def _beats(name: str, embedder: Embedder) -> Iterator[_Asked]:
    store = _embedded(open_store(load_settings(archive=BEATS.location(name))))
    for _, record in BEATS.records(name, "questions"):
        if not record["answerable"]:
            continue

        def is_of(passage: Passage, record: data.Record = record) -> bool:
            return passage.article_id in record["expected_article_ids"]

        yield _asked(store, record, embedder, is_of)


def _asked(
    store: EdgeStore, record: data.Record, embedder: Embedder, is_right: Callable[[Passage], bool]
) -> _Asked:
    question = record["question"]
    part = read_part(question, embedder)
    return _Asked(store=store, question=question, part=part, is_right=is_right)


def _embedded(store: Store) -> EdgeStore:
    """Return a store as the one in a directory, which can be queried in other ways."""
    assert isinstance(store, EdgeStore)
    return store


# -- what is found ----------------------------------------------------------------------------


def _found_table(name: str, asked: Sequence[_Asked]) -> Table:
    table = Table(
        title=f"Sentence vectors, {name}: {len(asked)} questions, right among the first n",
        columns=["sentence vectors", *(f"@{n}" for n in _FIRST)],
    )
    ways = {_STORED: None, _NONE: 0} | {f"late, of {n} passages": n for n in _LATE}
    for way, late in ways.items():
        places = [_place(each, late) for each in tqdm(asked, desc=f"{name}, {way}")]
        table.add(way, *(f"{sum(p <= n for p in places) / len(places):.3f}" for n in _FIRST))
    return table


def _place(asked: _Asked, late: int | None) -> int:
    """Return at which place, from 1, the first passage is that answers."""
    found = enumerate(_passages(asked, late), start=1)
    return next((place for place, passage in found if asked.is_right(passage)), _DEPTH + 1)


def _passages(asked: _Asked, late: int | None) -> list[Passage]:
    """Return the best passages: with the vectors of so many passages' sentences; None for all."""
    query = StoreQuery(terms=asked.part.sought, vector=asked.part.vector, limit=_DEPTH)
    request = passage_query(query)
    if late is not None:
        request = _late_query(request, query, late)
    points = asked.store.shard.engine.query(request)
    ordered = sorted(points, key=lambda point: -point.score)
    return [read_passage(payload_of(point)) for point in ordered]


def _late_query(whole: edge.QueryRequest, query: StoreQuery, late: int) -> edge.QueryRequest:
    """Return a query that knows the sentences of so many passages only, or of none.

    Those are the first by their words and by their own vectors, added up as in the whole query.
    """
    by_words, rescored = whole.prefetches
    by_meaning = rescored.prefetches[1]
    fused: dict[str, Any] = {"query": whole.query, "with_payload": True}
    if not late:
        return edge.QueryRequest(query.limit, prefetches=[by_words, by_meaning], **fused)
    first = edge.Prefetch(late, query=whole.query, prefetches=[by_words, by_meaning])
    known = edge.Prefetch(late, query=rescored.query, prefetches=[first])
    return edge.QueryRequest(query.limit, prefetches=[by_words, known], **fused)


# -- what it takes ----------------------------------------------------------------------------


def _time_table(asked: Sequence[_Asked], embedder: Embedder) -> Table:
    """Return what an ask takes, and what embedding the sentences of its passages adds."""
    with Archive.open(data.archive_settings("newsqa").archive) as archive:
        archive.ask(asked[0].question)
        whole = statistics.median(spent(partial(archive.ask, each.question)) for each in asked)
    table = Table(
        title=f"Sentence vectors: processor time of {len(asked)} questions, NewsQA",
        columns=["what", "ms, median", "share of an ask"],
    )
    table.add("an ask, with stored vectors", f"{1000 * whole:.0f}", "1.00")
    for late in _LATE:
        texts = [_sentences(each, late) for each in asked]
        taken = statistics.median(spent(partial(embedder.embed, some)) for some in texts)
        table.add(f"embedding {late} passages", f"{1000 * taken:.0f}", f"{taken / whole:.2f}")
    return table


def _sentences(asked: _Asked, count: int) -> list[str]:
    passages = _passages(asked, 0)[:count]
    articles = asked.store.articles(list({passage.article_id for passage in passages}))
    return [
        articles[passage.article_id].text[span.start : span.end]
        for passage in passages
        for span in passage.sentences
    ]
