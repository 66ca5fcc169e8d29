"""Tests in a real Chromium that the link of a citation scrolls to its quote and marks it."""

import io
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from chromium import CHROMIUM
from PIL import Image
from playwright.sync_api import Browser

from rag.export.links import link_to_quote
from rag.text.sentences import Span

# What the page shows above the text, as far as a reader has to scroll.
FILLER = "<p>Weather, traffic and sports.</p>" * 60
FIRST = "The harbour opened again on Monday — for “small boats” only, the port’s owners said."
LONG = (
    "The owners, who had closed it in March after a storm had broken the northern wall, want to "
    "keep the tariff of 4.50 a metre, and to ask the council for a loan of 12 million."
)
TWICE = "Nobody was hurt."
TEXT = f"{FIRST}\n\n{TWICE} The wall fell at night.\n\n{LONG} {TWICE} The ferry runs again.\n\nEnd."
# The same words with markup inside the sentences and other white space.
BODY = f"""<p>The <a href="/h">harbour</a> opened again on&nbsp;<b>Monday</b> — for “small
   <i>boats</i>” only, the port’s owners said.</p>{FILLER}
<p>Nobody <em>was</em> hurt. The wall fell at night.</p>{FILLER}
<p>The owners, <span>who had closed</span> it in <a href="/m">March</a> after a storm had broken the
northern wall, want to keep the tariff of <b>4.50</b> a metre, and to ask the council for a loan of
12&nbsp;million. Nobody was <em>hurt</em>. The ferry runs again.</p>{FILLER}<p>End.</p>"""
PAGE = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Harbour</title>
<style>body {{ background: white }} ::target-text {{ background: rgb(255, 0, 0) }}</style>
<h1>Harbour</h1>{FILLER}{BODY}</html>"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/story"
    server.shutdown()
    thread.join()
    server.server_close()


def marked(browser: Browser, link: str) -> tuple[float, list[str]]:
    """Return how far a page opened by a link is scrolled, and the paragraphs that it marks."""
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.goto(link)
    page.wait_for_timeout(300)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    paragraphs = page.evaluate(
        """[...document.querySelectorAll("p")].map(p => [p.getBoundingClientRect(), p.innerText])
        .filter(([box]) => box.bottom > 0 && box.top < innerHeight)
        .map(([box, text]) => [Math.max(0, box.top), Math.min(innerHeight, box.bottom), text])"""
    )
    scrolled = page.evaluate("scrollY")
    page.close()
    found = [
        text
        for top, bottom, text in paragraphs
        if any(
            shot.getpixel((x, y)) == (255, 0, 0)
            for y in range(int(top), int(bottom))
            for x in range(0, 800, 2)
        )
    ]
    return scrolled, found


@pytest.mark.parametrize(
    ("quote", "nth", "begins"),
    [
        (FIRST, 0, "The harbour opened"),
        (LONG, 0, "The owners"),
        (TWICE, 0, "Nobody was hurt. The wall"),
        (TWICE, 1, "The owners"),
        (f"{TWICE} The wall fell at night.\n\n{LONG}", 0, "Nobody was hurt. The wall"),
    ],
)
def test_the_page_scrolls_to_the_quote_and_marks_it(
    browser: Browser, address: str, quote: str, nth: int, begins: str
) -> None:
    start = TEXT.index(quote) if nth == 0 else TEXT.rindex(quote)
    link = link_to_quote(address, TEXT, Span(start, start + len(quote)), title="Harbour")
    assert ":~:text=" in link
    scrolled, paragraphs = marked(browser, link)
    assert scrolled > 0
    assert paragraphs
    assert paragraphs[0].startswith(begins)


def test_a_fragment_that_the_address_had_marks_too(browser: Browser, address: str) -> None:
    start = TEXT.index(FIRST)
    link = link_to_quote(f"{address}#top", TEXT, Span(start, start + len(FIRST)))
    assert marked(browser, link)[1][0].startswith("The harbour")


def test_words_that_are_not_on_the_page_mark_nothing(browser: Browser, address: str) -> None:
    assert marked(browser, f"{address}#:~:text=The%20airport%20opened") == (0, [])
