from collections.abc import Generator, Sequence
from dataclasses import replace

import pytest

from rag.errors import WritingError
from rag.records import Answer, AnswerPart, AnswerSentence, Citation, Value
from rag.text.genres import Genre
from rag.writing.support import Problem, Support
from rag.writing.written_answers import finish, write_answer
from rag.writing.written_text import Written
from tests.ui.fake_archive import answered, cite, silent

ASKED = "When did it take effect?"
SECOND = replace(cite(), number=2, quote="Peacekeepers are on the way.")
ANSWER = replace(answered(ASKED), citations=(cite(), SECOND))
# What stands beside the answer: another event, and a value that was replaced.
OTHER = replace(cite(), number=2, quote="The truce of 2014 took effect at dawn.")
OLDER = replace(cite(), number=3, quote="The ceasefire takes effect at noon.")
BESIDE = [
    "Also found:",
    "Truce (1 May 2014): “The truce of 2014 took effect at dawn.” [2]",
    "No longer holds:",
    "noon (superseded; wire.example): “The ceasefire takes effect at noon.” [3]",
]
WITH_BESIDE = replace(
    answered(ASKED),
    also_found=(OTHER, OLDER),
    text="\n".join([answered(ASKED).text, *BESIDE]),
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


def asked_of(answer: Answer) -> list[int]:
    """Return the numbers of the quotes that the model is given."""
    writer = FakeWriter(GOOD)
    list(write_answer(writer, answer, check=no_noon, show_unsupported=False))
    return writer.asked[0][1]


def test_the_model_is_given_the_quotes_that_answer_and_the_turns() -> None:
    writer = FakeWriter(GOOD)
    turns = [("Who signed?", "Both did.")]
    list(write_answer(writer, ANSWER, check=no_noon, show_unsupported=False, history=turns))
    assert writer.asked == [(ASKED, [1, 2], turns)]


def test_other_events_and_what_holds_no_more_are_not_given() -> None:
    assert asked_of(WITH_BESIDE) == [1]


def test_all_quotes_with_members_of_a_list_are_given() -> None:
    listed = "\n".join(
        [
            "These were found; there may be more:",
            "Holm joins (1 May 2024): “Holm joined.” [1]",
            "Orr joins (2 May 2024): “Orr joined.” [2]",
            *BESIDE[2:],
        ]
    )
    assert asked_of(replace(WITH_BESIDE, text=listed)) == [1, 2]


def test_a_quote_that_tells_only_a_replaced_value_is_not_given() -> None:
    values = (
        Value(text="midnight", citations=(1,)),
        Value(text="noon", status="corrected", citations=(1, 2)),
    )
    assert asked_of(replace(ANSWER, values=values)) == [1]


def test_a_sentence_that_rests_on_what_does_not_answer_is_not_supported() -> None:
    told = Written(text="The truce took effect at dawn.", citations=(2, 3))
    writer = FakeWriter(told, replace(told, citations=(1, 2)))
    first, second = write_answer(writer, WITH_BESIDE, check=no_noon, show_unsupported=True)
    assert (first.supported, first.problems) == (
        False,
        ("its quotes tell another event, or what holds no more",),
    )
    # It was checked against the one quote that answers.
    assert second.support == 0.1


def test_what_stands_beside_an_answer_stands_below_what_was_written() -> None:
    sentences = list(
        write_answer(FakeWriter(GOOD), WITH_BESIDE, check=no_noon, show_unsupported=True)
    )
    answer = finish(WITH_BESIDE, sentences)
    assert answer.text.split("\n") == ["It took effect at midnight. [1]", *BESIDE]
    failed = finish(WITH_BESIDE, sentences, failure=WritingError("it stopped", reason="cut"))
    assert failed.text.split("\n")[:-1] == ["It took effect at midnight. [1]", *BESIDE]


def test_what_stands_beside_each_part_is_told_together() -> None:
    parts = (
        AnswerPart(question="When?", status="answered", citations=(1,)),
        AnswerPart(question="Who?", status="answered", citations=(4,)),
        AnswerPart(question="Why?", status="not_in_archive"),
    )
    text = "\n".join(
        [
            f"When? {answered(ASKED).text}",
            *BESIDE,
            "Who? “Both armies.” [4]",
            "Also found:",
            "Truce (1 May 2014): “One army.” [5]",
            "Why? The archive does not say.",
        ]
    )
    answer = replace(
        WITH_BESIDE,
        text=text,
        parts=parts,
        citations=(cite(), replace(cite(), number=4)),
        also_found=(OTHER, OLDER, replace(OTHER, number=5)),
    )
    assert asked_of(answer) == [1, 4]
    assert finish(answer, written(GOOD)).text.split("\n") == [
        "It took effect at midnight. [1]",
        "Why? The archive does not say.",
        *BESIDE[:2],
        "Truce (1 May 2014): “One army.” [5]",
        *BESIDE[2:],
    ]


@pytest.mark.parametrize(
    ("genre", "text", "expected"),
    [
        ("opinion", "Orr must go.", "In an opinion piece: Orr must go."),
        ("satire", "Orr flew to the moon.", "In satire: Orr flew to the moon."),
        ("opinion", "An opinion piece says that Orr must go.", None),
        ("", "Orr must go.", None),
    ],
)
def test_a_sentence_on_opinion_or_satire_alone_says_so(
    genre: Genre, text: str, expected: str | None
) -> None:
    answer = replace(ANSWER, citations=(replace(cite(), genre=genre), SECOND))
    alone, with_news = write_answer(
        FakeWriter(Written(text=text, citations=(1,)), Written(text=text, citations=(1, 2))),
        answer,
        check=no_noon,
        show_unsupported=False,
    )
    assert (alone.text, with_news.text) == (expected or text, text)


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
