"""Tests which article an address names, and what its page shows of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rag.text.sentences import Span
from tests.ui.fake_archive import ARTICLE, QUOTE, FakeArchive, copy
from ui.page.article_address import ArticleAddress, query_of, read_query
from ui.page.article_reading import Reading, describe_reading, read_article

START = ARTICLE.text.index(QUOTE)
OLD = replace(ARTICLE, text="MOSCOW — The war goes on.", title="War goes on")
CHANGED = replace(ARTICLE, updated=date(2020, 11, 12), versions=(OLD.as_version(),))


def read(article: object = ARTICLE, **query: str) -> Reading | str:
    archive = FakeArchive(article=article)  # type: ignore[arg-type]
    archive.other_copies = [copy("post.example", date(2020, 11, 11))]
    return read_article(archive, read_query({"id": "a1"} | query))


def shown(article: object = ARTICLE, **query: str) -> Reading:
    reading = read(article, **query)
    assert isinstance(reading, Reading)
    return reading


def test_an_article_that_no_search_finds_says_why() -> None:
    ahead, past = datetime(2190, 5, 4, 6, 30, tzinfo=UTC), datetime(2021, 5, 4, tzinfo=UTC)
    held = describe_reading(shown(replace(ARTICLE, embargoed=ahead)))
    assert held["withheld"] == ["Under embargo until 4 May 2190, 06:30 UTC."]
    gone = replace(CHANGED, expires=past)
    for query in ({}, {"version": "1"}):
        assert describe_reading(shown(gone, **query))["withheld"] == [
            "Expired on 4 May 2021, 00:00 UTC."
        ]
    assert describe_reading(shown())["withheld"] == []


def test_an_address_is_read_as_it_is_written() -> None:
    query = query_of("a&b=1", 3, 9)
    assert query == {"id": "a&b=1", "at": "3-9"}
    assert read_query(query) == ArticleAddress(article_id="a&b=1", place=Span(3, 9))
    assert read_query(query_of("a", version=2)).version == 2


@pytest.mark.parametrize(
    "at", ["x", "9-3", "3-3", "-1-4", "1-99999999999", "<script>", "١-٩", "1-2-3", "3", "0x1-5"]
)
def test_a_place_that_is_none_is_said_and_nothing_is_marked(at: str) -> None:
    reading = shown(at=at)
    assert reading.problem.endswith("so nothing is marked.")
    assert describe_reading(reading)["text"] == [ARTICLE.text[:0], "", ARTICLE.text]
    assert reading.citation is None


def test_a_place_behind_the_text_is_said() -> None:
    reading = shown(at=f"5-{len(ARTICLE.text) + 1}")
    assert reading.problem == (
        "The address names a place that this text does not have, so nothing is marked."
    )
    assert shown(at=f"5-{len(ARTICLE.text)}").problem == ""


def test_the_place_is_marked_and_cited_word_for_word() -> None:
    reading = shown(at=f"{START}-{START + len(QUOTE)}")
    assert describe_reading(reading)["text"][1] == QUOTE
    assert reading.citation is not None
    assert reading.citation.quote == QUOTE
    assert reading.citation.url == ARTICLE.url


def test_no_article_and_an_unknown_one_are_each_a_sentence() -> None:
    archive = FakeArchive()
    assert str(read_article(archive, read_query({}))).startswith("This address names no article.")
    unknown = read_article(archive, read_query({"id": "<img src=x>"}))
    assert unknown == "There is no article with this id in the archive."


def test_earlier_texts_open_by_their_number_and_lead_back() -> None:
    present = describe_reading(shown(CHANGED))
    assert present["versions"] == [
        {"label": "Text of 10 November 2020", "query": {"id": "a1", "version": "1"}}
    ]
    earlier = shown(CHANGED, version="1", at="0-5")
    described = describe_reading(earlier)
    assert described["text"] == ["", "", OLD.text]
    assert described["version"] == "This is earlier text 1 of 1."
    assert described["versions"][0] == {"label": "The present text", "query": {"id": "a1"}}
    assert earlier.citation is None


@pytest.mark.parametrize("version", ["0", "2", "-1", "x", "1e3"])
def test_a_text_that_is_none_is_said_and_the_present_one_is_shown(version: str) -> None:
    reading = shown(CHANGED, version=version)
    assert "present one is shown" in reading.problem
    assert describe_reading(reading)["text"][2] == CHANGED.text


def test_the_text_of_a_day_is_the_one_that_the_command_shows() -> None:
    assert shown(CHANGED, as_of="2020-11-11").article.text == OLD.text
    assert shown(CHANGED, as_of="2020-11-13").version is None
    refused = read(CHANGED, as_of="2020-11-01")
    assert isinstance(refused, str)
    assert "was not published before 10 November 2020" in refused
    assert isinstance(read(as_of="soon"), str)


def test_facts_are_told_and_where_the_file_lies_is_not() -> None:
    article = replace(
        ARTICLE, path="/srv/secret/wire.jsonl", authors=("A. Writer",), section="world"
    )
    described = describe_reading(shown(article))
    assert described["facts"] == [
        "courier.example",
        "10 November 2020",
        "by A. Writer",
        "world",
    ]
    assert described["copies"] == [
        {"label": "post.example (11 November 2020)", "query": {"id": "copy-post.example"}}
    ]
    assert "secret" not in str(described)


def test_only_a_web_page_is_linked_and_only_a_language_is_set() -> None:
    hostile = replace(ARTICLE, url="javascript:alert(1)", language="en' onload=")
    described = describe_reading(shown(hostile))
    assert described["address"] is None
    assert described["language"] == ""
