"""Tests an archive in LlamaIndex's own routers, engines, postprocessors, evaluators and chats.

The language model is a function here. LlamaIndex never closes an event loop that it starts by
itself, so what would start one is called as a coroutine.
"""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from llama_index.core import Settings
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks import CallbackManager, CBEventType, LlamaDebugHandler
from llama_index.core.chat_engine import CondenseQuestionChatEngine, ContextChatEngine
from llama_index.core.evaluation import (
    FaithfulnessEvaluator,
    RelevancyEvaluator,
    RetrieverEvaluator,
)
from llama_index.core.indices.query.query_transform import StepDecomposeQueryTransform
from llama_index.core.llms import (
    CompletionResponse,
    CompletionResponseGen,
    CustomLLM,
    LLMMetadata,
)
from llama_index.core.memory import ChatMemoryBuffer
from llama_index.core.postprocessor import (
    FixedRecencyPostprocessor,
    LongContextReorder,
    SimilarityPostprocessor,
)
from llama_index.core.query_engine import (
    RetrieverQueryEngine,
    RouterQueryEngine,
    SubQuestionQueryEngine,
    TransformQueryEngine,
)
from llama_index.core.question_gen import LLMQuestionGenerator
from llama_index.core.response_synthesizers import get_response_synthesizer
from llama_index.core.retrievers import QueryFusionRetriever, RouterRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import NodeWithScore, QueryBundle
from llama_index.core.selectors import LLMMultiSelector, LLMSingleSelector
from llama_index.core.tools import QueryEngineTool, RetrieverTool
from pydantic import PrivateAttr

from rag.archive import Archive
from tests.fakes import HashingEmbedder, open_small
from tests.rag.conftest import ARTICLES

# LlamaIndex's own classes are of the pydantic that they were written for.
pytestmark = pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecationWarning")

QUESTION = "When did the northern truce take effect?"
NORTH, SOUTH = "The northern truce took effect", "The southern truce took effect"

Reply = Callable[[str], str]


class FunctionLLM(CustomLLM):
    """A language model that replies by a function, and keeps what it was asked."""

    _reply: Reply = PrivateAttr()
    _asked: list[str] = PrivateAttr(default_factory=list)

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self._reply = reply

    @property
    def asked(self) -> list[str]:
        return self._asked

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="function")

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        self._asked.append(prompt)
        return CompletionResponse(text=self._reply(prompt))

    def stream_complete(
        self, prompt: str, formatted: bool = False, **kwargs: Any
    ) -> CompletionResponseGen:
        text = ""
        for word in self.complete(prompt).text.split(" "):
            text += f"{word} "
            yield CompletionResponse(text=text, delta=f"{word} ")


def always(text: str) -> FunctionLLM:
    return FunctionLLM(lambda _: text)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    root: Path = tmp_path_factory.mktemp("pipelines") / "archive"
    with open_small(root, *ARTICLES, embedder=HashingEmbedder(dimension=64)) as opened:
        yield opened


def texts(nodes: list[NodeWithScore]) -> list[str]:
    return [found.node.get_content() for found in nodes]


def sources(nodes: list[NodeWithScore]) -> set[str]:
    return {found.node.metadata["source"] for found in nodes}


def both_ways(retriever: BaseRetriever, question: str = QUESTION) -> list[NodeWithScore]:
    """Return what a retriever finds, after finding the same in a coroutine."""
    found = retriever.retrieve(question)
    again = asyncio.run(retriever.aretrieve(question))
    assert [(n.node_id, n.score) for n in again] == [(n.node_id, n.score) for n in found]
    return found


# -- routers --------------------------------------------------------------------------------------


def choose(*numbers: int) -> FunctionLLM:
    return always(json.dumps([{"choice": n, "reason": "It fits."} for n in numbers]))


def by_outlet(archive: Archive) -> list[RetrieverTool]:
    return [
        RetrieverTool.from_defaults(archive.as_retriever(sources=[name]), description=name)
        for name in ("wire.example", "post.example")
    ]


def test_a_router_asks_the_retriever_that_was_chosen(archive: Archive) -> None:
    selector = LLMSingleSelector.from_defaults(llm=choose(2))
    router = RouterRetriever(selector, by_outlet(archive), llm=always(""))
    assert sources(both_ways(router)) == {"post.example"}


def test_a_router_puts_together_what_several_retrievers_find(archive: Archive) -> None:
    selector = LLMMultiSelector.from_defaults(llm=choose(1, 2))
    router = RouterRetriever(selector, by_outlet(archive), llm=always(""))
    found = router.retrieve(QUESTION)
    assert sources(found) == {"wire.example", "post.example"}
    assert len({node.node_id for node in found}) == len(found)
    assert {n.node_id for n in asyncio.run(router.aretrieve(QUESTION))} == {
        n.node_id for n in found
    }


def engines(archive: Archive, **options: Any) -> list[QueryEngineTool]:
    return [
        QueryEngineTool.from_defaults(
            archive.as_query_engine(sources=[name], **options),
            name=name.partition(".")[0],
            description=f"Articles of {name}",
        )
        for name in ("wire.example", "post.example")
    ]


