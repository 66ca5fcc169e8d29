import dataclasses
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import ui.page.app
import ui.page.ask
from rag.errors import ArchiveDamaged
from rag.records import Answer, Article
from rag.store.model import Hidden
from tests.ui.fake_archive import ARTICLE, QUOTE, FakeArchive, answered, refused, silent
from ui.page.ongoing import Conversation


# AppTest runs these two as scripts of their own, without what this file imports.
def _page(archive: object) -> None:
    from ui.page.app import show_pages

    show_pages(archive.opened)


def _broken_page(error: Exception) -> None:
    from ui.page.app import show_pages

    def opening() -> None:
        raise error

    show_pages(opening)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which this test keeps conversations."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "dateline" / "chat.sqlite3"


SAMPLE = replace(ARTICLE, id=ui.page.ask.SAMPLE_ARTICLE)


def open_page(
    reply: Callable[[str], Answer] = answered, *, article: Article = ARTICLE
) -> tuple[AppTest, FakeArchive]:
    archive = FakeArchive(reply, article=article)
    page = AppTest.from_function(_page, kwargs={"archive": archive}, default_timeout=30)
    return page.run(), archive


def ask(page: AppTest, question: str) -> None:
    page.chat_input[0].set_value(question).run()
    assert not page.exception


def shown_answers(page: AppTest) -> list[dict[str, Any]]:
    components = [json.loads(element.proto.json) for element in page.get("bidi_component")]
    return [shown for shown in components if "status" in shown]


def headings(page: AppTest) -> list[str]:
    components = [json.loads(element.proto.json) for element in page.get("bidi_component")]
    return [shown["question"] for shown in components if {*shown} == {"question"}]


def texts(page: AppTest) -> str:
    return "\n".join(element.value for element in page.text)


def button(page: AppTest, label: str) -> Any:
    """The first button with this label."""
    return next(button for button in page.button if button.label == label)


def test_the_empty_page_shows_the_archive_facts_and_no_question_it_may_not_answer() -> None:
    page, _ = open_page()
    days = "10 November 2020 to 10 November 2020\nLast ingest: 1 December 2020"
    assert f"somewhere\n1 article\n{days}" in texts(page)
    assert "/srv/" not in texts(page)
    assert not page.main.button


def test_the_sample_archive_offers_questions_to_begin_with() -> None:
    page, _ = open_page(article=SAMPLE)
    assert [button.label for button in page.main.button] == list(ui.page.ask.EXAMPLES)


def test_a_question_is_answered_with_its_quote() -> None:
    page, _ = open_page()
    ask(page, "When?")
    (shown,) = shown_answers(page)
    assert "".join(shown["parts"][0]["statements"][0]["quote"]) == QUOTE
    assert shown["newest"]


def test_an_answer_can_be_taken_away_as_files_and_as_footnotes() -> None:
    page, _ = open_page()
    ask(page, "When?")
    labels = [element.proto.label for element in page.get("download_button")]
    assert labels[0] == "Page to print (HTML)"
    assert {"BibTeX", "RIS", "CSL-JSON"} <= set(labels)
    assert page.code[0].value.startswith(
        "[1] “Guns fall silent”, courier.example, 10 November 2020"
    )


def test_what_the_archive_does_not_say_has_no_references_and_a_problem_has_nothing() -> None:
    page, _ = open_page(silent)
    ask(page, "When?")
    assert len(page.get("download_button")) == 3
    assert not page.code
    page, _ = open_page(refused)
    ask(page, "When?")
    assert not page.get("download_button")


def test_an_example_is_asked_when_it_is_pressed() -> None:
    page, archive = open_page(silent, article=SAMPLE)
    page.main.button[0].click().run()
    assert archive.asked[0][0] == ui.page.ask.EXAMPLES[0]
    assert len(shown_answers(page)) == 1


def test_the_conversation_stays_and_only_its_last_answer_is_new() -> None:
    page, archive = open_page()
    ask(page, "When?")
    ask(page, "Who?")
    page.run()
    assert [shown["newest"] for shown in shown_answers(page)] == [False, True]
    assert [asked[0] for asked in archive.asked] == ["When?", "Who?"]


def test_a_new_conversation_begins_empty() -> None:
    page, _ = open_page(silent, article=SAMPLE)
    ask(page, "When?")
    button(page, "New conversation").click().run()
    assert not shown_answers(page)
    assert len(page.main.button) == len(ui.page.ask.EXAMPLES)


def test_what_the_archive_does_not_say_is_not_an_answer() -> None:
    page, _ = open_page(silent)
    ask(page, "Who?")
    (shown,) = shown_answers(page)
    assert shown["status"] == "not_in_archive"
    assert shown["nearest"][0]["title"] == "Guns fall silent"


def test_a_problem_with_a_question_is_part_of_the_conversation() -> None:
    page, _ = open_page(refused)
    ask(page, "When?")
    assert "is after until" in shown_answers(page)[0]["problem"]


def test_the_page_says_how_many_articles_are_hidden() -> None:
    archive = FakeArchive()
    archive.hides = Hidden(expired=1)
    page = AppTest.from_function(_page, kwargs={"archive": archive}, default_timeout=30).run()
    assert "1 of 1 articles are expired, so they are hidden" in texts(page)


