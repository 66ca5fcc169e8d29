"""Prepare the examples that the reader is trained on: `python -m training.prepare`.

It takes a few minutes, for every question is put to the passages that look like its own.
"""

import argparse
import json
import pickle
import sys
from pathlib import Path

from training.data_sets import file_hashes, read_sets


def main() -> int:
    """Write the examples, and the hashes of the files that they come from."""
    parser = argparse.ArgumentParser(prog="python -m training.prepare")
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    work: Path = parser.parse_args().work
    work.mkdir(parents=True, exist_ok=True)
    sets = {part: read_sets(part) for part in ("train", "tune")}
    (work / "data.json").write_text(json.dumps(file_hashes(), indent=1))
    partial = work / "examples.partial"
    partial.write_bytes(pickle.dumps(sets))
    partial.rename(work / "examples.pickle")
    return 0


if __name__ == "__main__":
    sys.exit(main())
