from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest
from test_ongoing import WRITTEN, WrittenArchive

from rag.records import Answer
from tests.ui.fake_archive import FakeArchive, answered
from ui.page.ongoing import Conversation
from ui.page.under_way import Standing, UnderWay, begin_next, stop_answer

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
