"""What an embedded archive of many passages takes: time to build, disk, memory, searches, recall.

    python -m bench scale --passages 1000000

The articles are made up, with the lengths of news, and so are their vectors, with the distances of
those of news. They go through the same indexing and the same builder as an ingest's. A run that is
stopped continues where it was when it is started again. `DATELINE_SCALE` names the folder for it,
which needs some 10 KB a passage.

Searches look through the int8 vectors of passages, and score again what they found. Beside them,
the same query looks through the vectors as they are, which gives the exact result.
"""

import json
import os
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import qdrant_edge as edge

from bench import data
from bench.machine import files_of, process_bytes
from bench.made_up import make_records
from bench.made_up_vectors import DIMENSION, MadeUpVectors
from bench.tables import Table
from ingest.index import index_article
from rag.answering import Answering
from rag.archive import Archive
from rag.groups import grouped
from rag.models.reading import load_reading_model
from rag.models.vectors import Vectors
from rag.records import Article, SearchFilter
from rag.settings import load_settings
from rag.store import damaged_files
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.edge.points import BY_ORIGINALS, passage_query
from rag.store.edge.shard import Shard
from rag.store.model import (
    IndexedArticle,
    PassageVectors,
    Recipe,
    StoreQuery,
)
from rag.text.terms import Terms, question_terms

PASSAGES = 100_000
# The mean of the distribution from which their lengths are drawn.
_PASSAGES_PER_ARTICLE = 9.6
_BATCH = 64
_QUESTIONS, _WARM = 200, 20
_TOP = 10
_QUESTION_WORDS = 8
_RECIPE = Recipe(model="made-up", dimension=DIMENSION, passage_words=150)
_STATE = "scale.json"


_EXACT = edge.SearchParams(exact=True)
# How the vectors of passages are searched; the last is what searches do.
VARIANTS = {
    "float16, all of them": _EXACT,
    "int8, all of them, and the best scored again by float16": BY_ORIGINALS,
}


def measure(passages: int = PASSAGES) -> list[Table]:
    """Build the archive if it is not there, and return what it takes."""
    folder = Path(os.environ.get("DATELINE_SCALE", data.CACHE / "scale"), str(passages))
    folder.mkdir(parents=True, exist_ok=True)
    built = _build(folder, passages)
    found = [_apart(_measured, folder, name) for name in VARIANTS]
    asked, growing = _apart(_asked, folder), _apart(_grown, folder)
    return [
        _built_table(built),
        _search_table(found, built["passages"]),
        _asked_table(asked, built["passages"]),
        _grown_table(growing, built["articles"]),
    ]


# -- building -------------------------------------------------------------------------------------


def _build(folder: Path, passages: int) -> dict[str, float]:
    """Build the archive, or go on with it, and return what that took in all runs together."""
    state = folder / _STATE
    taken = json.loads(state.read_text()) if state.exists() else {"seconds": 0.0, "memory": 0}
    if taken.get("done"):
        return dict(taken)
    articles = round(passages / _PASSAGES_PER_ARTICLE)
    began, before = time.monotonic(), taken["seconds"]
    vectors = MadeUpVectors(articles)
    with closing(EdgeBuilder(folder / "archive", _RECIPE)) as builder:
        have = {head.id for head in builder.heads() if not head.writing}
        lacking = {stored.article.id for stored in builder.without_vectors()} if have else set()
        for entries in grouped(_entries(articles, have - lacking), _BATCH):
            builder.put([entry for _, entry in entries])
            builder.add_vectors([_vectors(vectors, *entry) for entry in entries])
            builder.compact()
            taken |= {
                "seconds": before + time.monotonic() - began,
                "memory": max(taken["memory"], process_bytes("self", "status", "VmHWM:")),
            }
            state.write_text(json.dumps(taken))
        publishing = time.monotonic()
        manifest = builder.publish()
    taken |= {
        "publish": time.monotonic() - publishing,
        "seconds": before + time.monotonic() - began,
        "memory": max(taken["memory"], process_bytes("self", "status", "VmHWM:")),
        "articles": manifest.articles,
        "passages": manifest.passages,
        "disk": sum(files_of(folder / "archive").values()),
        "done": True,
    }
    state.write_text(json.dumps(taken))
    return dict(taken)


