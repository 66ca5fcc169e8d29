"""Tests in a real Chromium what people see while a language model writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import CHROMIUM
from fake_page import MARKUP
from playwright.sync_api import Browser, expect
from visits import DESKTOP, Visit, fresh_page, serving_script

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    with (
        serving_script(Path(__file__).with_name("fake_page.py")) as port,
        fresh_page(browser, viewport=DESKTOP) as page,
    ):
        visit = Visit(page)
        page.goto(f"http://127.0.0.1:{port}")
        yield visit


def test_the_quotes_are_read_while_a_model_writes_and_stop_keeps_what_stands(visit: Visit) -> None:
    page = visit.page
    visit.ask("Is it endless?")
    expect(page.locator(".statement .words").first).to_be_visible()
    prose = page.locator(".prose")
    expect(prose).to_contain_text(f"It began at midnight {MARKUP}.")
    expect(page.locator(".written")).to_contain_text("A language model is writing")
    page.locator(".statement .marker").first.click()
    expect(page.locator(".pane .sentence")).to_be_in_viewport()
    place = page.locator(".statement").first.bounding_box()
    page.get_by_role("button", name="Stop writing").click()
    expect(page.locator(".written")).to_contain_text("Written by a language model")
    expect(prose).to_contain_text("It began at midnight")
    expect(page.get_by_role("button", name="Ask again")).to_be_visible()
    assert page.locator(".statement").first.bounding_box() == place
    page.reload()
    expect(prose).to_contain_text("It began at midnight")
    expect(page.locator(".unsupported")).to_have_count(0)
    visit.require_silence()


def test_a_page_that_runs_again_goes_on_with_what_is_being_written(visit: Visit) -> None:
    page = visit.page
    visit.ask("Is it endless, and read on?")
    prose = page.locator(".prose")
    expect(prose).to_contain_text("It began at midnight")
    page.locator(".statement .marker").first.click()
    expect(page.locator(".pane .sentence")).to_be_in_viewport()
    for _ in range(2):
        page.reload()
        expect(prose).to_contain_text("It began at midnight")
        expect(page.locator(".written")).to_contain_text("A language model is writing")
    expect(prose).not_to_contain_text("It was asked anew")
    page.get_by_role("button", name="Stop writing").click()
    expect(page.locator(".written")).to_contain_text("Written by a language model")


def test_an_article_that_the_server_must_read_opens_while_a_model_writes(visit: Visit) -> None:
    page = visit.page
    visit.ask("Is it endless, with copies?")
    expect(page.locator(".prose")).to_contain_text("It began at midnight")
    for _ in range(2):
        page.locator(".statement .copies").get_by_role("button").first.click()
        expect(page.locator(".pane .sentence")).to_contain_text("effect at noon")
        page.reload()
        expect(page.locator(".written")).to_contain_text("A language model is writing")
    page.locator(".statement .copies").get_by_role("button").first.click()
    page.get_by_role("button", name="Stop writing").click()
    expect(page.locator(".written")).to_contain_text("Written by a language model")
    expect(page.locator(".pane .sentence")).to_contain_text("effect at noon")


def test_a_model_that_fails_midway_leaves_the_quotes_and_a_sentence_that_says_so(
    visit: Visit,
) -> None:
    page = visit.page
    visit.ask("What if it breaks?")
    remark = f"The answer is not complete: it broke {MARKUP}. The quotes below stand."
    expect(page.locator(".remark")).to_have_text(remark)
    expect(page.locator(".prose")).to_contain_text("It began at midnight")
    expect(page.locator(".statement .words").first).to_be_visible()
    visit.require_silence()


def test_titles_in_the_rail_begin_below_each_other(visit: Visit) -> None:
    page = visit.page
    visit.ask("nothing?")
    page.get_by_role("button", name="New conversation").click()
    title = page.locator(".st-key-conversations [class*='st-key-open-'] button p").first
    expect(title).to_have_text("nothing?")
    heading = page.get_by_text("Conversations, newest first").bounding_box()
    place = title.bounding_box()
    assert heading is not None
    assert place is not None
    assert place["x"] == pytest.approx(heading["x"], abs=2)
