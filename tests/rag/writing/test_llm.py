import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from rag.errors import ModelError, SettingsError, WritingError
from rag.settings import Settings
from rag.writing.llm import LanguageModel, load_language_model
from rag.writing.prompts import Request
from tests.scripted_llm import NetworkWatch, Reply, ScriptedServer, watch_network

ASKED = Request(rules="Be brief.", material="Question: when?")
TEXT = "It took effect at midnight."
# The client packages of each kind, and a model that each knows by name.
KINDS = {
    "openai-like": ("llama_index.llms.openai_like", "some-model", "/v1"),
    "openai": ("llama_index.llms.openai", "gpt-4o-mini", "/v1"),
    "anthropic": ("llama_index.llms.anthropic", "claude-sonnet-4-6", ""),
    "ollama": ("llama_index.llms.ollama", "some-model", ""),
}


@pytest.fixture(autouse=True)
def network() -> Iterator[NetworkWatch]:
    """Watch that no test turns to another machine."""
    with watch_network() as watch:
        yield watch
    assert watch.outside == []


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of model whose client is installed."""
    pytest.importorskip(KINDS[request.param][0], reason="its client is not installed")
    return str(request.param)


def configured(kind: str, server: ScriptedServer, **others: Any) -> Settings:
    _, model, path = KINDS[kind]
    values = {
        "llm": kind,
        "llm_model": model,
        "llm_base_url": server.address + path,
        "llm_api_key": "swordfish",
        **others,
    }
    return Settings(**values)


def loaded(settings: Settings) -> LanguageModel:
    model = load_language_model(settings)
    assert model
    return model


def failure(settings: Settings) -> WritingError:
    model = loaded(settings)
    with pytest.raises(WritingError) as caught:
        list(model.stream(ASKED))
    model.close()
    return caught.value


def test_without_a_model_nothing_is_loaded_or_imported() -> None:
    code = (
        "import sys\n"
        "from rag.settings import Settings\n"
        "from rag.writing.writer import load_writer\n"
        "assert load_writer(Settings(llm='none')) is None\n"
        "print([m for m in ('llama_index', 'openai', 'httpx', 'markdown_it') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"llm": "ollama"}, "DATELINE_LLM_MODEL is not set"),
        ({"llm": "openai", "llm_model": "gpt-4o"}, "DATELINE_LLM_API_KEY is not set"),
        ({"llm": "anthropic", "llm_model": "m"}, "DATELINE_LLM_API_KEY is not set"),
        ({"llm": "openai-like", "llm_model": "m"}, "DATELINE_LLM_BASE_URL is not set"),
        (
            {"llm": "openai-like", "llm_model": "m", "llm_base_url": "localhost:8000"},
            "DATELINE_LLM_BASE_URL is 'localhost:8000'; write it as http://host:port/path",
        ),
        (
            {"llm": "ollama", "llm_model": "m", "llm_base_url": "http://host:port"},
            "DATELINE_LLM_BASE_URL is 'http://host:port'",
        ),
    ],
)
def test_what_a_model_needs_and_lacks_is_named(settings: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load_language_model(Settings(**settings))  # type: ignore[arg-type]  # read by pydantic


def test_a_missing_package_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "llama_index.llms.openai_like", None)
    settings = Settings(llm="openai-like", llm_model="m", llm_base_url="http://127.0.0.1:9/v1")
    with pytest.raises(ModelError, match=r"pip install '\.\[llm\]'"):
        load_language_model(settings)


def test_a_model_that_openai_does_not_name_is_refused_with_a_way_out() -> None:
    pytest.importorskip("llama_index.llms.openai", reason="its client is not installed")
    settings = Settings(llm="openai", llm_model="no-such-model", llm_api_key="swordfish")
    with pytest.raises(SettingsError, match=r"is 'no-such-model'.*openai-like"):
        load_language_model(settings)


def test_the_text_comes_as_it_is_written(kind: str) -> None:
    with ScriptedServer(Reply(text=TEXT)) as server:
        model = loaded(configured(kind, server))
        pieces = list(model.stream(ASKED))
        model.close()
    assert "".join(pieces) == TEXT
    assert len(pieces) > 2


def test_one_request_is_sent_with_limits_and_without_tools(kind: str) -> None:
    with ScriptedServer(Reply(text=TEXT)) as server:
        model = loaded(configured(kind, server, llm_max_tokens=99))
        list(model.stream(ASKED))
        model.close()
    (sent,) = server.requests
    options = sent.body.get("options", sent.body)
    assert options["temperature"] == 0
    assert 99 in (options.get("max_tokens"), options.get("num_predict"))
    assert not sent.body.get("tools")
    assert "Question: when?" in sent.text


@pytest.mark.parametrize(
    ("status", "reason", "says", "retry_after"),
    [
        (400, "refused", "it says", None),
        (401, "refused", "DATELINE_LLM_API_KEY", None),
        (403, "refused", "DATELINE_LLM_API_KEY", None),
        (404, "refused", "DATELINE_LLM_MODEL", None),
        (429, "busy", "too many requests", 0.5),
        (500, "failed", "500", 0.5),
        (503, "failed", "503", 0.5),
    ],
)
def test_what_the_server_answers_is_put_in_words(
    kind: str, status: int, reason: str, says: str, retry_after: float | None
) -> None:
    with ScriptedServer(Reply(status=status, text='{"error": "no: swordfish"}')) as server:
        error = failure(configured(kind, server))
    assert (error.reason, error.retry_after) == (reason, retry_after)
    assert says in str(error)
    assert server.address in str(error)
    assert "swordfish" not in str(error)


def test_a_redirect_is_not_followed(kind: str, network: NetworkWatch) -> None:
    elsewhere = (("location", "https://elsewhere.example/v1?token=1"),)
    with ScriptedServer(Reply(status=307, headers=elsewhere)) as server:
        error = failure(configured(kind, server))
    assert "redirects are not followed" in str(error)
    assert network.outside == []


def test_a_server_that_is_not_there_is_unreachable(kind: str) -> None:
    with ScriptedServer(Reply()) as server:
        gone = configured(kind, server)
    error = failure(gone)
    assert (error.reason, error.retry_after) == ("unreachable", 0.5)
    assert "start the model's server" in str(error)


def test_an_answer_that_breaks_off_is_cut(kind: str) -> None:
    with ScriptedServer(Reply(text=TEXT, ends="cut")) as server:
        assert failure(configured(kind, server)).reason == "cut"


def test_garbage_is_garbled(kind: str) -> None:
    with ScriptedServer(Reply(raw=b"data: \xff\xfe{not json\n\n")) as server:
        assert failure(configured(kind, server)).reason == "garbled"


def test_a_server_that_says_nothing_for_long_is_too_slow(kind: str) -> None:
    with ScriptedServer(Reply(text=TEXT, stalls="before")) as server:
        assert failure(configured(kind, server, llm_timeout_seconds=0.2)).reason == "timeout"


def wait_asked_for(value: str) -> float | None:
    limited = Reply(status=429, headers=(("Retry-After", value),))
    with ScriptedServer(limited) as server:
        return failure(configured("openai-like", server)).retry_after


def test_retry_after_is_read_in_seconds_and_as_a_date() -> None:
    pytest.importorskip("llama_index.llms.openai_like", reason="its client is not installed")
    later = datetime.now(UTC) + timedelta(hours=1)
    assert wait_asked_for("7") == 7
    assert 3000 < (wait_asked_for(format_datetime(later, usegmt=True)) or 0) <= 3600
    assert wait_asked_for("Thu, 01 Jan 1970 00:00:00 GMT") == 0
    assert wait_asked_for("soon") == 0.5


def test_nothing_of_the_environment_is_sent(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OLLAMA_API_KEY", "OPENAI_ORG_ID"):
        monkeypatch.setenv(name, "of-the-environment")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "of-the-environment")
    for name in ("OPENAI_API_BASE", "OPENAI_BASE_URL", "ANTHROPIC_BASE_URL", "OLLAMA_HOST"):
        monkeypatch.setenv(name, "http://elsewhere.example")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://proxy.example:3128")
    key = "swordfish" if kind in ("openai", "anthropic") else None
    with ScriptedServer(Reply(text=TEXT)) as server:
        model = loaded(configured(kind, server, llm_api_key=key))
        list(model.stream(ASKED))
        model.close()
    assert "of-the-environment" not in str(server.requests)


def test_a_password_in_the_address_does_not_print() -> None:
    pytest.importorskip("llama_index.llms.openai_like", reason="its client is not installed")
    address = "http://reader:swordfish@127.0.0.1:9/v1"
    settings = Settings(llm="openai-like", llm_model="m", llm_base_url=address)
    model = loaded(settings)
    assert model.name == "openai-like m at http://127.0.0.1:9/v1"
    assert "swordfish" not in str(failure(settings))
    model.close()
