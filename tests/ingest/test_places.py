from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.catalog import Catalog
from ingest.decisions import Record
from rag.store.model import ArticleHead


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    with closing(Catalog(Path(":memory:"))) as made:
        yield made


def record(content: str, rank: int = 1, path: str = "in.jsonl") -> Record:
    return Record(id="a", rank=str(rank), content_hash=content, path=path)


def head(content: str, rank: int = 1, path: str = "in.jsonl") -> ArticleHead:
    return ArticleHead(id="a", content_hash=content, rank=str(rank), paths=(path,))


def test_an_article_is_in_every_input_that_gave_its_content(catalog: Catalog) -> None:
    for path in ("b", "a", "b"):
        catalog.decide(record("x", path=path))
    assert catalog.places.of("a") == ("a", "b")
    assert catalog.places.paths() == ["a", "b"]


def test_a_newer_content_is_only_where_it_was_found(catalog: Catalog) -> None:
    catalog.load([head("x", 1, path="a")])
    catalog.decide(record("y", 2, path="b"))
    catalog.decide(record("x", 1, path="c"))
    assert catalog.places.of("a") == ("b",)


def test_an_article_whose_inputs_are_the_same_has_not_moved(catalog: Catalog) -> None:
    catalog.load([head("x", path="a")])
    catalog.decide(record("x", path="a"))
    assert list(catalog.places.moved()) == []


def test_an_article_that_is_found_elsewhere_has_moved(catalog: Catalog) -> None:
    catalog.load([head("x", path="a")])
    catalog.decide(record("x", path="b"))
    catalog.places.drop("a")
    assert list(catalog.places.moved()) == [("a", ("b",))]
    assert catalog.homeless() == []


def test_an_input_that_gave_its_article_in_this_run_is_not_dropped(catalog: Catalog) -> None:
    catalog.load([head("x", path="a")])
    catalog.see("a")
    catalog.places.drop("a")
    assert catalog.places.of("a") == ("a",)


@pytest.mark.parametrize(
    ("whole", "records_too", "homeless"),
    [(True, False, ["a"]), (False, False, []), (False, True, ["a"])],
)
def test_an_input_that_is_read_without_its_article_holds_it_no_more(
    catalog: Catalog, whole: bool, records_too: bool, homeless: list[str]
) -> None:
    catalog.load([head("x", path="a")])
    catalog.places.read("a", whole=whole)
    catalog.places.drop_edited(records_too=records_too)
    assert catalog.homeless() == homeless


def test_an_input_that_was_not_read_or_gave_its_article_again_keeps_it(catalog: Catalog) -> None:
    catalog.load([head("x", path="unread")])
    catalog.places.drop_edited(records_too=True)
    catalog.decide(record("x", path="read"))
    catalog.places.read("read", whole=True)
    catalog.places.drop_edited(records_too=True)
    assert catalog.places.of("a") == ("read", "unread")


def test_the_inputs_of_a_version_are_those_of_the_article_when_it_becomes_that(
    catalog: Catalog,
) -> None:
    for path in ("a", "b"):
        catalog.decide(record("x", path=path))
    for path in ("c", "d"):
        catalog.decide(record("y", path=path))
    assert catalog.places.of("a") == ("a", "b")
    catalog.settle()
    catalog.decide(record("y", path="c"))
    assert catalog.places.of("a") == ("c", "d")


def test_a_file_lacks_what_it_or_its_members_gave_before_and_not_now(catalog: Catalog) -> None:
    catalog.load([head("x", path="a.zip!x.json")])
    assert catalog.places.is_lacking("a.zip")
    assert not catalog.places.is_lacking("a.zi")
    catalog.decide(record("x", path="a.zip!x.json"))
    assert not catalog.places.is_lacking("a.zip")