def test_the_filters_of_the_sidebar_are_asked_with() -> None:
    page, archive = open_page()
    page.date_input[0].set_value(date(2020, 11, 1)).run()
    page.multiselect[0].set_value(["wire.example", "city.example"]).run()
    page.date_input("as_of").set_value(date(2021, 1, 1)).run()
    ask(page, "When?")
    outlets = ["wire.example", "city.example"]
    day = date(2020, 11, 1)
    assert archive.asked == [("When?", day, None, outlets, date(2021, 1, 1), True, True)]


def test_an_outlet_stays_chosen_when_the_archive_has_others() -> None:
    page, archive = open_page()
    page.multiselect[0].set_value(["city.example"]).run()
    archive.outlets = {"new.example": 3, "wire.example": 2}
    ask(page, "When?")
    assert archive.asked[0].sources == ["city.example"]
    page.multiselect[0].set_value([]).run()
    assert page.multiselect[0].options == ["new.example", "wire.example"]


def test_the_sections_of_the_sidebar_are_asked_with() -> None:
    page, archive = open_page()
    assert [field.label for field in page.multiselect] == ["Outlets"]
    archive.named_sections = {"world": 2, "sport": 1}
    page.run()
    page.multiselect("sections").set_value(["sport"]).run()
    ask(page, "When?")
    assert archive.in_sections == [["sport"]]


def test_the_filters_stay_while_the_archive_is_away() -> None:
    page, archive = open_page()
    page.date_input("as_of").set_value(date(2021, 1, 1)).run()
    page.multiselect[0].set_value(["city.example"]).run()
    archive.is_away = True
    page.chat_input[0].set_value("When?").run()
    assert "This waits until the archive can be read." in [one.value for one in page.caption]
    archive.is_away = False
    button(page, "Try again").click().run()
    asked = [("When?", None, None, ["city.example"], date(2021, 1, 1), True, True)]
    assert archive.asked == asked


def test_a_question_asked_again_says_so() -> None:
    page, archive = open_page(silent)
    page.session_state["conversation"] = conversation = Conversation()
    conversation.put("Who, in 2020?", read_time=False)
    page.run()
    page.run()
    assert [caption.value for caption in page.main.caption] == ["Asked again, for all dates"]
    assert not archive.asked[0].read_time


def test_a_question_that_follows_another_is_shown_as_it_was_understood() -> None:
    def follow(question: str) -> Answer:
        carried = ("the *deal*",) if "it" in question else ()
        return dataclasses.replace(answered(question), carried=carried)

    page, _ = open_page(follow)
    ask(page, "Who won?")
    assert "About:" not in texts(page)
    ask(page, "Who signed it?")
    assert "About: the *deal*" in texts(page)
    page.run()
    assert texts(page).count("About: the *deal*") == 1


def test_words_that_were_added_can_be_removed_on_the_page() -> None:
    def follow(question: str) -> Answer:
        return dataclasses.replace(answered(question), carried=("the *deal*", "Port Alder"))

    page, archive = open_page(follow)
    ask(page, "Who signed it?")
    button(page, "Without “the \\*deal\\*”").click().run()
    button(page, "Ask as written").click().run()
    assert archive.carried == [None, ("Port Alder",), ()]
    captions = [caption.value for caption in page.main.caption]
    assert captions == ["Asked again, with fewer words", "Asked as written"]


def test_a_question_is_shown_as_text_and_never_as_markdown() -> None:
    page, _ = open_page()
    question = "Who paid $5 to $6 :red[now] ![x](http://198.51.100.7/x.png)?"
    ask(page, question)
    assert headings(page) == [question]
    assert all(question not in element.value for element in page.markdown)


def test_an_archive_that_cannot_be_used_says_what_to_do() -> None:
    error = ArchiveDamaged("it lost $5 articles; run 'dateline doctor'")
    page = AppTest.from_function(_broken_page, args=(error,), default_timeout=30).run()
    assert not page.exception
    assert str(error) in texts(page)


@pytest.mark.parametrize(
    ("setting", "offered"),
    [("always", ["Index the sample archive"]), ("local", []), ("never", [])],
)
def test_the_first_run_says_how_to_begin_and_offers_the_sample_to_whoever_may_add_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, offered: list[str]
) -> None:
    place = tmp_path / "new archive"
    monkeypatch.setenv("DATELINE_ARCHIVE", str(place))
    monkeypatch.setenv("DATELINE_PAGE_INGEST", setting)
    page = AppTest.from_file(ui.page.app.__file__, default_timeout=30).run()
    assert not page.exception
    assert page.code[0].value == f"dateline ingest FOLDER --archive '{place}'"
    assert [button.label for button in page.button] == offered


def test_a_setting_that_cannot_work_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ANSWER_THRESHOLD", "high")
    page = AppTest.from_file(ui.page.app.__file__, default_timeout=30).run()
    assert not page.exception
    assert "DATELINE_ANSWER_THRESHOLD is 'high'" in texts(page)
