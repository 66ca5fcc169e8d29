"""Tests in a real Chromium what people come for: to read, compare, file, print and take away."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import CHROMIUM
from fake_page import CORPUS, MARKUP, QUOTE, SHORT, STACKED, STORED, TURNED, WIRE
from playwright.sync_api import Browser, Locator, Page, expect
from visits import DESKTOP, PHONE, Visit, find_violations, fresh_page, serving_script

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving_script(Path(__file__).with_name("fake_page.py")) as port:
        yield port


def visiting(browser: Browser, port: int, **options: Any) -> Iterator[Visit]:
    with fresh_page(browser, **options) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visit = Visit(page)
        page.goto(f"http://127.0.0.1:{port}")
        yield visit


@pytest.fixture
def desk(browser: Browser, port: int) -> Iterator[Visit]:
    yield from visiting(browser, port, viewport=DESKTOP)


@pytest.fixture
def phone(browser: Browser, port: int) -> Iterator[Visit]:
    yield from visiting(browser, port, viewport=PHONE, has_touch=True, color_scheme="dark")


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def marker(page: Page, number: int) -> Locator:
    return page.get_by_role("button", name=f"[{number}] Show the source").last


def sides(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box is not None
    return box["x"], box["x"] + box["width"]


def require_within(page: Page, width: int) -> None:
    scrolled = page.get_by_role("main")
    assert scrolled.evaluate("main => main.scrollWidth") <= width


def test_a_quote_is_filed_with_its_footnote_in_three_actions(desk: Visit) -> None:
    page = desk.page
    desk.ask("What of the tolls?")
    marker(page, 1).click()
    page.get_by_role("button", name="Copy quote").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    assert copied(page) == "“PORT ALDER — The flood killed 19 people, the mayor said on Sunday.”"
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("button", name="Copied")).to_have_count(2)
    assert "city.example, 2 June 2024, https://city.example/tolls" in copied(page)
    desk.require_silence()


def test_an_answer_is_copied_with_its_footnotes(desk: Visit) -> None:
    desk.ask("What of the tolls?")
    desk.page.get_by_role("button", name="Copy with footnotes").click()
    expect(desk.page.get_by_role("button", name="Copied")).to_be_visible()
    text = copied(desk.page)
    assert text.startswith("What of the tolls?\n“PORT ALDER — The flood killed 19 people")
    assert "\n[1] " in text


def test_two_sources_are_compared_side_by_side(desk: Visit) -> None:
    page = desk.page
    desk.ask("What of the tolls?")
    marker(page, 1).click()
    page.get_by_role("button", name="Compare").click()
    first, second = page.locator(".pane .column").all()
    expect(first.locator(".sentence mark")).to_have_text("19")
    expect(second.locator(".sentence mark")).to_have_text("12")
    for column in (first, second):
        expect(column.locator(".sentence")).to_be_in_viewport()
    assert sides(first)[1] <= sides(second)[0] + 1
    page.keyboard.press("Escape")
    expect(page.locator(".pane .column")).to_have_count(1)


def test_the_copy_that_is_counted_as_one_source_opens_where_it_differs(desk: Visit) -> None:
    page = desk.page
    desk.ask("When?")
    page.locator(".statement .copies").get_by_role("button").first.click()
    pane = page.locator(".pane")
    expect(pane.locator(".sentence")).to_contain_text("effect at noon")
    expect(pane).to_contain_text("Same story as in courier.example, counted as one source")
    pane.locator(".named summary").click()
    pane.locator(".named").get_by_role("button", name="courier.example").click()
    expect(pane.locator(".sentence")).to_contain_text("effect at midnight")
    pane.get_by_role("button", name="Back").click()
    expect(pane.locator(".sentence")).to_contain_text("effect at noon")


def test_an_earlier_text_of_a_source_is_read_beside_it(desk: Visit) -> None:
    page = desk.page
    desk.ask("When?")
    marker(page, 1).click()
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("button", name="Text of 8 November 2020").first.click()
    second = page.locator(".pane .column").nth(1)
    expect(second).to_contain_text("Earlier text, of 8 November 2020")
    expect(second.locator(".text")).to_contain_text("It holds.")


def test_the_parts_of_an_answer_come_in_this_order(desk: Visit) -> None:
    desk.ask("When?")
    # Until then the answer is still being written.
    expect(desk.page.locator(".answer")).to_contain_text("Not supported by the sources (1)")
    shown = [" ".join(p.split()) for p in desk.page.locator(".answer > *").all_inner_texts()]
    certainty, written, unsupported, heading, quote = shown[1:6]
    assert shown[0].endswith(" ".join(SHORT.split()))
    assert certainty.startswith("Likely: about seven of ten")
    assert written.startswith("It began at midnight")
    assert (unsupported, heading) == ("Not supported by the sources (1)", "Quotes")
    assert quote.startswith(f"“{' '.join(QUOTE.split())}”")
    assert desk.page.locator(".quote mark").all_inner_texts() == [" ".join(SHORT.split())]


def test_what_holds_no_more_is_folded_to_its_headline(desk: Visit) -> None:
    page = desk.page
    desk.ask("What of the tolls?")
    expect(page.locator(".short")).to_contain_text("19")
    row = page.locator(".values tr").nth(2)
    expect(row).to_contain_text("replaced since by 19")
    other = page.locator(".others .other")
    expect(other.locator(".quote")).to_be_hidden()
    other.locator("summary").press("Enter")
    expect(other.locator(".quote")).to_be_visible()
    colour = "mark => getComputedStyle(mark).backgroundColor"
    assert other.locator("mark").evaluate(colour) == "rgba(0, 0, 0, 0)"


def test_everything_of_an_answer_is_reached_by_keyboard(desk: Visit) -> None:
    page = desk.page
    desk.ask("When?")
    opener = page.locator(".statement").get_by_role("button", name="[1] Show the source")
    opener.press("Enter")
    expect(page.get_by_role("region", name="Source 1", exact=True)).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "true")
    reached = []
    for _ in range(16):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    assert {"Next source", "Compare", "Close source 1", "Copy quote", "Copy citation"} <= {*reached}
    page.get_by_role("button", name="Next source").press("Enter")
    expect(page.get_by_role("region", name="Source 2", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".pane")).to_be_hidden()
    expect(opener).to_be_focused()
    claim = page.get_by_text("It held for years")
    expect(claim).to_be_hidden()
    page.locator("summary").filter(has_text="Not supported").press("Enter")
    expect(claim).to_be_visible()
    expect(page.get_by_text("Not shown as fact: “years” is in no quote")).to_be_visible()


# The name of what has the focus, inside the shadow trees too.
FOCUSED = """() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
}"""


def test_a_note_and_the_copies_stand_at_the_quote_and_whole_in_the_pane(desk: Visit) -> None:
    page = desk.page
    desk.ask("When?")
    quote = page.locator(".statement").first
    expect(quote.locator(".note")).to_contain_text("Correction: it was midnight.")
    expect(quote.locator(".state")).to_have_text("Corrected")
    expect(quote).to_contain_text("and 2 more; counted as one source")
    quote.locator(".marker").click()
    pane = page.locator(".pane")
    expect(pane.locator(".named")).to_contain_text(["5 other articles", "1 earlier text"])
    expect(pane.locator(".note")).to_contain_text("The hour was wrong. " * 10)
    expect(pane.locator(".sentence")).to_be_in_viewport()
    assert pane.locator(".text").text_content() == STORED.text
    assert "/srv/" not in (pane.text_content() or "")


def test_nothing_in_the_pane_a_copy_or_a_nearest_article_runs(desk: Visit) -> None:
    page = desk.page
    desk.ask("When?")
    page.locator(".statement .copies").get_by_role("button").first.click()
    pane = page.locator(".pane")
    expect(pane.locator(".title")).to_have_text(" ".join(WIRE.title.split()))
    assert pane.locator(".text").text_content() == WIRE.text
    require_inert(page)
    desk.ask("Is there nothing?")
    page.locator(".nearest").get_by_role("button").first.click()
    expect(pane.locator(".role")).to_contain_text("Nearest, but not an answer")
    expect(pane.locator(".title")).to_contain_text(CORPUS[0])
    require_inert(page)
    desk.require_silence()


def require_inert(page: Page) -> None:
    page.wait_for_function("() => document.readyState === 'complete'")
    for made in ("img", "script", "svg", "iframe", "style", "input", "b", "em", "a[href^=java]"):
        assert page.locator(f":is(.turn, .pane) {made}").count() == 0


def test_an_override_does_not_turn_a_headline_round(desk: Visit) -> None:
    page = desk.page
    desk.ask("What of the tolls?")
    headline = page.locator(".statement .headline").first
    assert headline.text_content() == TURNED
    # Where the letters stand on the screen, from left to right.
    shown = headline.evaluate(
        """element => {
            const letters = [];
            const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) for (let at = 0; at < walk.currentNode.length; at++) {
                const range = document.createRange();
                range.setStart(walk.currentNode, at);
                range.setEnd(walk.currentNode, at + 1);
                const box = range.getBoundingClientRect();
                if (box.width) letters.push([box.left, walk.currentNode.data[at]]);
            }
            letters.sort(([one], [other]) => one - other);
            return letters.map(([, letter]) => letter).join("");
        }"""
    )
    assert "31 of 13" in shown


def test_stacked_marks_stay_in_their_line(desk: Visit) -> None:
    page = desk.page
    desk.ask("What of the tolls?")
    folded = page.locator(".other summary")
    expect(folded).to_contain_text(STACKED)
    clips = "element => getComputedStyle(element.closest('.other')).overflow"
    assert folded.evaluate(clips) == "clip"
    assert page.locator(".turn").evaluate("turn => getComputedStyle(turn).contain") == "paint"


def test_on_a_phone_the_pane_is_a_sheet_over_the_page(phone: Visit) -> None:
    page = phone.page
    phone.ask("When?")
    opener = page.locator(".statement .marker").first
    opener.click()
    pane = page.locator(".pane")
    expect(pane.locator(".sentence")).to_be_in_viewport()
    box = pane.bounding_box()
    assert box == {"x": 0, "y": 0, "width": PHONE["width"], "height": PHONE["height"]}
    expect(page.get_by_role("button", name="Compare")).to_have_count(0)
    page.get_by_role("button", name="Close source 1").click()
    expect(pane).to_be_hidden()
    expect(opener).to_be_focused()
    require_within(page, PHONE["width"])
    phone.require_silence()


@pytest.mark.parametrize("width", [320, 768, 1100, 1920])
def test_nothing_is_wider_than_the_screen(desk: Visit, width: int) -> None:
    page = desk.page
    desk.ask("When?")
    desk.ask("What of the tolls?")
    page.set_viewport_size({"width": width, "height": 800})
    require_within(page, width)
    marker(page, 1).click()
    expect(page.locator(".pane .sentence")).to_be_in_viewport()
    left, right = sides(page.locator(".pane"))
    assert left >= 0
    assert right <= width
    require_within(page, width)


def test_a_conversation_is_printed_with_its_sources_and_nothing_else(desk: Visit) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    page = desk.page
    desk.ask("What of the tolls?")
    desk.ask("When?")
    marker(page, 1).click()
    document = pdfium.PdfDocument(page.pdf())
    text = " ".join(" ".join(one.get_textpage().get_text_range() for one in document).split())
    document.close()
    assert text.index("What of the tolls?") < text.index("killed 19 people") < text.index("When?")
    assert "https://city.example/tolls" in text
    assert MARKUP in text
    for chrome in ("Ask the archive", "Take away", "Copy", "Compare", "Published since"):
        assert chrome not in text


def test_the_first_answer_moves_nothing_that_was_there(desk: Visit) -> None:
    page = desk.page
    expect(page.get_by_placeholder("Ask the archive")).to_be_visible()
    page.evaluate(
        """() => { window.moved = 0; new PerformanceObserver(list => {
            for (const entry of list.getEntries())
                if (!entry.hadRecentInput) window.moved += entry.value;
        }).observe({ type: "layout-shift" }); }"""
    )
    desk.ask("When?")
    expect(page.get_by_role("status").filter(has_text="quote")).to_have_count(1)
    assert page.evaluate("window.moved") < 0.1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, port: int, scheme: str) -> None:
    for visit in visiting(browser, port, viewport=DESKTOP, color_scheme=scheme):
        visit.ask("What of the tolls?")
        visit.ask("When?")
        visit.ask("Is there nothing?")
        marker(visit.page, 1).click()
        assert not find_violations(visit.page)
