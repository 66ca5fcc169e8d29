"""Tests that documents agree with the code on the table of settings and the Makefile's commands."""

import re
import subprocess
from pathlib import Path

from docs.generate import PAGE, with_table

ROOT = Path(__file__).parent.parent


def test_the_settings_table_is_the_settings_class() -> None:
    page = PAGE.read_text()
    assert page == with_table(page), "run 'make settings'"


def test_the_make_commands_of_the_documents_are_those_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        code = re.findall(r"^```.*?^```$|`[^`\n]+`", page.read_text(), re.MULTILINE | re.DOTALL)
        for name in re.findall(r"(?:^|[`$ ])make ([a-z-]+)", "\n".join(code), re.MULTILINE):
            assert re.search(rf"^{name}:", makefile, re.MULTILINE), f"{page.name}: make {name}"


def test_make_says_what_it_installs_and_shows_the_progress(tmp_path: Path) -> None:
    stamp = tmp_path / ".installed"
    # Under `make test`, a make within make would tell its directory first.
    command = ["make", "--dry-run", "--no-print-directory", f"VENV={tmp_path}", str(stamp)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    told, *commands = done.stdout.splitlines()
    assert "Installing Dateline" in told, done.stderr
    (pip,) = (line for line in commands if "pip install" in line)
    assert not re.search(r"--quiet| -q|> */dev/null", pip)
