"""Tests that Dateline and its libraries look up no host, from the first ingest to an open page."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rag.telemetry import SWITCHES

pytestmark = pytest.mark.fault
ROOT = Path(__file__).parents[2]
# ONNX Runtime looks up the host of its maker five seconds after it has opened a model, and again.
HOLD_SECONDS = 25
# It reports nothing if one of these says that a program is being tested.
TESTED = "CI GITHUB_ACTIONS GITLAB_CI JENKINS_URL ORT_RUNNING_UNIT_TESTS TF_BUILD TRAVIS".split()


def can_be_cut_off() -> bool:
    """Say whether this process may make a network and mounts of its own."""
    if not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-rnm", "true"], capture_output=True).returncode == 0


@pytest.mark.skipif(not can_be_cut_off(), reason="this system does not allow 'unshare -rnm'")
def test_no_host_is_looked_up_and_no_id_of_the_device_is_kept(tmp_path: Path) -> None:
    cut_off = ["unshare", "-rnm", sys.executable, "-m", "tests.fault.cut_off"]
    use = [sys.executable, "-m", "tests.fault.whole_day"]
    environment = {k: v for k, v in os.environ.items() if k not in {*TESTED, *SWITCHES}}
    environment |= {
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [*cut_off, *use, str(tmp_path / "archive"), str(HOLD_SECONDS)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
    assert not list(tmp_path.rglob("deviceid"))
