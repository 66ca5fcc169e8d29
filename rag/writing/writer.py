"""Lets a language model write sentences about quotes, and gives each one as soon as it is complete.

The model is not trusted. It may be slow, stop early, repeat itself, never stop, or write in the
wrong language. In each case the sentences stop within the limits, and the failure is one
`WritingError`. This module does not say whether a sentence is true; `support` checks that against
the quotes.
"""

import asyncio
import contextlib
import re
import time
from collections.abc import AsyncIterator, Callable, Generator, Sequence

from rag.errors import WritingError
from rag.records import Citation
from rag.settings import Settings
from rag.text.languages import is_foreign
from rag.writing.llm import LanguageModel, load_language_model
from rag.writing.prompts import MOST_QUOTES, Request, ask_for_answer, ask_for_question
from rag.writing.streams import AnswerLimits, Stream
from rag.writing.written_text import SentenceReader, Written, read_rewriting

_MOST_REPEATS = 3
_MOST_WORDS_OF_A_QUESTION = 60
_WORD = re.compile(r"\w+")
# How many first letters of a name stay the same when it is inflected.
_STEM = 5


def load_writer(settings: Settings) -> "Writer | None":
    """Return the configured writer, or None if answers are to consist of quotes.

    Raises:
        SettingsError: a setting that the model needs is missing or cannot be used.
        ModelError: the package for this kind of model is not installed.
    """
    model = load_language_model(settings)
    return Writer(model, limits=AnswerLimits.of(settings)) if model else None


class Writer:
    """Lets a language model write from quotes; tests replace `sleep` and `clock`."""

    def __init__(
        self,
        model: LanguageModel,
        *,
        limits: AnswerLimits | None = None,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = model.name
        self._model = model
        self._limits = limits or AnswerLimits()
        self._sleep = sleep
        self._clock = clock

    def write(
        self,
        question: str,
        citations: Sequence[Citation],
        *,
        history: Sequence[tuple[str, str]] = (),
    ) -> Generator[Written, None, None]:
        """Yield the sentences of an answer, each with the numbers of the citations that it names.

        `history` holds earlier questions with their answers, oldest first. Close the iterator to
        stop early.

        Raises:
            WritingError: the answer did not come, stopped early, or is of no use. The sentences
                yielded before are complete and may be kept.
        """
        given = citations[:MOST_QUOTES]
        reader = SentenceReader({citation.number for citation in given})
        languages = [question, *(citation.quote for citation in given)]
        seen = _Seen()
        request = ask_for_answer(question, given, history=history)
        with contextlib.closing(self._pieces(request)) as pieces:
            for piece in pieces:
                for written in reader.feed(piece):
                    if seen.is_new(written, self._model.name):
                        yield _require_language(written, languages, self._model.name)
        for written in reader.finish():
            if seen.is_new(written, self._model.name):
                yield _require_language(written, languages, self._model.name)
        if reader.is_empty:
            raise WritingError(f"{self._model.name} wrote nothing", reason="empty")
        if reader.is_unfinished:
            raise WritingError(
                f"{self._model.name} stopped in the middle of a sentence", reason="cut"
            )

    async def awrite(
        self,
        question: str,
        citations: Sequence[Citation],
        *,
        history: Sequence[tuple[str, str]] = (),
    ) -> AsyncIterator[Written]:
        """Yield what `write` yields, without blocking the event loop."""
        sentences = self.write(question, citations, history=history)
        try:
            while (written := await asyncio.to_thread(next, sentences, None)) is not None:
                yield written
        finally:
            # After a cancelled answer, a thread may still wait for a sentence. It ends when that
            # sentence comes.
            with contextlib.suppress(ValueError):
                sentences.close()

    def rewrite(self, question: str, history: Sequence[tuple[str, str]]) -> str:
        """Return a question that can be understood without the conversation; "" on any failure.

        The question must not contain what nobody said. A name or number that is neither in the
        question nor in the history is a failure too.
        """
        seconds = self._limits.rewrite_seconds
        try:
            request = ask_for_question(question, history)
            text = "".join(self._pieces(request, seconds=seconds, retries=0))
        except WritingError:
            return ""
        rewritten = read_rewriting(text)
        said = [question, *(part for turn in history for part in turn)]
        return rewritten if _adds_nothing(rewritten, said) else ""

    def close(self) -> None:
        """Release the model's connections."""
        self._model.close()

    def _pieces(
        self, request: Request, *, seconds: float | None = None, retries: int | None = None
    ) -> Generator[str, None, None]:
        """Yield the text as it comes; a try that fails before the first word is repeated."""
        deadline = self._clock() + (seconds or self._limits.answer_seconds)
        most_retries = self._limits.retries if retries is None else retries
        for attempt in range(most_retries + 1):
            stream = Stream(self._model, request, limits=self._limits, clock=self._clock)
            has_begun = False
            try:
                for piece in stream.pieces(deadline):
                    has_begun = True
                    yield piece
            except WritingError as error:
                if has_begun or attempt == most_retries or error.retry_after is None:
                    raise
                self._wait(error, attempt, deadline)
            else:
                return
            finally:
                stream.stop()

    def _wait(self, error: WritingError, attempt: int, deadline: float) -> None:
        """Sleep as long as the server asks, and twice as long with each further try."""
        seconds = (error.retry_after or 0.0) * 2**attempt
        if self._clock() + seconds >= deadline:
            raise WritingError(
                f"{error}; trying again in {seconds:g} s would exceed the limit of "
                f"{self._limits.answer_seconds:g} s (DATELINE_LLM_TIMEOUT_SECONDS)",
                reason=error.reason,
            ) from error
        self._sleep(seconds)


class _Seen:
    """The sentences that were written so far, which show when a model only repeats itself."""

    def __init__(self) -> None:
        self._keys: set[tuple[str, ...]] = set()
        self._repeats = 0

    def is_new(self, written: Written, name: str) -> bool:
        """Say whether a sentence was not written before.

        Raises:
            WritingError: the model does nothing but repeat itself.
        """
        key = tuple(_WORD.findall(written.text.casefold()))
        if key not in self._keys:
            self._keys.add(key)
            self._repeats = 0
            return True
        self._repeats += 1
        if self._repeats >= _MOST_REPEATS:
            raise WritingError(f"{name} repeats itself", reason="repeated")
        return False


def _require_language(written: Written, references: Sequence[str], name: str) -> Written:
    if is_foreign(written.text, references):
        raise WritingError(
            f"{name} wrote in another language than the question and the quotes; a larger model "
            "may follow its instructions",
            reason="language",
        )
    return written


def _adds_nothing(rewritten: str, said: Sequence[str]) -> bool:
    """Say whether a rewritten question keeps to the language, names and numbers of the turns."""
    known = " ".join(said).casefold()
    words = _WORD.findall(rewritten)
    names = [word for word in words[1:] if word[0].isupper()]
    numbers = [word for word in words if any(char.isdigit() for char in word)]
    return (
        0 < len(words) <= _MOST_WORDS_OF_A_QUESTION
        and not is_foreign(rewritten, said)
        and all(name.casefold()[:_STEM] in known for name in names)
        and all(number.casefold() in known for number in numbers)
    )
