import dataclasses
from datetime import UTC, date, datetime
from typing import Any

import pytest

from rag.records import Answer, Article, Report, Value, Version
from rag.text.sentences import Span
from tests.ui.fake_archive import ARTICLE, QUOTE, FakeArchive, answered, cite, copy, hit, silent
from ui.page.article_pane import open_wanted
from ui.page.article_view import Wanted, describe_source, describe_wanted, same_sentence
from ui.page.sources import read_source

# The same story with another hour, as a second outlet printed it.
COPY = dataclasses.replace(
    ARTICLE,
    id="copy-wire.example",
    source="wire.example",
    path="/srv/incoming/wire/1.txt",
    text="MOSCOW — It is over. The ceasefire took effect at noon on 10 November 2020. Snow fell.",
)
OLD = Version(
    text="The war goes on. The ceasefire takes effect at midnight on 10 November 2020.",
    content_hash="1",
    title="Guns to fall silent",
    published=date(2020, 11, 9),
)


def with_copy() -> Answer:
    cited = dataclasses.replace(cite(), copies=(copy("wire.example", date(2020, 11, 10)),))
    return dataclasses.replace(answered("When?"), citations=(cited,))


def opened(answer: Answer, article: Article, *, version: int | None = None) -> dict[str, Any]:
    wanted = Wanted(article_id=article.id, version=version)
    return describe_wanted(FakeArchive(article=article), answer, wanted)


def test_a_source_shows_the_sentence_and_in_it_the_words_that_answer() -> None:
    start = QUOTE.index("midnight")
    cited = dataclasses.replace(cite(), highlight=(start, start + len("midnight")))
    shown = describe_source(read_source(FakeArchive(), cited))
    before, sentence, strong, rest, after = shown["text"]
    assert (sentence + strong + rest, strong) == (QUOTE, "midnight")
    assert before + QUOTE + after == ARTICLE.text
    assert shown["quote"] == f"“{QUOTE}”"
    assert shown["footnote"].startswith("“Guns fall silent”, courier.example, 10 November 2020")


def test_no_source_names_a_file_of_the_server() -> None:
    stored = dataclasses.replace(ARTICLE, path="/srv/incoming/courier/1.txt")
    shown = describe_source(read_source(FakeArchive(article=stored), cite()))
    assert "/srv" not in str(shown)
    assert "/srv" not in str(opened(with_copy(), COPY))


def test_an_article_that_no_search_finds_says_why_in_the_pane_too() -> None:
    past = datetime(2021, 5, 4, tzinfo=UTC)
    said = ["Expired on 4 May 2021, 00:00 UTC."]
    stored = dataclasses.replace(ARTICLE, expires=past)
    assert describe_source(read_source(FakeArchive(article=stored), cite()))["withheld"] == said
    assert opened(with_copy(), dataclasses.replace(COPY, expires=past))["withheld"] == said
    assert opened(with_copy(), COPY)["withheld"] == []


def test_a_copy_opens_at_the_sentence_that_differs() -> None:
    shown = opened(with_copy(), COPY)
    assert shown["text"][1] == "The ceasefire took effect at noon on 10 November 2020."
    assert shown["role"] == "Same story as in courier.example, counted as one source"
    assert [one["article"] for one in shown["copies"]] == ["a1"]


def test_an_article_that_the_answer_does_not_name_is_not_opened() -> None:
    other = dataclasses.replace(ARTICLE, id="secret")
    assert "not among" in opened(with_copy(), other)["problem"]
    assert "text" not in opened(with_copy(), other)


def test_an_article_that_is_gone_says_so() -> None:
    wanted = Wanted(article_id="copy-wire.example")
    shown = describe_wanted(FakeArchive(), with_copy(), wanted)
    assert shown == {"problem": "This article is not in the archive any more."}


def test_a_nearest_article_opens_at_what_was_found() -> None:
    near = dataclasses.replace(hit(), start=3, end=9)
    shown = opened(dataclasses.replace(silent("When?"), nearest=(near,)), ARTICLE)
    assert shown["text"][1] == ARTICLE.text[3:9]
    assert shown["role"] == "Nearest, but not an answer"


def test_an_article_that_reports_a_value_can_be_opened() -> None:
    report = Report(**COPY.as_source, quote="It is over.", start=9, end=20)
    answer = dataclasses.replace(answered("When?"), values=(Value(text="noon", reports=(report,)),))
    assert opened(answer, COPY)["text"][1] == "It is over."


def test_an_earlier_text_opens_with_the_sentence_as_it_was() -> None:
    article = dataclasses.replace(ARTICLE, versions=(OLD,), updated=date(2020, 11, 11))
    source = describe_source(read_source(FakeArchive(article=article), cite(article)))
    assert source["versions"] == [
        {"article": "a1", "version": 0, "label": "Text of 9 November 2020"}
    ]
    assert source["updated"] == "Changed on 11 November 2020"
    shown = opened(answered("When?"), article, version=0)
    assert (shown["title"], shown["role"]) == (OLD.title, "Earlier text, of 9 November 2020")
    assert shown["text"][1] == "The ceasefire takes effect at midnight on 10 November 2020."
    assert "problem" in opened(answered("When?"), article, version=1)


def test_a_sentence_about_something_else_is_not_taken_for_the_same() -> None:
    assert same_sentence("Snow fell in the hills. Buses ran late.", QUOTE) is None
    assert same_sentence(f"Before. {QUOTE}", QUOTE) == Span(8, 8 + len(QUOTE))
    assert same_sentence("", "") is None


@pytest.mark.parametrize(
    "sent",
    [None, "a1", {}, {"article": 3}, {"turn": 7, "article": "a1"}, {"turn": "t2", "article": "a1"}],
)
def test_what_the_script_cannot_have_sent_opens_nothing(sent: object) -> None:
    answers = {"t1": answered("When?")}
    assert set(open_wanted(FakeArchive(), answers.get, sent)) == {"problem"}


def test_what_the_answer_of_a_turn_names_is_opened() -> None:
    answers = {"t1": answered("When?")}
    shown = open_wanted(FakeArchive(), answers.get, {"turn": "t1", "article": "a1"})
    assert "".join(shown["text"]) == ARTICLE.text
