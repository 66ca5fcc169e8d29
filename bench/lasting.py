"""One process that asks one archive again and again: its memory must not grow.

`python -m bench.lasting ARCHIVE ASKS EVERY` is that process.
"""

import argparse
import itertools
import json
import subprocess
import sys

from bench import data
from bench.machine import process_bytes
from bench.tables import Table
from rag.archive import Archive

_ASKS, _EVERY = 5000, 500


def measure(asks: int = _ASKS, every: int = _EVERY) -> list[Table]:
    """Return the table of the memory after each `every` of so many questions."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.lasting", data.sample_archive(), str(asks), str(every)],
        check=True,
        stdout=subprocess.PIPE,
        cwd=data.ROOT,
    )
    memory: list[int] = json.loads(done.stdout)
    table = Table(
        title=f"Memory of one process that asks {asks:,} questions of the sample archive",
        columns=["questions", "memory, MB", "of the first"],
    )
    for number, resident in enumerate(memory, start=1):
        table.add(f"{number * every}", f"{resident / 1e6:.0f}", f"{resident / memory[0]:.3f}")
    table.notes.append("Resident memory. The questions of the sample are asked in turn.")
    return [table]


def memory_of_asks(location: str, *, asks: int, every: int) -> list[int]:
    """Return the resident bytes of this process after each `every` of so many questions."""
    questions = itertools.cycle(question["question"] for question in data.sample_questions())
    memory = []
    with Archive.open(location) as archive:
        for number, question in enumerate(itertools.islice(questions, asks), start=1):
            archive.ask(question)
            if number % every == 0:
                memory.append(process_bytes("self", "status", "VmRSS:"))
    return memory


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.lasting")
    parser.add_argument("archive")
    parser.add_argument("asks", type=int)
    parser.add_argument("every", type=int)
    options = parser.parse_args()
    print(json.dumps(memory_of_asks(options.archive, asks=options.asks, every=options.every)))
