"""A server under load: how long its askers wait, what fails, what memory it takes.

100 askers ask `dateline serve`, and then a plain LlamaIndex query engine over the same articles.
Then many ask with one key beside a few with a key each, and generations are switched while some
ask. Each server is a process of its own on this machine; the askers are in the process of the
measurement, and take processor time from it.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from api.keys import KeyFile
from bench import data
from bench.askers import Asked, Body, Load, ask_while, running
from bench.tables import Table
from ingest.sample import sample_path
from rag.store.following import CHECK_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """How many ask for how long, and how much else is done; a test does less.

    Few ask while generations change, so that a question is not so long in the queue that whatever
    it then finds is new enough.
    """

    askers: int = 100
    seconds: float = 120
    with_one_key: int = 40
    with_own_keys: int = 5
    seconds_of_keys: float = 60
    switches: int = 20
    askers_of_switches: int = 8


def measure(amounts: Amounts | None = None) -> list[Table]:
    """Return the tables of the crowd, of keys, and of generations that change."""
    wanted = amounts or Amounts()
    location = data.sample_archive()
    return [_crowds(location, wanted), _keys(location, wanted), _switching(wanted)]


# -- many askers ------------------------------------------------------------------------------


# In so many parts of the time, the memory is looked at.
_PARTS = 4


@dataclass(slots=True)
class _Crowd:
    """What a crowd got from one server, and what that cost the server."""

    load: Load
    memory: list[int]
    processor_seconds: float


def _crowds(location: str, amounts: Amounts) -> Table:
    ours, theirs = (
        _asked(command, _questions(), amounts) for command in (_dateline(location), _llama_index)
    )
    table = Table(
        title=f"Serving, {amounts.askers} askers for {amounts.seconds:g} s, sample archive",
        columns=["what", "Dateline", "LlamaIndex"],
    )
    for name, cell in _CELLS.items():
        table.add(name, cell(ours), cell(theirs))
    table.notes.append(
        "An asker sends the next question as soon as the last one is answered. Whoever is told 503 "
        "with Retry-After waits so long and asks again; that is counted apart, and the wait is a "
        "part of the time of the question. All else that is no answer is an error. The askers "
        "share the processors with the server. Dateline is `dateline serve` as it comes. "
        "LlamaIndex is a VectorStoreIndex in memory behind FastAPI (`bench/served.py`), with the "
        "same embedding model by sentence-transformers and the five nearest chunks as its answer: "
        "no language model and no reader reads them. One was asked after the other."
    )
    for name, crowd in (("Dateline", ours), ("LlamaIndex", theirs)):
        if crowd.load.errors:
            told = ", ".join(f"{what} {number}" for what, number in crowd.load.errors.items())
            table.notes.append(f"Errors of {name}: {told}.")
    return table


_CELLS: dict[str, Callable[[_Crowd], str]] = {
    "answers": lambda crowd: str(len(crowd.load.answered)),
    "errors": lambda crowd: str(crowd.load.errors.total()),
    "told to come again later": lambda crowd: str(crowd.load.busy),
    "answers a second": lambda crowd: f"{crowd.load.each_second:.2f}",
    "processor seconds of the server for an answer": lambda crowd: (
        f"{crowd.processor_seconds / len(crowd.load.answered):.3f}"
    ),
    "p50, s": lambda crowd: f"{crowd.load.percentile(50):.2f}",
    "p99, s": lambda crowd: f"{crowd.load.percentile(99):.2f}",
    "p99 / p50": lambda crowd: f"{crowd.load.percentile(99) / crowd.load.percentile(50):.2f}",
    "answers of an asker, fewest": lambda crowd: str(crowd.load.of_each[0]),
    "answers of an asker, most": lambda crowd: str(crowd.load.of_each[-1]),
    "memory after one question, MB": lambda crowd: f"{crowd.memory[0] / 1e6:.0f}",
    "memory after a quarter of the time, MB": lambda crowd: f"{crowd.memory[1] / 1e6:.0f}",
    "memory in the middle, MB": lambda crowd: f"{crowd.memory[2] / 1e6:.0f}",
    "memory after three quarters, MB": lambda crowd: f"{crowd.memory[3] / 1e6:.0f}",
    "memory at the end, MB": lambda crowd: f"{crowd.memory[4] / 1e6:.0f}",
}


def _dateline(location: str, *options: str) -> Callable[[int], list[str]]:
    command = [sys.executable, "-m", "ui.cli", "serve", "--archive", location, *options]
    return lambda port: [*command, "--port", str(port)]


def _llama_index(port: int) -> list[str]:
    return [sys.executable, "-m", "bench.served", str(port), str(sample_path())]


def _asked(command: Callable[[int], list[str]], questions: list[Body], amounts: Amounts) -> _Crowd:
    """Let the crowd ask; the first question, which loads the models, is asked before."""
    with running(command) as server:
        server.warm_up(questions[0])
        before, memory = server.processor_seconds(), [server.memory()]

        def wait() -> None:
            for _ in range(_PARTS):
                time.sleep(amounts.seconds / _PARTS)
                memory.append(server.memory())

        load = ask_while(server, questions, keys=[""] * amounts.askers, work=wait)
        return _Crowd(load, memory, server.processor_seconds() - before)


def _questions() -> list[Body]:
    return [{"question": question["question"]} for question in data.sample_questions()]


# -- keys -------------------------------------------------------------------------------------


def _keys(location: str, amounts: Amounts) -> Table:
    """Let many ask with one key, and a few with a key each."""
    many, few = amounts.with_one_key, amounts.with_own_keys
    table = Table(
        title=f"Serving, {many} askers with one key beside {few} with a key each",
        columns=["askers", "answers", "p50, s", "p99, s"],
    )
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        file = KeyFile(Path(folder, "keys.json"))
        shared, *own = (file.add(f"asker {number}", ("ask",))[1] for number in range(few + 1))
        keys = [*[shared] * many, *own]
        command = _dateline(location, "--require-key")
        with running(command, DATELINE_API_KEYS=str(file.path)) as server:
            server.warm_up(_questions()[0], key=shared)
            load = ask_while(
                server, _questions(), keys=keys, work=lambda: time.sleep(amounts.seconds_of_keys)
            )
    for name, askers in (
        ("with one key", range(many)),
        ("with a key each", range(many, many + few)),
    ):
        got = load.of(askers)
        p50, p99 = got.percentile(50), got.percentile(99)
        table.add(name, str(len(got.answered)), f"{p50:.2f}", f"{p99:.2f}")
    table.notes.append(
        f"{amounts.seconds_of_keys:g} s; all ask at once. Errors: {load.errors.total()}; told to "
        f"come again later: {load.busy}."
    )
    return table


# -- generations ------------------------------------------------------------------------------

_COUNTED = re.compile(r"counted (\d+) boats")
# A generation is served so long at least, so that answers come of each.
_PAUSE_SECONDS = 1.5 * CHECK_SECONDS
STALE = "of an older generation than allowed"
MIXED = "with a number of another generation, or none"
_QUESTION = {"question": "How many boats did the harbour of Ostmere count?"}


@dataclass(slots=True)
class Switching:
    """An archive of the sample and one more article, whose text changes with each generation.

    `counts` has the number of boats in each generation by its name, and `served` when it came.
    """

    folder: Path
    counts: dict[str, int] = field(default_factory=dict)
    served: dict[str, float] = field(default_factory=dict)

    @property
    def archive(self) -> Path:
        """The directory of the archive."""
        return self.folder / "archive"

    def serve_next(self) -> None:
        """Ingest the next text of the article, in a process of its own."""
        count = 201 + len(self.counts)
        source = self.folder / "harbour.jsonl"
        article = {
            "id": "harbour-count",
            "title": "Boats in the harbour of Ostmere",
            "published": "2024-03-02",
            "updated": f"2024-03-02T12:{len(self.counts):02}:00Z",
            "text": f"The harbour of Ostmere counted {count} boats on Saturday.",
        }
        source.write_text(json.dumps(article) + "\n", encoding="utf-8")
        ingest = [sys.executable, "-m", "ingest", "--archive", str(self.archive)]
        subprocess.run(
            [*ingest, str(sample_path()), str(source)],
            check=True,
            capture_output=True,
            cwd=data.ROOT,
        )
        pointer = self.archive / "current"
        name = pointer.read_text(encoding="utf-8").strip()
        self.counts[name], self.served[name] = count, pointer.stat().st_mtime

    def fault(self, asked: Asked) -> str:
        """Return what is wrong with an answer, empty if nothing is."""
        generation = asked.reply["provenance"]["generation"]
        until = asked.sent - CHECK_SECONDS
        if generation < max(name for name, moment in self.served.items() if moment <= until):
            return STALE
        quotes = [citation["quote"] for citation in asked.reply["citations"]]
        counted = _COUNTED.search(quotes[0]) if quotes else None
        is_of_it = counted is not None and int(counted[1]) == self.counts[generation]
        return "" if is_of_it else MIXED


def _switching(amounts: Amounts) -> Table:
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        switching = Switching(Path(folder))
        switching.serve_next()
        with running(_dateline(str(switching.archive))) as server:
            # The first question loads the models. The pause lets what it found become too old.
            server.warm_up(_QUESTION)
            time.sleep(_PAUSE_SECONDS)
            memory = [server.memory()]

            def switch() -> None:
                for _ in range(amounts.switches):
                    switching.serve_next()
                    time.sleep(_PAUSE_SECONDS)

            load = ask_while(
                server, [_QUESTION], keys=[""] * amounts.askers_of_switches, work=switch
            )
            memory.append(server.memory())
            # Beside the folder of each view is its lock.
            views = sum(path.is_dir() for path in (switching.archive / "views").iterdir())
    return _switching_table(switching, load, memory=memory, views=views)


def _switching_table(switching: Switching, load: Load, *, memory: list[int], views: int) -> Table:
    faults = Counter(switching.fault(asked) for asked in load.answered)
    seen = {asked.reply["provenance"]["generation"] for asked in load.answered}
    table = Table(
        title=f"Serving, generation switched {len(switching.served) - 1} times while "
        f"{load.askers} ask",
        columns=["what", "value"],
    )
    table.add("answers", str(len(load.answered)))
    table.add("errors", str(load.errors.total()))
    table.add("told to come again later", str(load.busy))
    table.add(f"{STALE}, {CHECK_SECONDS:g} s after the next was served", str(faults[STALE]))
    table.add(MIXED, str(faults[MIXED]))
    table.add("generations that answered", str(len(seen)))
    table.add("generations still open at the end", str(views))
    table.add("p50, s", f"{load.percentile(50):.2f}")
    table.add("p99, s", f"{load.percentile(99):.2f}")
    table.add("memory before, MB", f"{memory[0] / 1e6:.0f}")
    table.add("memory after, MB", f"{memory[1] / 1e6:.0f}")
    table.notes.append(
        "All ask how many boats one article counts, and each ingest changes that number. The "
        "quote must have the number of the generation that the answer names."
    )
    return table
