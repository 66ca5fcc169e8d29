import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from test_ongoing import WRITTEN, WrittenArchive

from rag.records import Answer
from tests.ui.fake_archive import FakeArchive, answered
from ui.page.conversation_store import ConversationStore
from ui.page.ongoing import Conversation, reopen
from ui.page.under_way import (
    Standing,
    UnderWay,
    answer_so_far,
    begin_next,
    let_reading_end,
    stop_answer,
)

PATIENCE_SECONDS = 60


def asked(archive: FakeArchive) -> tuple[Conversation, UnderWay]:
    conversation = Conversation()
    conversation.put("When?")
    under_way = begin_next(conversation, archive)
    assert under_way is not None
    return conversation, under_way


def held(reply: Callable[[str], Answer] = answered) -> tuple[Event, FakeArchive]:
    """Return an archive that answers when the event is set."""
    may_answer = Event()

    def wait(question: str) -> Answer:
        assert may_answer.wait(PATIENCE_SECONDS)
        return reply(question)

    return may_answer, FakeArchive(wait)


def last(standings: Iterator[Standing]) -> Standing:
    *_, end = standings
    return end


def test_an_answer_is_made_while_nobody_looks() -> None:
    conversation, under_way = asked(FakeArchive())
    assert last(under_way.follow()).has_ended
    assert conversation.turns == [under_way.turn]


def test_a_second_run_of_the_page_goes_on_with_the_answer_of_the_first() -> None:
    may_answer, archive = held()
    conversation, under_way = asked(archive)
    assert begin_next(conversation, archive) is under_way
    may_answer.set()
    assert last(under_way.follow()).has_ended
    assert len(archive.asked) == 1
    assert begin_next(conversation, archive) is None


def while_answering(conversation: Conversation, other: Conversation) -> None:
    """Let `other` look at the answer of a conversation, and take another question meanwhile."""
    may_answer, archive = held()
    conversation.put("When?")
    first = begin_next(conversation, archive)
    assert first is not None
    other.put("Who?")
    other.refresh()
    assert begin_next(other, archive) is first
    may_answer.set()
    assert last(first.follow()).has_ended
    assert first.turn is not None
    assert first.turn.question == "When?"
    other.refresh()
    assert [asked.question for asked in archive.asked] == ["When?"]
    assert [one.question for one in other.waiting] == ["Who?"]


def test_two_runs_of_the_page_answer_a_question_once_and_lose_none() -> None:
    conversation = Conversation()
    while_answering(conversation, conversation)


def test_two_tabs_answer_a_question_once_and_lose_none(tmp_path: Path) -> None:
    store = ConversationStore(path=tmp_path / "chat.sqlite3", archive="a")
    conversation = Conversation(store=store)
    conversation.put("Where?")
    end_next(conversation)
    other = reopen(conversation.id, store)
    assert other is not None
    while_answering(conversation, other)
    end_next(other)
    conversation.refresh()
    for one in (conversation, other):
        told = [(turn.number, turn.question) for turn in one.turns]
        assert told == [(1, "Where?"), (2, "When?"), (3, "Who?")]


def end_next(conversation: Conversation) -> None:
    under_way = begin_next(conversation, FakeArchive())
    assert under_way is not None
    assert last(under_way.follow()).has_ended


def test_who_looks_later_sees_what_was_written_before() -> None:
    wrote, may_end = Event(), Event()

    def pause() -> None:
        wrote.set()
        assert may_end.wait(PATIENCE_SECONDS)

    _, under_way = asked(WrittenArchive(pause))
    assert wrote.wait(PATIENCE_SECONDS)
    for _ in range(2):
        standing = next(under_way.follow())
        assert standing.quoted is not None
        assert standing.sentences == WRITTEN[:1]
    may_end.set()
    assert last(under_way.follow()).has_ended
    assert under_way.turn is not None
    assert under_way.turn.answer is not None
    assert under_way.turn.answer.sentences == WRITTEN


