"""Makes the configured language model, which streams text.

Only this module uses LlamaIndex's LLM classes. Nothing is imported or sent unless `DATELINE_LLM`
names a kind of model, or a program gives a model of its own. Requests go only to the configured
address: redirects are not followed, and keys and addresses that the client libraries would take
from the environment are not used. Errors of these libraries leave this module as `WritingError`
(`rag.writing.failures`). To use a new kind of server, change this module.
"""

import ipaddress
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias
from urllib.parse import urlsplit

from rag.errors import ModelError, SettingsError
from rag.settings import Settings
from rag.text.plain_text import one_line
from rag.writing.failures import ModelServer, translate, without_secrets
from rag.writing.prompts import Request

if TYPE_CHECKING:
    import httpx
    from llama_index.core.base.llms.base import BaseLLM

# The class of all LLMs of LlamaIndex.
LlamaIndexLLM: TypeAlias = "BaseLLM"

# The address of each kind of model, if DATELINE_LLM_BASE_URL does not give one.
_ADDRESSES = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "ollama": "http://127.0.0.1:11434",
}
_NEED_A_KEY = ("openai", "anthropic")
# This has room for twelve long quotes in English, a conversation and an answer of the usual length.
# Without it, Ollama silently cuts everything after its own default of a few thousand tokens.
_CONTEXT_TOKENS = 8192


class LanguageModel(Protocol):
    """A language model that writes text in reply to a request, piece by piece."""

    @property
    def name(self) -> str:
        """The kind, the model and the address, for people."""

    def stream(self, request: Request) -> Generator[str, None, None]:
        """Yield the text as it is written; an empty piece means that the model is working.

        Raises:
            WritingError: the server cannot be reached, refuses, fails, or stops before the end.
        """

    def close(self) -> None:
        """Release the connections."""


def load_language_model(settings: Settings) -> LanguageModel | None:
    """Return the configured language model, or None if there is none, without sending anything.

    Raises:
        SettingsError: a setting that this kind of model needs is missing or cannot be used.
        ModelError: the package for this kind of model is not installed.
    """
    if settings.llm == "none":
        return None
    address = _require_settings(settings)
    try:
        llm, close = _KINDS[settings.llm](settings, address)
    except ImportError as error:
        raise ModelError(
            f"DATELINE_LLM is {settings.llm!r}, which needs a package that is not installed "
            f"({error.name or error}); in Dateline's repository, run: pip install '.[llm]'"
        ) from error
    except ValueError as error:
        raise SettingsError(
            f"DATELINE_LLM_MODEL is {settings.llm_model!r}: {one_line(str(error), most=300)}; with "
            f"DATELINE_LLM=openai-like and DATELINE_LLM_BASE_URL={address} any model can be named"
        ) from error
    server = ModelServer(
        address=without_secrets(address),
        model=settings.llm_model or "",
        key=settings.llm_api_key.get_secret_value() if settings.llm_api_key else "",
    )
    name = f"{settings.llm} {server.model} at {server.address}"
    return LlamaIndexModel(llm, server, name=name, close=close)


def use_language_model(llm: LlamaIndexLLM) -> LanguageModel:
    """Return a language model that streams from an LLM of LlamaIndex which a program has made.

    It has the program's address, key and temperature, and the program closes it.

    Raises:
        SettingsError: it is no LLM of LlamaIndex.
    """
    from llama_index.core.base.llms.base import BaseLLM

    if not isinstance(llm, BaseLLM):
        raise SettingsError(
            f"llm is {llm!r}, which is no LLM of LlamaIndex; give one, such as Ollama(model=...) "
            "of llama_index.llms.ollama"
        )
    name = f"{type(llm).__name__} {llm.metadata.model_name}"
    server = ModelServer(address=name, model=llm.metadata.model_name, is_configured=False)
    return LlamaIndexModel(llm, server, name=name, close=lambda: None)


class LlamaIndexModel:
    """A chat model of LlamaIndex, which gets no tools."""

    def __init__(
        self, llm: Any, server: ModelServer, *, name: str, close: Callable[[], None]
    ) -> None:
        self._llm = llm
        self._server = server
        self.name = name
        self.close = close

    def stream(self, request: Request) -> Generator[str, None, None]:
        """Yield the text as it is written; an empty piece means that the model is thinking."""
        from llama_index.core.llms import ChatMessage, MessageRole

        messages = [
            ChatMessage(role=MessageRole.SYSTEM, content=request.rules),
            ChatMessage(role=MessageRole.USER, content=request.material),
        ]
        try:
            with closing(self._llm.stream_chat(messages)) as chunks:
                for chunk in chunks:
                    if chunk.delta or _is_thinking(chunk):
                        yield chunk.delta or ""
        # The three client libraries have no common error class, and each raises any error on a
        # reply that it cannot read.
        except Exception as error:
            raise translate(error, self._server) from error


