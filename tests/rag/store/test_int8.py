"""Tests that passages are searched by int8 vectors, and scored by the vectors as they are."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import qdrant_edge as edge

from rag.records import Article
from rag.store.directory.engine_files import unchanging_files
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.edge.points import passage_query
from rag.store.model import DENSE, Recipe, StoreQuery
from rag.text.terms import question_terms
from tests.fakes import HashingEmbedder, write
from tests.rag.store.merging import merge_everything

EMBEDDER = HashingEmbedder(dimension=64)
RECIPE = Recipe(model=EMBEDDER.name, dimension=EMBEDDER.dimension, passage_words=40)
ARTICLES = [
    Article(id=f"{n}", text=f"Boat {n} left pier {n % 7}. It carried {n * n} crates of tea.")
    for n in range(150)
]
QUESTIONS = ("How many crates did boat 12 carry?", "Which boat left pier 3?", "Who drank tea?")
EXACT = edge.SearchParams(exact=True)
UNSCORED = edge.SearchParams(quantization=edge.QuantizationSearchParams(rescore=False))


def build_shard(root: Path) -> Path:
    return root / "generations" / "00000001.part" / "shard"


def forget_int8(root: Path) -> None:
    """Let a build have the configuration of earlier releases."""
    path = build_shard(root) / "edge_config.json"
    config = json.loads(path.read_text())
    assert config["vectors"][DENSE].pop("quantization_config")
    path.write_text(json.dumps(config))


@pytest.fixture(params=["now", "earlier"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[EdgeStore, bool]]:
    """An archive with finished segments, and whether they have int8 vectors."""
    root, is_now = tmp_path / "archive", request.param == "now"
    with closing(EdgeBuilder(root, RECIPE)) as builder:
        write(builder, *ARTICLES, embedder=EMBEDDER)
    if not is_now:
        forget_int8(root)
    merge_everything(build_shard(root).parent)
    with closing(EdgeBuilder(root, RECIPE)) as builder:
        builder.publish()
    with closing(EdgeStore(root)) as store:
        yield store, is_now


def found(store: EdgeStore, question: str, params: edge.SearchParams | None = None) -> object:
    """Return the passages of a question with their scores, as a store finds them or otherwise."""
    query = StoreQuery(
        terms=question_terms(question), vector=EMBEDDER.embed([question])[0], limit=10
    )
    request = passage_query(query) if params is None else passage_query(query, params=params)
    return [(point.id, point.score) for point in store.shard.engine.query(request)]


def by_meaning(store: EdgeStore, question: str, params: edge.SearchParams) -> list[float]:
    """Return the scores of the vectors of passages alone."""
    vector = EMBEDDER.embed([question])[0].tolist()
    nearest = edge.Query.Nearest(vector, using=DENSE)
    request = edge.QueryRequest(10, query=nearest, params=params)
    return [point.score for point in store.shard.engine.query(request)]


def test_a_search_finds_what_exact_vectors_find(archive: tuple[EdgeStore, bool]) -> None:
    store, _ = archive
    for question in QUESTIONS:
        assert found(store, question) == found(store, question, EXACT)


def test_finished_segments_have_int8_vectors_that_are_looked_through(
    archive: tuple[EdgeStore, bool],
) -> None:
    store, is_now = archive
    kept = {name.rpartition("/")[2] for name in unchanging_files(store.shard.folder)}
    assert ("quantized.data" in kept) == is_now
    rough = [by_meaning(store, question, UNSCORED) for question in QUESTIONS]
    exact = [by_meaning(store, question, EXACT) for question in QUESTIONS]
    assert (rough != exact) == is_now
