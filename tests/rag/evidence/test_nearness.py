"""Tests the scores of passages: they depend on the passage and the question alone."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rag.evidence.nearness import PARTS
from rag.evidence.retrieval import FoundPassage, retrieve
from rag.question.asked import read_part
from rag.records import Article, SearchFilter
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.model import Recipe
from tests.fakes import HashingEmbedder, embed_passages, index_article

EMBEDDER = HashingEmbedder(64)
EVERYTHING = SearchFilter(now=datetime(2022, 1, 1, tzinfo=UTC))
QUESTION = "Who repaired the clock of the harbour?"
FILLING = "The weather was mild and the wind came from the west. " * 40
CLOCK = "A joiner repaired the clock of the harbour in May."
TOLD = Article(id="told", text=CLOCK, source="told.example")
OTHERS = tuple(
    Article(id=name, text=text, source=f"{name}.example")
    for name, text in {
        "ferry": "The ferry leaves the harbour at nine.",
        "clock": "The clock of the school was sold.",
        "market": "The market was full of apples.",
    }.items()
)


def find(
    folder: Path, *articles: Article, where: SearchFilter = EVERYTHING, embedded: bool = True
) -> list[FoundPassage]:
    """Return what the question finds in a new archive of some articles."""
    builder = EdgeBuilder(folder, Recipe(model=EMBEDDER.name, dimension=64, passage_words=150))
    entries = [index_article(article) for article in articles]
    builder.put(entries)
    if embedded:
        builder.add_vectors([embed_passages(entry, EMBEDDER) for entry in entries])
    builder.publish()
    builder.close()
    store = EdgeStore(folder)
    try:
        return retrieve(read_part(QUESTION, EMBEDDER), store, EMBEDDER, where=where, limit=10)
    finally:
        store.close()


def score_of(found: list[FoundPassage], article_id: str = "told") -> float:
    return max(item.hit.score for item in found if item.article.id == article_id)


def test_the_parts_add_up_to_one() -> None:
    assert sum(PARTS.values()) == pytest.approx(1)


def test_what_has_all_words_and_the_nearest_sentence_comes_first(tmp_path: Path) -> None:
    found = find(tmp_path, *OTHERS, TOLD)
    assert found[0].article.id == "told"
    assert 0 < score_of(found, "market") < score_of(found) <= 1


def test_a_filter_that_leaves_a_passage_alone_does_not_change_its_score(tmp_path: Path) -> None:
    among = find(tmp_path / "all", *OTHERS, TOLD)
    where = replace(EVERYTHING, sources=(TOLD.source,))
    (alone,) = find(tmp_path / "one", *OTHERS, TOLD, where=where)
    assert alone.hit.score == score_of(among)


def test_the_score_is_the_same_before_the_archive_has_vectors(tmp_path: Path) -> None:
    before = find(tmp_path / "before", *OTHERS, TOLD, embedded=False)
    after = find(tmp_path / "after", *OTHERS, TOLD)
    # Stored vectors have half the precision.
    assert score_of(before) == pytest.approx(score_of(after), abs=1e-3)


def test_the_beginning_of_an_article_counts_for_more(tmp_path: Path) -> None:
    late = replace(TOLD, id="late", text=f"{FILLING}{CLOCK} {FILLING}")
    early = replace(TOLD, id="early", text=f"{CLOCK} {FILLING}{FILLING}")
    found = find(tmp_path, late, early)
    assert score_of(found, "early") > score_of(found, "late")
