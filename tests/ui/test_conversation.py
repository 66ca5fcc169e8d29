import dataclasses
from datetime import date

import pytest
from fake_archive import ARTICLE, QUOTE, FakeArchive, answered, cite, hit, refused, silent
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import QuoteError
from rag.records import Article
from ui.conversation import (
    CONTEXT,
    Conversation,
    Filters,
    answer,
    nearest_articles,
    read_source,
)


def test_a_turn_keeps_the_article_around_each_quote() -> None:
    turn = answer(FakeArchive(), "When?", filters=Filters())
    (source,) = turn.sources
    assert source.before + source.citation.quote + source.after == ARTICLE.text
    assert not source.starts_earlier
    assert not source.goes_on


@given(st.text(max_size=30), st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_a_source_is_its_article_in_three_parts(before: str, quote: str, after: str) -> None:
    article = Article(id="a", text=f"{before}x{quote}{after}")
    citation = dataclasses.replace(
        cite(), article_id="a", quote=quote, start=len(before) + 1, end=len(before) + 1 + len(quote)
    )
    source = read_source(FakeArchive(article=article), citation)
    assert (source.before, source.after) == (f"{before}x", after)


def test_a_long_article_is_shortened_around_its_quote() -> None:
    long = "word " * CONTEXT
    article = dataclasses.replace(ARTICLE, text=long + QUOTE + long)
    source = read_source(FakeArchive(article=article), cite(article))
    assert (len(source.before), len(source.after)) == (CONTEXT, CONTEXT)
    assert source.starts_earlier
    assert source.goes_on


def test_a_quote_that_is_not_in_its_article_is_never_shown() -> None:
    altered = dataclasses.replace(ARTICLE, text=ARTICLE.text.replace("midnight", "noon"))
    archive = FakeArchive(article=altered)
    with pytest.raises(QuoteError, match="dateline doctor"):
        read_source(archive, cite())
    turn = answer(archive, "When?", filters=Filters())
    assert turn.answer is None
    assert "not shown" in turn.problem


def test_a_question_that_makes_no_sense_is_a_turn_with_a_problem() -> None:
    turn = answer(FakeArchive(refused), "When?", filters=Filters())
    assert turn.answer is None
    assert "is after until" in turn.problem


def test_the_filters_reach_the_archive() -> None:
    archive, day = FakeArchive(), date(2020, 11, 1)
    answer(archive, "When?", filters=Filters(since=day, outlets=["wire.example"]))
    assert archive.asked == [("When?", day, None, ["wire.example"])]


def test_questions_are_answered_in_their_order() -> None:
    conversation = Conversation()
    conversation.put("When?")
    conversation.put("Who?")
    while conversation.waiting:
        conversation.answer_next(FakeArchive(silent), Filters())
    asked = [(turn.number, turn.question) for turn in conversation.turns]
    assert asked == [(1, "When?"), (2, "Who?")]


def test_a_question_that_breaks_the_archive_is_not_asked_again() -> None:
    def broken(question: str) -> None:
        raise ZeroDivisionError

    conversation = Conversation()
    conversation.put("When?")
    with pytest.raises(ZeroDivisionError):
        conversation.answer_next(FakeArchive(broken), Filters())  # type: ignore[arg-type]
    assert conversation == Conversation()


def test_an_interrupted_question_still_waits() -> None:
    def interrupted(question: str) -> None:
        raise KeyboardInterrupt

    conversation = Conversation()
    conversation.put("When?")
    with pytest.raises(KeyboardInterrupt):
        conversation.answer_next(FakeArchive(interrupted), Filters())  # type: ignore[arg-type]
    assert conversation.waiting == ["When?"]


def test_the_nearest_are_the_best_hit_of_each_of_three_articles() -> None:
    hits = (hit("a", text="best of a"), hit("a"), hit("b"), hit("c"), hit("d"))
    found = dataclasses.replace(answered("When?"), nearest=hits)
    assert [(h.article_id, h.text) for h in nearest_articles(found)] == [
        ("a", "best of a"),
        ("b", QUOTE),
        ("c", QUOTE),
    ]
