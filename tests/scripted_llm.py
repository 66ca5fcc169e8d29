"""Runs a fake server of a language model on loopback, and watches the network.

The path of a request chooses the protocol: the streaming chats of OpenAI, Anthropic or Ollama. The
server keeps what it is asked in `requests`. When it stalls, it waits for `release`, which the test
sets.
"""

import json
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Event, Thread
from typing import Any, Literal, Self

from llama_index.core.llms import (
    CompletionResponse,
    CompletionResponseGen,
    CustomLLM,
    LLMMetadata,
)
from pydantic import ConfigDict, Field

from rag.errors import WritingError
from rag.writing.prompts import Request

_PIECE = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the server does with one request: the text it streams, and how that ends.

    With `ends="never"` the text comes again and again, each `#` in it a running number.
    """

    text: str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    raw: bytes | None = None
    stalls: Literal["", "before", "within"] = ""
    ends: Literal["done", "cut", "never"] = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it came: its path, headers in lower case, and body."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        """All that the model is told."""
        return "\n".join(str(message["content"]) for message in self.body["messages"])


Script = Reply | Callable[[Asked], Reply]


class ScriptedServer:
    """Answers each request by the next script, and by the last one from then on."""

    def __init__(self, *scripts: Script) -> None:
        self.requests: list[Asked] = []
        self.release = Event()
        self._scripts = scripts
        self._http = _Http(("127.0.0.1", 0), _Handler)
        self._http.owner = self
        self._thread = Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)

    @property
    def address(self) -> str:
        """The address of the server, without a path."""
        return f"http://127.0.0.1:{self._http.server_port}"

    def take(self, asked: Asked) -> Reply:
        """Note a request and return what is to be done with it."""
        script = self._scripts[min(len(self.requests), len(self._scripts) - 1)]
        self.requests.append(asked)
        return script if isinstance(script, Reply) else script(asked)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.release.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    owner: ScriptedServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the play."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has there
        """Keep quiet."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.owner.take(Asked(path=self.path, headers=headers, body=body))
        self.close_connection = True
        if reply.stalls == "before":
            self.server.owner.release.wait()
        self.send_response(reply.status)
        self.send_header("connection", "close")  # or the client may send the next one into it
        for name, value in reply.headers:
            self.send_header(name, value)
        plain = reply.raw if reply.raw is not None else reply.text.encode()
        if reply.raw is not None or reply.status != 200:
            self.send_header("content-length", str(len(plain)))
            self.end_headers()
            self.wfile.write(plain)
            return
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        self._stream(reply)

    def _stream(self, reply: Reply) -> None:
        dialect = _DIALECTS[self.path]
        pieces = _pieces(reply)
        for number, piece in enumerate(pieces):
            if number == 1 and reply.stalls == "within":
                self.server.owner.release.wait()
            self._send(dialect.piece(piece))
        if reply.ends == "done":
            self._send(dialect.end())
            self.wfile.write(b"0\r\n\r\n")

    def _send(self, data: str) -> None:
        raw = data.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(raw), raw))
        self.wfile.flush()


def _pieces(reply: Reply) -> Iterator[str]:
    rounds = count() if reply.ends == "never" else [0]
    for number in rounds:
        text = reply.text.replace("#", str(number)) if reply.ends == "never" else reply.text
        yield from (text[first : first + _PIECE] for first in range(0, len(text), _PIECE))


class _OpenAI:
    def piece(self, text: str) -> str:
        return self._event({"role": "assistant", "content": text}, None)

    def end(self) -> str:
        return self._event({}, "stop") + "data: [DONE]\n\n"

    def _event(self, delta: dict[str, str], finish: str | None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}
        return f"data: {json.dumps({**event, 'choices': [choice]})}\n\n"


class _Anthropic:
    def piece(self, text: str) -> str:
        delta = {"type": "text_delta", "text": text}
        return self._event("content_block_delta", index=0, delta=delta)

    def end(self) -> str:
        return self._event("content_block_stop", index=0) + self._event("message_stop")

    def _event(self, kind: str, **content: object) -> str:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **content})}\n\n"


class _Ollama:
    def piece(self, text: str) -> str:
        message = {"role": "assistant", "content": text}
        return json.dumps({"model": "m", "message": message, "done": False}) + "\n"

    def end(self) -> str:
        message = {"role": "assistant", "content": ""}
        return json.dumps({"model": "m", "message": message, "done": True}) + "\n"


_DIALECTS: dict[str, _OpenAI | _Anthropic | _Ollama] = {
    "/v1/chat/completions": _OpenAI(),
    "/v1/messages": _Anthropic(),
    "/api/chat": _Ollama(),
}


class ScriptedModel:
    """A language model in this process: gives pieces, raises errors, or waits, as it is told."""

    name = "the model"

    def __init__(self, *scripts: str | WritingError | list[str | WritingError | Event]) -> None:
        self.requests: list[Request] = []
        self.closed = False
        self._scripts = scripts

    def stream(self, request: Request) -> Generator[str, None, None]:
        script = self._scripts[min(len(self.requests), len(self._scripts) - 1)]
        self.requests.append(request)
        for item in script if isinstance(script, list) else [script]:
            if isinstance(item, WritingError):
                raise item
            if isinstance(item, Event):
                item.wait()
            else:
                yield item

    def close(self) -> None:
        self.closed = True


class ScriptedLLM(CustomLLM):
    """An LLM of LlamaIndex in this process, which streams a text or raises an error."""

    script: str | Exception
    asked: list[str] = Field(default_factory=list)
    model_config = ConfigDict(arbitrary_types_allowed=True)

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="scripted-1")

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        raise NotImplementedError("Dateline streams")

    def stream_complete(
        self, prompt: str, formatted: bool = False, **kwargs: Any
    ) -> CompletionResponseGen:
        self.asked.append(prompt)
        if isinstance(self.script, Exception):
            raise self.script
        for end in range(_PIECE, len(self.script) + _PIECE, _PIECE):
            text = self.script[:end]
            yield CompletionResponse(text=text, delta=text[end - _PIECE :])


@dataclass(slots=True)
class NetworkWatch:
    """The hosts that this process has turned to."""

    hosts: list[str] = field(default_factory=list)

    @property
    def outside(self) -> list[str]:
        """Those that are not this machine."""
        return [host for host in self.hosts if host not in ("127.0.0.1", "::1", "localhost")]


_watching: list[NetworkWatch] = []
_is_hooked: list[bool] = []


@contextmanager
def watch_network() -> Iterator[NetworkWatch]:
    """Note every host that is connected to or looked up inside the block."""
    if not _is_hooked:
        # Python cannot take an audit hook back; outside the block this one does nothing.
        sys.addaudithook(_note)
        _is_hooked.append(True)
    watch = NetworkWatch()
    _watching.append(watch)
    try:
        yield watch
    finally:
        _watching.remove(watch)


def _note(event: str, details: tuple[Any, ...]) -> None:
    if not _watching or event not in ("socket.connect", "socket.getaddrinfo"):
        return
    target = details[1] if event == "socket.connect" else details
    if isinstance(target, tuple):
        for watch in _watching:
            watch.hosts.append(str(target[0]))