def _entries(articles: int, have: set[str]) -> Iterator[tuple[int, IndexedArticle]]:
    for number, record in enumerate(make_records(articles)):
        if record["id"] in have:
            continue
        names = ("id", "title", "source", "section", "url", "text", "language")
        article = Article(**{name: record[name] for name in names})
        yield number, index_article(article, words=_RECIPE.passage_words)


def _vectors(vectors: MadeUpVectors, number: int, entry: IndexedArticle) -> list[PassageVectors]:
    passages = [indexed.passage for indexed in entry.passages]
    drawn = vectors.of_article(number, [len(passage.sentences) for passage in passages])
    return [
        PassageVectors(passage=passage, vectors=each)
        for passage, each in zip(passages, drawn, strict=True)
    ]


# -- searching ------------------------------------------------------------------------------------


def _apart(measured: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """Measure in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(measured, *arguments).result()


def _measured(folder: Path, name: str) -> dict[str, Any]:
    with closing(EdgeStore(folder / "archive")) as store:
        questions = list(_questions(store))
        exact = _exact(store, questions, folder)
        return {"name": name, **_searched(store.shard, VARIANTS[name], questions, exact)}


Question = tuple[Vectors, Terms]


def _questions(store: EdgeStore) -> Iterator[Question]:
    """Yield questions, each near one sentence of a passage and with some of its words."""
    made_up, dice = MadeUpVectors(1), random.Random(5)
    heads = sorted(head.id for head in islice(store.heads(), 20 * _QUESTIONS))
    for number, article_id in enumerate(dice.sample(heads, min(_QUESTIONS, len(heads)))):
        article = store.articles([article_id])[article_id]
        passage, vectors = dice.choice(list(store.stored_vectors(article_id).items()))
        if vectors is None:
            continue
        place = dice.randrange(len(vectors))
        sentence = passage.sentences[place]
        words = article.text[sentence.start : sentence.end].split()
        asked = " ".join(dice.sample(words, min(_QUESTION_WORDS, len(words))))
        yield made_up.question(number, vectors[place]), question_terms(asked)


def _exact(store: EdgeStore, questions: list[Question], folder: Path) -> list[list[str]]:
    """Return the ids of the best passages of each question by exact vectors, computed once."""
    path = folder / "exact.json"
    if not path.exists():
        ids = [_ids(store.shard, question, _EXACT) for question in questions]
        path.write_text(json.dumps(ids))
    found: list[list[str]] = json.loads(path.read_text())
    return found


def _searched(
    shard: Shard,
    params: edge.SearchParams,
    questions: list[Question],
    exact: list[list[str]],
) -> dict[str, Any]:
    """Return how long searches take, what they find of the exact result, and the memory."""
    for question in questions[:_WARM]:
        _ids(shard, question, params)
    taken, shares = [], []
    for question, best in zip(questions, exact, strict=True):
        began = time.perf_counter()
        found = _ids(shard, question, params)
        taken.append(1000 * (time.perf_counter() - began))
        shares.append(len(set(found) & set(best)) / max(1, len(best)))
    return {
        "p50": float(np.percentile(taken, 50)),
        "p99": float(np.percentile(taken, 99)),
        "recall": float(np.mean(shares)),
        "resident": process_bytes("self", "status", "VmRSS:"),
        "own": process_bytes("self", "status", "RssAnon:"),
    }


def _ids(shard: Shard, question: Question, params: edge.SearchParams) -> list[str]:
    """Return the best passages, by the query of an archive with parameters."""
    vector, terms = question
    query = StoreQuery(terms=terms, vector=vector, limit=_TOP)
    request = passage_query(query, params=params)
    return [str(point.id) for point in shard.engine.query(request)]


def _asked(folder: Path) -> dict[str, list[float]]:
    """Return how long each question of the sample takes, in milliseconds, here and there."""
    settings = load_settings()
    answering = Answering(
        store=EdgeStore(folder / "archive"),
        embedder=data.embedder(),
        threshold=settings.answer_threshold,
        reader=load_reading_model(settings),
    )
    taken: dict[str, list[float]] = {"large": [], "sample": []}
    with Archive(answering) as large, Archive.open(data.sample_archive()) as sample:
        questions = [question["question"] for question in data.sample_questions()][:_QUESTIONS]
        for number, question in enumerate([*questions[:_WARM], *questions]):
            for name, archive in (("large", large), ("sample", sample)):
                began = time.perf_counter()
                archive.ask(question, read_time=False)  # or it would look at few days
                if number >= _WARM:
                    taken[name].append(1000 * (time.perf_counter() - began))
    return taken


def _grown(folder: Path) -> dict[str, float]:
    """Return how long things take that look at all articles, in seconds."""
    taken: dict[str, float] = {}

    def note(name: str, work: Callable[[], object]) -> None:
        began = time.perf_counter()
        work()
        taken[name] = time.perf_counter() - began

    opened: list[EdgeStore] = []
    note("opening it", lambda: opened.append(EdgeStore(folder / "archive")))
    (store,) = opened
    everything = SearchFilter()
    with closing(store):
        note("every head, as an ingest reads them first", lambda: sum(1 for _ in store.heads()))
        note("the outlets, with their articles", store.sources)
        note("the first page of articles", lambda: store.newest(everything, first=0, limit=20))
        note("what a search looks at", lambda: store.count_searched(everything))
        note("its coverage", lambda: sum(1 for _ in store.kinds(everything)))
    settings = load_settings(archive=str(folder / "archive"))
    note("the digests of all files", lambda: damaged_files(settings))
    return taken


# -- tables ---------------------------------------------------------------------------------------


def _built_table(built: dict[str, float]) -> Table:
    table = Table(title=f"An archive of {built['passages']:,} passages", columns=["what", "value"])
    table.add("articles", str(built["articles"]))
    table.add("passages", str(built["passages"]))
    table.add("s to build, one process", f"{built['seconds']:.0f}")
    table.add("of these, s to publish", f"{built['publish']:.0f}")
    table.add("passages/s", f"{built['passages'] / built['seconds']:.0f}")
    table.add("disk, bytes a passage", f"{built['disk'] / built['passages']:.0f}")
    table.add("peak memory of the build, MB (RSS)", f"{built['memory'] / 1e6:.0f}")
    return table


def _search_table(found: list[dict[str, Any]], passages: float) -> Table:
    table = Table(
        title=f"Searches of {passages:,} passages",
        columns=[
            "vectors of passages",
            "p50, ms",
            "p99, ms",
            "recall@10",
            "resident, MB",
            "own memory, MB",
        ],
    )
    for one in found:
        table.add(
            one["name"],
            f"{one['p50']:.1f}",
            f"{one['p99']:.1f}",
            f"{one['recall']:.3f}",
            f"{one['resident'] / 1e6:.0f}",
            f"{one['own'] / 1e6:.0f}",
        )
    table.notes.append(
        f"{_QUESTIONS} questions, {_WARM} of them asked once before; the best {_TOP} of the fused "
        "query against the same query by exact vectors. Resident memory has the pages of files "
        "that were read, which the system takes back when it needs them; the process's own memory "
        "has not."
    )
    return table


def _asked_table(taken: dict[str, list[float]], passages: float) -> Table:
    table = Table(
        title=f"Whole answers from {passages:,} passages, and from the sample",
        columns=["archive", "p50, ms", "p99, ms", "of the sample's p50"],
    )
    medians = {name: float(np.percentile(each, 50)) for name, each in taken.items()}
    for name, each in taken.items():
        slow, ratio = np.percentile(each, 99), medians[name] / medians["sample"]
        table.add(name, f"{medians[name]:.0f}", f"{slow:.0f}", f"{ratio:.2f}")
    table.notes.append(
        f"{len(taken['sample'])} questions of the sample, each asked of both archives in turn. "
        "What the large one finds is made up; it is read like any other text."
    )
    return table


def _grown_table(taken: dict[str, float], articles: float) -> Table:
    table = Table(
        title=f"What looks at all of {articles:,} articles",
        columns=["what", "ms", "s for 10 million, in proportion"],
    )
    for name, seconds in taken.items():
        table.add(name, f"{1000 * seconds:.1f}", f"{seconds / articles * 1e7:.0f}")
    return table
