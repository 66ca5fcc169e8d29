"""Defines the responses of a query engine, and the text of an answer as it is written.

The string of each response is the text with its numbered sources, as `str(Answer)` is.
"""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import closing, suppress
from contextvars import copy_context
from threading import Event, Thread
from typing import Any

from llama_index.core.base.response.schema import (
    AsyncStreamingResponse,
    Response,
    StreamingResponse,
)

from rag.records import Answer, AnswerSentence


class ArchiveResponse(Response):
    """A response whose string is the text with its numbered sources, as `str(Answer)` is.

    The text alone is `response`.
    """

    def __str__(self) -> str:
        return _with_sources(super().__str__(), self.metadata)


class ArchiveStream(StreamingResponse):
    """A streaming response whose string, when the text has ended, names the sources below it."""

    def __str__(self) -> str:
        return _with_sources(super().__str__(), self.metadata)

    def get_response(self) -> Response:
        """Return the whole response, after reading the text to its end."""
        whole = super().get_response()
        return ArchiveResponse(whole.response, whole.source_nodes, whole.metadata)


class AsyncArchiveStream(AsyncStreamingResponse):
    """An `ArchiveStream` that is read in a coroutine."""

    def __str__(self) -> str:
        return _with_sources(super().__str__(), self.metadata)

    async def get_response(self) -> Response:
        """Return the whole response, after reading the text to its end."""
        whole = await super().get_response()
        return ArchiveResponse(whole.response, whole.source_nodes, whole.metadata)


def say(
    writing: Generator[AnswerSentence, None, Answer], metadata: dict[str, Any]
) -> Generator[str, None, None]:
    """Yield the text of an answer as it comes; all pieces together are `Answer.text`.

    At the end, the answer is put into the metadata, also as JSON.
    """
    said = ""
    with closing(_with_answer(writing)) as items:
        for item in items:
            if isinstance(item, Answer):
                metadata |= {"answer": item, "answer_json": item.to_json()}
                # This is what was not said yet: a remark, or the whole text if no sentence is
                # supported.
                text = item.text.removeprefix(said)
            else:
                text = _numbered(item, is_first=not said) if item.supported else ""
            if text:
                said += text
                yield text


def _with_answer(
    writing: Generator[AnswerSentence, None, Answer],
) -> Generator[AnswerSentence | Answer, None, None]:
    yield (yield from writing)


def _numbered(sentence: AnswerSentence, *, is_first: bool) -> str:
    numbers = "".join(f"[{number}]" for number in sentence.citations)
    return f"{'' if is_first else ' '}{sentence.text} {numbers}"


async def read_in_thread(texts: Generator[str, None, None]) -> AsyncGenerator[str, None]:
    """Yield what a slow generator yields, without blocking the event loop.

    The thread is a daemon of its own, because a loop that ends waits for the threads of its pool,
    as long as a language model takes. The queue is unbounded, so nothing waits for a reader who has
    left, and what a model may write is limited anyway. The thread then ends with the next sentence.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | Exception | None] = asyncio.Queue()
    has_left = Event()

    def put(item: str | Exception | None) -> None:
        # When the reader has left, the loop is closed.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(queue.put_nowait, item)

    def read() -> None:
        try:
            with closing(texts):
                for text in texts:
                    if has_left.is_set():
                        return
                    put(text)
            put(None)
        except Exception as error:  # noqa: BLE001 - raised where the text is waited for
            put(error)

    Thread(target=copy_context().run, args=(read,), name="archive answer", daemon=True).start()
    try:
        while (item := await queue.get()) is not None:
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        has_left.set()


def _with_sources(text: str, metadata: dict[str, Any] | None) -> str:
    answer = (metadata or {}).get("answer")
    sources = answer.sources if isinstance(answer, Answer) else []
    return "\n".join([text, *([""] if sources else []), *map(str, sources)])
