"""Makes an archive a LlamaIndex retriever and query engine; it is imported only when needed.

Nodes are passages as they are stored. Their offsets point into the article, so the output of a
pipeline can still be checked. The base classes dispatch the events of a query and of a retriever.
An engine searches by itself, so the events of its retrieval are dispatched here.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import closing, suppress
from contextvars import copy_context
from threading import Event, Thread
from typing import Any

import llama_index.core.instrumentation as instrument
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import (
    AsyncStreamingResponse,
    Response,
    StreamingResponse,
)
from llama_index.core.callbacks import CallbackManager
from llama_index.core.instrumentation.events.retrieval import (
    RetrievalEndEvent,
    RetrievalStartEvent,
)
from llama_index.core.schema import (
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)

from rag.errors import QuestionError
from rag.interchange import to_plain
from rag.records import Answer, AnswerSentence, Citation, Hit, derive_id

# A function that takes an answer in quotes and earlier turns. It yields the sentences that a
# language model writes about them, if there is a model, and returns the whole answer.
Write = Callable[[Answer, Sequence[tuple[str, str]]], Generator[AnswerSentence, None, Answer]]

# LlamaIndex documents this name here, although it imports it from another package.
_dispatcher = instrument.get_dispatcher(__name__)  # type: ignore[attr-defined]
_FOR_PROGRAMS = (
    *("article_id", "start", "end", "quote", "quote_start", "quote_end"),
    *("copies", "times"),
)


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


class ArchiveRetriever(BaseRetriever):
    """A LlamaIndex retriever of the passages of an archive, best first."""

    def __init__(self, search: Callable[[str], list[Hit]]) -> None:
        super().__init__(callback_manager=CallbackManager())
        self._search = search

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [to_node(hit) for hit in self._search(_read_question(query_bundle))]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class ArchiveQueryEngine(BaseQueryEngine):
    """A LlamaIndex query engine that answers like `Archive.ask`.

    The `Answer` itself is in the metadata of the response, and beside it as JSON. When it streams,
    the sources are there at once, the text comes while it is written and checked, and
    `metadata["answer"]` and `metadata["answer_json"]` are there when the text has ended.
    """

    def __init__(self, quote: Callable[[str], Answer], write: Write, *, streaming: bool) -> None:
        super().__init__(callback_manager=CallbackManager())
        self._quote = quote
        self._write = write
        self._streaming = streaming

    def _query(self, query_bundle: QueryBundle) -> Response | StreamingResponse:
        question = _read_question(query_bundle)
        _dispatcher.event(RetrievalStartEvent(str_or_query_bundle=query_bundle))
        answer = self._quote(question)
        nodes = _end_retrieval(query_bundle, answer)
        metadata: dict[str, Any] = {"status": answer.status}
        texts = _say(self._write(answer, ()), metadata)
        response = ArchiveStream(texts, source_nodes=nodes, metadata=metadata)
        return response if self._streaming else response.get_response()

    async def _aquery(self, query_bundle: QueryBundle) -> Response | AsyncStreamingResponse:
        question = _read_question(query_bundle)
        _dispatcher.event(RetrievalStartEvent(str_or_query_bundle=query_bundle))
        answer = await asyncio.to_thread(self._quote, question)
        nodes = _end_retrieval(query_bundle, answer)
        metadata: dict[str, Any] = {"status": answer.status}
        texts = _read_in_thread(_say(self._write(answer, ()), metadata))
        response = AsyncArchiveStream(texts, source_nodes=nodes, metadata=metadata)
        return response if self._streaming else await response.get_response()

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}


def to_node(
    hit: Hit, citation: Citation | None = None, *, is_repeated: bool = False
) -> NodeWithScore:
    """Return a hit as a node with its score; the metadata names the article and the place.

    All of the metadata is plain JSON: the copies and the times are lists of objects.
    With a citation, the node also has the quote, its number, and its offsets in the article. A
    passage that is cited twice becomes two nodes, and the second one has an id of its own.
    """
    metadata: dict[str, Any] = {
        "article_id": hit.article_id,
        "title": hit.title,
        "source": hit.source,
        "url": hit.url,
        "published": hit.published.isoformat() if hit.published else "",
        "section": hit.section,
        "start": hit.start,
        "end": hit.end,
        "note": hit.note,
        "copies": to_plain(hit.copies),
        "times": to_plain(hit.times),
    }
    hidden = [*_FOR_PROGRAMS, *(key for key in ("note", "section") if not metadata[key])]
    node_id = derive_id("passage", hit.article_id, str(hit.start), str(hit.end))
    if citation:
        metadata |= {
            "citation": citation.number,
            "quote": citation.quote,
            "quote_start": citation.start,
            "quote_end": citation.end,
        }
        if is_repeated:
            node_id = derive_id("citation", node_id, str(citation.number))
    node = TextNode(
        id_=node_id,
        text=hit.text,
        start_char_idx=hit.start,
        end_char_idx=hit.end,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=[key for key in hidden if key in metadata],
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=hit.article_id)},
    )
    return NodeWithScore(node=node, score=hit.score)


def to_source_nodes(answer: Answer) -> list[NodeWithScore]:
    """Return the passages read for an answer, first the cited ones by number, then the others."""
    cited: dict[int, NodeWithScore] = {}
    others: list[NodeWithScore] = []
    for hit in answer.nearest:
        quotes = [
            citation
            for citation in (*answer.citations, *answer.also_found)
            if citation.article_id == hit.article_id
            and hit.start <= citation.start
            and citation.end <= hit.end
        ]
        for citation in quotes:
            is_repeated = citation is not quotes[0]
            cited[citation.number] = to_node(hit, citation, is_repeated=is_repeated)
        if not quotes:
            others.append(to_node(hit))
    return [*(cited[number] for number in sorted(cited)), *others]


def _read_question(query_bundle: QueryBundle) -> str:
    """Return the question of a query.

    Raises:
        QuestionError: the query has an embedding, or other texts to embed than its question. Both
            would be ignored: vectors of another model mean nothing here, and the question is also
            searched by its words and read.
    """
    given = [name for name in ("embedding", "custom_embedding_strs") if getattr(query_bundle, name)]
    if given:
        raise QuestionError(
            f"the query has {' and '.join(given)}, which an archive cannot use, because it "
            "searches with its own embedding model and by words; give it query_str alone"
        )
    return query_bundle.query_str


def _with_sources(text: str, metadata: dict[str, Any] | None) -> str:
    answer = (metadata or {}).get("answer")
    sources = answer.sources if isinstance(answer, Answer) else []
    return "\n".join([text, *([""] if sources else []), *map(str, sources)])


def _end_retrieval(query_bundle: QueryBundle, answer: Answer) -> list[NodeWithScore]:
    """Return the passages read for an answer, after dispatching the event of the retrieval."""
    nodes = to_source_nodes(answer)
    _dispatcher.event(RetrievalEndEvent(str_or_query_bundle=query_bundle, nodes=nodes))
    return nodes


def _say(
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


async def _read_in_thread(texts: Generator[str, None, None]) -> AsyncGenerator[str, None]:
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
