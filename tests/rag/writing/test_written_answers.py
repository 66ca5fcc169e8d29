from collections.abc import Generator, Sequence
from dataclasses import replace

import pytest

from rag.errors import WritingError
from rag.records import Answer, AnswerSentence, Citation
from rag.writing.support import Problem, Support
from rag.writing.written_answers import finish, write_answer
from rag.writing.written_text import Written
from tests.ui.fake_archive import answered, cite, silent

ASKED = "When did it take effect?"
ANSWER = replace(
    answered(ASKED), also_found=(replace(cite(), number=2, quote="Peacekeepers are on the way."),)
)
GOOD = Written(text="It took effect at midnight.", citations=(1,))
BAD = Written(text="It took effect at noon.", citations=(1, 2))
NONE = Written(text="Peace at last.", citations=())


class FakeWriter:
    """Yields what it is told, then raises what it is told."""

    def __init__(self, *sentences: Written, error: WritingError | None = None) -> None:
        self.asked: list[tuple[str, list[int], list[tuple[str, str]]]] = []
        self.closed = False
        self._sentences = sentences
        self._error = error

    def write(
        self,
        question: str,
        citations: Sequence[Citation],
        *,
        history: Sequence[tuple[str, str]] = (),
    ) -> Generator[Written, None, None]:
        self.asked.append((question, [c.number for c in citations], list(history)))
        try:
            yield from self._sentences
            if self._error:
                raise self._error
        finally:
            self.closed = True


def no_noon(sentence: str, quotes: Sequence[Citation]) -> Support:
    """Find no fault but noon; the score says which quotes were looked at."""
    score = sum(quote.number for quote in quotes) / 10
    if "noon" in sentence:
        return Support(score=score, supported=False, problems=(Problem(kind="date", value="noon"),))
    return Support(score=score, supported=True)


def written(*sentences: Written, show: bool = True) -> list[AnswerSentence]:
    return list(write_answer(FakeWriter(*sentences), ANSWER, check=no_noon, show_unsupported=show))


def test_each_sentence_is_checked_against_the_quotes_it_names() -> None:
    assert written(GOOD, BAD) == [
        AnswerSentence(text=GOOD.text, citations=(1,), support=0.1, supported=True),
        AnswerSentence(
            text=BAD.text,
            citations=(1, 2),
            support=0.3,
            supported=False,
            problems=("the time “noon” is not a time in its quotes",),
        ),
    ]


def test_a_sentence_that_names_no_quote_is_never_supported() -> None:
    assert written(NONE) == [
        AnswerSentence(
            text=NONE.text,
            citations=(),
            support=0,
            supported=False,
            problems=("it cites no quote",),
        )
    ]


def test_what_is_not_supported_is_left_out_unless_it_is_to_be_shown() -> None:
    assert [s.text for s in written(GOOD, BAD, NONE, show=False)] == [GOOD.text]


def test_the_quotes_of_other_events_are_evidence_too() -> None:
    writer = FakeWriter(GOOD)
    turns = [("Who signed?", "Both did.")]
    list(write_answer(writer, ANSWER, check=no_noon, show_unsupported=False, history=turns))
    assert writer.asked == [(ASKED, [1, 2], turns)]


def test_without_quotes_the_model_is_not_asked() -> None:
    writer = FakeWriter(GOOD)
    assert not list(write_answer(writer, silent(ASKED), check=no_noon, show_unsupported=True))
    assert writer.asked == []
    assert finish(silent(ASKED), []) == silent(ASKED)


def test_stopping_early_stops_the_writer() -> None:
    writer = FakeWriter(GOOD, BAD)
    sentences = write_answer(writer, ANSWER, check=no_noon, show_unsupported=True)
    next(sentences)
    sentences.close()
    assert writer.closed


def test_the_supported_sentences_become_the_text_with_their_numbers() -> None:
    sentences = written(GOOD, BAD, replace(GOOD, text="Both held.", citations=(1, 2)))
    answer = finish(ANSWER, sentences)
    assert answer.text == "It took effect at midnight. [1] Both held. [1][2]"
    assert answer == replace(ANSWER, text=answer.text, sentences=tuple(sentences))


def test_where_nothing_is_supported_the_quotes_stand() -> None:
    for sentences in (written(BAD, NONE), []):
        answer = finish(ANSWER, sentences)
        quotes, remark = answer.text.split("\n")
        assert quotes == ANSWER.text
        assert remark.startswith("(These are quotes: no sentence ")
        assert remark == f"({answer.remark})"
        assert answer.sentences == tuple(sentences)


def test_a_failure_is_named_and_what_came_before_is_kept() -> None:
    failure = WritingError("the server broke off", reason="cut")
    writer = FakeWriter(GOOD, error=failure)
    sentences: list[AnswerSentence] = []
    with pytest.raises(WritingError, match="broke off"):
        sentences.extend(write_answer(writer, ANSWER, check=no_noon, show_unsupported=False))
    answer = finish(ANSWER, sentences, failure=failure)
    assert answer.text == (
        "It took effect at midnight. [1]\n(The answer is not complete: the server broke off.)"
    )
    assert answer.remark == "The answer is not complete: the server broke off."
    assert finish(ANSWER, [], failure=failure).text == (
        f"{ANSWER.text}\n(These are quotes, not a written answer: the server broke off.)"
    )


def test_an_answer_stays_an_answer_of_the_archive() -> None:
    answer: Answer = finish(ANSWER, written(GOOD))
    assert (answer.status, answer.citations, answer.also_found, answer.nearest) == (
        ANSWER.status,
        ANSWER.citations,
        ANSWER.also_found,
        ANSWER.nearest,
    )


def test_a_sentence_too_long_to_be_checked_is_not_supported() -> None:
    (sentence,) = written(replace(GOOD, text="So it was. " * 300))
    assert not sentence.supported
    assert "too long" in sentence.problems[0]
