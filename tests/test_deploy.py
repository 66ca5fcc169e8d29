"""Tests what can be said of the systemd units without systemd."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from ingest.exits import SKIPPED
from rag.settings import Settings
from ui.options import make_parser
from ui.site import LAST_SECONDS

DEPLOY = Path(__file__).parent.parent / "deploy"
SERVICES = sorted(DEPLOY.glob("*.service"))


def values(unit: Path, key: str) -> list[str]:
    return re.findall(rf"^{key}=(.*)$", unit.read_text(), re.MULTILINE)


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_the_commands_and_settings_are_those_of_the_program(unit: Path) -> None:
    (command,) = values(unit, "ExecStart")
    program, *arguments = shlex.split(command)
    assert Path(program).name == "dateline"
    make_parser().parse_args(arguments)
    named = {name.partition("=")[0] for name in values(unit, "Environment")}
    settings = {name for name in named if name.startswith("DATELINE_")}
    assert settings <= {f"DATELINE_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_no_service_is_root_or_may_write_elsewhere(unit: Path) -> None:
    assert values(unit, "User") == ["dateline"]
    assert values(unit, "NoNewPrivileges") == ["yes"]
    assert values(unit, "ProtectSystem") == ["strict"]
    assert values(unit, "CapabilityBoundingSet") == [""]


def test_the_server_has_time_to_stop_and_asks_for_keys() -> None:
    unit = DEPLOY / "dateline.service"
    assert int(values(unit, "TimeoutStopSec")[0]) > LAST_SECONDS
    (command,) = values(unit, "ExecStart")
    options = make_parser().parse_args(shlex.split(command)[1:])
    assert options.require_key
    assert options.host == "127.0.0.1"


def test_nobody_who_comes_through_the_proxy_adds_articles_on_the_page() -> None:
    assert "DATELINE_PAGE_INGEST=never" in values(DEPLOY / "dateline.service", "Environment")


def test_an_ingest_that_skipped_something_is_no_failure() -> None:
    assert values(DEPLOY / "dateline-ingest.service", "SuccessExitStatus") == [str(SKIPPED)]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_systemd_reads_the_unit(unit: Path) -> None:
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True)
    assert "Unknown" not in done.stderr
