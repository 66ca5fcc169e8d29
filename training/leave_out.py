"""Say what each source of the training adds: `python -m training.leave_out --base DIR`.

Small readers are trained from the base for equally many steps: two on all sets, with two seeds, so
that chance can be told, and one for each group of sets, on all the others. Run it again to go on.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from training.train import SEED

# Sets that would be had, or not, together.
GROUPS: dict[str, tuple[str, ...]] = {
    "NewsQA": ("newsqa",),
    "news quiz": ("realtimeqa",),
    "questions written for Dateline": ("asked",),
    "drills and follow-ups": ("drills", "follow-ups"),
    "questions on Wikinews and tweets": (
        "qamr-wikinews",
        "tweetqa-spans",
        "ester",
        "multirc-newslike",
    ),
    "questions on Wikipedia and reviews": (
        "squad2",
        "new_wiki",
        "reddit",
        "amazon_reviews",
        "qamr-wikipedia",
    ),
    "judged sentences and entailment": ("boolq", "sentences", "statements", "mnli"),
    "twins": ("twins",),
}
_ALL = "all sets"


def main() -> int:
    """Train the readers that are missing, and print how well each reads."""
    parser = argparse.ArgumentParser(prog="python -m training.leave_out")
    parser.add_argument("--work", type=Path, default=Path("training/work/leave-out"))
    parser.add_argument("--base", type=Path, required=True, help="folder of the base network")
    parser.add_argument("--examples", type=Path, required=True, help="of training.prepare")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--steps", type=int, default=250)
    options, passed_on = parser.parse_known_args()
    given = [
        f"--base={options.base}",
        f"--examples={options.examples}",
        f"--layers={options.layers}",
        f"--steps={options.steps}",
        "--shares=second",
        "--rate=2e-4",
        "--tokens=9000",
        *passed_on,
    ]
    for name, seed, sets in _runs():
        work: Path = options.work / name.replace(" ", "-")
        if _scores(work) is None:
            command = [sys.executable, "-m", "training.train", f"--work={work}", f"--seed={seed}"]
            without = ["--without", *sets] if sets else []
            subprocess.run([*command, *given, *without], check=True)
    print_table({name: _scores(options.work / name.replace(" ", "-")) for name, *_ in _runs()})
    return 0


def _runs() -> list[tuple[str, int, Sequence[str]]]:
    """Return the name, the seed and the sets left out of each training."""
    whole: list[tuple[str, int, Sequence[str]]] = [(_ALL, SEED, ()), (f"{_ALL}, again", 1, ())]
    return whole + [(f"without {name}", SEED, sets) for name, sets in GROUPS.items()]


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
