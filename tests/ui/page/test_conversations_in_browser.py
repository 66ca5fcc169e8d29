"""Tests in a real Chromium what people do over days with conversations and their scope."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from chromium import CHROMIUM
from playwright.sync_api import Browser, Locator, Page, expect

from tests.ui.page_server import free_port, serving

QUESTION = "When did the ceasefire in Nagorno-Karabakh take effect?"
FOLLOW_UP = "Who signed it?"
# Milliseconds, where the machine has other work; a page that answers is never waited for so long.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@contextmanager
def tab(browser: Browser, address: str, *, width: int = 1280) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    expect(field(page)).to_be_visible()
    yield page
    page.close()


def field(page: Page) -> Locator:
    return page.get_by_placeholder("Ask the archive")


def ask(page: Page, question: str) -> None:
    answers = page.locator(".turn").count()
    field(page).fill(question)
    field(page).press("Enter")
    expect(page.locator(".turn")).to_have_count(answers + 1)


def questions(page: Page) -> Locator:
    return page.get_by_role("heading", level=2)


@pytest.fixture
def page(browser: Browser, sample_archive: Path) -> Iterator[Page]:
    with (
        serving(sample_archive) as (_, port),
        tab(browser, f"http://127.0.0.1:{port}") as page,
    ):
        yield page


def test_people_come_back_tomorrow_and_go_on(browser: Browser, sample_archive: Path) -> None:
    with (
        serving(sample_archive) as (_, port),
        tab(browser, f"http://127.0.0.1:{port}") as page,
    ):
        ask(page, QUESTION)
        expect(page).to_have_title(f"{QUESTION} · Dateline")
        expect(page).to_have_url(re.compile(r"\?c=[\w-]{12}$"))
        bookmark = page.url.partition("?")[2]
    with (
        serving(sample_archive) as (_, port),
        tab(browser, f"http://127.0.0.1:{port}/?{bookmark}") as page,
    ):
        expect(questions(page)).to_have_text([QUESTION])
        expect(page.locator(".turn")).to_contain_text("10 November 2020")
        ask(page, FOLLOW_UP)
        expect(questions(page)).to_have_text([QUESTION, FOLLOW_UP])
        expect(page.get_by_text("About: ")).to_be_visible()
        page.reload()
        expect(questions(page)).to_have_text([QUESTION, FOLLOW_UP])


def test_the_count_changes_with_an_outlet_and_a_month(page: Page) -> None:
    expect(page.get_by_text("96 articles", exact=True)).to_be_visible()
    page.get_by_role("button", name="Narrow").click()
    page.get_by_test_id("stMultiSelect").first.locator("input").click()
    page.keyboard.type("harbor-wire")
    page.keyboard.press("Enter")
    expect(page.get_by_text("26 of 96 articles")).to_be_visible()
    leave_fields(page)
    for label, day, pill in (
        ("Published since", date(2020, 11, 1), "since 1 November 2020"),
        ("Published until", date(2020, 11, 30), "until 30 November 2020"),
    ):
        page.get_by_role("button", name="Narrow").click()
        set_day(page, label, day)
        leave_fields(page)
        expect(page.get_by_role("button", name=pill)).to_be_visible()
    count = page.get_by_text(re.compile(r"^\d+ of 96 articles$"))
    narrowed = count.inner_text()
    assert int(narrowed.split()[0]) < 26
    ask(page, QUESTION)
    expect(page.locator(".searched").last).to_contain_text(narrowed)
    outlet = page.locator(".st-key-scope-bar").get_by_role("button", name="harbor-wire.example")
    outlet.click()
    expect(outlet).to_have_count(0)
    expect(count).not_to_have_text(narrowed)


def set_day(page: Page, label: str, day: date) -> None:
    """Type a day into a field of the popover, and choose it in the calendar that shows it then."""
    parts = page.get_by_test_id("stDateInput").filter(has_text=label).get_by_role("spinbutton")
    parts.first.click()
    page.keyboard.type(f"{day:%Y%m%d}")
    page.get_by_role("button", name=f"{day:%A, %B} {day.day}, {day.year}").click()
    expect(page.locator(".st-key-scope-bar")).to_contain_text(f"{day.day} {day:%B %Y}")


def leave_fields(page: Page) -> None:
    """Close the list or the calendar of a field, and then the popover around it."""
    popover = page.get_by_test_id("stPopoverBody").filter(has_text="Outlets")
    while popover.is_visible():
        page.keyboard.press("Escape")
        page.wait_for_timeout(200)


def test_the_rewriting_of_a_question_is_undone(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, FOLLOW_UP)
    expect(page.get_by_text("About: ")).to_be_visible()
    page.get_by_role("button", name="Ask as written").click()
    expect(questions(page)).to_have_text([QUESTION, FOLLOW_UP, FOLLOW_UP])
    expect(page.get_by_text("Asked as written")).to_be_visible()
    expect(page.get_by_text("About: ")).to_have_count(1)


def test_a_question_typed_after_a_restart_of_the_server_is_answered(
    browser: Browser, sample_archive: Path
) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tab_over_restart(browser, sample_archive, address, port) as page:
        ask(page, FOLLOW_UP)
        expect(questions(page)).to_have_text([QUESTION, FOLLOW_UP])


@contextmanager
def tab_over_restart(browser: Browser, archive: Path, address: str, port: int) -> Iterator[Page]:
    """Give a tab in which something was asked before its server was killed and started anew."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    with serving(archive, port=port):
        page.goto(address)
        ask(page, QUESTION)
    with serving(archive, port=port):
        yield page
    page.close()
