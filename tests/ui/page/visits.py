"""Opens the page in a browser for the tests, and notes everything that it asks for."""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.page_server import free_port, listening
from ui.serve import page_options

# Milliseconds, where the machine has other work; a page that answers is never waited for so long.
PATIENCE = 120_000
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 375, "height": 800}
expect.set_options(timeout=PATIENCE)


class Visit:
    """A page over an archive, and every address and dialog that it asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.hosts: set[str | None] = set()
        self.dialogs: list[str] = []
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname))
        page.on("websocket", lambda socket: self.hosts.add(urlsplit(socket.url).hostname))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

    def ask(self, question: str) -> None:
        """Ask, and wait until the answer is there, below those that were there before.

        Where a language model writes, it is there with its quotes.
        """
        field = self.page.get_by_placeholder("Ask the archive")
        expect(field).to_be_visible()
        # Nobody types while the page is still being drawn.
        expect(self.page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning"
        )
        answers = self.page.locator(".turn").count()
        field.fill(question)
        field.press("Enter")
        expect(self.page.locator(".turn")).to_have_count(answers + 1)

    def require_silence(self) -> None:
        """Everything came from this machine; None is a `data:` or `blob:` address."""
        assert self.hosts <= {"127.0.0.1", None}
        assert not self.dialogs


def find_violations(page: Page) -> list[tuple[str, str, list[str]]]:
    """Return what axe-core finds on a page that is serious or critical."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        pytest.skip("axe-playwright-python, which has axe-core, is not installed")
    page.evaluate(Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8"))
    report = page.evaluate("axe.run()")
    return [
        (one["id"], one["impact"], [node["html"][:200] for node in one["nodes"]])
        for one in report["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@contextmanager
def fresh_page(browser: Browser, **options: Any) -> Iterator[Page]:
    """Give a page of a browser that remembers nothing, which waits as long as `PATIENCE`."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


@contextmanager
def serving_script(script: Path) -> Iterator[int]:
    """Give the port on which Streamlit serves a page of our own, in a process group of its own."""
    port = free_port()
    flags = {"server.address": "127.0.0.1", "server.port": port, "server.headless": "true"}
    command = [sys.executable, "-m", "ui.page.streamlit_server", "run", str(script)]
    options = {**page_options(), **flags}
    command += [f"--{name}={str(value).lower()}" for name, value in options.items()]
    with listening([*command, "--browser.gatherUsageStats=false"]):
        yield port
