import asyncio
import json
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.base.response.schema import (
    AsyncStreamingResponse,
    Response,
    StreamingResponse,
)
from llama_index.core.instrumentation import get_dispatcher
from llama_index.core.instrumentation.event_handlers import BaseEventHandler
from llama_index.core.instrumentation.events import BaseEvent
from llama_index.core.schema import MetadataMode, NodeWithScore, QueryBundle, TextNode
from llama_index.core.tools import QueryEngineTool
from pydantic import Field

from rag.answering import Answering
from rag.archive import Archive
from rag.errors import QuestionError, SettingsError, WritingError
from rag.llamaindex import ArchiveQueryEngine, to_node, to_source_nodes
from rag.records import Answer, AnswerSentence, Citation, Copy, EventTime, Hit
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.model import Recipe
from rag.writing.writer import Writer
from tests.fakes import HashingEmbedder, write
from tests.rag.conftest import ARTICLES
from tests.scripted_llm import ScriptedLLM, ScriptedModel

QUESTION = "When did the northern truce take effect?"
TRUE = "The northern truce took effect at midnight on 10 November."
AGAIN = "At midnight on 10 November the northern truce took effect."
# What stands beside the answer, below what the model wrote.
BESIDE = (
    "\nAlso found:\nGuns silent in the south (21 May 2021): "
    "“The southern truce took effect at dawn on Friday.” [2]"
)
FALSE = "The northern truce took effect at noon on 12 December."
OFF_TOPIC = "Which orchestra played Mahler on the moon?"

Open = Callable[..., Archive]


def sentence(text: str) -> str:
    return json.dumps({"text": text, "quotes": [1]})


def written(*texts: str) -> str:
    return f'{{"sentences": [{", ".join(map(sentence, texts))}]}}'


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    embedder = HashingEmbedder(dimension=64)
    root: Path = tmp_path_factory.mktemp("small") / "archive"
    recipe = Recipe(model=embedder.name, dimension=embedder.dimension, passage_words=150)
    builder = EdgeBuilder(root, recipe)
    write(builder, *ARTICLES, embedder=embedder)
    builder.publish()
    builder.close()
    return root


@pytest.fixture
def open_with(small: Path) -> Iterator[Open]:
    """Return what opens the small archive with a model that writes by script."""
    opened: list[Archive] = []

    def open_archive(*scripts: Any) -> Archive:
        answering = Answering(
            store=EdgeStore(small),
            embedder=HashingEmbedder(dimension=64),
            threshold=0.05,
            writer=Writer(ScriptedModel(*scripts)),
        )
        archive = Archive(answering)
        opened.append(archive)
        return archive

    yield open_archive
    for archive in opened:
        archive.close()


