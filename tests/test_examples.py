import asyncio
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from examples.llamaindex_agent import Reply, main, run_agent
from rag.answering import Answering
from rag.archive import Archive
from rag.errors import WritingError
from rag.records import Article
from rag.settings import Settings
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.model import Recipe
from rag.writing.llm import load_language_model
from tests.fakes import HashingEmbedder, write
from tests.scripted_llm import Asked, ScriptedModel, ScriptedServer, watch_network
from tests.scripted_llm import Reply as Served
from ui.cli import main as dateline

# LlamaIndex's own agent looks at every attribute of itself, pydantic's old ones too, and asks what
# the installed workflows library deprecates.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecationWarning"),
    pytest.mark.filterwarnings("ignore:is_running called:DeprecationWarning"),
]

QUESTION = "When was the bridge at Velm opened?"
OPENED = "The bridge at Velm was opened on 3 March 2021."
BRIDGE = Article(
    id="bridge",
    title="A bridge for Velm",
    source="herald.example",
    published=date(2021, 3, 4),
    text=f"{OPENED} Cyclists crossed it first.",
)
ANSWER = "The bridge was opened on 3 March 2021 (A bridge for Velm, 2021-03-04)."
ASK = f'Thought: I must ask.\nAction: ask_archive\nAction Input: {{"input": "{QUESTION}"}}'
SAY = f"Thought: I know.\nAnswer: {ANSWER}"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    embedder = HashingEmbedder(dimension=64)
    root: Path = tmp_path_factory.mktemp("example") / "archive"
    recipe = Recipe(model=embedder.name, dimension=embedder.dimension, passage_words=150)
    builder = EdgeBuilder(root, recipe)
    write(builder, BRIDGE, embedder=embedder)
    builder.publish()
    builder.close()
    with Archive(Answering(store=EdgeStore(root), embedder=embedder, threshold=0.05)) as opened:
        yield opened


def run(archive: Archive, *scripts: str | WritingError) -> tuple[Reply, ScriptedModel]:
    model = ScriptedModel(*scripts)
    return asyncio.run(run_agent(QUESTION, archive=archive, model=model)), model


def test_the_agent_asks_the_archive_and_shows_what_it_was_given(archive: Archive) -> None:
    reply, model = run(archive, ASK, SAY)
    assert reply.text == ANSWER
    (found,) = reply.quoted
    place = found.node.metadata
    assert BRIDGE.text[place["quote_start"] : place["quote_end"]] == place["quote"] == OPENED
    assert OPENED not in model.requests[0].material
    assert OPENED in model.requests[1].material


def test_a_step_may_be_json(archive: Archive) -> None:
    ask = {"thought": "?", "action": "ask_archive", "action_input": {"input": QUESTION}}
    reply, model = run(archive, json.dumps(ask), json.dumps({"thought": "!", "answer": ANSWER}))
    assert reply.text == ANSWER
    assert OPENED in model.requests[1].material


@pytest.mark.parametrize(("until", "is_found"), [("2021-12-31", True), ("2020-12-31", False)])
def test_the_agent_can_search_within_days(archive: Archive, until: str, is_found: bool) -> None:
    given = json.dumps({"question": "bridge", "since": "2020-01-01", "until": until})
    search = f"Thought: I look.\nAction: search_archive\nAction Input: {given}"
    _, model = run(archive, search, SAY)
    assert ("A bridge for Velm (herald.example" in model.requests[1].material) is is_found


def test_the_model_is_told_what_was_wrong_with_its_step(archive: Archive) -> None:
    days = json.dumps({"question": "bridge", "since": "last May"})
    search = f"Thought: I look.\nAction: search_archive\nAction Input: {days}"
    reply, model = run(archive, search, '{"thought": "Hm."}', SAY)
    assert "write a day as YYYY-MM-DD" in model.requests[1].material
    assert "Error while parsing the output" in model.requests[2].material
    assert reply.text == ANSWER


def test_a_model_that_fails_ends_the_run_with_its_error(archive: Archive) -> None:
    with pytest.raises(WritingError, match="it broke"):
        run(archive, WritingError("it broke", reason="failed"))


def test_the_configured_model_is_asked_and_nobody_else(archive: Archive) -> None:
    with ScriptedServer(Served(text=ASK), Served(text=SAY)) as server, watch_network() as network:
        settings = Settings(
            llm="openai-like", llm_model="some-model", llm_base_url=f"{server.address}/v1"
        )
        model = load_language_model(settings)
        assert model
        reply = asyncio.run(run_agent(QUESTION, archive=archive, model=model))
        model.close()
    assert reply.text == ANSWER
    assert OPENED in server.requests[1].text
    assert network.outside == []


def test_the_command_prints_the_answer_and_the_quotes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    record = {"title": BRIDGE.title, "source": BRIDGE.source, "published": "2021-03-04"}
    (tmp_path / "wire.jsonl").write_text(json.dumps({"id": "1", "text": BRIDGE.text, **record}))
    folder = str(tmp_path / "archive")
    assert dateline(["ingest", str(tmp_path / "wire.jsonl"), "--archive", folder]) == 0
    capsys.readouterr()
    with ScriptedServer(ask_first) as server:
        monkeypatch.setenv("DATELINE_LLM", "openai-like")
        monkeypatch.setenv("DATELINE_LLM_MODEL", "some-model")
        monkeypatch.setenv("DATELINE_LLM_BASE_URL", f"{server.address}/v1")
        assert main([QUESTION, "--archive", folder]) == 0
    quote = f"- A bridge for Velm (herald.example, 2021-03-04): “{OPENED}”"
    assert capsys.readouterr().out.splitlines() == [ANSWER, quote]


def ask_first(asked: Asked) -> Served:
    """Ask the archive, and answer when it has."""
    return Served(text=SAY if "Observation:" in asked.text.split(QUESTION, 1)[1] else ASK)


def test_without_a_language_model_the_command_says_what_to_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATELINE_LLM", "none")
    assert main([QUESTION]) == 1
    assert "DATELINE_LLM" in capsys.readouterr().err
