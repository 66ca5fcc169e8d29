import dataclasses
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Event

import pytest

from rag.errors import QuoteError
from rag.records import Answer, AnswerSentence, TimeWindow
from tests.ui.fake_archive import ARTICLE, FakeArchive, answered, cite, refused, silent
from ui.page.conversation import (
    Conversation,
    PageFilters,
    Turn,
    Waiting,
    answer,
)
from ui.page.sources import read_source


def test_a_turn_keeps_the_article_around_each_quote() -> None:
    turn = answer(FakeArchive(), Waiting(question="When?"), filters=PageFilters())
    (source,) = turn.sources
    assert source.before + source.citation.quote + source.after == ARTICLE.text
    assert not source.starts_earlier
    assert not source.goes_on


def test_a_quote_that_is_not_in_its_article_is_never_shown() -> None:
    altered = dataclasses.replace(ARTICLE, text=ARTICLE.text.replace("midnight", "noon"))
    archive = FakeArchive(article=altered)
    with pytest.raises(QuoteError, match="dateline doctor"):
        read_source(archive, cite())
    turn = answer(archive, Waiting(question="When?"), filters=PageFilters())
    assert turn.answer is None
    assert "not shown" in turn.problem


def test_a_question_that_makes_no_sense_is_a_turn_with_a_problem() -> None:
    turn = answer(FakeArchive(refused), Waiting(question="When?"), filters=PageFilters())
    assert turn.answer is None
    assert "is after until" in turn.problem


def test_the_filters_reach_the_archive() -> None:
    archive, day = FakeArchive(), date(2020, 11, 1)
    filters = PageFilters(since=day, outlets=["wire.example"], as_of=date(2021, 1, 1))
    answer(archive, Waiting(question="When?"), filters=filters)
    assert archive.asked == [("When?", day, None, ["wire.example"], date(2021, 1, 1), True, True)]


def answer_of_2020(*, filters: PageFilters, read_time: bool) -> Turn:
    year = TimeWindow(since=date(2020, 1, 1), until=date(2020, 12, 31))
    reply = dataclasses.replace(silent("Who, in 2020?"), time_window=year)
    archive = FakeArchive(lambda _: reply)
    return answer(archive, Waiting(question=reply.question, read_time=read_time), filters=filters)


def test_the_days_of_a_question_are_told_from_those_of_the_page() -> None:
    assert answer_of_2020(filters=PageFilters(), read_time=True).time_was_read
    assert answer_of_2020(filters=PageFilters(as_of=date(2021, 1, 1)), read_time=True).time_was_read
    since = PageFilters(since=date(2020, 1, 1))
    assert not answer_of_2020(filters=since, read_time=True).time_was_read
    assert not answer_of_2020(filters=PageFilters(), read_time=False).time_was_read


def answer_next(
    conversation: Conversation, archive: FakeArchive, *, filters: PageFilters | None = None
) -> Turn | None:
    waiting = conversation.next_waiting()
    assert waiting is not None
    return conversation.answer_next(waiting, archive, filters=filters or PageFilters())


def test_a_question_asked_of_all_dates_keeps_the_filters_of_the_page() -> None:
    conversation, archive = Conversation(), FakeArchive(silent)
    conversation.put("Who, in 2020?", read_time=False)
    turn = answer_next(conversation, archive, filters=PageFilters(outlets=["wire.example"]))
    assert turn is not None
    assert not turn.read_time
    assert archive.asked == [("Who, in 2020?", None, None, ["wire.example"], None, False, True)]


def test_questions_are_answered_in_their_order() -> None:
    conversation = Conversation()
    conversation.put("When?")
    conversation.put("Who?")
    while conversation.waiting:
        answer_next(conversation, FakeArchive(silent))
    asked = [(turn.number, turn.question) for turn in conversation.turns]
    assert asked == [(1, "When?"), (2, "Who?")]


