"""Has sentences written about the quotes of an answer, checks them, and adds them to the answer.

A sentence that its quotes do not support is never shown as fact. `write_answer` leaves it out or
marks it, and `finish` puts only supported sentences into the text. If there are none, the answer
keeps its quotes, and a remark says why.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Protocol

from rag.errors import WritingError
from rag.records import NOT_SAID, Answer, AnswerSentence, Citation
from rag.writing.support.problems import Support
from rag.writing.written_text import Written

# The time of a check grows with the square of a sentence's length. News sentences have a tenth of
# this length.
_LONGEST = 2000  # characters
_TOO_LONG = "it is too long to be checked"
_CITES_NOTHING = "it cites no quote"

Check = Callable[[str, Sequence[Citation]], Support]


class AnswerWriter(Protocol):
    """The methods of `Writer` that this module needs."""

    def write(
        self,
        question: str,
        citations: Sequence[Citation],
        *,
        history: Sequence[tuple[str, str]] = (),
    ) -> Generator[Written, None, None]:
        """Yield the sentences of an answer."""


def write_answer(
    writer: AnswerWriter,
    answer: Answer,
    *,
    check: Check,
    show_unsupported: bool,
    history: Sequence[tuple[str, str]] = (),
) -> Generator[AnswerSentence, None, None]:
    """Yield the written sentences of an answer, each as soon as it is written and checked.

    With `show_unsupported`, sentences without support come too, marked and with their problems. If
    an answer has no quotes, it gets no sentences, and the model is not asked.

    Raises:
        WritingError: the model failed; the sentences yielded before may be kept.
    """
    quotes = {citation.number: citation for citation in (*answer.citations, *answer.also_found)}
    if not quotes:
        return
    given = tuple(quotes.values())
    with closing(writer.write(answer.question, given, history=history)) as sentences:
        for written in sentences:
            sentence = _checked(written, quotes, check)
            if sentence.supported or show_unsupported:
                yield sentence


def finish(
    answer: Answer, sentences: Sequence[AnswerSentence], *, failure: WritingError | None = None
) -> Answer:
    """Return the answer with its written sentences, and the supported ones as its text.

    Without a supported sentence, the text stays as it was. `failure` is the error that ended the
    writing, if there was one. A remark names it.
    """
    if not answer.citations:
        return answer
    supported = [sentence for sentence in sentences if sentence.supported]
    if supported:
        text = " ".join(_marked(sentence) for sentence in supported)
        silent = [part.question for part in answer.parts if part.status == "not_in_archive"]
        text = "\n".join([text, *(f"{question} {NOT_SAID}" for question in silent)])
        remark = f"The answer is not complete: {failure}." if failure else ""
    else:
        text = answer.text
        remark = (
            f"These are quotes, not a written answer: {failure}."
            if failure
            else "These are quotes: no sentence that the language model wrote stands on them."
        )
    text = f"{text}\n({remark})" if remark else text
    return replace(answer, text=text, remark=remark, sentences=tuple(sentences))


def _checked(written: Written, quotes: Mapping[int, Citation], check: Check) -> AnswerSentence:
    if not written.citations:
        return AnswerSentence(
            text=written.text,
            citations=(),
            support=0.0,
            supported=False,
            problems=(_CITES_NOTHING,),
        )
    if len(written.text) > _LONGEST:
        return AnswerSentence(
            text=written.text,
            citations=written.citations,
            support=0.0,
            supported=False,
            problems=(_TOO_LONG,),
        )
    support = check(written.text, [quotes[number] for number in written.citations])
    return AnswerSentence(
        text=written.text,
        citations=written.citations,
        support=support.score,
        supported=support.supported,
        problems=tuple(str(problem) for problem in support.problems),
    )


def _marked(sentence: AnswerSentence) -> str:
    return f"{sentence.text} {''.join(f'[{number}]' for number in sentence.citations)}"
