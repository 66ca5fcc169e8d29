"""Reads the text of a language model in pieces, within limits of time and length.

The client libraries limit only the wait for each read, so a very slow server could keep them
waiting for ever. So the text is read in a thread of its own, and one deadline limits the wait for
all of it.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Self

from rag.errors import WritingError
from rag.settings import Settings
from rag.writing.llm import LanguageModel
from rag.writing.prompts import Request

# A token is four or five characters of English. A server that writes far more than its limit does
# not know the limit.
_CHARACTERS_PER_TOKEN = 10
# A conversation waits for the rewritten question before it searches.
_REWRITE_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLimits:
    """How long an answer may take, in seconds and in tokens, and how often it is tried again."""

    answer_seconds: float = 60.0
    first_word_seconds: float = 30.0
    rewrite_seconds: float = _REWRITE_SECONDS
    tokens: int = 800
    retries: int = 2

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the limits in the settings."""
        seconds = settings.llm_timeout_seconds
        return cls(
            answer_seconds=seconds,
            first_word_seconds=seconds / 2,
            rewrite_seconds=min(_REWRITE_SECONDS, seconds / 2),
            tokens=settings.llm_max_tokens,
            retries=settings.llm_retries,
        )


class Stream:
    """What a model writes in reply to one request; no wait for it lasts longer than a limit.

    The thread ends when the text ends, when it is stopped, or at a limit. At the latest it ends
    with the client's own time limit for one read.
    """

    def __init__(
        self,
        model: LanguageModel,
        request: Request,
        *,
        limits: AnswerLimits,
        clock: Callable[[], float],
    ) -> None:
        self._model = model
        self._request = request
        self._limits = limits
        self._clock = clock
        self._queue: SimpleQueue[str | Exception | None] = SimpleQueue()
        self._stopped = Event()

    def pieces(self, deadline: float) -> Iterator[str]:
        """Yield the pieces until the text ends or a limit is reached."""
        first_by = min(deadline, self._clock() + self._limits.first_word_seconds)
        Thread(target=self._read, name="language model", daemon=True).start()
        wait_until = first_by
        while (item := self._next(wait_until)) is not None:
            if isinstance(item, Exception):
                raise item
            wait_until = deadline
            yield item

    def stop(self) -> None:
        """Make the thread end at the next piece."""
        self._stopped.set()

    def _next(self, until: float) -> str | Exception | None:
        try:
            return self._queue.get(timeout=max(0.0, until - self._clock()))
        except Empty:
            raise WritingError(
                f"{self._model.name} took longer than its limit "
                f"(DATELINE_LLM_TIMEOUT_SECONDS is {self._limits.answer_seconds:g}, half of it for "
                "the first word)",
                reason="timeout",
            ) from None

    def _read(self) -> None:
        left = self._limits.tokens * _CHARACTERS_PER_TOKEN
        try:
            with contextlib.closing(self._model.stream(self._request)) as pieces:
                for piece in pieces:
                    if self._stopped.is_set():
                        return
                    self._queue.put(piece)
                    # A thinking model sends empty pieces, which count as well.
                    left -= max(1, len(piece))
                    if left < 0:
                        self._queue.put(self._too_long())
                        return
            self._queue.put(None)
        except Exception as error:  # noqa: BLE001 - raised where the text is waited for
            self._queue.put(error)

    def _too_long(self) -> WritingError:
        return WritingError(
            f"{self._model.name} did not stop after {self._limits.tokens} tokens "
            "(DATELINE_LLM_MAX_TOKENS)",
            reason="too long",
        )
