import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from tests.ui.fake_archive import FakeArchive, answered
from ui.page.conversation import PageFilters, Turn, Waiting, answer
from ui.page.conversation_store import ConversationStore, NotKept

FILTERS = PageFilters(since=date(2020, 11, 1), outlets=["wire.example"], as_of=date(2021, 1, 1))


@pytest.fixture
def clock() -> Callable[[], float]:
    ticks = count(1)
    return lambda: float(next(ticks))


@pytest.fixture
def store(tmp_path: Path, clock: Callable[[], float]) -> ConversationStore:
    return ConversationStore(path=tmp_path / "state" / "chat.sqlite3", archive="a", clock=clock)


def keep_turn(store: ConversationStore, conversation: str, question: str = "When?") -> Turn:
    waiting = Waiting(question=question, filters=FILTERS)
    store.keep_waiting(conversation, waiting, title=question, filters=FILTERS)
    kept = store.keep_turn(conversation, answer(FakeArchive(), waiting, filters=FILTERS))
    assert kept is not None
    return kept


def spoil(store: ConversationStore, statement: str) -> None:
    database = sqlite3.connect(store.path)
    with database:
        database.execute(statement)
    database.close()


def test_a_turn_is_read_as_it_was_kept(store: ConversationStore) -> None:
    turn = keep_turn(store, "c1")
    assert turn.answer == answered("When?")
    again = replace(store, clock=lambda: 0.0).load("c1")
    assert again is not None
    assert again.turns == (turn,)
    assert (again.title, again.filters, again.waiting) == ("When?", FILTERS, ())


def test_a_question_that_waits_is_kept_with_its_filters(store: ConversationStore) -> None:
    waiting = Waiting(question="Who?", carried=("Gaza",), filters=FILTERS)
    store.keep_waiting("c1", waiting, title="Who?", filters=FILTERS)
    found = store.load("c1")
    assert found is not None
    assert found.waiting == (waiting,)


def test_two_tabs_add_their_turns_and_overwrite_none(store: ConversationStore) -> None:
    first, second = (Waiting(question=question) for question in ("When?", "Who?"))
    for waiting in (first, second):
        store.keep_waiting("c1", waiting, title="When?", filters=FILTERS)
    for waiting in (second, first):
        store.keep_turn("c1", answer(FakeArchive(), waiting, filters=FILTERS, number=1))
    found = store.load("c1")
    assert found is not None
    assert [(turn.number, turn.question) for turn in found.turns] == [(1, "Who?"), (2, "When?")]


def test_a_question_is_answered_once(store: ConversationStore) -> None:
    turn = keep_turn(store, "c1")
    assert store.keep_turn("c1", turn) is None


def test_conversations_are_listed_newest_first_for_one_archive(store: ConversationStore) -> None:
    for name in ("c1", "c2"):
        keep_turn(store, name, f"Who is {name}?")
    store.keep("c3", title="", filters=FILTERS)
    keep_turn(replace(store, archive="b"), "c4")
    keep_turn(store, "c1")
    assert [listed.title for listed in store.conversations()] == ["Who is c1?", "Who is c2?"]
    assert store.load("c4") is None


def test_a_title_that_a_person_gave_stays(store: ConversationStore) -> None:
    keep_turn(store, "c1")
    store.rename("c1", "The ceasefire")
    keep_turn(store, "c1", "Who?")
    assert [listed.title for listed in store.conversations()] == ["The ceasefire"]


def test_what_was_deleted_is_not_on_the_disk_and_can_be_brought_back(
    store: ConversationStore,
) -> None:
    turn = keep_turn(store, "c1", "Who is Zebulon Quax?")
    deleted = store.delete("c1")
    assert store.load("c1") is None
    files = [path.read_bytes() for path in store.path.parent.iterdir()]
    assert not any(b"Zebulon" in content for content in files)
    assert deleted is not None
    assert deleted.title == "Who is Zebulon Quax?"
    store.restore(deleted)
    found = store.load("c1")
    assert found is not None
    assert found.turns == (turn,)
    assert store.delete("no such") is None


