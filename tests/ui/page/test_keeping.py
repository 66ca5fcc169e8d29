"""Tests that no turn, question or filter is lost, by the page as a person sees it."""

import re
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit import error_util
from streamlit.testing.v1 import AppTest
from test_ask import _page, ask, button, headings, shown_answers, state, texts

from rag.errors import ArchiveNotFound
from tests.ui.fake_archive import FakeArchive, answered, refused
from ui.page.conversation_store import ConversationStore
from ui.page.current import this_store
from ui.page.drafts import MOST_CHARACTERS
from ui.page.ongoing import Conversation
from ui.page.sidebar import NOT_KEPT
from ui.page.streamlit_server import tell_incidents

__all__ = ["state"]  # a fixture for every test here


def visit(archive: FakeArchive, *, conversation: str = "") -> AppTest:
    page = AppTest.from_function(_page, kwargs={"archive": archive}, default_timeout=30)
    if conversation:
        page.query_params["c"] = conversation
    page.run()
    assert not page.exception
    return page


def address(page: AppTest) -> str:
    named = page.query_params["c"]
    return named if isinstance(named, str) else str(named[0])


def titles(page: AppTest) -> list[str]:
    """The conversations in the rail that can be opened."""
    return [one.label for one in page.sidebar.button if str(one.key).startswith("open-")]


def test_a_reload_shows_the_conversation_with_its_filters() -> None:
    archive = FakeArchive()
    page = visit(archive)
    page.multiselect("outlets").set_value(["city.example"]).run()
    ask(page, "When?")
    again = visit(archive, conversation=address(page))
    assert headings(again) == ["When?"]
    assert len(shown_answers(again)) == len(archive.asked) == 1
    assert again.multiselect("outlets").value == ["city.example"]


def test_filters_that_were_set_before_a_question_survive_a_reload() -> None:
    page = visit(FakeArchive())
    page.date_input("since").set_value(date(2020, 11, 1)).run()
    again = visit(FakeArchive(), conversation=address(page))
    assert again.date_input("since").value == date(2020, 11, 1)


def test_a_new_generation_changes_nothing_that_was_answered() -> None:
    archive = FakeArchive()
    page = visit(archive)
    ask(page, "When?")
    newer = FakeArchive()
    newer.stored = type(archive.stored)(id="a2", text="Everything else.")
    again = visit(newer, conversation=address(page))
    assert shown_answers(again) == shown_answers(page)


def test_a_question_that_a_stopped_server_left_is_answered_by_the_next(state: Path) -> None:
    left = f"""
from pathlib import Path
from ui.page.conversation import PageFilters
from ui.page.conversation_store import ConversationStore
from ui.page.ongoing import Conversation
store = ConversationStore(path=Path({str(state)!r}), archive={this_store().archive!r})
conversation = Conversation(id="left", store=store)
conversation.narrow(PageFilters(outlets=["city.example"]))
conversation.put("When?")
"""
    subprocess.run([sys.executable, "-c", left], check=True)
    archive = FakeArchive()
    page = visit(archive, conversation="left")
    assert headings(page) == ["When?"]
    assert archive.asked[0].sources == ["city.example"]


def test_two_tabs_of_a_conversation_show_the_turns_of_both() -> None:
    archive = FakeArchive()
    one = visit(archive)
    ask(one, "When?")
    other = visit(archive, conversation=address(one))
    ask(other, "Who?")
    ask(one, "Where?")
    other.run()
    assert headings(one) == headings(other) == ["When?", "Who?", "Where?"]
    assert archive.followed[-1] == ["When?", "Who?"]


def test_the_rail_opens_a_conversation_and_begins_another() -> None:
    page = visit(FakeArchive())
    ask(page, "When?")
    first = address(page)
    button(page, "New conversation").click().run()
    assert "c" not in page.query_params
    page.multiselect("outlets").set_value(["city.example"]).run()
    ask(page, "Who?")
    assert titles(page) == ["When\\?"]
    button(page, "When\\?").click().run()
    assert address(page) == first
    assert headings(page) == ["When?"]
    assert page.multiselect("outlets").value == []


def test_a_conversation_is_renamed() -> None:
    page = visit(FakeArchive())
    ask(page, "When?")
    page.text_input[0].set_value("The *ceasefire*").run()
    again = visit(FakeArchive())
    assert titles(again) == ["The \\*ceasefire\\*"]


def test_a_deleted_conversation_is_gone_until_that_is_undone() -> None:
    page = visit(FakeArchive())
    ask(page, "When?")
    deleted = address(page)
    button(page, "Delete").click().run()
    assert not headings(page)
    assert "c" not in page.query_params
    assert "Deleted “When?”" in texts(page)
    other = visit(FakeArchive(), conversation=deleted)
    assert not headings(other)
    assert "is not kept with this archive" in texts(other)
    button(page, "Undo").click().run()
    assert headings(page) == ["When?"]
    assert address(page) == deleted


