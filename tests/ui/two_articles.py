"""Makes an archive of two articles with the command, for tests of what is done with an archive."""

import json
from pathlib import Path
from typing import Any

import pytest

from ui.cli import main

RECORDS = [
    {"id": "rain", "published": "2021-03-01", "text": "It rained in Velm for nine days in March."},
    {"id": "snow", "published": "2021-12-05", "text": "Snow closed the Orsa pass on Sunday."},
]
QUESTION = "For how many days did it rain in Velm?"


def ingest_into(folder: Path) -> None:
    """Make `archive` in a folder, of its file `wire.jsonl`."""
    lines = "".join(json.dumps(record) + "\n" for record in RECORDS)
    (folder / "wire.jsonl").write_text(lines)
    assert main(["ingest", str(folder / "wire.jsonl"), "--archive", str(folder / "archive")]) == 0


def run(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> str:
    """Run a command that must end so, and return what it prints, or its error if it fails."""
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == status
    said = capsys.readouterr()
    return said.err if status else said.out


def ask(capsys: pytest.CaptureFixture[str], archive: Path) -> dict[str, Any]:
    """Return the answer without its provenance, which says when and of which archive it is."""
    answer = json.loads(run(capsys, "ask", QUESTION, "--json", "--archive", archive))
    return answer | {"provenance": None}
