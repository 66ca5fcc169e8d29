"""Has sentences written about the quotes of an answer, checks them, and adds them to the answer.

A sentence that its quotes do not support is never shown as fact. `write_answer` leaves it out or
marks it, and `finish` puts only supported sentences into the text. If there are none, the answer
keeps its quotes, and a remark says why. The model is given only the quotes that answer; those of
other events and of what holds no more stand below what it wrote.
"""

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Protocol

from rag.errors import WritingError
from rag.records import NOT_SAID, Answer, AnswerSentence, Citation
from rag.text.genres import GENRE_LEADS
from rag.writing.beside import lines_beside, quotes_that_answer
from rag.writing.support.problems import Support
from rag.writing.written_text import Written

# The time of a check grows with the square of a sentence's length. News sentences have a tenth of
# this length.
_LONGEST = 2000  # characters
_TOO_LONG = "it is too long to be checked"
_CITES_NOTHING = "it cites no quote"
_CITES_ANOTHER = "its quotes tell another event, or what holds no more"

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

    A sentence that rests on opinion or satire alone begins with saying so.
    With `show_unsupported`, sentences without support come too, marked and with their problems. If
    an answer has no quotes, it gets no sentences, and the model is not asked.

    Raises:
        WritingError: the model failed; the sentences yielded before may be kept.
    """
    quotes = quotes_that_answer(answer)
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
        unsaid = (f"{question} {NOT_SAID}" for question in silent)
        text = "\n".join([text, *unsaid, *lines_beside(answer)])
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
    cited = [quotes[number] for number in written.citations if number in quotes]
    if not cited:
        return _unchecked(written, _CITES_ANOTHER if written.citations else _CITES_NOTHING)
    if len(written.text) > _LONGEST:
        return _unchecked(written, _TOO_LONG)
    support = check(written.text, cited)
    return AnswerSentence(
        text=_with_genre(written.text, cited),
        citations=written.citations,
        support=support.score,
        supported=support.supported,
        problems=tuple(str(problem) for problem in support.problems),
    )


def _unchecked(written: Written, problem: str) -> AnswerSentence:
    return AnswerSentence(
        text=written.text,
        citations=written.citations,
        support=0.0,
        supported=False,
        problems=(problem,),
    )


def _with_genre(text: str, cited: Sequence[Citation]) -> str:
    """Return a sentence after what its quotes are from, if none is news and it does not say so."""
    if not all(citation.genre for citation in cited):
        return text
    genre = cited[0].genre
    is_said = re.search(rf"\b{genre}\b", text, re.IGNORECASE)
    return text if is_said else f"{GENRE_LEADS[genre]}{text}"


def _marked(sentence: AnswerSentence) -> str:
    return f"{sentence.text} {''.join(f'[{number}]' for number in sentence.citations)}"