def test_a_router_of_engines_gives_the_answer_with_its_evidence(archive: Archive) -> None:
    router = RouterQueryEngine(
        LLMSingleSelector.from_defaults(llm=choose(1)), engines(archive), llm=always("")
    )
    for response in (router.query(QUESTION), asyncio.run(router.aquery(QUESTION))):
        assert isinstance(response, Response)
        assert response.metadata is not None
        assert response.metadata["answer"].citations
        assert response.metadata["selector_result"].ind == 0
        assert sources(response.source_nodes) == {"wire.example"}


# -- several questions ----------------------------------------------------------------------------

PARTS = {
    "items": [
        {"sub_question": QUESTION, "tool_name": "wire"},
        {"sub_question": "When did the southern truce take effect?", "tool_name": "post"},
    ]
}


@pytest.mark.parametrize("use_async", [False, True])
def test_the_parts_of_a_question_are_asked_and_their_passages_come_along(
    archive: Archive, use_async: bool
) -> None:
    llm = always(f"```json\n{json.dumps(PARTS)}\n```")
    writer = always("The northern one came first.")
    engine = SubQuestionQueryEngine.from_defaults(
        engines(archive),
        llm=llm,
        question_gen=LLMQuestionGenerator.from_defaults(llm=llm),
        response_synthesizer=get_response_synthesizer(llm=writer, use_async=use_async),
        verbose=False,
        use_async=use_async,
    )
    question = "Which truce came first?"
    response = asyncio.run(engine.aquery(question)) if use_async else engine.query(question)
    assert str(response) == "The northern one came first."
    # The writer gets the text of each answer; the nodes of each engine follow the two parts.
    told = "\n".join(writer.asked)
    assert NORTH in told
    assert SOUTH in told
    assert {"wire.example", "post.example"} <= {
        found.node.metadata.get("source") for found in response.source_nodes
    }


@pytest.mark.parametrize("mode", list(FUSION_MODES))
@pytest.mark.parametrize("rerank", [False, True])
def test_questions_in_other_words_are_fused(
    archive: Archive, mode: FUSION_MODES, rerank: bool
) -> None:
    llm = always("southern truce\nharvest")
    fusion = QueryFusionRetriever(
        [archive.as_retriever(rerank=rerank), archive.as_retriever(sources=["post.example"])],
        llm=llm,
        mode=mode,
        num_queries=3,
        similarity_top_k=4,
        use_async=False,
    )
    found = both_ways(fusion)
    assert len(llm.asked) == 2
    assert any(NORTH in text for text in texts(found))
    assert any(SOUTH in text for text in texts(found))
    assert len({node.node_id for node in found}) == len(found)


def test_a_fusion_asks_at_the_same_time(archive: Archive) -> None:
    fusion = QueryFusionRetriever(
        [archive.as_retriever()], llm=always("harvest"), num_queries=2, use_async=True
    )
    found = asyncio.run(fusion.aretrieve("Did prices fall?"))
    assert any("harvest" in text for text in texts(found))


def test_a_question_that_was_rewritten_is_asked(archive: Archive) -> None:
    transform = StepDecomposeQueryTransform(llm=always("When did the southern truce take effect?"))
    engine = TransformQueryEngine(
        archive.as_query_engine(), transform, transform_metadata={"prev_reasoning": "None"}
    )
    assert SOUTH in str(engine.query("And the other one?"))
    found = engine.retrieve(QueryBundle("And the other one?"))
    assert any(SOUTH in text for text in texts(found))


# -- an engine of LlamaIndex over the retriever ---------------------------------------------------


def test_an_engine_of_llamaindex_writes_from_the_passages(archive: Archive) -> None:
    llm = always("At midnight.")
    engine = RetrieverQueryEngine.from_args(archive.as_retriever(limit=2), llm=llm)
    for response in (engine.query(QUESTION), asyncio.run(engine.aquery(QUESTION))):
        assert str(response) == "At midnight."
    (prompt, _) = llm.asked
    assert NORTH in prompt
    assert "title: Truce holds" in prompt
    # Ids and offsets say nothing to a language model.
    assert "article_id" not in prompt


def test_it_streams_too(archive: Archive) -> None:
    engine = RetrieverQueryEngine.from_args(
        archive.as_retriever(limit=2), llm=always("At midnight."), streaming=True
    )
    response: Any = engine.query(QUESTION)
    assert "".join(response.response_gen).strip() == "At midnight."
    assert response.source_nodes


