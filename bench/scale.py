"""What an embedded archive of many passages takes: time to build, disk, memory, searches, recall.

    python -m bench scale --passages 1000000

The articles are made up, with the lengths of news, and so are their vectors, with the distances of
those of news. They go through the same indexing and the same builder as an ingest's. A run that is
stopped continues where it was when it is started again. `DATELINE_SCALE` names the folder for it,
which needs some 20 KB a passage.

The vectors of passages are then copied into shards with other settings, to see what quantisation
costs and saves. The exact result is the same query without graph and without quantisation.
"""

import json
import os
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
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
from rag.groups import grouped
from rag.models.vectors import Vectors
from rag.records import Article, SearchFilter
from rag.settings import load_settings
from rag.store import damaged_files
from rag.store.conditions import of_kinds
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.edge.points import config, passage_query, vector_of
from rag.store.edge.shard import Shard
from rag.store.model import (
    BM25,
    DENSE,
    PASSAGE,
    SENTENCES,
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
_COPIED_AT_ONCE = 1000
_QUESTIONS, _WARM = 200, 20
_TOP = 10
_QUESTION_WORDS = 8
_RECIPE = Recipe(model="made-up", dimension=DIMENSION, passage_words=150)
_STATE = "scale.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """How the vectors of passages are kept and searched.

    `kept` names the shard; those of one name differ in how it is searched.
    """

    kept: str = "float16"
    quantization: Any = None
    oversampling: float = 0
    ef: int | None = None

    @property
    def name(self) -> str:
        """What it is called in the table."""
        if self.quantization is None:
            return f"{self.kept}, as archives have them"
        return f"{self.kept} in memory, ef {self.ef}, rescored {self.oversampling:g} times as many"

    @property
    def params(self) -> Any:
        """The parameters of a search."""
        quantization = None
        if self.oversampling:
            quantization = edge.QuantizationSearchParams(
                rescore=True, oversampling=self.oversampling
            )
        return edge.SearchParams(hnsw_ef=self.ef, quantization=quantization)


def variants() -> list[Variant]:
    """Return what is compared; the first one is what archives have."""
    hot = edge.Memory.Pinned
    scalar = edge.ScalarQuantizationConfig(edge.ScalarType.Int8, quantile=0.99, memory=hot)
    binary = edge.BinaryQuantizationConfig(memory=hot)
    searches = ((512, 8), (2048, 16), (4096, 16), (8192, 40))
    return [
        Variant(),
        *(Variant(kept="int8", quantization=scalar, ef=ef, oversampling=n) for ef, n in searches),
        Variant(kept="binary", quantization=binary, ef=512, oversampling=8),
    ]


def measure(passages: int = PASSAGES) -> list[Table]:
    """Build the archive if it is not there, and return what it takes."""
    folder = Path(os.environ.get("DATELINE_SCALE", data.CACHE / "scale"), str(passages))
    folder.mkdir(parents=True, exist_ok=True)
    built = _build(folder, passages)
    found = [_of_variant(folder, number) for number in range(len(variants()))]
    growing = _apart(_grown, folder)
    return [
        _built_table(built),
        _search_table(found, built["passages"]),
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


def _of_variant(folder: Path, number: int) -> dict[str, Any]:
    return _apart(_measured, folder, number)


def _apart(measured: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """Measure in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(measured, *arguments).result()


def _measured(folder: Path, number: int) -> dict[str, Any]:
    variant = variants()[number]
    with closing(EdgeStore(folder / "archive")) as store:
        questions = list(_questions(store))
        exact = _exact(store, questions, folder)
        if variant.quantization is None:
            return {"name": variant.name, **_searched(store.shard, variant, questions, exact)}
        place = folder / variant.kept
        seconds = _copy(store, place, variant)
    with closing(Shard(place, str(place))) as shard:
        found = _searched(shard, variant, questions, exact)
    return {"name": variant.name, **found, "copied": seconds, "disk": sum(files_of(place).values())}


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
    """Return the ids of the best passages of each question without a graph, computed once."""
    path = folder / "exact.json"
    if not path.exists():
        params = edge.SearchParams(exact=True)
        ids = [_ids(store.shard, question, params) for question in questions]
        path.write_text(json.dumps(ids))
    found: list[list[str]] = json.loads(path.read_text())
    return found


def _copy(store: EdgeStore, place: Path, variant: Variant) -> float:
    """Copy the passages into a shard with the settings of a variant, if they are not there."""
    if (place / "done").exists():
        return float((place / "done").read_text())
    place.mkdir(exist_ok=True)
    began = time.monotonic()
    wanted = config(DIMENSION, quantization=variant.quantization)
    engine = edge.EdgeShard.create(str(place), wanted)
    names = [BM25, DENSE, SENTENCES]
    records = store.shard.scroll(of_kinds(PASSAGE), ["article_id"], vectors=names, page=500)
    for batch in grouped(records, _COPIED_AT_ONCE):
        points = [
            edge.Point(r.id, {name: vector_of(r, name) for name in names}, {"kind": PASSAGE})
            for r in batch
        ]
        engine.update(edge.UpdateOperation.upsert_points(points))
    engine.flush()
    engine.optimize()
    engine.flush()
    engine.close()
    seconds = time.monotonic() - began
    (place / "done").write_text(str(seconds))
    return seconds


def _searched(
    shard: Shard, variant: Variant, questions: list[Question], exact: list[list[str]]
) -> dict[str, Any]:
    """Return how long searches take, what they find of the exact result, and the memory."""
    for question in questions[:_WARM]:
        _ids(shard, question, variant.params)
    taken, shares = [], []
    for question, best in zip(questions, exact, strict=True):
        began = time.perf_counter()
        found = _ids(shard, question, variant.params)
        taken.append(1000 * (time.perf_counter() - began))
        shares.append(len(set(found) & set(best)) / max(1, len(best)))
    return {
        "p50": float(np.percentile(taken, 50)),
        "p99": float(np.percentile(taken, 99)),
        "recall": float(np.mean(shares)),
        "resident": process_bytes("self", "status", "VmRSS:"),
        "own": process_bytes("self", "status", "RssAnon:"),
    }


def _ids(shard: Shard, question: Question, params: Any) -> list[str]:
    """Return the best passages, by the query of an archive with parameters."""
    vector, terms = question
    query = StoreQuery(terms=terms, vector=vector, limit=_TOP)
    request = passage_query(query, params=params)
    return [str(point.id) for point in shard.engine.query(request)]


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
        "query against the same query without a graph. Resident memory has the pages of files that "
        "were read, which the system takes back when it needs them; the process's own memory has "
        "not."
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