def test_who_stops_the_writing_does_not_wait_for_the_model_which_is_not_read_on() -> None:
    wrote, may_go_on, read_on = Event(), Event(), Event()

    class Archive(WrittenArchive):
        def stream(self, question: str, **named: Any) -> Iterator[Any]:
            try:
                yield from super().stream(question, **named)
                read_on.set()
            finally:
                closed.set()

    def pause() -> None:
        wrote.set()
        assert may_go_on.wait(PATIENCE_SECONDS)

    closed = Event()
    conversation, under_way = asked(Archive(pause))
    assert wrote.wait(PATIENCE_SECONDS)
    stop_answer(under_way.id)
    assert last(under_way.follow()).has_ended
    (turn,) = conversation.turns
    assert turn.answer is not None
    assert turn.answer.sentences == WRITTEN[:1]
    may_go_on.set()
    assert closed.wait(PATIENCE_SECONDS)
    assert not read_on.is_set()


def test_what_a_stopped_model_still_writes_is_not_put_into_the_next_answer() -> None:
    wrote, may_go_on, again, may_end = Event(), Event(), Event(), Event()

    def pause() -> None:
        wrote.set()
        assert may_go_on.wait(PATIENCE_SECONDS)

    def pause_again() -> None:
        again.set()
        assert may_end.wait(PATIENCE_SECONDS)

    conversation, first = asked(WrittenArchive(pause))
    assert wrote.wait(PATIENCE_SECONDS)
    stop_answer(first.id)
    conversation.put("Who?")
    second = begin_next(conversation, WrittenArchive(pause_again))
    assert second is not None
    assert again.wait(PATIENCE_SECONDS)
    may_go_on.set()
    (thread,) = (one for one in threading.enumerate() if one.name == f"dateline-answer-{first.id}")
    thread.join(PATIENCE_SECONDS)
    so_far = answer_so_far(second.id)
    assert so_far is not None
    assert second.look().sentences == WRITTEN[:1]
    stop_answer(second.id)
    may_end.set()
    for turn in conversation.turns:
        assert turn.answer is not None
        assert turn.answer.sentences == WRITTEN[:1]
    assert [turn.question for turn in conversation.turns] == ["When?", "Who?"]


def test_the_end_of_the_process_waits_for_what_reads_the_archive_and_for_no_model() -> None:
    may_answer, archive = held()
    _, reading = asked(archive)
    began = time.monotonic()
    let_reading_end(seconds=0.2)
    assert time.monotonic() - began >= 0.2
    may_answer.set()
    let_reading_end(seconds=PATIENCE_SECONDS)
    assert last(reading.follow()).has_ended
    wrote, may_end = Event(), Event()

    def pause() -> None:
        wrote.set()
        assert may_end.wait(PATIENCE_SECONDS)

    _, writing = asked(WrittenArchive(pause))
    assert wrote.wait(PATIENCE_SECONDS)
    let_reading_end(seconds=PATIENCE_SECONDS)
    assert not writing.look().has_ended
    may_end.set()
    assert last(writing.follow()).has_ended


def test_steps_are_told_only_of_an_answer_that_takes_long() -> None:
    _, quick = asked(FakeArchive())
    assert [one.step for one in quick.follow(quiet_seconds=PATIENCE_SECONDS)] == [None]


def test_an_error_that_nobody_expected_reaches_the_page_that_follows() -> None:
    class Broken(Conversation):
        def answer_next(self, *_: Any, **__: Any) -> None:
            raise ZeroDivisionError("a secret")

    conversation = Broken()
    conversation.put("When?")
    under_way = begin_next(conversation, FakeArchive())
    assert under_way is not None
    with pytest.raises(ZeroDivisionError, match="a secret"):
        last(under_way.follow())
    assert begin_next(conversation, FakeArchive()) is not under_way