def test_a_conversation_deleted_in_one_tab_goes_from_the_other() -> None:
    page = visit(FakeArchive())
    ask(page, "When?")
    other = visit(FakeArchive(), conversation=address(page))
    button(other, "Delete").click().run()
    page.run()
    assert not headings(page)
    assert "This conversation was deleted." in texts(page)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "![x](http://198.51.100.7/x)",
        "\u202erl\u0301\u0301\u0301 $x$ :red[y]",
        "x" * 1900,
    ],
)
def test_a_hostile_title_is_text_in_the_rail(hostile: str) -> None:
    page = visit(FakeArchive())
    ask(page, hostile)
    button(page, "New conversation").click().run()
    (title,) = titles(page)
    assert not re.search(r"(?<!\\)[<>\[\]()!:$]", title)
    assert "\u202e" not in title
    assert len(title) <= 240


@pytest.mark.parametrize("content", [b"no database" * 500, b""])
def test_a_damaged_database_is_said_once_and_the_page_works(state: Path, content: bytes) -> None:
    state.parent.mkdir(parents=True)
    state.write_bytes(content)
    page = visit(FakeArchive())
    ask(page, "When?")
    ask(page, "Who?")
    assert headings(page) == ["When?", "Who?"]
    assert texts(page).count(NOT_KEPT) == (1 if content else 0)


def test_a_database_that_breaks_meanwhile_loses_nothing_of_the_session(state: Path) -> None:
    page = visit(FakeArchive())
    ask(page, "When?")
    for path in state.parent.iterdir():
        path.unlink()
    state.write_bytes(b"no database" * 500)
    ask(page, "Who?")
    assert headings(page) == ["When?", "Who?"]
    assert texts(page).count(NOT_KEPT) == 1


def test_a_turn_that_cannot_be_read_is_left_out_with_a_note(state: Path) -> None:
    page = visit(FakeArchive())
    for question in ("When?", "Who?"):
        ask(page, question)
    database = sqlite3.connect(state)
    with database:
        database.execute("UPDATE turn SET content = '{}' WHERE number = 1")
    database.close()
    again = visit(FakeArchive(), conversation=address(page))
    assert headings(again) == ["Who?"]
    assert "1 turn of another version of Dateline cannot be shown." in texts(again)


def test_a_question_is_edited_and_asked_anew() -> None:
    archive = FakeArchive()
    page = visit(archive)
    ask(page, "When?")
    button(page, "Edit the question").click().run()
    assert page.text_area[0].value == "When?"
    page.text_area[0].set_value("Since when?")
    button(page, "Ask").click().run()
    assert headings(page) == ["When?", "Since when?"]
    assert not page.text_area


@pytest.mark.parametrize("emptied", ["", "  \n "])
def test_a_question_that_is_emptied_is_not_asked(emptied: str) -> None:
    archive = FakeArchive()
    page = visit(archive)
    ask(page, "When?")
    button(page, "Edit the question").click().run()
    page.text_area[0].set_value(emptied)
    button(page, "Ask").click().run()
    assert headings(page) == ["When?"]
    assert len(archive.asked) == 1
    # The field stays, and what is written there then is asked.
    page.text_area[0].set_value("Since when?")
    button(page, "Ask").click().run()
    assert headings(page) == ["When?", "Since when?"]
    assert not page.text_area


def test_a_question_is_asked_again_with_the_filters_as_they_are_now() -> None:
    archive = FakeArchive()
    page = visit(archive)
    ask(page, "When?")
    page.multiselect("outlets").set_value(["city.example"]).run()
    button(page, "Ask again").click().run()
    assert [asked.sources for asked in archive.asked] == [None, ["city.example"]]


def test_what_could_not_be_answered_is_tried_again() -> None:
    archive = FakeArchive(refused)
    page = visit(archive)
    ask(page, "When?")
    archive.reply = answered
    button(page, "Try again").click().run()
    assert [shown["status"] for shown in shown_answers(page)] == ["problem", "answered"]


def test_a_question_that_is_too_long_waits_to_be_shortened() -> None:
    archive = FakeArchive()
    page = visit(archive)
    ask(page, "x" * (MOST_CHARACTERS + 1))
    assert not archive.asked
    assert "has 2,001 characters, and a question may have 2,000" in texts(page)
    page.text_area[0].set_value("x" * MOST_CHARACTERS)
    button(page, "Ask").click().run()
    assert len(archive.asked[0].question) == MOST_CHARACTERS