def test_the_oldest_conversations_go_when_there_are_too_many(store: ConversationStore) -> None:
    few = replace(store, most_conversations=2)
    for name in ("c1", "c2", "c3"):
        keep_turn(few, name, name)
    assert [listed.title for listed in few.conversations()] == ["c3", "c2"]


def test_the_oldest_go_when_they_are_too_large_but_never_the_newest(
    store: ConversationStore,
) -> None:
    small = replace(store, most_bytes=1)
    for name in ("c1", "c2"):
        keep_turn(small, name, name)
    assert [listed.title for listed in small.conversations()] == ["c2"]


def test_the_oldest_turns_of_a_long_conversation_go(store: ConversationStore) -> None:
    short = replace(store, most_turns=2)
    for number in range(4):
        keep_turn(short, "c1", f"Who is {number}?")
    found = short.load("c1")
    assert found is not None
    assert [turn.question for turn in found.turns] == ["Who is 2?", "Who is 3?"]


def test_filters_of_a_day_ago_with_no_question_go(store: ConversationStore) -> None:
    store.keep("c1", title="", filters=FILTERS)
    assert store.load("c1") is not None
    replace(store, clock=lambda: 100_000.0).keep("c2", title="", filters=FILTERS)
    assert store.load("c1") is None


def test_only_its_owner_may_read_the_database(store: ConversationStore) -> None:
    keep_turn(store, "c1")
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in store.path.parent.iterdir()} == {0o600}


@pytest.mark.parametrize("content", ['{"number": "x"}', "", '{"question": "Who?"}', "[" * 9999])
def test_a_turn_that_cannot_be_read_is_left_out_and_counted(
    store: ConversationStore, content: str
) -> None:
    for name in ("When?", "Who?"):
        keep_turn(store, "c1", name)
    spoil(store, f"UPDATE turn SET content = '{content}' WHERE number = 1")
    found = store.load("c1")
    assert found is not None
    assert [turn.question for turn in found.turns] == ["Who?"]
    assert found.unread == 1


def test_a_field_that_is_not_known_any_more_is_skipped(store: ConversationStore) -> None:
    turn = keep_turn(store, "c1")
    spoil(store, "UPDATE turn SET content = json_set(content, '$.mood', 'calm')")
    found = store.load("c1")
    assert found is not None
    assert found.turns == (turn,)


@pytest.mark.parametrize("content", [b"no database" * 500, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_damaged_database_is_said_and_stays_as_it_is(
    store: ConversationStore, content: bytes
) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(content)
    with pytest.raises(NotKept):
        store.conversations()
    with pytest.raises(NotKept):
        keep_turn(store, "c1")
    assert store.path.read_bytes() == content


def test_a_place_that_cannot_be_written_is_said(store: ConversationStore) -> None:
    store.path.parent.write_text("a file where the folder should be")
    with pytest.raises(NotKept, match="cannot be kept"):
        store.keep("c1", title="", filters=FILTERS)


def test_a_database_of_a_newer_version_is_left_alone(store: ConversationStore) -> None:
    keep_turn(store, "c1")
    spoil(store, "PRAGMA user_version = 99")
    with pytest.raises(NotKept, match="version 99"):
        store.load("c1")


def test_a_text_that_is_none_in_utf_8_is_not_kept(store: ConversationStore) -> None:
    with pytest.raises(NotKept):
        store.keep("c1", title="caf\udce9", filters=FILTERS)


def test_what_is_kept_need_not_wait_for_the_disk_and_another_process_reads_it(
    store: ConversationStore,
) -> None:
    turn = keep_turn(store, "c1")
    # The last connection that closes would move it into the database and remove the log.
    assert store.path.with_name(f"{store.path.name}-wal").stat().st_size > 0
    read = (
        "import sqlite3, sys; "
        "print(*sqlite3.connect(sys.argv[1]).execute('SELECT id FROM turn').fetchone())"
    )
    command = [sys.executable, "-c", read, str(store.path)]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    assert found.stdout.strip() == turn.id


def test_a_database_that_somebody_removed_begins_empty(store: ConversationStore) -> None:
    keep_turn(store, "c1")
    store.path.unlink()
    assert store.conversations() == []
    keep_turn(store, "c2")
    assert [one.id for one in store.conversations()] == ["c2"]
