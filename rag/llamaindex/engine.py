"""Makes an archive a LlamaIndex query engine, which answers as `Archive.ask` does.

The base class dispatches the events of a query. An engine searches by itself, so the events of its
retrieval are dispatched here. Handlers of the older `CallbackManager` hear both too.
"""

import asyncio
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import llama_index.core.instrumentation as instrument
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import (
    AsyncStreamingResponse,
    Response,
    StreamingResponse,
)
from llama_index.core.callbacks import CBEventType, EventPayload
from llama_index.core.instrumentation.events.retrieval import (
    RetrievalEndEvent,
    RetrievalStartEvent,
)
from llama_index.core.schema import NodeWithScore, QueryBundle
from llama_index.core.settings import Settings

from rag.llamaindex.nodes import read_question, to_source_nodes
from rag.llamaindex.responses import ArchiveStream, AsyncArchiveStream, read_in_thread, say
from rag.records import Answer, AnswerSentence

# A function that takes an answer in quotes and earlier turns. It yields the sentences that a
# language model writes about them, if there is a model, and returns the whole answer.
Write = Callable[[Answer, Sequence[tuple[str, str]]], Generator[AnswerSentence, None, Answer]]

# LlamaIndex documents this name here, although it imports it from another package.
_dispatcher = instrument.get_dispatcher(__name__)  # type: ignore[attr-defined]


class ArchiveQueryEngine(BaseQueryEngine):
    """A LlamaIndex query engine that answers like `Archive.ask`.

    The `Answer` itself is in the metadata of the response, and beside it as JSON. When it streams,
    the sources are there at once, the text comes while it is written and checked, and
    `metadata["answer"]` and `metadata["answer_json"]` are there when the text has ended.
    """

    def __init__(self, quote: Callable[[str], Answer], write: Write, *, streaming: bool) -> None:
        super().__init__(callback_manager=Settings.callback_manager)
        self._quote = quote
        self._write = write
        self._streaming = streaming

    def retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """Return the source nodes of an answer, without having it written."""
        with self._retrieving(query_bundle) as end:
            return end(self._quote(read_question(query_bundle)))

    async def aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """Return what `retrieve` does, while the event loop stays free."""
        with self._retrieving(query_bundle) as end:
            return end(await asyncio.to_thread(self._quote, read_question(query_bundle)))

    def _query(self, query_bundle: QueryBundle) -> Response | StreamingResponse:
        question = read_question(query_bundle)
        with self._querying(query_bundle) as answered:
            with self._retrieving(query_bundle) as end:
                answer = self._quote(question)
                nodes = end(answer)
            metadata: dict[str, Any] = {"status": answer.status}
            texts = say(self._write(answer, ()), metadata)
            stream = ArchiveStream(texts, source_nodes=nodes, metadata=metadata)
            response = stream if self._streaming else stream.get_response()
            answered(response)
        return response

    async def _aquery(self, query_bundle: QueryBundle) -> Response | AsyncStreamingResponse:
        question = read_question(query_bundle)
        with self._querying(query_bundle) as answered:
            with self._retrieving(query_bundle) as end:
                answer = await asyncio.to_thread(self._quote, question)
                nodes = end(answer)
            metadata: dict[str, Any] = {"status": answer.status}
            texts = read_in_thread(say(self._write(answer, ()), metadata))
            stream = AsyncArchiveStream(texts, source_nodes=nodes, metadata=metadata)
            response = stream if self._streaming else await stream.get_response()
            answered(response)
        return response

    @contextmanager
    def _querying(self, query_bundle: QueryBundle) -> Iterator[Callable[[object], None]]:
        """Tell the callback manager of a query; what this gives takes the response."""
        asked: dict[str, Any] = {EventPayload.QUERY_STR: query_bundle.query_str}
        with self.callback_manager.event(CBEventType.QUERY, payload=asked) as told:
            yield lambda response: told.on_end(payload={EventPayload.RESPONSE: response})

    @contextmanager
    def _retrieving(
        self, query_bundle: QueryBundle
    ) -> Iterator[Callable[[Answer], list[NodeWithScore]]]:
        """Tell of a retrieval; what this gives takes the answer and returns its source nodes."""
        _dispatcher.event(RetrievalStartEvent(str_or_query_bundle=query_bundle))
        asked: dict[str, Any] = {EventPayload.QUERY_STR: query_bundle.query_str}
        with self.callback_manager.event(CBEventType.RETRIEVE, payload=asked) as told:

            def end(answer: Answer) -> list[NodeWithScore]:
                nodes = to_source_nodes(answer)
                told.on_end(payload={EventPayload.NODES: nodes})
                _dispatcher.event(RetrievalEndEvent(str_or_query_bundle=query_bundle, nodes=nodes))
                return nodes

            yield end

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}
