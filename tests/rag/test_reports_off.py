import os
import subprocess
import sys
from pathlib import Path

import pytest

from rag.telemetry import SWITCHES, switch_off_telemetry

ROOT = Path(__file__).parents[2]


def test_importing_rag_switches_everything_off() -> None:
    code = f"import os, rag; print(*(os.environ[name] for name in {list(SWITCHES)}))"
    environment = {name: v for name, v in os.environ.items() if name not in SWITCHES}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.stdout.split() == list(SWITCHES.values()), done.stderr


def test_what_the_environment_says_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORT_DISABLE_TELEMETRY", "0")
    switch_off_telemetry()
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "0"
