import dataclasses
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event, Lock
from typing import Any

import pytest

from rag.errors import QuoteError
from rag.records import Answer, AnswerSentence, TimeWindow
from tests.ui.fake_archive import ARTICLE, QUOTE, FakeArchive, answered, cite, refused, silent
from ui.page.conversation import (
    PageFilters,
    Turn,
    Waiting,
    answer,
    new_id,
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


def test_the_quotes_are_shown_at_once_and_sentences_as_they_are_written() -> None:
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
        on_quotes=lambda quoted: seen.append(quoted.sources[0].citation.quote),
        on_sentence=lambda sentence: seen.append(sentence.text),
    )
    assert seen == [QUOTE, "It began.", "It failed."]
    assert turn.answer is not None
    assert len(turn.answer.sentences) == 2


def test_no_id_has_what_streamlit_keeps_for_itself() -> None:
    assert not any("_" in new_id() for _ in range(500))


def test_no_more_questions_are_read_at_once_than_there_are_processors() -> None:
    processors = os.cpu_count() or 1
    reading, most, lock, never = 0, 0, Lock(), Event()

    def read(question: str) -> Answer:
        nonlocal reading, most
        with lock:
            reading += 1
            most = max(most, reading)
        never.wait(0.02)  # the others may come
        with lock:
            reading -= 1
        return answered(question)

    def ask(_: int) -> Turn:
        return answer(FakeArchive(read), Waiting(question="When?"), filters=PageFilters())

    people = processors + 4
    with ThreadPoolExecutor(people) as at_once:
        turns = list(at_once.map(ask, range(people)))
    assert len(turns) == people
    assert most <= processors


def test_who_is_written_to_keeps_nobody_from_asking() -> None:
    writing, done = Barrier((os.cpu_count() or 1) + 1), Event()

    class Written(FakeArchive):
        def stream(self, question: str, **named: Any) -> Iterator[Any]:
            for item in super().stream(question, **named):
                yield item
                if isinstance(item, AnswerSentence):
                    writing.wait(60)
                    done.wait(60)

    def reply(question: str) -> Answer:
        sentence = AnswerSentence(text="It began.", citations=(1,), support=0.9, supported=True)
        return dataclasses.replace(answered(question), sentences=(sentence,))

    def ask(_: int) -> Turn:
        return answer(Written(reply), Waiting(question="When?"), filters=PageFilters())

    with ThreadPoolExecutor() as others:
        begun = [others.submit(ask, place) for place in range(writing.parties - 1)]
        writing.wait(60)
        turn = answer(FakeArchive(), Waiting(question="Who?"), filters=PageFilters())
        done.set()
    assert turn.answer is not None
    assert all(one.result().answer for one in begun)
