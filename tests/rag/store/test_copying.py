"""Tests copies of archives between directories and a server, and what a stopped one leaves."""

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from rag.errors import ArchiveDamaged, ArchiveError
from rag.records import Article, SearchFilter
from rag.store.copying import COPY_MARK, Copied, copy_archive, is_being_copied
from rag.store.interface import Builder, Store
from rag.store.model import ARTICLE, FILE, PASSAGE, WITHDRAWN, FileMark, StoreQuery
from rag.store.points import Point
from rag.text.terms import question_terms
from tests.fakes import Backend, index_article, write
from tests.rag.store.conftest import EMBEDDER, LOCAL_MODE_HAS_NO_INDEX, empty_place

pytestmark = pytest.mark.filterwarnings(LOCAL_MODE_HAS_NO_INDEX)

FERRY = Article(id="ferry", source="wire", text="The ferry sailed at dawn. Forty were aboard.")
BRIDGE = Article(id="bridge", source="post", text="The bridge opened on Monday. Trains cross it.")
MILL = Article(id="mill", source="post", text="The mill burned down. Nobody was hurt. It was old.")
MARKET = Article(id="market", source="wire", text="The market was closed. It rained.")
KINDS = (ARTICLE, PASSAGE, WITHDRAWN, FILE)


@pytest.fixture
def source(place: Backend) -> Store:
    """An archive with everything that one can have: copies, marks, a withdrawal, no vectors."""
    with closing(place.builder()) as builder:
        write(builder, FERRY, BRIDGE, MILL)
        builder.put([index_article(MARKET)])
        builder.set_clusters({"ferry": "ferry", "bridge": "ferry"})
        builder.set_paths({"ferry": ["a.jsonl", "b.jsonl"]})
        mill = next(head for head in builder.heads() if head.id == "mill")
        builder.withdraw([replace(mill, withdrawn="killed")])
        builder.mark([FileMark(path="a.jsonl", state="1", gave={"new": 4})])
        builder.publish()
    return place.store()


@pytest.fixture(params=["edge", "double"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """A place to copy to."""
    with empty_place(request.param, tmp_path / "target") as empty:
        yield empty


def copied(source: Store, target: Backend, *, replace: bool = False) -> Copied:
    with closing(target.builder()) as builder:
        return copy_archive(source, builder, replace=replace, report=lambda done, of: None)


def contents(store: Store | Builder) -> dict[str, bytes]:
    return {point.id: point.digest() for point in store.whole_points(*KINDS)}


def test_a_copy_holds_every_point_and_answers_alike(source: Store, target: Backend) -> None:
    made = copied(source, target)
    there = target.store()
    assert contents(there) == contents(source)
    assert (made.articles, made.points, made.removed) == (3, len(contents(source)), 0)
    assert replace(there.manifest, files={}) == replace(source.manifest, files={})
    query = StoreQuery(
        terms=question_terms("When did the ferry sail?"),
        vector=EMBEDDER.embed(["When did the ferry sail?"])[0],
        limit=5,
        where=SearchFilter(),
    )
    ours, theirs = source.query(query), there.query(query)
    assert [found.passage for found in ours] == [found.passage for found in theirs]
    assert [found.score for found in theirs] == pytest.approx([f.score for f in ours], abs=1e-3)
    assert {head.id: head for head in there.heads()} == {head.id: head for head in source.heads()}


def test_an_ingest_goes_on_in_a_copy(source: Store, target: Backend) -> None:
    copied(source, target)
    with closing(target.builder()) as builder:
        marks = list(builder.marks())
        assert [(mark.path, mark.gave) for mark in marks] == [("a.jsonl", {"new": 4})]
        assert {head.id for head in builder.heads() if head.withdrawn} == {"mill"}
        assert builder.waiting() == 1
        write(builder, MARKET)
        assert builder.publish().embedded == 3


def test_a_copy_that_was_stopped_goes_on_and_serves_nothing_before(
    source: Store, target: Backend
) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, of: int) -> None:
        raise Stopped

    with closing(target.builder()) as builder, suppress(Stopped):
        first = [next(source.whole_points(kind)) for kind in (ARTICLE, PASSAGE)]
        builder.mark([FileMark(path=COPY_MARK, state="", gave={})])
        builder.put_whole(first)
        copy_archive(source, builder, replace=False, report=stop)
    with closing(target.builder()) as builder:
        assert not builder.has_served
        assert is_being_copied(builder.marks())
        made = copy_archive(source, builder, replace=False, report=lambda done, of: None)
        assert made.written < made.points
    assert contents(target.store()) == contents(source)
    with closing(target.builder()) as builder:
        assert not is_being_copied(builder.marks())


def test_a_second_copy_sends_only_what_changed(
    place: Backend, source: Store, target: Backend
) -> None:
    copied(source, target)
    with closing(place.builder()) as builder:
        write(builder, replace(FERRY, text="The ferry sailed at noon. Fifty were aboard. It sank."))
        builder.remove(["bridge"])
        builder.publish()
    newer = place.store()
    made = copied(newer, target, replace=True)
    # The article and its two passages, one of which is new; the bridge and its passage go.
    assert (made.written, made.removed) == (3, 2)
    assert contents(target.store()) == contents(newer)
    assert copied(newer, target, replace=True).written == 0


def test_a_newer_generation_of_the_source_is_told(
    place: Backend, source: Store, target: Backend
) -> None:
    place.publish(MARKET)
    made = copied(source, target)
    assert made.newer
    assert made.digest == copied(source, target, replace=True).digest


def test_an_archive_is_replaced_only_if_that_is_said(source: Store, target: Backend) -> None:
    target.publish(MARKET)
    with pytest.raises(ArchiveError, match="--replace"):
        copied(source, target)
    assert [head.id for head in target.store().heads()] == ["market"]
    copied(source, target, replace=True)
    assert contents(target.store()) == contents(source)


def test_an_ingest_that_was_not_finished_is_not_lost(source: Store, target: Backend) -> None:
    with closing(target.builder()) as builder:
        write(builder, MARKET)
    with pytest.raises(ArchiveError, match="ingest that was not finished"):
        copied(source, target)
    with closing(target.builder()) as builder:
        assert [head.id for head in builder.heads()] == ["market"]


def test_what_was_written_otherwise_is_not_served(
    source: Store, target: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(target.builder()) as builder:
        put = builder.put_whole

        def put_badly(points: list[Point]) -> None:
            put([replace(point, payload=point.payload | {"source": "x"}) for point in points])

        monkeypatch.setattr(builder, "put_whole", put_badly)
        with pytest.raises(ArchiveDamaged, match="nothing was served"):
            copy_archive(source, builder, replace=False, report=lambda done, of: None)
        assert not builder.has_served


def test_a_damaged_archive_is_not_copied(
    source: Store, target: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "damage", lambda: ["'ferry' is missing"])
    with pytest.raises(ArchiveDamaged, match="was not copied, because 'ferry' is missing"):
        copied(source, target)
    with closing(target.builder()) as builder:
        assert not builder.has_served


def test_points_come_in_the_order_of_their_ids(source: Store) -> None:
    for kind in KINDS:
        ids = [point.id for point in source.whole_points(kind)]
        assert ids == sorted(ids)
    assert len(list(islice(source.whole_points(PASSAGE), 3))) == 3