def test_an_error_in_an_answer_is_one_sentence_with_an_id(caplog: pytest.LogCaptureFixture) -> None:
    def broken(question: str) -> Any:
        raise ZeroDivisionError("a secret")

    page = visit(FakeArchive(broken))
    ask(page, "When?")
    problem = shown_answers(page)[0]["problem"]
    assert "secret" not in problem
    assert problem.rstrip(".").split()[-1] in caplog.text


def test_an_error_on_the_page_is_one_sentence_with_an_id(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Any:
        raise ZeroDivisionError("a secret")

    archive = FakeArchive()
    monkeypatch.setattr(archive, "sources", broken)
    page = AppTest.from_function(_page, kwargs={"archive": archive}, default_timeout=30).run()
    assert not page.exception
    told = next(one.value for one in page.text if "did not expect" in one.value)
    assert "secret" not in texts(page)
    assert told.rstrip(".").split()[-1] in caplog.text


def test_an_error_behind_a_button_is_one_sentence_with_an_id(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError("a secret")

    # It is set by the server of the page for its whole process; here it is taken back.
    monkeypatch.setattr(
        error_util, "invoke_script_error_handler", error_util.invoke_script_error_handler
    )
    tell_incidents()
    monkeypatch.setattr(Conversation, "put_again", broken)
    page = visit(FakeArchive())
    ask(page, "When?")
    button(page, "Ask again").click().run()
    assert not page.exception
    told = texts(page)
    assert "did not expect" in told
    assert "secret" not in told
    assert told.rstrip(".").split()[-1] in caplog.text
    assert button(page, "Load the page again")


class AwayArchive(FakeArchive):
    """Cannot be found as often as it is told."""

    away = 0

    def opened(self) -> FakeArchive:
        if self.away > 0:
            self.away -= 1
            raise ArchiveNotFound("there is no archive in /srv/secret/archive")
        return self


def test_an_archive_that_is_away_for_a_moment_is_waited_for() -> None:
    archive = AwayArchive()
    page = visit(archive)
    archive.away = 2
    ask(page, "When?")
    assert headings(page) == ["When?"]
    assert len(archive.asked) == 1


def test_an_archive_that_stays_away_is_not_said_to_never_have_been(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ui.page.app._PATIENCE_SECONDS", 0.0)
    archive = AwayArchive()
    page = visit(archive)
    ask(page, "When?")
    archive.away = 1_000
    ask(page, "Who?")
    assert "was here before and is away now" in texts(page)
    assert "secret" not in texts(page)
    assert headings(page) == ["When?", "Who?"]
    archive.away = 0
    button(page, "Try again").click().run()
    assert [asked.question for asked in archive.asked] == ["When?", "Who?"]


def test_a_conversation_of_another_archive_is_not_opened(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Conversation(store=ConversationStore(path=state, archive="another"))
    other.put("When?")
    page = visit(FakeArchive(), conversation=other.id)
    assert not headings(page)
    assert "belongs to another archive" in texts(page)


def test_the_scope_is_shown_as_pills_that_are_removed_one_by_one() -> None:
    archive = FakeArchive()
    archive.manifest, archive.under_filters = FakeArchive.of(96), 28
    page = visit(archive)
    page.multiselect("outlets").set_value(["city.example", "wire.example"]).run()
    page.date_input("as_of").set_value(date(2021, 1, 1)).run()
    assert "28 of 96 articles" in texts(page)
    button(page, "city\\.example").click().run()
    assert page.multiselect("outlets").value == ["wire.example"]
    button(page, "as of 1 January 2021").click().run()
    assert page.date_input("as_of").value is None
    assert archive.counted[-1]["sources"] == ["wire.example"]
    button(page, "Ask the whole archive").click().run()
    assert page.multiselect("outlets").value == []


def test_days_in_the_wrong_order_are_told_before_a_question() -> None:
    archive = FakeArchive()
    page = visit(archive)
    page.date_input("since").set_value(date(2021, 1, 1)).run()
    page.date_input("until").set_value(date(2020, 1, 1)).run()
    assert "1 January 2021 is after 1 January 2020" in texts(page)
    assert not archive.asked


def test_days_of_a_question_that_the_filters_overrule_are_shown_and_can_be_asked() -> None:
    archive = FakeArchive()
    page = visit(archive)
    page.date_input("since").set_value(date(2020, 11, 1)).run()
    ask(page, "Who won in March 2021?")
    assert "The question names 2021-03-01 to 2021-03-31" in texts(page)
    button(page, "Ask the days of the question").click().run()
    assert [asked.since for asked in archive.asked] == [date(2020, 11, 1), None]
    assert page.date_input("since").value is None