def _is_thinking(chunk: Any) -> bool:
    around = [chunk.additional_kwargs, chunk.message.additional_kwargs]
    return any(known.get("thinking_delta") for known in around)


def _require_settings(settings: Settings) -> str:
    """Return the address of the model's server.

    Raises:
        SettingsError: a setting that this kind of model needs is missing, or the address is not
            one.
    """
    kind = settings.llm
    if not (settings.llm_model or "").strip():
        raise SettingsError(
            f"DATELINE_LLM is {kind!r} but DATELINE_LLM_MODEL is not set; name the model as its "
            "server knows it"
        )
    if kind in _NEED_A_KEY and not settings.llm_api_key:
        raise SettingsError(
            f"DATELINE_LLM is {kind!r} but DATELINE_LLM_API_KEY is not set; set it to your key"
        )
    address = settings.llm_base_url or _ADDRESSES.get(kind, "")
    if not address:
        raise SettingsError(
            f"DATELINE_LLM is {kind!r} but DATELINE_LLM_BASE_URL is not set; set it to the address "
            "of the server, such as http://127.0.0.1:8000/v1"
        )
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(
            f"DATELINE_LLM_BASE_URL is {address!r}; write it as http://host:port/path"
        )
    return address.rstrip("/")


def _openai_like(settings: Settings, address: str) -> tuple[Any, Callable[[], None]]:
    from llama_index.llms.openai_like import OpenAILike

    client = _http_client(settings, address)
    llm = OpenAILike(
        **_openai_options(settings, address, client),
        is_chat_model=True,
        is_function_calling_model=False,
        context_window=_CONTEXT_TOKENS,
    )
    return llm, client.close


def _openai(settings: Settings, address: str) -> tuple[Any, Callable[[], None]]:
    from llama_index.llms.openai import OpenAI

    client = _http_client(settings, address)
    llm = OpenAI(**_openai_options(settings, address, client))
    # The library knows models by name. It says that it does not know this one only when asked.
    _ = llm.metadata
    return llm, client.close


def _openai_options(settings: Settings, address: str, client: "httpx.Client") -> dict[str, Any]:
    # Without a key, the library would send the key of its own environment variable to any server.
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else "none"
    return {
        "model": settings.llm_model,
        "api_base": address,
        "api_key": key,
        "temperature": 0.0,
        "max_tokens": settings.llm_max_tokens,
        "max_retries": 0,
        "timeout": settings.llm_timeout_seconds,
        "http_client": client,
    }


def _anthropic(settings: Settings, address: str) -> tuple[Any, Callable[[], None]]:
    import anthropic
    from llama_index.llms.anthropic import Anthropic

    assert settings.llm_api_key
    options: dict[str, Any] = {
        "base_url": address,
        "api_key": settings.llm_api_key.get_secret_value(),
        "max_retries": 0,
        "timeout": settings.llm_timeout_seconds,
    }
    llm = Anthropic(
        model=settings.llm_model,
        temperature=0.0,
        max_tokens=settings.llm_max_tokens,
        **options,
    )
    # LlamaIndex does not accept a client, and the one that it makes follows redirects.
    client = _http_client(settings, address)
    llm._client = anthropic.Anthropic(**options, http_client=client)
    return llm, client.close


def _ollama(settings: Settings, address: str) -> tuple[Any, Callable[[], None]]:
    from llama_index.llms.ollama import Ollama
    from ollama import Client

    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else "none"
    client = Client(
        host=address,
        timeout=settings.llm_timeout_seconds,
        headers={"authorization": f"Bearer {key}"},
        follow_redirects=False,
        trust_env=not _is_loopback(address),
    )
    llm = Ollama(
        model=settings.llm_model,
        base_url=address,
        client=client,
        temperature=0.0,
        context_window=_CONTEXT_TOKENS,
        request_timeout=settings.llm_timeout_seconds,
        json_mode=True,
        thinking=False,
        is_function_calling_model=False,
        additional_kwargs={"num_predict": settings.llm_max_tokens},
    )
    return llm, client.close


_KINDS: Mapping[str, Callable[[Settings, str], tuple[Any, Callable[[], None]]]] = {
    "openai-like": _openai_like,
    "openai": _openai,
    "anthropic": _anthropic,
    "ollama": _ollama,
}


def _http_client(settings: Settings, address: str) -> "httpx.Client":
    import httpx

    return httpx.Client(
        timeout=settings.llm_timeout_seconds,
        follow_redirects=False,
        # A proxy from the environment is for other machines; this machine needs none.
        trust_env=not _is_loopback(address),
        event_hooks={"request": [_drop_account]},
    )


def _drop_account(request: "httpx.Request") -> None:
    """Remove the headers that OpenAI's library adds from its own environment variables."""
    for name in ("openai-organization", "openai-project"):
        if name in request.headers:
            del request.headers[name]


def _is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
