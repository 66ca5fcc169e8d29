"""Tests the pages beside the conversation in Streamlit, with a fake archive."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rag.errors import QuestionError
from rag.records import Article
from rag.timeline.build import TimelineEntry
from tests.ui.fake_archive import ARTICLE, QUOTE, FakeArchive, cite, copy
from ui.page.archive_page import BrowseWish

# What an outlet, a topic or an address may hold, none of which may act as markup.
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "**bold** :red[x] ![i](http://198.51.100.7/i.png) [l](javascript:alert(1))",
    "\u202egnirts desrever",
    "$x$ `code` # head",
)
ENTRY = TimelineEntry(
    first=date(2020, 11, 10),
    last=date(2020, 11, 10),
    value="2020-11-10",
    citation=cite(),
    also=(replace(cite(number=2), source="post.example", article_id="a2"),),
)


# AppTest runs these as scripts of their own, without what this file imports.
def _article(archive: object) -> None:
    from ui.page.article_page import show_article

    show_article(archive)  # type: ignore[arg-type]


def _timeline(archive: object) -> None:
    from ui.page.timeline_page import show_timeline

    show_timeline(archive)  # type: ignore[arg-type]


def _archive(archive: object) -> None:
    from ui.page.archive_page import show_archive

    show_archive(archive)  # type: ignore[arg-type]


def _either(archive: object) -> None:
    import streamlit as st

    from ui.page.archive_page import show_archive
    from ui.page.article_page import show_article
    from ui.page.timeline_page import show_timeline

    # The page that a link leads to, and the one that a person comes back to.
    shown = {"timeline": show_timeline, "archive": show_archive, "article": show_article}
    shown[st.session_state["shown"]](archive)  # type: ignore[arg-type]


def _all_pages(archive: object) -> None:
    from ui.page.app import show_pages

    show_pages(archive.opened)  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("DATELINE_ARCHIVE", str(tmp_path / "archive"))


def open_page(
    page: Callable[[object], None], archive: FakeArchive | None = None, **query: str
) -> AppTest:
    tested = AppTest.from_function(
        page, kwargs={"archive": archive or FakeArchive()}, default_timeout=30
    )
    for name, value in query.items():
        tested.query_params[name] = value
    tested.run()
    assert not tested.exception
    return tested


def components(page: AppTest) -> list[dict[str, Any]]:
    return [json.loads(element.proto.json) for element in page.get("bidi_component")]


def texts(page: AppTest) -> str:
    return "\n".join(element.value for element in page.text)


def markup(page: AppTest) -> str:
    """Everything that Streamlit takes for Markdown or HTML."""
    return "\n".join(element.value for element in [*page.markdown, *page.caption, *page.title])


# -- article ----------------------------------------------------------------------------------


def test_an_article_opens_at_its_quote_with_its_citation() -> None:
    start = ARTICLE.text.index(QUOTE)
    page = open_page(_article, id="a1", at=f"{start}-{start + len(QUOTE)}")
    (shown,) = components(page)
    assert shown["title"] == "Guns fall silent"
    assert shown["text"][1] == QUOTE
    quote, footnote = page.code
    assert quote.value == QUOTE
    assert "courier.example, 10 November 2020" in footnote.value
    assert len(page.get("download_button")) == 3


def test_without_a_place_nothing_is_cited() -> None:
    page = open_page(_article, id="a1")
    assert components(page)[0]["text"] == ["", "", ARTICLE.text]
    assert not page.code


@pytest.mark.parametrize("bad", HOSTILE)
def test_an_address_that_names_nothing_is_answered_by_one_sentence(bad: str) -> None:
    page = open_page(_article, id=bad, at=bad, version=bad, as_of=bad)
    assert texts(page) == "There is no article with this id in the archive."
    assert not components(page)
    bent = open_page(_article, id="a1", at=bad)
    assert texts(bent) == "The address names no place that can be marked, so nothing is marked."
    assert bad not in markup(bent)


# -- timeline ---------------------------------------------------------------------------------


def with_entries(*entries: TimelineEntry) -> FakeArchive:
    archive = FakeArchive()
    archive.entries = list(entries)
    return archive


def test_an_address_opens_the_timeline_of_its_topic() -> None:
    archive = with_entries(ENTRY)
    page = open_page(_timeline, archive, topic="ceasefire", since="2020-11-01")
    assert archive.timelines == [("ceasefire", date(2020, 11, 1), None, None, None)]
    assert "1 entry, from 2 outlets" in texts(page)
    (entry,) = components(page)[0]["entries"]
    assert entry["link"]["label"] == f"“{QUOTE}”"
    assert entry["link"]["query"]["at"] == f"{ENTRY.citation.start}-{ENTRY.citation.end}"
    assert [other["label"] for other in entry["others"]] == ["post.example"]
    assert len(page.get("download_button")) == 3


def test_a_timeline_is_built_once_for_the_same_wish() -> None:
    archive = with_entries(ENTRY)
    page = open_page(_timeline, archive, topic="ceasefire")
    page.run()
    assert len(archive.timelines) == 1
    page.multiselect(key="timeline-outlets").set_value(["wire.example"])
    page.button[0].click().run()
    assert archive.timelines[1][3] == ["wire.example"]


TIMELINE = {
    "topic": ["ceasefire"],
    "since": ["2020-11-01"],
    "until": ["2020-11-30"],
    "as_of": ["2021-01-01"],
    "outlet": ["city.example", "gone.example"],
    "limit": ["60"],
}
LIST = {
    "about": ["ceasefire"],
    "since": ["2020-11-01"],
    "until": ["2020-11-30"],
    "outlet": ["city.example", "wire.example"],
    "section": ["world"],
    "first": ["20"],
}


def come_to(shown: str, archive: FakeArchive, query: dict[str, list[str]]) -> AppTest:
    page = AppTest.from_function(_either, kwargs={"archive": archive}, default_timeout=30)
    page.session_state["shown"] = shown
    for name, values in query.items():
        page.query_params[name] = values
    page.run()
    assert not page.exception
    return page


def address(page: AppTest) -> dict[str, list[str]]:
    found = dict(page.query_params.items())
    return {name: [value] if isinstance(value, str) else value for name, value in found.items()}


def go(page: AppTest, shown: str, query: dict[str, list[str]]) -> None:
    page.session_state["shown"] = shown
    page.query_params.clear()
    for name, values in query.items():
        page.query_params[name] = values
    page.run()
    assert not page.exception


def big_archive() -> FakeArchive:
    archive = with_entries(*[ENTRY] * 70)
    archive.total, archive.named_sections = 45, {"world": 3}
    return archive


@pytest.mark.parametrize("way", ["reload", "back", "back without an address"])
def test_a_timeline_keeps_all_that_it_was_asked_for(way: str) -> None:
    archive = big_archive()
    page = come_to("timeline", archive, TIMELINE)
    if way != "reload":
        go(page, "article", {"id": ["a1"]})
        go(page, "timeline", TIMELINE if way == "back" else {"id": ["a1"]})
    asked = ("ceasefire", date(2020, 11, 1), date(2020, 11, 30), TIMELINE["outlet"])
    assert archive.timelines[-1] == (*asked, date(2021, 1, 1))
    assert "60 entries" in texts(page)
    assert page.date_input(key="timeline-as-of").value == date(2021, 1, 1)
    assert page.multiselect(key="timeline-outlets").value == TIMELINE["outlet"]
    assert address(page) == TIMELINE


@pytest.mark.parametrize("way", ["reload", "back", "back without an address"])
def test_a_list_of_articles_keeps_all_that_it_was_asked_for(way: str) -> None:
    archive = big_archive()
    page = come_to("archive", archive, LIST)
    if way != "reload":
        go(page, "article", {"id": ["a1"]})
        go(page, "archive", LIST if way == "back" else {"id": ["a1"]})
    about, first, filters = archive.browsed[-1]
    assert (about, first) == ("ceasefire", 20)
    assert (filters["since"], filters["until"]) == (date(2020, 11, 1), date(2020, 11, 30))
    assert (list(filters["sources"]), list(filters["sections"])) == (
        LIST["outlet"],
        LIST["section"],
    )
    assert address(page) == LIST
    # Another wish begins with its first page, also in the address.
    page.multiselect(key="archive-outlets").set_value(["wire.example"]).run()
    assert archive.browsed[-1][1] == 0
    rest = {name: values for name, values in LIST.items() if name != "first"}
    assert address(page) == {**rest, "outlet": ["wire.example"]}


def test_what_is_set_in_the_fields_is_in_the_address() -> None:
    archive = big_archive()
    page = open_page(_archive, archive)
    page.date_input(key="archive-since").set_value(date(2020, 11, 1)).run()
    next(button for button in page.button if button.label == "Next").click().run()
    assert address(page) == {"since": ["2020-11-01"], "first": ["20"]}


@pytest.mark.parametrize("bad", [*HOSTILE, "0001-01-01", "9" * 400])
def test_an_address_that_no_field_can_show_is_left_out(bad: str) -> None:
    fields = {name: [bad] for name in ("since", "until", "as_of", "first", "limit")}
    for shown, named in (("timeline", "topic"), ("archive", "about")):
        page = come_to(shown, big_archive(), {named: ["truce"], **fields})
        assert address(page) == {named: ["truce"]}


def test_a_timeline_says_that_it_has_more_entries_and_shows_them() -> None:
    archive = big_archive()
    page = open_page(_timeline, archive, topic="ceasefire")
    assert "30 entries, from 2 outlets" in texts(page)
    assert "These are the 30 that fit best; there are more." in texts(page)
    assert len(components(page)[0]["entries"]) == 30
    for _ in range(2):
        next(button for button in page.button if button.label == "Show more").click().run()
    assert "70 entries, from 2 outlets" in texts(page)
    assert "there are more" not in texts(page)
    assert "Show more" not in [button.label for button in page.button]
    # Another story begins with the best again.
    page.text_input(key="timeline-topic").set_value("truce")
    page.button[0].click().run()
    assert "These are the 30 that fit best" in texts(page)


def test_without_a_topic_no_timeline_is_built_and_without_events_that_is_said() -> None:
    archive = with_entries()
    assert "Name a story" in texts(open_page(_timeline, archive))
    assert archive.timelines == []
    assert "No dated events were found" in texts(open_page(_timeline, archive, topic="x"))


def test_what_a_timeline_cannot_be_built_of_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> list[TimelineEntry]:
        raise QuestionError("since 2021-01-01 is after until 2020-01-01")

    monkeypatch.setattr(FakeArchive, "timeline_with_notes", refuse)
    page = open_page(_timeline, topic="x", since="soon")
    assert texts(page) == "since 2021-01-01 is after until 2020-01-01"


def test_what_restricts_a_timeline_is_told_and_can_be_left_out() -> None:
    archive = with_entries(ENTRY)
    archive.notes = ["“1950” restricted the search to what happened 1950-01-01 to 1950-12-31"]
    page = open_page(_timeline, archive, topic="war in 1950")
    assert f"{archive.notes[0]}." in texts(page)
    assert archive.read_time
    page.checkbox(key="timeline-anywhere").check()
    page.button[0].click().run()
    assert not archive.read_time


# -- archive ----------------------------------------------------------------------------------


def test_the_archive_page_lists_articles_and_tells_its_coverage() -> None:
    page = open_page(_archive)
    (entry,) = components(page)[0]["entries"]
    assert (entry["day"], entry["link"]["query"]) == ("10 November 2020", {"id": "a1"})
    assert "Articles 1 to 1 of 1" in texts(page)
    assert "1 article; 10 November 2020" in texts(page)
    assert [header.value for header in page.header] == [
        "Articles",
        "Coverage",
        "Health",
        "Add articles",
    ]


def test_words_and_filters_narrow_the_list_and_begin_with_its_first_page() -> None:
    archive = FakeArchive()
    archive.total = 45
    page = open_page(_archive, archive, about="ceasefire")
    assert archive.browsed[-1][:2] == ("ceasefire", 0)
    next(button for button in page.button if button.label == "Next").click().run()
    assert ("ceasefire", 20) in [(about, first) for about, first, _ in archive.browsed]
    page.multiselect(key="archive-outlets").set_value(["wire.example"]).run()
    about, first, filters = archive.browsed[-1]
    assert (about, first, tuple(filters["sources"])) == ("ceasefire", 0, ("wire.example",))
    assert BrowseWish().filters["sources"] is None


def test_what_restricts_a_list_is_told_and_can_be_left_out() -> None:
    archive = FakeArchive()
    archive.notes = ["no article is from “Reuters”; all outlets were asked"]
    page = open_page(_archive, archive, about="tram line according to Reuters")
    assert "No article is from “Reuters”; all outlets were asked." in texts(page)
    assert archive.browsed[-1][2]["read_time"]
    page.checkbox(key="archive-anywhere").check().run()
    _, first, filters = archive.browsed[-1]
    assert (filters["read_time"], filters["read_outlets"], first) == (False, False, 0)


def test_a_page_that_other_machines_can_open_takes_no_articles() -> None:
    page = open_page(_archive)
    assert "takes no articles" in texts(page)
    assert not page.get("file_uploader")


def test_a_page_that_may_never_take_articles_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_PAGE_INGEST", "never")
    page = open_page(_archive)
    assert "DATELINE_PAGE_INGEST is 'never'" in texts(page)
    assert not page.get("file_uploader")


def test_a_page_of_this_machine_takes_folders_and_says_what_is_wrong_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATELINE_PAGE_INGEST", "always")
    page = open_page(_archive)
    for named, said in (
        ("", "Name the folder with its whole path"),
        ("articles", "Name the folder with its whole path"),
        ("/nowhere/at/all", "There is no such folder on this machine."),
    ):
        page.text_input[-1].set_value(named)
        next(one for one in page.button if one.label == "Add this folder").click().run()
        assert said in texts(page)


# -- hostile texts, and all pages together ----------------------------------------------------


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_of_an_article_reaches_what_is_taken_for_markup(hostile: str) -> None:
    article = Article(
        id="a1",
        title=hostile,
        source=hostile,
        section=hostile,
        note=hostile,
        text=f"{hostile} The truce held.",
        published=date(2020, 11, 10),
        authors=(hostile,),
    )
    archive = FakeArchive(article=article)
    archive.other_copies = [copy(hostile)]
    hostile_cite = replace(cite(), source=hostile, title=hostile, note=hostile)
    archive.entries = [replace(ENTRY, citation=hostile_cite)]
    for page in (
        open_page(_article, archive, id="a1", at="0-4"),
        open_page(_timeline, archive, topic=hostile),
        open_page(_archive, archive, about=hostile),
    ):
        assert hostile not in markup(page)
        assert hostile in json.dumps(components(page), ensure_ascii=False)


def test_all_pages_are_there_and_the_conversation_is_first() -> None:
    page = open_page(_all_pages)
    assert list(page.session_state["pages"]) == ["ask", "timeline", "archive", "article"]
    assert page.chat_input
