"""Say what each source of the training adds: `python -m training.leave_out --base DIR`.

A small reader is trained on questions about Wikipedia and reviews, so that it can read. From there
others are trained for equally many steps: two on all sets, with two seeds, so that chance can be
told, and one for each group of sets, on all the others. Run it again to go on.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

GENERAL = ("squad2", "new_wiki", "reddit", "amazon_reviews", "qamr-wikipedia")
# Sets that would be had, or not, together.
GROUPS: dict[str, tuple[str, ...]] = {
    "NewsQA": ("newsqa",),
    "questions written for Dateline": ("asked",),
    "drills and follow-ups": ("drills", "follow-ups"),
    "judged sentences, entailment and twins": (
        "boolq",
        "sentences",
        "statements",
        "mnli",
        "twins",
    ),
    "quiz, tweets and other questions on news": (
        "realtimeqa",
        "qamr-wikinews",
        "tweetqa-spans",
        "ester",
        "multirc-newslike",
    ),
}
_START, _ALL = "questions on Wikipedia and reviews alone", "all sets"
# So many steps, of so many tokens, the first reader and each of the others take.
_FIRST = ("--steps=3300", "--passes=40", "--tokens=3000", "--rate=2e-4", "--shares=first")
_OTHERS = ("--steps=250", "--tokens=4500", "--rate=1.5e-4", "--shares=second")


@dataclass(frozen=True, slots=True)
class _Run:
    """One training: its name, the sets it is without, and its other arguments."""

    name: str
    without: Sequence[str]
    arguments: Sequence[str]

    def folder(self, work: Path) -> Path:
        """Return the folder of the training in that of all."""
        return work / self.name.replace(" ", "-")


def main() -> int:
    """Train the readers that are missing, and print how well each reads."""
    parser = argparse.ArgumentParser(prog="python -m training.leave_out")
    parser.add_argument("--work", type=Path, default=Path("training/work/leave-out"))
    parser.add_argument("--layers", type=int, default=6)
    options, passed_on = parser.parse_known_args()
    runs = _runs(options.work)
    for run in runs:
        work = run.folder(options.work)
        if _scores(work) is None:
            command = [sys.executable, "-m", "training.train", f"--work={work}", *passed_on]
            command += [f"--layers={options.layers}", *run.arguments]
            subprocess.run([*command, "--without", *run.without], check=True)
    print_table({run.name: _scores(run.folder(options.work)) for run in runs})
    return 0


def _runs(work: Path) -> list[_Run]:
    """Return the trainings in their order."""
    every = [name for names in GROUPS.values() for name in names]
    first = _Run(_START, every, _FIRST)
    others = (*_OTHERS, f"--weights={first.folder(work) / 'checkpoint.pt'}")
    return [
        first,
        _Run(_ALL, (), others),
        _Run(f"{_ALL}, again", (), (*others, "--seed=1")),
        *(_Run(f"without {name}", sets, others) for name, sets in GROUPS.items()),
    ]


def _scores(work: Path) -> dict[str, float] | None:
    """Return what the log of a training says at its end; None before."""
    log = work / "log.jsonl"
    lines = log.read_text().splitlines() if log.exists() else []
    ends = [line for line in map(json.loads, lines) if line.pop("done", False)]
    return ends[-1] if ends else None


def print_table(scores: dict[str, dict[str, float] | None]) -> None:
    """Print a row for each reader, a column for each score, as Markdown."""
    known = {name: row for name, row in scores.items() if row}
    columns = [key for key in next(iter(known.values()), {}) if "relevance" not in key]
    print("| | " + " | ".join(columns) + " |")
    print("| --- |" + " --- |" * len(columns))
    for name, row in known.items():
        print(f"| {name} | " + " | ".join(f"{row[key]:.3f}" for key in columns) + " |")


if __name__ == "__main__":
    sys.exit(main())
