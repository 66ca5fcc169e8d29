from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.records import Answer, Article, Passage, TimeWindow, derive_id, parse_day
from rag.text.sentences import Span


def test_an_article_needs_a_text() -> None:
    with pytest.raises(ValueError, match="a text"):
        Article(id="a", text=" \n")


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Article(id="a", text="x", published_at=datetime(2020, 11, 10))  # noqa: DTZ001


def test_the_content_hash_ignores_only_the_path() -> None:
    article = Article(id="a", text="x", title="t", published=date(2020, 11, 10))
    assert replace(article, path="/elsewhere").content_hash == article.content_hash
    for changed in (replace(article, title="u"), replace(article, published=date(2020, 11, 11))):
        assert changed.content_hash != article.content_hash


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_ids_differ_exactly_when_their_parts_do(one: list[str], other: list[str]) -> None:
    assert (derive_id("k", *one) == derive_id("k", *other)) == (one == other)


def test_a_passage_starts_and_ends_with_its_sentences() -> None:
    with pytest.raises(ValueError, match="starts and ends"):
        Passage(article_id="a", start=0, end=9, sentences=(Span(0, 5),))


def test_an_answer_without_citations_is_refused() -> None:
    with pytest.raises(ValueError, match="citations"):
        Answer(question="q", status="answered", text="t")


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="after until"):
        TimeWindow(since=date(2021, 1, 2), until=date(2021, 1, 1))


def test_a_day_is_read_from_iso_and_nothing_else() -> None:
    assert parse_day("2020-11-10") == date(2020, 11, 10)
    assert parse_day(None) is parse_day("") is None
    with pytest.raises(ValueError, match=r"since is '10/11/2020'; write a day as YYYY-MM-DD"):
        parse_day("10/11/2020", name="since")
