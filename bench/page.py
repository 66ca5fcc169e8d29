"""The page in Chromium: how long an answer takes, what moves, how many may ask, what is kept.

Every time is a ratio to `Archive.ask` on the same questions, in this process and in the same run.
The browser of one person runs on the same machine; those of a crowd are left out.
"""

import itertools
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from bench import data
from bench.askers import Server, running
from bench.page_connections import Connection
from bench.tables import Table
from rag.archive import Archive
from rag.errors import DatelineError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_QUESTIONS = 20
_PEOPLE = 8
_CROWDS = 5
_SESSIONS = 50
# Streamlit keeps a session that was closed for two minutes, in case its browser comes back.
_KEPT_SECONDS = 150
# Milliseconds.
_PATIENCE = 300_000
_REST = 500
_HEALTH = "/_stcore/health"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
# Stands at the foot of every answer.
_ANSWERED = ".searched"
_MOVED = """() => new Promise(done => new PerformanceObserver(list => done(
    list.getEntries().filter(e => !e.hadRecentInput).reduce((sum, e) => sum + e.value, 0)
)).observe({type: 'layout-shift', buffered: true}) ?? setTimeout(() => done(0), 500))"""
_PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
# The page itself notes when Enter was pressed and in which frame the answer was there. To ask the
# browser again and again would take time from both, and would be answered twice a second only. All
# times are milliseconds since 1970. An answer stands in a shadow tree, not seen from outside.
_NOTE_TIMES = f"""(() => {{
    const now = () => performance.timeOrigin + performance.now();
    window.noted = {{}};
    const begin = e => (noted = {{entered: performance.timeOrigin + e.timeStamp}});
    addEventListener('keydown', e => {{ if (e.key === 'Enter') begin(e) }}, true);
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (options) {{
        const root = attach.call(this, options);
        const watch = new MutationObserver(() => {{
            if (!root.querySelector('{_ANSWERED}')) return;
            watch.disconnect();
            requestAnimationFrame(() => {{ noted.answered = now(); noted.tell?.() }});
        }});
        watch.observe(root, {{childList: true, subtree: true}});
        return root;
    }};
}})()"""
_NOTED = """() => new Promise(done => {
    const tell = () => done([noted.entered, noted.answered]);
    if (noted.answered) tell(); else noted.tell = tell;
})"""


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
        running(
            _chat(location), health=_HEALTH, XDG_STATE_HOME=str(data.CACHE / "state")
        ) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        _answers(table, browser, server.address, archive, questions)
        _crowd(table, server.address, archive, questions)
        _memory(table, browser, server)
        browser.close()
    return [table]


def _answers(
    table: Table, browser: "Browser", address: str, archive: Archive, questions: list[str]
) -> None:
    """Add what one person waits for."""
    page = _opened(browser.new_context(), address)
    # Both have read the models from the disk before.
    archive.ask(questions[0])
    _ask(page, questions[0])
    moved: float = page.evaluate(_MOVED)
    asked: list[float] = []
    shown: list[float] = []
    sent: list[float] = []
    for question in questions:
        _begin_anew(page)
        asked.append(_timed_ask(archive, question))
        shown.append(_ask(page, question))
        with Connection(address) as connection:
            sent.append(connection.ask(question))
    usual = statistics.median(asked)
    for what, taken in (("from Enter to the answer", shown), ("without a browser", sent)):
        median = statistics.median(taken)
        table.add(
            f"{what}, median s", f"{median:.2f}", f"`ask`: {usual:.2f}", f"{median / usual:.2f}"
        )
    table.add("layout shift of the first answer", f"{moved:.3f}", "", "")
    page.reload()
    page.get_by_placeholder("Ask the archive").wait_for()
    table.add("warm first paint, s", f"{page.evaluate(_PAINTED) / 1000:.2f}", "", "")
    page.context.close()


def _begin_anew(page: "Page") -> None:
    """Begin a conversation, and wait until the server and the browser have nothing left to do."""
    page.get_by_role("button", name="New conversation").click()
    page.locator(_ANSWERED).wait_for(state="detached")
    page.wait_for_timeout(_REST)


def _crowd(table: Table, address: str, archive: Archive, questions: list[str]) -> None:
    """Let eight people ask at once, some times, each time between the same questions in turn."""
    asked: list[float] = []
    slowest: list[float] = []
    for first in range(_CROWDS):
        with ExitStack() as open_ones, ThreadPoolExecutor(_PEOPLE) as at_once:
            people = [open_ones.enter_context(Connection(address)) for _ in range(_PEOPLE)]
            theirs = [questions[(first + place) % len(questions)] for place in range(_PEOPLE)]
            before = sum(_timed_ask(archive, question) for question in theirs)
            slowest.append(max(at_once.map(Connection.ask, people, theirs)))
            after = sum(_timed_ask(archive, question) for question in theirs)
            asked.append((before + after) / 2)
    usual, median = statistics.median(asked), statistics.median(slowest)
    table.add(
        f"{_PEOPLE} people at once, the slowest, median s",
        f"{median:.2f}",
        f"{_PEOPLE} times `ask`: {usual:.2f}",
        f"{median / usual:.2f}",
    )


def _memory(table: Table, browser: "Browser", server: Server) -> None:
    """Open and close sessions, and see what the server keeps of them."""
    address = server.address
    before = _memory_mb(server.process)
    for _ in range(_SESSIONS):
        page = _opened(browser.new_context(), address)
        _ask(page, "When did the ceasefire in Nagorno-Karabakh take effect?")
        page.context.close()
    most = _memory_mb(server.process)
    time.sleep(_KEPT_SECONDS)
    # Sessions are swept when another one comes.
    _opened(browser.new_context(), address).context.close()
    table.add(
        f"memory of the server after {_SESSIONS} sessions, MB",
        f"{_memory_mb(server.process):.0f}",
        f"{before:.0f} before, {most:.0f} while they were kept",
        f"{_memory_mb(server.process) / before:.2f}",
    )


def _opened(context: "BrowserContext", address: str) -> "Page":
    context.add_init_script(_NOTE_TIMES)
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    page.goto(address)
    page.get_by_placeholder("Ask the archive").wait_for()
    return page


def _ask(page: "Page", question: str) -> float:
    """Return the seconds from Enter until the answer stands on the page."""
    field = page.get_by_placeholder("Ask the archive")
    field.fill(question)
    field.press("Enter")
    entered, answered = page.evaluate(_NOTED)
    return float(answered - entered) / 1000


def _timed_ask(archive: Archive, question: str) -> float:
    start = time.perf_counter()
    archive.ask(question)
    return time.perf_counter() - start


def _chat(location: str) -> Callable[[int], list[str]]:
    command = [sys.executable, "-m", "ui.cli", "chat", "--no-browser", "--archive", location]
    return lambda port: [*command, "--port", str(port)]


def _memory_mb(server: int) -> float:
    """Return the resident memory of a process and of those that it started."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    sizes = (Path(f"/proc/{pid}/statm").read_text().split()[1] for pid in (server, *children))
    return sum(map(int, sizes)) * resource.getpagesize() / 1e6
