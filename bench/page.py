"""The page in Chromium: how long an answer takes, what moves, how many may ask, what is kept.

Every time is a ratio to `Archive.ask` on the same questions, in this process and in the same run.
"""

import itertools
import os
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench import data
from bench.tables import Table
from rag.archive import Archive
from rag.errors import DatelineError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_QUESTIONS = 20
_PEOPLE = 8
_SESSIONS = 50
# Streamlit keeps a session that was closed for two minutes, in case its browser comes back.
_KEPT_SECONDS = 150
_PATIENCE = 300_000  # milliseconds
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
# Stands at the foot of every answer.
_ANSWERED = ".searched"
_MOVED = """() => new Promise(done => new PerformanceObserver(list => done(
    list.getEntries().filter(e => !e.hadRecentInput).reduce((sum, e) => sum + e.value, 0)
)).observe({type: 'layout-shift', buffered: true}) ?? setTimeout(() => done(0), 500))"""
_PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


def measure() -> list[Table]:
    """Return the table of the page.

    Raises:
        DatelineError: there is no Chromium.
    """
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        raise DatelineError("there is no chromium on this machine; install Debian's chromium")
    location = data.sample_archive()
    answerable = (q["question"] for q in data.sample_questions() if q["answerable"])
    questions = list(itertools.islice(answerable, _QUESTIONS))
    table = Table(title="The page, sample archive", columns=["what", "value", "beside", "ratio"])
    with (
        Archive.open(location) as archive,
        _served(location) as (server, address),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        usual = _answers(table, browser, address, archive, questions)
        _crowd(table, browser, address, questions, usual)
        _memory(table, browser, address, server)
        browser.close()
    return [table]


def _answers(
    table: Table, browser: "Browser", address: str, archive: Archive, questions: list[str]
) -> float:
    """Add what one person waits for; return the median seconds of `ask`."""
    page = _opened(browser.new_context(), address)
    archive.ask(questions[0])
    moved = 0.0
    asked: list[float] = []
    shown: list[float] = []
    for question in questions:
        asked.append(_timed_ask(archive, question))
        shown.append(_ask(page, question))
        moved = moved or page.evaluate(_MOVED)
        page.get_by_role("button", name="New conversation").click()
        page.locator(_ANSWERED).wait_for(state="detached")
    usual, median = statistics.median(asked), statistics.median(shown)
    table.add(
        "from Enter to the answer, median s",
        f"{median:.2f}",
        f"`ask`: {usual:.2f}",
        f"{median / usual:.2f}",
    )
    table.add("layout shift of the first answer", f"{moved:.3f}", "", "")
    page.reload()
    page.get_by_placeholder("Ask the archive").wait_for()
    table.add("warm first paint, s", f"{page.evaluate(_PAINTED) / 1000:.2f}", "", "")
    page.context.close()
    return usual


def _crowd(
    table: Table, browser: "Browser", address: str, questions: list[str], usual: float
) -> None:
    """Let eight people ask at once."""
    pages = [_opened(browser.new_context(), address) for _ in range(_PEOPLE)]
    start = time.perf_counter()
    for page, question in zip(pages, questions, strict=False):
        _put(page, question)
    for page in pages:
        page.locator(_ANSWERED).wait_for()
    slowest = time.perf_counter() - start
    table.add(
        f"{_PEOPLE} people at once, the slowest, s",
        f"{slowest:.2f}",
        f"{_PEOPLE} times `ask`: {_PEOPLE * usual:.2f}",
        f"{slowest / (_PEOPLE * usual):.2f}",
    )
    for page in pages:
        page.context.close()


def _memory(table: Table, browser: "Browser", address: str, server: int) -> None:
    """Open and close sessions, and see what the server keeps of them."""
    before = _memory_mb(server)
    for _ in range(_SESSIONS):
        page = _opened(browser.new_context(), address)
        _ask(page, "When did the ceasefire in Nagorno-Karabakh take effect?")
        page.context.close()
    most = _memory_mb(server)
    time.sleep(_KEPT_SECONDS)
    # Sessions are swept when another one comes.
    _opened(browser.new_context(), address).context.close()
    table.add(
        f"memory of the server after {_SESSIONS} sessions, MB",
        f"{_memory_mb(server):.0f}",
        f"{before:.0f} before, {most:.0f} while they were kept",
        f"{_memory_mb(server) / before:.2f}",
    )


def _opened(context: "BrowserContext", address: str) -> "Page":
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    page.goto(address)
    page.get_by_placeholder("Ask the archive").wait_for()
    return page


def _ask(page: "Page", question: str) -> float:
    """Return the seconds from Enter until the answer stands on the page."""
    answers = page.locator(_ANSWERED)
    before = answers.count()
    start = _put(page, question)
    answers.nth(before).wait_for()
    return time.perf_counter() - start


def _put(page: "Page", question: str) -> float:
    """Type a question and press Enter; return when that was."""
    field = page.get_by_placeholder("Ask the archive")
    field.fill(question)
    start = time.perf_counter()
    field.press("Enter")
    return start


def _timed_ask(archive: Archive, question: str) -> float:
    start = time.perf_counter()
    archive.ask(question)
    return time.perf_counter() - start


@contextmanager
def _served(location: str) -> Iterator[tuple[int, str]]:
    """Give the process of `dateline chat` over an archive, and the address of its page."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli", "chat", "--no-browser", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--archive", location],
        cwd=data.ROOT,
        env=os.environ | {"XDG_STATE_HOME": str(data.CACHE / "state")},
        text=True,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        try:
            next(line for line in process.stdout if "URL:" in line)
            yield process.pid, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            # It says that it stops, and would not stop if nobody heard it.
            process.communicate()


def _memory_mb(server: int) -> float:
    """Return the resident memory of a process and of those that it started."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    sizes = (Path(f"/proc/{pid}/statm").read_text().split()[1] for pid in (server, *children))
    return sum(map(int, sizes)) * resource.getpagesize() / 1e6
