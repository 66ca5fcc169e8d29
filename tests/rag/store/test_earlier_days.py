"""Tests that archives of earlier releases, which have no cells, find the same days."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ingest.index import index_article
from rag.records import Article, SearchFilter, TimeWindow
from rag.store import payloads, points
from rag.store.copying import copy_archive
from rag.store.edge import EdgeBuilder, EdgeStore, shard
from rag.store.model import Recipe, StoreQuery
from rag.store.payloads import CELLS
from rag.text.terms import question_terms

RECIPE = Recipe(model="none", dimension=8, passage_words=40)
PUBLISHED = date(2021, 3, 1)
ARTICLES = tuple(
    Article(id=name, text=text, published=PUBLISHED)
    for name, text in {
        "day": "The bridge was opened on 10 November 2020.",
        "month": "The bridge was closed in November 2020.",
        "year": "The bridge was designed in 2020.",
        "two days": "The bridge was shut on 3 October 2020 and on 8 December 2020.",
    }.items()
)
WINDOWS = {
    ("2020-11-10", "2020-11-10"): {"day", "month"},
    ("2020-11-11", "2020-11-20"): {"month"},
    ("2020-10-20", "2020-11-02"): {"month"},
    ("2020-01-01", "2020-12-31"): {"day", "month", "year", "two days"},
    ("2020-12-01", "2020-12-24"): {"two days"},
    ("2020-12-01", None): {"year", "two days"},
    (None, "2020-10-05"): {"year", "two days"},
}


def make(root: Path) -> None:
    with closing(EdgeBuilder(root, RECIPE)) as builder:
        builder.put([index_article(article, words=40) for article in ARTICLES])
        builder.publish()


@pytest.fixture
def earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive without cells and without their index."""
    fields = {name: kind for name, kind in points.INDEXED_FIELDS.items() if name != CELLS}
    with monkeypatch.context() as patched:
        patched.setattr(shard, "INDEXED_FIELDS", fields)
        patched.setattr(payloads, "cells_of", lambda days: [])
        make(tmp_path / "earlier")
    return tmp_path / "earlier"


def found(root: Path) -> dict[tuple[str | None, str | None], set[str]]:
    """Return the articles that a search finds in each window; it counts as many."""
    articles = {}
    with closing(EdgeStore(root)) as store:
        for window in WINDOWS:
            since, until = (None if day is None else date.fromisoformat(day) for day in window)
            where = SearchFilter(events=TimeWindow(since=since, until=until))
            query = StoreQuery(terms=question_terms("bridge"), vector=None, limit=10, where=where)
            hits = {passage.passage.article_id for passage in store.query(query)}
            assert store.count_searched(where) == len(hits)
            articles[window] = hits
    return articles


def has_cells(root: Path) -> bool:
    with closing(EdgeStore(root)) as store:
        return store.shard.has_index(CELLS)


def test_the_same_days_are_found_with_cells_and_without(earlier: Path, tmp_path: Path) -> None:
    make(tmp_path / "now")
    assert (has_cells(earlier), has_cells(tmp_path / "now")) == (False, True)
    assert found(earlier) == found(tmp_path / "now") == WINDOWS


def test_what_an_ingest_adds_to_an_earlier_archive_is_found_too(earlier: Path) -> None:
    added = Article(id="added", text="The bridge was painted on 10 November 2020.")
    with closing(EdgeBuilder(earlier, RECIPE)) as builder:
        builder.put([index_article(added, words=40)])
        builder.publish()
    assert found(earlier)["2020-11-10", "2020-11-10"] == {"day", "month", "added"}


def test_a_copy_of_an_earlier_archive_has_cells(earlier: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with closing(EdgeStore(earlier)) as store, closing(EdgeBuilder(copy, RECIPE)) as builder:
        copy_archive(store, builder, replace=False, report=lambda done, of: None)
    assert has_cells(copy)
    assert found(copy) == WINDOWS
