"""Take pictures of the page in a real browser, to look at; `make screenshots` runs this.

All of them are written into a folder, and the one that the README shows into `docs/` too. Look at
each after a change of the page. It needs Debian's chromium.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from ingest.sample import sample_path
from tests.ui.page_server import ROOT, serving

_SHOWN_IN_README = "pane"
_README = Path(__file__).with_name("screenshot.png")
_DESK = (1440, 900)
_PHONE = (390, 844)
_PATIENCE = 120_000  # milliseconds, where the machine has other work

_DATE = "When did the ceasefire in Nagorno-Karabakh take effect?"
_TOLL = "How many people were killed in the Beirut explosion?"
_NOT_THERE = "What is the capital of Mongolia?"


def main() -> int:
    """Take all pictures; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/screenshots"))
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=_PATIENCE)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        archive = Path(place) / "archive"
        state = str(Path(place) / "state")
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        with serving(archive, XDG_STATE_HOME=state) as (_, port):
            _take_first_run(browser, port, folder)
        _ingest_sample(archive)
        with serving(archive, XDG_STATE_HOME=state) as (_, port):
            for name, (size, scheme, show) in _PICTURES.items():
                with _visit(browser, port, size=size, scheme=scheme) as page:
                    show(page)
                    page.screenshot(path=folder / f"{name}.png")
                print(folder / f"{name}.png")
        with serving(archive, XDG_STATE_HOME=state, DATELINE_PAGE_LOGIN="proxy") as (_, port):
            _see_sign_in(browser, port, folder)
        browser.close()
    shutil.copy(folder / f"{_SHOWN_IN_README}.png", _README)
    return 0


def _chromium() -> str:
    found = shutil.which("chromium")
    if found is None:
        sys.exit("There is no chromium on this machine. Install Debian's package chromium.")
    return found


def _ingest_sample(archive: Path) -> None:
    command = [sys.executable, "-m", "ui.cli", "ingest", str(sample_path())]
    subprocess.run([*command, "--archive", str(archive)], cwd=ROOT, check=True)


@contextmanager
def _visit(
    browser: Browser, port: int, *, size: tuple[int, int] = _DESK, scheme: str = "light"
) -> Iterator[Page]:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=size == _PHONE,
    )
    page.set_default_timeout(_PATIENCE)
    page.goto(f"http://127.0.0.1:{port}")
    yield page
    page.close()


def _take_first_run(browser: Browser, port: int, folder: Path) -> None:
    with _visit(browser, port) as page:
        expect(page.get_by_role("button", name="Index the sample archive")).to_be_visible()
        _settle(page)
        page.screenshot(path=folder / "first-run.png")


def _see_welcome(page: Page) -> None:
    expect(page.get_by_role("button", name=_DATE)).to_be_visible()
    _settle(page)


def _see_sign_in(browser: Browser, port: int, folder: Path) -> None:
    with _visit(browser, port) as page:
        expect(page.get_by_text("did not say who you are")).to_be_visible()
        _settle(page)
        page.screenshot(path=folder / "sign-in.png")


def _ask(page: Page, question: str) -> None:
    field = page.get_by_placeholder("Ask the archive")
    answers = page.locator(".turn").count()
    field.fill(question)
    field.press("Enter")
    expect(page.locator(".turn")).to_have_count(answers + 1)
    _settle(page)


def _open(page: Page, question: str) -> None:
    _ask(page, question)
    page.locator(".statement .marker").first.click()
    expect(page.locator(".pane .sentence")).to_be_visible()
    _settle(page)


def _compare(page: Page) -> None:
    _open(page, _TOLL)
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".pane .column")).to_have_count(2)
    _settle(page)


def _open_nearest(page: Page) -> None:
    _ask(page, _NOT_THERE)
    page.locator(".nearest").get_by_role("button").first.click()
    expect(page.locator(".pane .text")).to_be_visible()
    _settle(page)


def _print(page: Page) -> None:
    _ask(page, _TOLL)
    page.emulate_media(media="print")
    _settle(page)


def _open_timeline(page: Page) -> None:
    page.goto(f"{page.url.rstrip('/')}/timeline?topic=ceasefire%20Nagorno-Karabakh")
    expect(page.locator(".entry").first).to_be_visible()
    _settle(page)


def _open_archive(page: Page) -> None:
    page.goto(f"{page.url.rstrip('/')}/archive")
    expect(page.locator(".entry").first).to_be_visible()
    _settle(page)


def _open_article(page: Page) -> None:
    _open_archive(page)
    page.locator(".entry").get_by_role("link").first.click()
    expect(page.locator(".turn .text")).to_be_visible()
    _settle(page)


def _settle(page: Page) -> None:
    """Wait until the page has scrolled to what is new; a picture has no other sign of it."""
    page.wait_for_timeout(1_000)


_PICTURES: dict[str, tuple[tuple[int, int], str, Callable[[Page], None]]] = {
    "empty": (_DESK, "light", _see_welcome),
    "answer": (_DESK, "light", lambda page: _ask(page, _DATE)),
    "differing": (_DESK, "light", lambda page: _ask(page, _TOLL)),
    "pane": (_DESK, "light", lambda page: _open(page, _DATE)),
    "compare": (_DESK, "light", _compare),
    "compare-wide": ((1920, 1080), "light", _compare),
    "silence": (_DESK, "light", lambda page: _ask(page, _NOT_THERE)),
    "nearest": (_DESK, "light", _open_nearest),
    "timeline": (_DESK, "light", _open_timeline),
    "archive": (_DESK, "light", _open_archive),
    "article": (_DESK, "dark", _open_article),
    "phone-timeline": (_PHONE, "dark", _open_timeline),
    "phone": (_PHONE, "light", lambda page: _ask(page, _TOLL)),
    "phone-pane": (_PHONE, "light", lambda page: _open(page, _TOLL)),
    "dark": (_DESK, "dark", lambda page: _open(page, _TOLL)),
    "dark-phone": (_PHONE, "dark", lambda page: _ask(page, _DATE)),
    "print": (_DESK, "light", _print),
}

if __name__ == "__main__":
    sys.exit(main())