def test_postprocessors_take_the_nodes_as_they_are(archive: Archive) -> None:
    # LlamaIndex takes undated nodes for the newest ones; a day leaves them out.
    nodes = archive.as_retriever(since="1900-01-01").retrieve("truce")
    (best, *_) = nodes
    assert best.score is not None
    query = QueryBundle("truce")

    best_only = SimilarityPostprocessor(similarity_cutoff=best.score)
    assert {n.score for n in best_only.postprocess_nodes(nodes, query)} == {best.score}

    newest = FixedRecencyPostprocessor(top_k=1, date_key="published")
    (last,) = newest.postprocess_nodes(nodes, query)
    assert last.node.metadata["published"] == "2021-05-21"

    reordered = LongContextReorder().postprocess_nodes(list(nodes), query)
    assert {n.node_id for n in reordered} == {n.node_id for n in nodes}


def test_postprocessors_stand_between_the_passages_and_the_writer(archive: Archive) -> None:
    llm = always("At dawn.")
    engine = RetrieverQueryEngine.from_args(
        archive.as_retriever(since="1900-01-01"),
        llm=llm,
        node_postprocessors=[FixedRecencyPostprocessor(top_k=1, date_key="published")],
    )
    response = engine.query("truce")
    assert [n.node.metadata["article_id"] for n in response.source_nodes] == ["southern"]
    assert NORTH not in llm.asked[0]


# -- evaluation -----------------------------------------------------------------------------------

METRICS = ["hit_rate", "mrr", "precision", "recall", "ap", "ndcg"]


def expected(archive: Archive, question: str, words: str) -> list[str]:
    """Return the ids of the passages that hold these words, as a person would mark them."""
    nodes = archive.as_retriever(limit=20).retrieve(question)
    return [found.node_id for found in nodes if words in found.node.get_content()]


@pytest.mark.parametrize("rerank", [False, True])
def test_a_retriever_is_evaluated_by_the_ids_of_its_nodes(archive: Archive, rerank: bool) -> None:
    evaluator = RetrieverEvaluator.from_metric_names(
        METRICS, retriever=archive.as_retriever(limit=1, rerank=rerank)
    )
    wanted = expected(archive, QUESTION, NORTH)
    assert wanted
    result = asyncio.run(evaluator.aevaluate(QUESTION, wanted))
    assert result.metric_vals_dict["mrr"] == result.metric_vals_dict["hit_rate"] == 1.0
    missed = asyncio.run(evaluator.aevaluate(QUESTION, ["an id of no passage"]))
    assert set(missed.metric_vals_dict.values()) == {0.0}


@pytest.mark.parametrize("kind", [FaithfulnessEvaluator, RelevancyEvaluator])
def test_a_response_is_evaluated_against_the_passages(archive: Archive, kind: Any) -> None:
    response = archive.as_query_engine().query(QUESTION)
    judge = FunctionLLM(lambda prompt: "YES" if NORTH in prompt else "NO")

    def passes(judge: FunctionLLM) -> bool:
        judged = kind(llm=judge).aevaluate_response(query=QUESTION, response=response)
        return bool(asyncio.run(judged).passing)

    assert passes(judge)
    assert not passes(always("NO"))


# -- chats ----------------------------------------------------------------------------------------


def remembering() -> ChatMemoryBuffer:
    """Return a memory of this process; the usual one keeps a database open."""
    return ChatMemoryBuffer.from_defaults(token_limit=3000)


def test_a_chat_condenses_a_follow_up_and_asks_the_archive(archive: Archive) -> None:
    condensing = always("When did the southern truce take effect?")
    chat = CondenseQuestionChatEngine.from_defaults(
        archive.as_query_engine(), llm=condensing, memory=remembering()
    )
    assert NORTH in str(chat.chat(QUESTION)) or SOUTH in str(chat.chat(QUESTION))
    followed = chat.chat("And the other one?")
    assert SOUTH in str(followed)
    assert followed.source_nodes


def test_a_chat_over_the_retriever_has_the_passages(archive: Archive) -> None:
    chat = ContextChatEngine.from_defaults(
        archive.as_retriever(limit=2), llm=always("At midnight."), memory=remembering()
    )
    response = chat.stream_chat(QUESTION)
    assert "".join(response.response_gen).strip() == "At midnight."
    assert NORTH in texts(response.source_nodes)[0]


# -- callbacks ------------------------------------------------------------------------------------


@pytest.fixture
def debug() -> Iterator[LlamaDebugHandler]:
    """A handler of the older kind, set for all that is made from now on."""
    handler = LlamaDebugHandler(print_trace_on_end=False)
    before, Settings.callback_manager = Settings.callback_manager, CallbackManager([handler])
    yield handler
    Settings.callback_manager = before


def test_callbacks_hear_a_query_and_its_retrieval(
    archive: Archive, debug: LlamaDebugHandler
) -> None:
    engine, retriever = archive.as_query_engine(), archive.as_retriever()
    engine.query(QUESTION)
    asyncio.run(engine.aquery(QUESTION))
    assert len(debug.get_event_pairs(CBEventType.QUERY)) == 2
    retrievals = debug.get_event_pairs(CBEventType.RETRIEVE)
    assert len(retrievals) == 2
    assert all(end.payload and end.payload["nodes"] for _, end in retrievals)
    retriever.retrieve(QUESTION)
    assert len(debug.get_event_pairs(CBEventType.RETRIEVE)) == 3
