import json
import stat
from pathlib import Path

import pytest

from rag.question.follow_ups import Exchange
from rag.settings import Settings
from ui.kept_conversation import keep_conversation, load_conversation

TURN = Exchange(
    question="When did the ceasefire take effect?",
    answer="It took effect on 10 November.",
)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "dateline" / "conversations.json"


def settings(archive: str) -> Settings:
    return Settings(archive=archive)


def test_a_kept_conversation_is_found_again_as_it_was() -> None:
    assert keep_conversation(settings("a"), [TURN])
    assert load_conversation(settings("a")) == [TURN]


def test_an_archive_is_the_same_from_wherever_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_conversation(settings(str(tmp_path / "a")), [TURN])
    monkeypatch.chdir(tmp_path)
    assert load_conversation(settings("a")) == [TURN]
    assert load_conversation(settings("http://host:6333")) == []


@pytest.mark.parametrize("name", ["holm/../a", "./a/", "link", "orr/../link"])
def test_another_path_leads_to_the_same_conversation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("a", "holm", "orr"):
        (tmp_path / folder).mkdir()
    (tmp_path / "link").symlink_to("a")
    keep_conversation(settings("a"), [TURN])
    assert load_conversation(settings(name)) == [TURN]
    keep_conversation(settings(name), [TURN, TURN])
    assert load_conversation(settings("a")) == [TURN, TURN]


def test_a_conversation_that_an_earlier_version_kept_is_found_and_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "holm").mkdir()
    state.parent.mkdir(parents=True)
    old = f"{tmp_path}/holm/../a"
    state.write_text(json.dumps({old: [{"question": "When did Marden flood?", "answer": ""}]}))
    assert load_conversation(settings("holm/../a"))[0].question == "When did Marden flood?"
    keep_conversation(settings("holm/../a"), [TURN])
    assert list(json.loads(state.read_text())) == [str(tmp_path / "a")]


def test_the_last_turns_and_the_last_archives_are_kept(state: Path) -> None:
    turns = [Exchange(question=f"Who is number {n}?", answer="x" * 5000) for n in range(30)]
    for n in range(30):
        keep_conversation(settings(f"archive-{n}"), turns)
    found = load_conversation(settings("archive-29"))
    assert [turn.question for turn in found] == [turn.question for turn in turns[-10:]]
    assert {len(turn.answer) for turn in found} == {1000}
    assert load_conversation(settings("archive-0")) == []
    assert len(json.loads(state.read_text())) == 20


def test_only_its_owner_may_read_the_file_and_no_other_is_left(state: Path) -> None:
    keep_conversation(settings("a"), [TURN])
    keep_conversation(settings("a"), [TURN, TURN])
    assert stat.S_IMODE(state.stat().st_mode) == 0o600
    assert stat.S_IMODE(state.parent.stat().st_mode) == 0o700
    assert list(state.parent.iterdir()) == [state]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b'{"a": 1}', b'{"a": [{"question": 3}]}',
     b'{"a": [{"question": "Who?", "when": {"since": "soon"}}]}',
     b'{"a": [{"question": "Who?", "when": {"since": "2021-01-01", "until": "2020-01-01"}}]}',
     b"[" * 100_000],
)  # fmt: skip
def test_a_damaged_file_is_no_conversation_and_is_replaced(state: Path, content: bytes) -> None:
    state.parent.mkdir(parents=True)
    state.write_bytes(content)
    assert load_conversation(settings("a")) == []
    assert keep_conversation(settings("a"), [TURN])
    assert load_conversation(settings("a")) == [TURN]


def test_what_cannot_be_written_is_said_and_harms_nothing(state: Path) -> None:
    state.parent.parent.mkdir()
    state.parent.write_text("a file where the folder should be")
    assert not keep_conversation(settings("a"), [TURN])
    assert load_conversation(settings("a")) == []


def test_bytes_of_a_shell_that_are_no_text_can_be_kept() -> None:
    assert keep_conversation(settings("a"), [Exchange(question="Who is caf\udce9?")])
    assert load_conversation(settings("a"))[0].question == "Who is caf??"
