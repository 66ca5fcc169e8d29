import sys
from collections.abc import Generator, Sequence
from dataclasses import replace
from types import FrameType

import pytest

from rag.archive import Archive
from rag.errors import QuestionError, WritingError
from rag.records import Answer, AnswerSentence, Citation, QuotedAnswer
from rag.steps import listening
from rag.writing.written_text import Written
from tests.fakes import LastQuestionModel

QUESTION = "When did the northern truce take effect?"
FAITHFUL = "The northern truce took effect at midnight on 10 November."
SOUTHERN = "The southern truce took effect at dawn on Friday."
ALTERED = "The northern truce took effect at midnight on 12 November."


class ScriptedWriter:
    """Writes what it was told to, then fails if it was told that."""

    name = "scripted"

    def __init__(self, *texts: str, failure: WritingError | None = None) -> None:
        self.texts = texts
        self.failure = failure
        self.histories: list[Sequence[tuple[str, str]]] = []
        self.closed = False

    def write(
        self,
        question: str,
        citations: Sequence[Citation],
        *,
        history: Sequence[tuple[str, str]] = (),
    ) -> Generator[Written, None, None]:
        self.histories.append(history)
        for text in self.texts:
            yield Written(text=text, citations=(citations[0].number,))
        if self.failure:
            raise self.failure

    def rewrite(self, question: str, history: Sequence[tuple[str, str]]) -> str:
        return ""

    def close(self) -> None:
        self.closed = True


def with_writer(archive: Archive, writer: ScriptedWriter, *, show: bool = False) -> Archive:
    answering = replace(
        archive._answering, writer=writer, show_unsupported=show, carrier=LastQuestionModel
    )
    return Archive(answering)


def test_a_faithful_sentence_is_the_answer(archive: Archive) -> None:
    answer = with_writer(archive, ScriptedWriter(FAITHFUL)).ask(QUESTION)
    assert answer.text.split("\n") == [
        f"{FAITHFUL} [1]",
        "Also found:",
        f"Guns silent in the south (21 May 2021): “{SOUTHERN}” [2]",
    ]
    assert [sentence.supported for sentence in answer.sentences] == [True]
    assert answer.citations[0].quote == FAITHFUL


def test_an_altered_date_is_never_the_answer(archive: Archive) -> None:
    answer = with_writer(archive, ScriptedWriter(ALTERED)).ask(QUESTION)
    assert ALTERED not in answer.text
    assert answer.citations[0].quote in answer.text
    assert answer.sentences == ()


def test_unsupported_sentences_are_kept_apart_where_they_are_wanted(archive: Archive) -> None:
    answer = with_writer(archive, ScriptedWriter(FAITHFUL, ALTERED), show=True).ask(QUESTION)
    assert [sentence.supported for sentence in answer.sentences] == [True, False]
    assert ALTERED not in answer.text


def test_sentences_come_before_the_answer(archive: Archive) -> None:
    _, *sentences, answer = with_writer(archive, ScriptedWriter(FAITHFUL)).stream(QUESTION)
    assert isinstance(answer, Answer)
    assert all(isinstance(sentence, AnswerSentence) for sentence in sentences)
    assert tuple(sentences) == answer.sentences


def test_the_quotes_come_before_anything_is_written(archive: Archive) -> None:
    writer = ScriptedWriter(FAITHFUL)
    stream = with_writer(archive, writer).stream(QUESTION)
    quoted = next(iter(stream))
    assert isinstance(quoted, QuotedAnswer)
    assert writer.histories == []
    *_, answer = stream
    assert isinstance(answer, Answer)
    assert quoted.answer.citations == answer.citations
    assert quoted.answer.sentences == ()


def test_what_was_written_before_a_failure_stays(archive: Archive) -> None:
    failure = WritingError("the server went away", reason="connection")
    answer = with_writer(archive, ScriptedWriter(FAITHFUL, failure=failure)).ask(QUESTION)
    assert FAITHFUL in answer.text
    assert "the server went away" in answer.text


