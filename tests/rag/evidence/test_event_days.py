"""Tests questions that count from an event whose day the archive knows."""

from dataclasses import replace
from datetime import date

import pytest

from rag.evidence.event_days import limit_by_event
from rag.question.asked import AskedPart, AskedQuestion, read_question
from rag.question.filters import read_filters
from rag.records import Answer, Citation, EventTime, TimeWindow
from rag.replies import describe_search
from tests.fakes import HashingEmbedder

EMBEDDER = HashingEmbedder(dimension=16)
RECOUNT = (date(2021, 5, 4), date(2021, 5, 5))


def asked(text: str) -> AskedQuestion:
    time, where = read_filters(text, {"now": date(2022, 1, 1)})
    return read_question(text, EMBEDDER, time=time, where=where)


class Archive:
    """Knows the days of one event, with some confidence, and keeps what it was asked."""

    def __init__(self, confidence: float = 0.7, days: tuple[date, date] = RECOUNT) -> None:
        self.confidence = confidence
        self.days = days
        self.questions: list[str] = []

    def answer_part(self, part: AskedPart, asked: AskedQuestion) -> Answer:
        self.questions.append(part.text)
        first, last = self.days
        cited = Citation(
            number=1,
            article_id="recount",
            title="Recount ends in Alder",
            source="wire.example",
            url="",
            published=last,
            quote="The recount ran on 4 and 5 May, the votes were counted, and Quill resigned.",
            start=0,
            end=76,
        )
        return Answer(
            question=part.shown,
            status="answered",
            text="",
            citations=(cited,),
            confidence=self.confidence,
            when=EventTime(
                start=19, end=30, type="DATE", value="2021-05", rule="said", first=first, last=last
            ),
        )


def limited(text: str, archive: Archive | None = None) -> AskedQuestion | None:
    return limit_by_event(asked(text), EMBEDDER, (archive or Archive()).answer_part)


@pytest.mark.parametrize(
    ("question", "event", "window", "read"),
    [
        (
            "Who led Alder council after the recount?",
            "When was the recount?",
            TimeWindow(since=RECOUNT[1]),
            "Who led Alder council?",
        ),
        (
            "Who led Alder council before the recount?",
            "When was the recount?",
            TimeWindow(until=RECOUNT[0]),
            "Who led Alder council?",
        ),
        (
            "What had Quill promised until the votes were counted?",
            "When was it that the votes were counted?",
            TimeWindow(until=RECOUNT[0]),
            "What had Quill promised?",
        ),
        (
            "Since Marta Quill resigned, who has led the council?",
            "When was it that Marta Quill resigned?",
            TimeWindow(since=RECOUNT[1]),
            "who has led the council?",
        ),
    ],
)
def test_the_day_of_the_event_limits_the_question(
    question: str, event: str, window: TimeWindow, read: str
) -> None:
    archive = Archive()
    found = limited(question, archive)
    assert found is not None
    assert archive.questions == [event]
    assert found.where.events == window
    assert [part.text for part in found.parts] == [read]
    assert found.text == found.understood == question


def test_what_was_used_is_said() -> None:
    found = limited("Who led Alder council after the recount?")
    assert found is not None
    assert describe_search(3, found, of=12) == (
        "3 of 12 articles, for what happened since 2021-05-05; “after the recount” was read as "
        "from 5 May 2021, the day in “Recount ends in Alder”"
    )


@pytest.mark.parametrize(
    "question",
    [
        "Who led Alder council?",
        "Who led Alder council in 2020?",
        "What did police do before arresting him?",  # no event that has a day of its own
        "Who led it after the recount and before the strike?",  # one window is not both
        "Since what year has Alder council been led by a woman?",  # it asks for the time
        "What was the fare in Alder before it was cut?",  # the amount that was replaced
        "After the recount?",  # nothing is left to ask
        "Who led Alder council before Marta Quill?",  # a person has no day
    ],
)
def test_a_question_without_one_such_event_is_not_limited(question: str) -> None:
    archive = Archive()
    assert limited(question, archive) is None
    assert archive.questions == []


def test_an_event_in_some_month_leaves_all_days_of_the_month() -> None:
    march = (date(2021, 3, 1), date(2021, 3, 31))
    before = limited("Who led Alder council before the recount?", Archive(days=march))
    after = limited("Who led Alder council after the recount?", Archive(days=march))
    assert before is not None
    assert after is not None
    assert before.where.events == TimeWindow(until=march[1])
    assert after.where.events == TimeWindow(since=march[0])


def test_a_guess_limits_nothing() -> None:
    assert limited("Who led Alder council after the recount?", Archive(confidence=0.3)) is None


def test_a_day_of_something_else_limits_nothing() -> None:
    assert limited("Who led Alder council after the storm?") is None


@pytest.mark.parametrize("words", ["since", "since the end of"])
def test_the_day_since_which_something_else_is_so_limits_nothing(words: str) -> None:
    def answer_part(part: AskedPart, asked: AskedQuestion) -> Answer:
        answer = Archive().answer_part(part, asked)
        quote = f"The recount is run by Orr, chair {words} 2016."
        [cited], when = answer.citations, answer.when
        assert when is not None
        start = quote.index("2016")
        cited = replace(cited, quote=quote, end=len(quote))
        when = replace(when, start=start, end=start + 4, value="2016")
        return replace(answer, citations=(cited,), when=when)

    question = asked("Who led Alder council after the recount?")
    assert limit_by_event(question, EMBEDDER, answer_part) is None
