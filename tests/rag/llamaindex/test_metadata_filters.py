from datetime import date
from typing import Any

import pytest
from llama_index.core.vector_stores import (
    FilterCondition,
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
)

from rag.archive import Archive
from rag.errors import QuestionError
from rag.llamaindex import with_metadata_filters
from rag.question.filters import Filters


def one(key: str, value: Any, operator: str = "==") -> MetadataFilter:
    return MetadataFilter(key=key, value=value, operator=FilterOperator(operator))


def all_of(*filters: MetadataFilter | MetadataFilters) -> MetadataFilters:
    return MetadataFilters(filters=list(filters))


def read(*filters: MetadataFilter | MetadataFilters, **beside: Any) -> Filters:
    return with_metadata_filters(Filters(**beside), all_of(*filters))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([one("source", "wire.example")], {"sources": ["wire.example"]}),
        ([one("section", ["world", "sport"], "in")], {"sections": ["world", "sport"]}),
        (
            [one("source", ["a", "b"], "in"), one("source", "b")],
            {"sources": ["b"]},
        ),
        (
            [one("published", "2020-11-10")],
            {"since": date(2020, 11, 10), "until": date(2020, 11, 10)},
        ),
        (
            [one("published", "2020-11-10", ">"), one("published", "2020-11-20", "<")],
            {"since": date(2020, 11, 11), "until": date(2020, 11, 19)},
        ),
        (
            [all_of(one("published", "2020-11-10", ">=")), one("published", "2020-11-12", ">=")],
            {"since": date(2020, 11, 12), "until": None},
        ),
        ([], {}),
    ],
)
def test_metadata_filters_are_filters_of_a_search(
    filters: list[MetadataFilter], expected: dict[str, Any]
) -> None:
    assert read(*filters) == expected


def test_they_hold_beside_the_other_filters() -> None:
    both = read(
        one("source", ["a", "b"], "in"),
        one("published", "2020-11-30", "<="),
        sources=["b", "c"],
        since="2020-11-01",
        until="2020-12-31",
    )
    assert both == {
        "sources": ["b"],
        "since": date(2020, 11, 1),
        "until": date(2020, 11, 30),
    }


@pytest.mark.parametrize(
    ("beside", "wanted", "both"),
    [
        ("Wire.example", "wire.EXAMPLE", ["Wire.example"]),
        ("Gazette de Môle", "gazette de mole", ["Gazette de Môle"]),
        ("Reuters", "reuters.com", ["reuters.com"]),
        ("reuters.com", "Reuters News Agency", ["reuters.com"]),
        ("AP", "Associated Press", ["AP"]),
        ("holm.example", "holm.test", []),
        ("Holm Herald", "Orr Herald", []),
    ],
)
def test_outlets_are_compared_as_a_search_takes_their_names(
    beside: str, wanted: str, both: list[str]
) -> None:
    assert read(one("source", wanted), sources=[beside]) == {"sources": both}
    assert read(one("source", beside), one("source", wanted)) == {"sources": both}


def test_a_spelling_of_the_same_outlet_finds_its_articles(archive: Archive) -> None:
    retriever = archive.as_retriever(
        filters=all_of(one("source", "POST.example")), sources=["post.example"]
    )
    assert retriever.retrieve("truce")


def test_sections_are_compared_as_they_are_written() -> None:
    assert read(one("section", "Sport"), sections=["sport"]) == {"sections": []}


@pytest.mark.parametrize("name", ["sources", "sections"])
def test_a_string_beside_metadata_filters_is_refused(archive: Archive, name: str) -> None:
    key = name.removesuffix("s")
    with pytest.raises(QuestionError, match=f"{name} is the string 'holm'; give a list"):
        archive.as_retriever(filters=all_of(one(key, "holm")), **{name: "holm"})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "filters",
    [
        one("source", "a", "!="),
        one("source", ["a"], "nin"),
        one("section", 3),
        one("language", "en"),
        one("published", "2020-11-10", "in"),
        one("published", "last May", ">="),
        one("published", 2020, ">="),
        one("published", None, "is_empty"),
        MetadataFilters(
            filters=[one("source", "a"), one("section", "b")], condition=FilterCondition.OR
        ),
        MetadataFilters(filters=[one("source", "a")], condition=FilterCondition.NOT),
    ],
)
def test_what_an_archive_cannot_filter_by_is_refused(
    archive: Archive, filters: MetadataFilter | MetadataFilters
) -> None:
    with pytest.raises(QuestionError):
        archive.as_retriever(filters=all_of(filters))
    with pytest.raises(QuestionError):
        archive.as_query_engine(filters=all_of(filters))


def test_a_refusal_says_what_can_be_filtered_by(archive: Archive) -> None:
    with pytest.raises(QuestionError, match="filter by language == 'en'; it can by 'source'"):
        archive.as_retriever(filters=all_of(one("language", "en")))


def test_a_filter_that_nothing_meets_finds_nothing(archive: Archive) -> None:
    nothing = all_of(one("source", "wire.example"), one("source", "post.example"))
    assert archive.as_retriever(filters=nothing).retrieve("truce") == []
    response = archive.as_query_engine(filters=nothing).query("When did the truce take effect?")
    assert response.metadata is not None
    assert response.metadata["status"] == "not_in_archive"


def test_a_filter_holds_for_the_retriever_and_the_engine(archive: Archive) -> None:
    filters = all_of(one("source", "post.example"), one("published", "2021-01-01", "<"))
    found = archive.as_retriever(filters=filters).retrieve("truce")
    read = archive.as_query_engine(filters=filters).query("truce").source_nodes
    for nodes in (found, read):
        assert {node.node.metadata["article_id"] for node in nodes} == {"truce-copy"}
