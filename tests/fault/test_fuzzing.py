"""Runs the fuzzing of `fuzzed.py` for a while; for longer with DATELINE_FUZZ_SECONDS."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.data import read_lines
from tests.ingest.every_kind import make_folder

pytestmark = pytest.mark.fault

ROOT = Path(__file__).parent.parent.parent
FUZZED = Path(__file__).with_name("fuzzed.py")
SECONDS = int(os.environ.get("DATELINE_FUZZ_SECONDS", "20"))
LARGEST = 20_000


def files(folder: Path) -> Iterator[bytes]:
    """Yield a file of every kind, each behind a byte that chooses what it is called."""
    folder.mkdir()
    make_folder(folder)
    for number, path in enumerate(sorted(folder.rglob("*"))):
        if path.is_file() and path.stat().st_size < LARGEST:
            yield bytes([number]) + path.read_bytes()


def questions(_: Path) -> Iterator[bytes]:
    """Yield the questions of the sample archive."""
    for record in read_lines(ROOT / "bench" / "sample-questions.jsonl"):
        yield record["question"].encode()


def filters(_: Path) -> Iterator[bytes]:
    """Yield words for each filter, of which some are days."""
    yield b"2020-01-01\n2021-05\nyesterday\ncourier.example\npost.example"
    yield b"10 November 2020\nlast week\n\n"


@pytest.mark.parametrize(
    ("target", "seeds"), [("parsers", files), ("questions", questions), ("filters", filters)]
)
def test_nothing_that_is_made_up_breaks_or_stalls_what_reads_it(
    tmp_path: Path, target: str, seeds: Callable[[Path], Iterator[bytes]]
) -> None:
    pytest.importorskip("atheris", reason="atheris, which makes things up, is for Linux")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds(tmp_path / "given")):
        (corpus / str(number)).write_bytes(seed)
    command = [sys.executable, str(FUZZED), target, str(corpus), f"-max_total_time={SECONDS}"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=SECONDS + 300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "DONE" in done.stderr
