from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag.records import Answer, AnswerSentence
from tests.ui.fake_archive import FakeArchive, answered, refused, silent
from ui.page.conversation import PageFilters, Turn
from ui.page.conversation_store import ConversationStore
from ui.page.ongoing import Conversation, reopen

Ask = Callable[[str], Answer]


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    return ConversationStore(path=tmp_path / "chat.sqlite3", archive="a")


def answer_next(conversation: Conversation, archive: FakeArchive) -> Turn | None:
    waiting = conversation.next_waiting()
    assert waiting is not None
    return conversation.answer_next(waiting, archive)


def reopened(conversation: Conversation) -> Conversation:
    assert conversation.store is not None
    again = reopen(conversation.id, conversation.store)
    assert again is not None
    return again


def questions(conversation: Conversation) -> list[tuple[int, str]]:
    return [(turn.number, turn.question) for turn in conversation.turns]


WRITTEN = (
    AnswerSentence(text="It began at midnight.", citations=(1,), support=0.9, supported=True),
    AnswerSentence(text="It held.", citations=(1,), support=0.9, supported=True),
)


class WrittenArchive(FakeArchive):
    """Writes two sentences; `meanwhile` is called when the first one has come."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        super().__init__(lambda question: replace(answered(question), sentences=WRITTEN))
        self.meanwhile = meanwhile

    def stream(self, question: str, **named: Any) -> Iterator[Any]:
        for item in super().stream(question, **named):
            yield item
            if item is WRITTEN[0]:
                self.meanwhile()


def test_the_quotes_come_first_and_then_each_sentence() -> None:
    conversation, seen = Conversation(), []
    conversation.put("When?")
    turn = conversation.answer_next(
        conversation.waiting[0],
        WrittenArchive(),
        on_writing=lambda writing: seen.append((writing.quoted.id, len(writing.sentences))),
    )
    assert turn is not None
    assert seen == [(turn.id, 0), (turn.id, 1), (turn.id, 2)]
    assert conversation.writing is None


def test_what_stands_is_kept_when_the_writing_is_stopped(store: ConversationStore) -> None:
    conversation = Conversation(store=store)
    conversation.put("When?")
    waiting = conversation.waiting[0]
    archive = WrittenArchive(lambda: conversation.stop_writing(waiting.id))
    assert conversation.answer_next(waiting, archive) is None
    for shown in (conversation, reopened(conversation)):
        (turn,) = shown.turns
        assert not shown.waiting
        assert turn.answer is not None
        assert turn.answer.sentences == WRITTEN[:1]
        assert turn.answer.text.endswith("(The answer is not complete: it was stopped.)")
        assert turn.sources


def test_a_stop_that_comes_too_late_changes_nothing() -> None:
    conversation = Conversation()
    conversation.put("When?")
    turn = answer_next(conversation, WrittenArchive())
    assert turn is not None
    conversation.stop_writing(turn.id)
    assert conversation.turns == [turn]


def test_a_question_asked_of_all_dates_keeps_the_filters_of_the_page() -> None:
    conversation, archive = Conversation(), FakeArchive(silent)
    conversation.narrow(PageFilters(outlets=["wire.example"]))
    conversation.put("Who, in 2020?", read_time=False)
    turn = answer_next(conversation, archive)
    assert turn is not None
    assert not turn.read_time
    assert archive.asked == [("Who, in 2020?", None, None, ["wire.example"], None, False, True)]


def test_a_question_is_asked_with_the_filters_that_were_set_when_it_was_put() -> None:
    conversation, archive = Conversation(), FakeArchive()
    conversation.narrow(PageFilters(since=date(2020, 11, 1)))
    conversation.put("When?")
    conversation.narrow(PageFilters())
    turn = answer_next(conversation, archive)
    assert turn is not None
    assert turn.filters.since == archive.asked[0].since == date(2020, 11, 1)


def test_questions_are_answered_in_their_order() -> None:
    conversation = Conversation()
    conversation.put("When?")
    conversation.put("Who?")
    while conversation.waiting:
        answer_next(conversation, FakeArchive(silent))
    assert questions(conversation) == [(1, "When?"), (2, "Who?")]


def test_a_question_that_breaks_the_archive_is_told_with_an_id_and_not_asked_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(question: str) -> Answer:
        raise ZeroDivisionError("a secret")

    conversation = Conversation()
    conversation.put("When?")
    turn = answer_next(conversation, FakeArchive(broken))
    assert turn is not None
    assert "secret" not in turn.problem
    assert turn.problem.rstrip(".").split()[-1] in caplog.text
    assert "ZeroDivisionError: a secret" in caplog.text
    assert not conversation.waiting


def test_an_interrupted_question_still_waits(store: ConversationStore) -> None:
    def interrupted(question: str) -> Answer:
        raise KeyboardInterrupt

    conversation = Conversation(store=store)
    conversation.put("When?")
    with pytest.raises(KeyboardInterrupt):
        answer_next(conversation, FakeArchive(interrupted))
    assert conversation.waiting == reopened(conversation).waiting
    assert [waiting.question for waiting in conversation.waiting] == ["When?"]


def test_a_conversation_is_found_again_as_it_was(store: ConversationStore) -> None:
    conversation = Conversation(store=store)
    conversation.narrow(PageFilters(outlets=["wire.example"]))
    for question in ("When?", "Who?"):
        conversation.put(question)
    answer_next(conversation, FakeArchive())
    again = reopened(conversation)
    assert again == conversation
    assert again.title == "When?"
    assert [waiting.question for waiting in again.waiting] == ["Who?"]


def test_what_the_archive_becomes_does_not_change_a_turn(store: ConversationStore) -> None:
    archive, conversation = FakeArchive(), Conversation(store=store)
    conversation.put("When?")
    turn = answer_next(conversation, archive)
    archive.stored = replace(archive.stored, text="All of it was rewritten.")
    assert reopened(conversation).turns == [turn]


def test_a_conversation_deleted_in_another_tab_is_gone(store: ConversationStore) -> None:
    def deleted(question: str) -> Answer:
        store.delete(conversation.id)
        return silent(question)

    conversation = Conversation(store=store)
    conversation.put("When?")
    assert answer_next(conversation, FakeArchive(deleted)) is None
    assert not conversation.turns
    conversation.refresh()
    assert conversation.is_gone
    assert reopen(conversation.id, store) is None


def test_without_a_database_a_conversation_goes_on(store: ConversationStore) -> None:
    conversation = Conversation(store=store)
    conversation.put("When?")
    answer_next(conversation, FakeArchive())
    store.path.unlink()
    store.path.mkdir()
    conversation.put("Who?")
    assert not conversation.is_kept
    answer_next(conversation, FakeArchive())
    conversation.refresh()
    assert questions(conversation) == [(1, "When?"), (2, "Who?")]


def test_a_title_is_one_short_line_that_can_be_read(store: ConversationStore) -> None:
    conversation = Conversation(store=store)
    conversation.put("Who\nis \u202ereversed\u202c and caf\udce9? " + "x" * 500)
    assert conversation.title.startswith("Who is reversed and caf?? xxx")
    assert len(conversation.title) == 120
    conversation.rename("  The\u0000 ceasefire ")
    conversation.rename(" \u200b ")
    assert conversation.title == reopened(conversation).title == "The ceasefire"
    assert conversation.is_kept


def test_a_question_of_no_letters_has_a_title_too(store: ConversationStore) -> None:
    conversation = Conversation(store=store)
    conversation.put("\u200b")
    assert conversation.title == "Untitled"


def test_a_question_follows_the_answers_before_it_and_not_the_problems() -> None:
    conversation = Conversation()
    replies = {"When?": answered, "What?": refused, "And who?": answered}
    archive = FakeArchive(lambda question: replies[question](question))
    for question in replies:
        conversation.put(question)
        answer_next(conversation, archive)
    assert archive.followed == [[], ["When?"], ["When?"]]


def test_a_question_that_failed_keeps_its_words_for_all_dates() -> None:
    conversation = Conversation()
    archive = FakeArchive(answered)
    conversation.put_for_all_dates(Turn(number=1, question="And who?", carried=("deal",)))
    answer_next(conversation, archive)
    assert archive.carried == [("deal",)]


AGAIN: list[Callable[[Conversation, Turn], None]] = [
    Conversation.put_again,
    Conversation.put_for_all_dates,
    lambda conversation, turn: conversation.put_without(turn, "deal"),
    Conversation.put_as_written,
]


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("put", AGAIN)
def test_a_question_that_is_asked_again_follows_what_it_followed_at_first(
    store: ConversationStore, put: Callable[[Conversation, Turn], None], is_kept: bool
) -> None:
    archive = FakeArchive()
    conversation = Conversation(store=store if is_kept else None)
    for question in ("Who runs Holm?", "And since when?", "Who won at Marden?"):
        conversation.put(question)
        answer_next(conversation, archive)
    put(conversation, conversation.turns[1])
    again = answer_next(conversation, archive)
    assert again is not None
    assert archive.followed[-1] == ["Who runs Holm?"]
    # And when that one is asked again, after another question and a reload of the page.
    conversation.put("Who lost?")
    answer_next(conversation, archive)
    assert archive.followed[-1][-1] == "And since when?"
    shown = reopened(conversation) if is_kept else conversation
    put(shown, shown.turns[3])
    answer_next(shown, archive)
    assert archive.followed[-1] == ["Who runs Holm?"]


def test_a_question_that_failed_is_tried_again_where_it_was_asked() -> None:
    def reply(question: str) -> Answer:
        return answered(question) if archive.asked[1:] or question != "Why?" else refused(question)

    archive, conversation = FakeArchive(reply), Conversation()
    for question in ("Why?", "Who won at Marden?"):
        conversation.put(question)
        answer_next(conversation, archive)
    assert conversation.turns[0].problem
    conversation.put_again(conversation.turns[0])
    answer_next(conversation, archive)
    assert archive.followed == [[], [], []]


def test_a_turn_can_be_asked_again_with_all_some_or_none_of_the_added_words() -> None:
    def understood(question: str) -> Answer:
        return replace(answered(question), carried=("deal", "Port Alder"))

    archive, conversation = FakeArchive(understood), Conversation()
    conversation.put("And who?")
    turn = answer_next(conversation, archive)
    assert turn
    conversation.put_again(turn)
    conversation.put_for_all_dates(turn)
    conversation.put_without(turn, "deal")
    conversation.put_as_written(turn)
    again = [answer_next(conversation, archive) for _ in range(4)]
    assert archive.carried == [None, None, ("deal", "Port Alder"), ("Port Alder",), ()]
    assert [asked.read_time for asked in archive.asked] == [True, True, False, True, True]
    assert [asked.read_outlets for asked in archive.asked] == [True, True, True, True, False]
    assert [one.question for one in again if one] == ["And who?"] * 4
