"""What a source adds is said from readers that were trained without it."""

import json
from pathlib import Path

import pytest

from training import leave_out
from training.shares import SHARES


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Record the trainings that are started; each writes what it scores."""
    started: list[list[str]] = []

    def train(command: list[str], *, check: bool) -> None:
        assert check
        started.append(command)
        work = Path(next(part for part in command if part.startswith("--work=")).split("=")[1])
        work.mkdir(parents=True, exist_ok=True)
        lines = [{"step": 50}, {"done": True, "newsqa f1": 0.5, "newsqa relevance auc": 0.9}]
        (work / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))

    monkeypatch.setattr("training.leave_out.subprocess.run", train)
    return started


def test_each_set_is_left_out_once() -> None:
    left_out = [name for names in leave_out.GROUPS.values() for name in names]

    assert len(left_out) == len(set(left_out))
    assert {*left_out, *leave_out.GENERAL, "unlabelled"} == set(SHARES["second"])


def test_a_run_goes_on_with_the_trainings_that_are_missing(
    trained: list[list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["--base", "E5", "--examples", "e.pickle", "--work", str(tmp_path), "--processes=2"]
    monkeypatch.setattr("sys.argv", ["leave_out", *arguments])
    leave_out.main()
    (tmp_path / "without-NewsQA" / "log.jsonl").write_text('{"step": 50}\n')
    begun = len(trained)
    capsys.readouterr()

    leave_out.main()

    assert begun == len(leave_out.GROUPS) + 3
    assert trained[begun:] == [trained[3]]
    assert trained[-1][-2:] == ["--without", "newsqa"]
    assert "--processes=2" in trained[-1]
    table = capsys.readouterr().out
    assert "| | newsqa f1 |" in table
    assert "| without NewsQA | 0.500 |" in table
