"""Quotes of an answer -> sentences about them, each checked -> the answer that holds them.

What is not supported by the quotes it names is never shown as fact: `write_answer` leaves it out,
or gives it marked, and `finish` puts only supported sentences into the text. Where none is, the
quotes stand as they were, and a remark says why.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Protocol

from rag.errors import WritingError
from rag.records import Answer, AnswerSentence, Citation
from rag.writing.support.problems import Support
from rag.writing.written_text import Written

# Checking takes the square of a sentence's length; news sentences have a tenth of this.
_LONGEST = 2000  # characters
_TOO_LONG = "is too long to be checked"
_CITES_NOTHING = "cites no quote"

Check = Callable[[str, Sequence[Citation]], Support]


class AnswerWriter(Protocol):
    """What is needed of a `Writer`."""

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

    With `show_unsupported` those without support come too, marked and with their problems. An
    answer without quotes has no sentences, and the model is not asked.

    Raises:
        WritingError: the model failed; what was yielded before may be kept.
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

    Without a supported sentence the text stays as it was. `failure` is what ended the writing, if
    it did not end by itself; a remark names it.
    """
    if not answer.citations:
        return answer
    supported = [sentence for sentence in sentences if sentence.supported]
    if supported:
        text = " ".join(_marked(sentence) for sentence in supported)
        remark = f"(The answer breaks off: {failure}.)" if failure else ""
    else:
        text = answer.text
        remark = (
            f"(These are quotes, not a written answer: {failure}.)"
            if failure
            else "(These are quotes: no sentence that the language model wrote stands on them.)"
        )
    return replace(answer, text="\n".join(filter(None, [text, remark])), sentences=tuple(sentences))


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
