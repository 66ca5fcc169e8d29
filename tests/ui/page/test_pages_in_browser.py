"""Tests in a real Chromium the pages beside the conversation: their tasks, looks and safety."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from chromium import CHROMIUM
from fake_page import CORPUS, TOLLS, TURNED, WIRE
from playwright.sync_api import Browser, Locator, Page, expect
from visits import (
    DESKTOP,
    PATIENCE,
    PHONE,
    Visit,
    find_violations,
    fresh_page,
    serving_script,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]

# The address of each page, and what stands on it when it is there.
PAGES = {
    "ask": ("", "textarea"),
    "timeline": ("timeline?topic=tolls", ".entry"),
    "archive": ("archive", ".entry"),
    "article": (f"article?{urlencode({'id': WIRE.id, 'at': '0-9'})}", ".text mark"),
}
MOVED = """window.moved = 0; new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving_script(Path(__file__).with_name("fake_page.py")) as port:
        yield port


class Desk(Visit):
    """A browser on the pages of one server."""

    def __init__(self, page: Page, port: int) -> None:
        super().__init__(page)
        self.address = f"http://127.0.0.1:{port}"
        page.add_init_script(MOVED)

    def open(self, name: str) -> Page:
        """Open a page and wait until all of it is there."""
        place, sign = PAGES[name]
        self.page.goto(f"{self.address}/{place}")
        expect(self.page.locator(sign).first).to_be_visible()
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page has been drawn to its end."""
        expect(self.page.get_by_text("Last ingest")).to_be_attached()
        expect(self.page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning"
        )


def visiting(browser: Browser, port: int, **options: Any) -> Iterator[Desk]:
    with fresh_page(browser, **options) as page:
        yield Desk(page, port)


@pytest.fixture
def desk(browser: Browser, port: int) -> Iterator[Desk]:
    yield from visiting(browser, port, viewport=DESKTOP)


@pytest.fixture
def phone(browser: Browser, port: int) -> Iterator[Desk]:
    yield from visiting(browser, port, viewport=PHONE, has_touch=True, color_scheme="dark")


def rail(page: Page) -> Locator:
    return page.get_by_test_id("stSidebar")


def tab_to(page: Page, name: str, *, most: int = 60) -> None:
    """Press Tab until what has this name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).strip() == name:
            return
    raise AssertionError(f"Tab does not come to {name!r}")


# The name of what has the focus, inside the shadow trees too.
FOCUSED = """() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
}"""


# -- tasks ------------------------------------------------------------------------------------


def test_the_newest_toll_is_found_and_read_where_it_was_reported(desk: Desk) -> None:
    page = desk.open("ask")
    desk.ask("What of the tolls?")
    rows = page.locator(".values tr")
    expect(rows.nth(1)).to_contain_text("2 June 2024")
    expect(rows.nth(1).locator(".value")).to_have_text("19")
    expect(rows.nth(2)).to_contain_text("replaced since by 19")
    rows.nth(1).get_by_role("button", name="[1] Show the source").click()
    expect(page.locator(".pane .sentence mark")).to_have_text("19")
    expect(page.locator(".pane .title")).to_have_text(TURNED)