def test_the_model_is_not_asked_what_the_archive_does_not_say(archive: Archive) -> None:
    writer = ScriptedWriter(FAITHFUL)
    answer = with_writer(archive, writer).ask("Who won the 2018 World Cup?")
    assert answer.status == "not_in_archive"
    assert writer.histories == []


def test_earlier_turns_are_told_to_the_model_and_understood(archive: Archive) -> None:
    writer = ScriptedWriter(FAITHFUL)
    asked = with_writer(archive, writer)
    first = asked.ask(QUESTION)
    answer = asked.ask("And the southern truce?", history=[first])
    assert answer.question == "And the southern truce?"
    assert "take effect" in answer.understood
    assert answer.carried
    assert writer.histories[-1][0][0] == QUESTION


def test_a_question_is_asked_as_it_is_written_if_nothing_may_be_carried(archive: Archive) -> None:
    asked = with_writer(archive, ScriptedWriter(FAITHFUL))
    first = asked.ask(QUESTION)
    answer = asked.ask("And the southern truce?", history=[first], carried=())
    assert (answer.carried, answer.understood, answer.follows) == ((), "", "")
    chosen = asked.ask("And the southern truce?", history=[first], carried=["the effect"])
    assert chosen.carried == ("the effect",)
    assert "the effect" in chosen.understood


def test_a_carried_year_counts_if_it_was_a_time_in_its_turn(archive: Archive) -> None:
    of_time, of_target = "Who met in Holm in 2030?", "Who set the 2030 target?"
    question, carried = "Who spoke there in May?", ["2030"]
    read = archive.ask(question, history=[(of_time, "")], carried=carried).time_window
    assert str(read) == "2030-05-01 to 2030-05-31"
    other = archive.ask(question, history=[(of_target, "")], carried=carried).time_window
    assert other == archive.ask(question).time_window


def test_without_a_model_the_stream_is_the_answer(archive: Archive) -> None:
    (answer,) = archive.stream(QUESTION)
    assert isinstance(answer, Answer)
    assert answer.sentences == ()


def test_an_empty_question_is_refused_before_anything_is_read(archive: Archive) -> None:
    with pytest.raises(QuestionError, match="empty"):
        archive.ask("  ")


def test_closing_the_archive_closes_the_model(archive: Archive) -> None:
    writer = ScriptedWriter()
    # The store of the fixture stays open.
    Archive(replace(archive._answering, writer=writer, store=ClosedStore())).close()  # type: ignore[arg-type]
    assert writer.closed


class ClosedStore:
    location = "nowhere"

    def close(self) -> None:
        """Do nothing."""


@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        "Who held the northern truce?",
        "How many armies stayed put?",
        "Where is the truce?",
    ],
)
def test_nothing_reads_a_question_again_once_it_is_searched(
    archive: Archive, question: str
) -> None:
    readers: set[str] = set()
    read = searched = False

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal read, searched
        module, function = frame.f_globals.get("__name__", ""), frame.f_code.co_name
        if event != "call" or not module.startswith("rag."):
            return
        # Before it is read, its words may be mended by what a first search finds.
        read = read or function == "read_question"
        searched = searched or (read and function == "retrieve")
        # The archive's own generator goes on; records only keep what they are given.
        if (
            searched
            and module not in ("rag.archive", "rag.records.answers")
            and function != "__init__"
        ):
            given = frame.f_locals.values()
            if any(isinstance(value, str) and value.strip("? ") == asked for value in given):
                readers.add(f"{module}.{function}")

    asked = question.strip("? ")
    sys.setprofile(watch)
    try:
        archive.ask(question)
    finally:
        sys.setprofile(None)
    assert searched
    assert readers == set()


def test_the_steps_of_an_answer_are_told_as_they_begin(archive: Archive) -> None:
    heard: list[str] = []
    with listening(heard.append):
        archive.ask(QUESTION)
        with_writer(archive, ScriptedWriter()).ask(QUESTION)
    assert heard == ["searching", "reading", "searching", "reading", "writing"]
