"""Tests that the scripts for shells complete commands, options and files."""

import shutil
import subprocess
from pathlib import Path

import pytest

from ui.cli import main
from ui.completion import SHELLS


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_option_is_in_the_script(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--print-completion", shell])
    assert ended.value.code == 0
    script = capsys.readouterr().out
    assert [word for word in ("locate", "recheck", "since") if word not in script] == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "completed"),
    [(["dateline", "rech"], "recheck"), (["dateline", "ask", "--sinc"], "--since")],
)
def test_bash_completes_with_it(
    words: list[str], completed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--print-completion", "bash"])
    script = tmp_path / "dateline.bash"
    script.write_text(capsys.readouterr().out)
    typed = " ".join(words)
    asks = (
        f"source {script}; COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; "
        f"COMP_LINE='{typed}'; COMP_POINT={len(typed)}; "
        "$(complete -p dateline | sed 's/.*-F \\([^ ]*\\).*/\\1/'); echo ${COMPREPLY[@]}"
    )
    told = subprocess.run(["bash", "-c", asks], capture_output=True, text=True, check=True).stdout
    assert completed in told.split()