def test_the_rail_leads_from_every_page_back_to_a_conversation(desk: Desk) -> None:
    page = desk.open("ask")
    desk.ask("What of the tolls?")
    for name in ("timeline", "archive", "article"):
        desk.open(name)
        expect(rail(page)).to_contain_text("Archive")
        expect(rail(page)).to_contain_text("Last ingest: 1 December 2020")
        rail(page).get_by_role("button", name="What of the tolls?").first.click()
        expect(page.locator(".short")).to_contain_text("19")
        assert "?c=" in page.url
    desk.open("timeline")
    rail(page).get_by_role("button", name="New conversation").click()
    expect(page.get_by_placeholder("Ask the archive")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_a_question_for_a_timeline_leads_to_it_and_on_to_the_article(desk: Desk) -> None:
    page = desk.open("ask")
    desk.ask("Timeline of the tolls")
    page.get_by_test_id("stPageLink").get_by_role("link", name="Timeline of").click()
    expect(page).to_have_title("Timeline: the tolls – Dateline")
    with page.expect_download() as download:
        page.get_by_role("button", name="Data (JSON)").click()
    assert json.loads(Path(download.value.path()).read_text())
    page.locator(".entry").get_by_role("link", name="The flood killed 19 people").click()
    expect(page.locator(".text mark")).to_be_in_viewport()
    expect(page.locator(".title")).to_have_text(TURNED)
    expect(page.get_by_test_id("stCode").first).to_contain_text("The flood killed 19 people")
    page.go_back()
    expect(page.locator(".entry")).to_have_count(3)


def test_an_article_is_found_in_the_archive_and_its_copy_opened(desk: Desk) -> None:
    page = desk.open("archive")
    expect(page.get_by_text("Articles 1 to 4 of 4")).to_be_visible()
    page.get_by_test_id("stMultiSelect").first.locator("input").click()
    page.keyboard.type("city.example")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")  # while the list is open, nothing else can be used
    expect(page.locator(".entry")).to_have_count(1)
    page.locator(".entry").get_by_role("link").click()
    expect(page.locator(".turn .text")).to_contain_text("The flood killed 19 people")
    page.locator(".others").get_by_role("link").first.click()
    expect(page.locator(".turn .text")).to_contain_text("effect at noon")
    desk.require_silence()


def test_a_timeline_and_an_article_are_read_by_keyboard_alone(desk: Desk) -> None:
    page = desk.open("archive")
    page.get_by_label("About").focus()
    page.keyboard.type("tolls")
    page.keyboard.press("Enter")
    desk.settle()
    tab_to(page, TOLLS.title)
    page.keyboard.press("Enter")
    expect(page.locator(".turn .text")).to_contain_text("The flood killed 19 people")
    page.keyboard.press("Tab")
    page.goto(f"{desk.address}/timeline")
    page.get_by_label("Topic").focus()
    page.keyboard.type("tolls")
    page.keyboard.press("Enter")
    expect(page.locator(".entry")).to_have_count(3)
    desk.settle()
    tab_to(page, "“PORT ALDER — The flood killed 19 people, the mayor said on Sunday.”")
    page.keyboard.press("Enter")
    expect(page.locator(".text mark")).to_be_in_viewport()


def test_on_a_phone_the_rail_opens_over_the_page(phone: Desk) -> None:
    page = phone.open("timeline")
    expect(rail(page)).not_to_be_in_viewport()
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(rail(page).get_by_role("link", name="Archive")).to_be_in_viewport()
    rail(page).get_by_role("link", name="Archive").click()
    expect(page.locator(".entry").first).to_be_visible()
    phone.require_silence()


# -- looks and safety -------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_while_a_page_comes(desk: Desk, name: str) -> None:
    desk.open(name)
    assert desk.page.evaluate("window.moved") < 0.1


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_the_screen(desk: Desk, name: str) -> None:
    page = desk.open(name)
    for width in (1440, 768, 375, 320):
        page.set_viewport_size({"width": width, "height": 800})
        # The chart is drawn again a moment after the window has another width.
        main = page.get_by_role("main").element_handle()
        page.wait_for_function(
            "([main, width]) => main.scrollWidth <= width", arg=[main, width], timeout=10_000
        )


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(
    browser: Browser, port: int, scheme: str, name: str
) -> None:
    for desk in visiting(browser, port, viewport=DESKTOP, color_scheme=scheme):
        assert not find_violations(desk.open(name))


@pytest.mark.parametrize("name", PAGES)
def test_no_text_of_an_article_runs_on_any_page(desk: Desk, name: str) -> None:
    page = desk.open(name)
    if name == "ask":
        desk.ask("When?")
    for details in page.locator("details").all():
        details.evaluate("element => element.setAttribute('open', '')")
    require_inert(desk)


@pytest.mark.parametrize("hostile", [" ".join(CORPUS[:5]), " ".join(CORPUS[5:])])
def test_nothing_that_is_typed_or_in_an_address_runs(desk: Desk, hostile: str) -> None:
    page = desk.page
    for place in (
        f"timeline?{urlencode({'topic': hostile, 'since': hostile})}",
        f"archive?{urlencode({'about': hostile})}",
        f"article?{urlencode(dict.fromkeys(('id', 'at', 'version', 'as_of'), hostile))}",
        f"?{urlencode({'c': hostile})}",
    ):
        page.goto(f"{desk.address}/{place}")
        desk.settle()
    page = desk.open("ask")
    desk.ask(hostile)
    expect(page.locator("h2").last).to_have_text(hostile)
    page.get_by_role("button", name="Edit the question").click()
    expect(page.get_by_label("Your question")).to_have_value(hostile)
    page = desk.open("archive")
    folder = page.get_by_label("Or a folder or file on this machine")
    folder.fill(f"/{hostile}")
    folder.press("Enter")
    expect(page.get_by_text("There is no such folder on this machine.")).to_be_visible()
    require_inert(desk)


def require_inert(desk: Desk) -> None:
    """Nothing of the corpus has become an element of the page, or has run."""
    attributes = ("onerror", "onload", "onfocus", "ontoggle", "href^='javascript:'")
    for attribute in attributes:
        assert desk.page.locator(f"[{attribute}]").count() == 0
    assert desk.page.locator("[src^='http://198.'], [href^='http://198.']").count() == 0
    desk.require_silence()


def test_a_page_that_lost_its_server_says_so(browser: Browser) -> None:
    with serving_script(Path(__file__).with_name("fake_page.py")) as port:
        context = browser.new_context()
        desk = Desk(context.new_page(), port)
        desk.page.set_default_timeout(PATIENCE)
        desk.open("ask")
    expect(desk.page.get_by_role("dialog")).to_contain_text("Dateline does not answer.")
    context.close()
