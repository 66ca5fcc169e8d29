"""`python -m bench [NAME...]`: measure, print the tables, write them to `bench/results.md`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from bench import answers, extraction, retrieval, speed
from bench.tables import Table
from rag.errors import DatelineError

_RESULTS = Path(__file__).with_name("results.md")
_MEASURES: dict[str, Callable[[], list[Table]]] = {
    "retrieval": retrieval.measure,
    "answers": answers.measure,
    "extraction": extraction.measure,
    "speed": speed.measure,
}
# What must not get worse, by the title's start, the row and the column. Set a little under what was
# measured, because the int8 model's vectors differ in the third digit between processors.
_FLOORS = {
    ("Retrieval, NewsQA", "Dateline", "@1"): 0.50,
    ("Retrieval, NewsQA", "Dateline", "@10"): 0.82,
}


def main() -> int:
    """Run the named measurements, all by default; fail if one is under its floor."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", choices=[*_MEASURES, []], help="which to run")
    names = parser.parse_args().names or list(_MEASURES)
    try:
        tables = [table for name in names for table in _MEASURES[name]()]
    except DatelineError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    text = "\n\n".join(str(table) for table in tables)
    print(text)
    if len(names) == len(_MEASURES):
        _RESULTS.write_text(f"# Measured results\n\nWritten by `make bench`.\n\n{text}\n")
    return 1 if _under_floor(tables) else 0


def _under_floor(tables: list[Table]) -> bool:
    failed = False
    for (title, row, column), floor in _FLOORS.items():
        for table in tables:
            if table.title.startswith(title) and table.value(row, column) < floor:
                print(f"bench: {title}, {row} {column} is under {floor}", file=sys.stderr)
                failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main())