def test_a_question_that_breaks_the_archive_is_not_asked_again() -> None:
    def broken(question: str) -> None:
        raise ZeroDivisionError

    conversation = Conversation()
    conversation.put("When?")
    with pytest.raises(ZeroDivisionError):
        answer_next(conversation, FakeArchive(broken))  # type: ignore[arg-type]
    assert conversation == Conversation()


def test_an_interrupted_question_still_waits() -> None:
    def interrupted(question: str) -> None:
        raise KeyboardInterrupt

    conversation = Conversation()
    conversation.put("When?")
    with pytest.raises(KeyboardInterrupt):
        answer_next(conversation, FakeArchive(interrupted))  # type: ignore[arg-type]
    assert [waiting.question for waiting in conversation.waiting] == ["When?"]


def test_two_runs_of_the_page_answer_a_question_once_and_lose_none() -> None:
    reading, read = Event(), Event()

    def slow(question: str) -> Answer:
        reading.set()
        read.wait()
        return silent(question)

    conversation, archive = Conversation(), FakeArchive(slow)
    conversation.put("When?")
    waiting = conversation.waiting[0]
    with ThreadPoolExecutor() as runs:
        first = runs.submit(conversation.answer_next, waiting, archive, filters=PageFilters())
        reading.wait()
        conversation.put("Who?")
        again = runs.submit(conversation.answer_next, waiting, archive, filters=PageFilters())
        read.set()
    assert first.result() is conversation.turns[0]
    assert again.result() is None
    assert [asked.question for asked in archive.asked] == ["When?"]
    assert [other.question for other in conversation.waiting] == ["Who?"]


def test_a_question_follows_the_answers_before_it_and_not_the_problems() -> None:
    conversation = Conversation()
    replies = {"When?": answered, "What?": refused, "And who?": answered}
    archive = FakeArchive(lambda question: replies[question](question))
    for question in replies:
        conversation.put(question)
        answer_next(conversation, archive)
    assert archive.followed == [[], ["When?"], ["When?"]]


def test_a_turn_can_be_asked_again_with_all_some_or_none_of_the_added_words() -> None:
    def understood(question: str) -> Answer:
        return replace(answered(question), carried=("deal", "Port Alder"))

    archive, conversation = FakeArchive(understood), Conversation()
    conversation.put("And who?")
    turn = answer_next(conversation, archive)
    assert turn
    conversation.put_for_all_dates(turn)
    conversation.put_without(turn, "deal")
    conversation.put_as_written(turn)
    again = [answer_next(conversation, archive) for _ in range(3)]
    assert archive.carried == [None, ("deal", "Port Alder"), ("Port Alder",), ()]
    assert [asked.read_time for asked in archive.asked] == [True, False, True, True]
    assert [asked.read_outlets for asked in archive.asked] == [True, True, True, False]
    assert [one.question for one in again if one] == ["And who?"] * 3


def test_an_answer_to_a_conversation_that_was_left_is_not_kept() -> None:
    def left(question: str) -> Answer:
        conversation.clear()
        return silent(question)

    conversation = Conversation()
    conversation.put("When?")
    assert answer_next(conversation, FakeArchive(left)) is None
    assert conversation == Conversation()


def test_sentences_are_shown_as_they_are_written() -> None:
    def writes(question: str) -> Answer:
        return dataclasses.replace(
            answered(question),
            sentences=(
                AnswerSentence(text="It began.", citations=(1,), support=0.9, supported=True),
                AnswerSentence(text="It failed.", citations=(1,), support=0.1, supported=False),
            ),
        )

    seen: list[str] = []
    turn = answer(
        FakeArchive(writes),
        Waiting(question="When?"),
        filters=PageFilters(),
        on_sentence=lambda sentence: seen.append(sentence.text),
    )
    assert seen == ["It began.", "It failed."]
    assert turn.answer is not None
    assert len(turn.answer.sentences) == 2
