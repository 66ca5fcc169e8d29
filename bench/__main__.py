"""`python -m bench [NAME...]`: measure, print the tables, write them to `bench/results.md`.

Each measurement has a section there; those that are not run keep theirs.
"""

import argparse
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench import (
    agreement,
    answers,
    asked,
    beats,
    calibration,
    carried,
    conversations,
    copies,
    embedding,
    extraction,
    formats,
    hard,
    ingest,
    lasting,
    late,
    locating,
    page,
    planted,
    reader,
    reported,
    retrieval,
    scale,
    serving,
    signal_choice,
    signs,
    speed,
    support,
    threads,
    timeline,
    timex,
)
from bench.floors import misses
from bench.tables import Table
from rag.errors import DatelineError

_RESULTS = Path(__file__).with_name("results.md")
# In the order of the results: data from outside first, the sample archive, which the product was
# made on, last.
_MEASURES: dict[str, Callable[[], list[Table]]] = {
    "beats": beats.measure,
    "desks": beats.measure_desks,
    "wires": beats.measure_wires,
    "asked": asked.measure,
    "calibration": calibration.measure,
    "reported": reported.measure,
    "agreement": agreement.measure,
    "planted": planted.measure,
    "signs": signs.measure,
    "carried": carried.measure,
    "retrieval": retrieval.measure,
    "reader": reader.measure,
    "signals": signal_choice.measure,
    "timex": timex.measure,
    "support": support.measure,
    "extraction": extraction.measure,
    "formats": formats.measure,
    "copies": copies.measure,
    "locating": locating.measure,
    "ingest": ingest.measure,
    "speed": speed.measure,
    "threads": threads.measure,
    "page": page.measure,
    "serving": serving.measure,
    "lasting": lasting.measure,
    "answers": answers.measure,
    "conversations": conversations.measure,
    "timeline": timeline.measure,
    "hard": hard.measure,
    "embedding": embedding.measure,
    "scale": scale.measure,
    "late": late.measure,
}
# They are about machines, not answers, and take minutes to hours: they run only if named.
_BY_NAME = {"embedding", "lasting", "late", "scale", "serving"}
_SECTION = re.compile(r"^## (\w+)\n\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def main() -> int:
    """Run the named measurements, all by default; fail if one misses its floor."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", choices=[*_MEASURES, []], help="which to run")
    parser.add_argument(
        "--passages", type=int, help="of how many passages `scale` makes its archive"
    )
    options = parser.parse_args()
    names = options.names or [name for name in _MEASURES if name not in _BY_NAME]
    measures = dict(_MEASURES)
    if options.passages:
        measures["scale"] = partial(scale.measure, options.passages)
    failed = False
    for name in names:
        try:
            tables = measures[name]()
        except DatelineError as error:
            print(f"bench: {error}", file=sys.stderr)
            return 1
        text = "\n\n".join(str(table) for table in tables)
        print(text)
        _keep(name, text)
        failed = _misses_a_floor(tables) or failed
    return 1 if failed else 0


def _keep(name: str, text: str) -> None:
    """Write a measurement's tables into its section of the results."""
    before = _RESULTS.read_text(encoding="utf-8") if _RESULTS.exists() else ""
    sections = {found[1]: found[2].strip() for found in _SECTION.finditer(before)}
    sections[name] = text
    written = [f"## {known}\n\n{sections[known]}\n" for known in _MEASURES if known in sections]
    heading = (
        "# Measured results\n\nWritten by `make bench`, or a part by `python -m bench NAME`.\n"
    )
    _RESULTS.write_text("\n".join([heading, *written]), encoding="utf-8")


def _misses_a_floor(tables: list[Table]) -> bool:
    missed = misses(tables)
    for miss in missed:
        print(f"bench: {miss}", file=sys.stderr)
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