class Listener(BaseEventHandler):
    """Keeps what is dispatched."""

    events: list[BaseEvent] = Field(default_factory=list)

    def handle(self, event: BaseEvent, **kwargs: Any) -> None:
        self.events.append(event)

    @property
    def names(self) -> list[str]:
        return [event.class_name() for event in self.events]


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Return a handler that hears everything, as a user adds one."""
    added = Listener()
    root = get_dispatcher()
    root.add_event_handler(added)
    yield added
    root.event_handlers.remove(added)


def text_node(found: NodeWithScore) -> TextNode:
    assert isinstance(found.node, TextNode)
    return found.node


# -- retriever and engine -------------------------------------------------------------------------


def test_the_retriever_gives_passages_with_their_place(archive: Archive) -> None:
    (found, *_) = archive.as_retriever(limit=2).retrieve("northern truce")
    node = text_node(found)
    text = archive.article(node.metadata["article_id"]).text
    assert text[node.metadata["start"] : node.metadata["end"]] == node.text
    assert text[node.start_char_idx : node.end_char_idx] == node.text
    assert node.ref_doc_id == node.metadata["article_id"]
    assert node.metadata["published"] == "2020-11-10"


def test_a_reranking_retriever_scores_by_how_well_a_passage_answers(archive: Archive) -> None:
    question = "When did the northern truce take effect?"
    nodes = archive.as_retriever(limit=2, rerank=True).retrieve(question)
    hits = archive.search(question, limit=2, rerank=True)
    assert [node.score for node in nodes] == [hit.score for hit in hits]
    assert [node.text for node in nodes] == [hit.text for hit in hits]


def test_the_query_engine_answers_as_ask_does(archive: Archive) -> None:
    response = archive.as_query_engine().query(QUESTION)
    answer = archive.ask(QUESTION)
    assert isinstance(response, Response)
    assert response.response == answer.text
    assert response.metadata is not None
    assert response.metadata["answer"] == answer
    assert len(response.source_nodes) == len(answer.nearest)


def test_both_work_asynchronously(archive: Archive) -> None:
    response = asyncio.run(archive.as_query_engine().aquery(QUESTION))
    assert str(response) == str(archive.ask(QUESTION))
    assert asyncio.run(archive.as_retriever(limit=1).aretrieve(QUESTION))


def test_an_engine_without_streaming_gives_what_the_model_wrote(open_with: Open) -> None:
    archive = open_with(written(FALSE, TRUE))
    for response in (
        archive.as_query_engine().query(QUESTION),
        asyncio.run(archive.as_query_engine().aquery(QUESTION)),
    ):
        assert isinstance(response, Response)
        assert response.response == f"{TRUE} [1]{BESIDE}"
        assert response.metadata is not None
        assert [s.text for s in response.metadata["answer"].sentences] == [TRUE]


def test_an_llm_that_is_given_writes_the_answer_and_is_checked(archive: Archive) -> None:
    llm = ScriptedLLM(script=written(FALSE, TRUE))
    engine = archive.as_query_engine(llm=llm)
    for response in (engine.query(QUESTION), asyncio.run(engine.aquery(QUESTION))):
        assert isinstance(response, Response)
        assert response.response == f"{TRUE} [1]{BESIDE}"
    assert len(llm.asked) == 2
    assert archive.ask(QUESTION).sentences == ()  # the archive itself still answers in quotes


def test_an_llm_that_is_given_replaces_the_configured_model(open_with: Open) -> None:
    archive = open_with(written(TRUE))
    given = archive.as_query_engine(llm=ScriptedLLM(script=written(AGAIN)))
    assert str(given.query(QUESTION)).startswith(f"{AGAIN} [1]")
    assert str(archive.as_query_engine().query(QUESTION)).startswith(f"{TRUE} [1]")


def test_an_llm_that_is_given_streams(archive: Archive) -> None:
    llm = ScriptedLLM(script=written(TRUE, AGAIN))
    response = archive.as_query_engine(llm=llm, streaming=True).query(QUESTION)
    assert isinstance(response, StreamingResponse)
    assert list(response.response_gen) == [f"{TRUE} [1]", f" {AGAIN} [1]", BESIDE]


@pytest.mark.parametrize("script", ["Sure! Here is a poem.", ConnectionError("refused")])
def test_an_llm_that_is_of_no_use_leaves_the_quotes_and_blames_no_setting(
    archive: Archive, script: Any
) -> None:
    response = archive.as_query_engine(llm=ScriptedLLM(script=script)).query(QUESTION)
    assert isinstance(response, Response)
    quotes = archive.ask(QUESTION).text
    assert response.response is not None
    assert response.response.startswith(quotes)
    remark = response.response.removeprefix(quotes)
    assert remark
    assert "DATELINE" not in remark


def test_what_is_no_llm_is_refused(archive: Archive) -> None:
    with pytest.raises(SettingsError, match="llm is 'gpt-4o', which is no LLM of LlamaIndex"):
        archive.as_query_engine(llm="gpt-4o")  # type: ignore[arg-type]


def test_the_string_of_a_response_names_the_sources(archive: Archive) -> None:
    archive = archive.with_threshold(0.01)
    said = str(archive.ask(QUESTION))
    assert "\n\n[1] Truce holds in the north — wire.example — 10 November 2020\n" in said
    for streaming in (False, True):
        engine = archive.as_query_engine(streaming=streaming)
        assert str(engine.query(QUESTION)) == said
        assert str(asyncio.run(engine.aquery(QUESTION))) == said


def test_the_answer_in_the_metadata_is_also_plain_json(archive: Archive) -> None:
    response = archive.as_query_engine().query(QUESTION)
    assert response.metadata is not None
    answer = response.metadata.pop("answer")
    plain = json.loads(json.dumps(response.metadata))
    assert plain["status"] == "answered"
    assert Answer.from_json(plain["answer_json"]) == answer


@pytest.mark.parametrize("extra", [{"embedding": [0.1, 0.2]}, {"custom_embedding_strs": ["truce"]}])
def test_a_query_with_what_cannot_be_used_is_refused(
    archive: Archive, extra: dict[str, Any]
) -> None:
    query = QueryBundle(QUESTION, **extra)
    for ask in (archive.as_retriever().retrieve, archive.as_query_engine().query):
        with pytest.raises(QuestionError, match=f"the query has {next(iter(extra))}, which"):
            ask(query)
    with pytest.raises(QuestionError, match="give it query_str alone"):
        asyncio.run(archive.as_query_engine().aquery(query))


# -- source nodes ---------------------------------------------------------------------------------


def test_cited_passages_come_first_with_their_quotes(archive: Archive) -> None:
    response = archive.as_query_engine().query(QUESTION)
    answer = archive.ask(QUESTION)
    quotes = (*answer.citations, *answer.also_found)
    assert quotes
    for found, quote in zip(response.source_nodes, quotes, strict=False):
        place = found.node.metadata
        text = archive.article(place["article_id"]).text
        assert (place["citation"], place["quote"]) == (quote.number, quote.quote)
        assert text[place["quote_start"] : place["quote_end"]] == quote.quote
        assert place["start"] <= place["quote_start"] < place["quote_end"] <= place["end"]
        assert (place["url"], place["source"], place["title"]) == (
            quote.url,
            quote.source,
            quote.title,
        )
    assert all("citation" not in n.node.metadata for n in response.source_nodes[len(quotes) :])


def test_a_node_has_what_is_known_of_its_passage_as_plain_json() -> None:
    day = date(2020, 11, 10)
    facts: Any = {"title": "Truce", "source": "wire.example", "url": "", "published": day}
    time = EventTime(start=4, end=14, type="DATE", value="2020-11-10", rule="r", first=day)
    hit = Hit(
        article_id="a",
        start=0,
        end=9,
        text="It began.",
        score=1.0,
        note="Corrected.",
        section="world",
        copies=(Copy(article_id="b", **facts),),
        times=(time,),
        **facts,
    )
    node = text_node(to_node(hit))
    assert json.loads(json.dumps(node.metadata)) == node.metadata
    assert (node.metadata["note"], node.metadata["section"]) == ("Corrected.", "world")
    assert node.metadata["copies"] == [{"article_id": "b"} | facts | {"published": "2020-11-10"}]
    assert (node.metadata["times"][0]["first"], node.metadata["times"][0]["last"]) == (
        "2020-11-10",
        None,
    )
    shown = node.get_content(MetadataMode.LLM)
    assert "note: Corrected." in shown
    assert "section: world" in shown
    assert "times" not in shown
    bare = text_node(to_node(replace(hit, note="", section=""))).get_content(MetadataMode.LLM)
    assert "note" not in bare
    assert "section" not in bare


def test_a_passage_cited_twice_is_two_nodes_with_ids_of_their_own() -> None:
    texts = ("First. Second.", "Other.")
    hits = [
        Hit(
            article_id=text,
            title="",
            source="",
            url="",
            published=None,
            start=0,
            end=len(text),
            text=text,
            score=1.0,
        )
        for text in texts
    ]
    first, second = (
        Citation(
            number=number,
            article_id=texts[0],
            title="",
            source="",
            url="",
            published=None,
            quote=quote,
            start=texts[0].index(quote),
            end=texts[0].index(quote) + len(quote),
        )
        for number, quote in ((1, "First."), (2, "Second."))
    )
    answer = Answer(
        question="?",
        status="answered",
        text="First.",
        citations=(first,),
        also_found=(second,),
        nearest=(hits[1], hits[0]),
    )
    nodes = to_source_nodes(answer)
    assert [found.node.metadata.get("quote") for found in nodes] == ["First.", "Second.", None]
    assert len({found.node.node_id for found in nodes}) == 3


# -- filters --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "sources"),
    [
        ({"since": "2021-01-01"}, {"post.example"}),
        ({"until": "2020-12-31", "sources": ["wire.example"]}, {"wire.example"}),
        ({"as_of": "2020-11-09"}, set()),
    ],
)
def test_filters_restrict_every_question(
    archive: Archive, filters: dict[str, Any], sources: set[str]
) -> None:
    retriever, engine = archive.as_retriever(**filters), archive.as_query_engine(**filters)
    for nodes in (retriever.retrieve("truce"), engine.query("truce").source_nodes):
        assert {found.node.metadata["source"] for found in nodes} == sources


def test_outlets_given_once_are_kept_for_the_next_question(archive: Archive) -> None:
    retriever = archive.as_retriever(sources=iter(["wire.example"]))
    assert len(retriever.retrieve("truce")) == len(retriever.retrieve("truce")) == 1


def test_days_are_read_from_the_now_that_is_given(archive: Archive) -> None:
    question = "What took effect last week?"
    retriever = archive.as_retriever(now="2021-05-26")
    assert [n.node.metadata["article_id"] for n in retriever.retrieve(question)] == ["southern"]
    unread = archive.as_retriever(now="2021-05-26", read_time=False)
    assert len(unread.retrieve(question)) > 1


@pytest.mark.parametrize(
    "filters", [{"since": "May"}, {"sources": "wire.example"}, {"as_of": "now"}]
)
def test_filters_without_sense_are_refused_before_anything_is_asked(
    archive: Archive, filters: dict[str, Any]
) -> None:
    with pytest.raises(QuestionError):
        archive.as_query_engine(**filters)
    with pytest.raises(QuestionError):
        archive.as_retriever(**filters)


# -- streaming ------------------------------------------------------------------------------------


def test_without_a_model_the_stream_is_the_text_of_the_answer(archive: Archive) -> None:
    for question in (QUESTION, OFF_TOPIC):
        response = archive.as_query_engine(streaming=True, since="2020-01-01").query(question)
        assert isinstance(response, StreamingResponse)
        answer = archive.ask(question, since="2020-01-01")
        assert list(response.response_gen) == [answer.text]
        assert response.metadata is not None
        assert response.metadata["status"] == answer.status
        assert response.metadata["answer"].citations == answer.citations


def test_supported_sentences_come_one_by_one_after_the_sources(open_with: Open) -> None:
    engine = open_with(written(TRUE, FALSE, AGAIN)).as_query_engine(streaming=True)
    response = engine.query(QUESTION)
    assert isinstance(response, StreamingResponse)
    assert response.source_nodes[0].node.metadata["citation"] == 1
    assert response.metadata == {"status": "answered"}
    texts = list(response.response_gen)
    assert texts == [f"{TRUE} [1]", f" {AGAIN} [1]", BESIDE]
    assert response.metadata["answer"].text == "".join(texts)


@pytest.mark.parametrize(
    "script",
    [
        written(FALSE),
        [f'{{"sentences": [{sentence(TRUE)}, ', WritingError("it broke", reason="failed")],
        WritingError("it broke", reason="failed"),
    ],
)
def test_what_is_streamed_is_the_text_of_the_answer_whatever_the_model_does(
    open_with: Open, script: Any
) -> None:
    response = open_with(script).as_query_engine(streaming=True).query(QUESTION)
    assert isinstance(response, StreamingResponse)
    text = "".join(response.response_gen)
    assert response.metadata is not None
    assert text == response.metadata["answer"].text
    assert "quotes" in text or "is not complete" in text


def test_a_sentence_is_there_while_the_model_still_writes(open_with: Open) -> None:
    more = threading.Event()
    archive = open_with([f'{{"sentences": [{sentence(TRUE)}, ', more, f"{sentence(AGAIN)}]}}"])
    engine = archive.as_query_engine(streaming=True)

    async def read() -> list[str]:
        response = await engine.aquery(QUESTION)
        assert isinstance(response, AsyncStreamingResponse)
        assert response.source_nodes
        assert response.metadata == {"status": "answered"}
        texts = []
        async for text in response.async_response_gen():
            texts.append(text)
            more.set()
        assert response.metadata["answer"].text == "".join(texts)
        return texts

    assert asyncio.run(read()) == [f"{TRUE} [1]", f" {AGAIN} [1]", BESIDE]


def reading_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "archive answer"]


def test_a_cancelled_reader_leaves_the_loop_free_and_no_thread_behind(open_with: Open) -> None:
    more = threading.Event()
    archive = open_with([f'{{"sentences": [{sentence(TRUE)}, ', more, f"{sentence(AGAIN)}]}}"])

    async def read() -> list[threading.Thread]:
        response = await archive.as_query_engine(streaming=True).aquery(QUESTION)
        assert isinstance(response, AsyncStreamingResponse)
        texts = response.async_response_gen()
        await anext(texts)
        waiting = asyncio.ensure_future(anext(texts))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        return reading_threads()

    # The model still holds its thread, and the loop ends all the same.
    (thread,) = asyncio.run(read())
    assert not more.is_set()
    more.set()
    thread.join(timeout=60)
    assert not thread.is_alive()


def fail_to_write(answer: Answer, history: object) -> Generator[AnswerSentence, None, Answer]:
    yield AnswerSentence(text=TRUE, citations=(1,), support=1.0, supported=True)
    raise RuntimeError("the disk is gone")


def test_an_error_in_the_stream_reaches_its_reader(archive: Archive) -> None:
    engine = ArchiveQueryEngine(archive.ask, fail_to_write, streaming=True)

    async def read() -> None:
        response = await engine.aquery(QUESTION)
        assert isinstance(response, AsyncStreamingResponse)
        texts = response.async_response_gen()
        assert await anext(texts) == f"{TRUE} [1]"
        with pytest.raises(RuntimeError, match="the disk is gone"):
            await anext(texts)

    asyncio.run(read())


def test_a_streaming_engine_works_as_a_tool(open_with: Open) -> None:
    engine = open_with(written(TRUE)).as_query_engine(streaming=True)
    tool = QueryEngineTool.from_defaults(engine, name="archive", description="News.")
    for output in (tool.call(QUESTION), asyncio.run(tool.acall(QUESTION))):
        assert output.content is not None
        assert output.content.startswith(
            f"{TRUE} [1]{BESIDE}\n\n[1] Truce holds in the north — wire.example — 10"
        )


# -- instrumentation ------------------------------------------------------------------------------

OF_A_QUERY = ["QueryStartEvent", "RetrievalStartEvent", "RetrievalEndEvent", "QueryEndEvent"]


@pytest.mark.parametrize("streaming", [False, True])
def test_a_query_dispatches_its_events_and_those_of_its_retrieval(
    archive: Archive, listener: Listener, streaming: bool
) -> None:
    engine = archive.as_query_engine(streaming=streaming)
    response = engine.query(QUESTION)
    assert listener.names == OF_A_QUERY
    retrieved: Any = listener.events[2]
    ended: Any = listener.events[3]
    assert [n.node_id for n in retrieved.nodes] == [n.node_id for n in response.source_nodes]
    assert ended.response is response
    asyncio.run(engine.aquery(QUESTION))
    assert listener.names == OF_A_QUERY * 2


def test_the_events_of_a_query_are_within_its_span(archive: Archive, listener: Listener) -> None:
    asyncio.run(archive.as_query_engine().aquery(QUESTION))
    spans = [event.span_id for event in listener.events]
    assert [(span or "").split("-")[0] for span in spans] == [
        "ArchiveQueryEngine.aquery",
        "ArchiveQueryEngine._aquery",
        "ArchiveQueryEngine._aquery",
        "ArchiveQueryEngine.aquery",
    ]


def test_a_retriever_dispatches_its_events(archive: Archive, listener: Listener) -> None:
    nodes = archive.as_retriever(limit=1).retrieve(QUESTION)
    assert listener.names == ["RetrievalStartEvent", "RetrievalEndEvent"]
    ended: Any = listener.events[1]
    assert ended.nodes == nodes


def test_a_query_that_fails_says_so_and_ends_no_query(archive: Archive, listener: Listener) -> None:
    with pytest.raises(QuestionError):
        archive.as_query_engine().query(" ")
    assert "SpanDropEvent" in listener.names
    assert "QueryEndEvent" not in listener.names
