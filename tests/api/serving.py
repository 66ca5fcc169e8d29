"""Makes the HTTP interface over a small real archive, or over a fake that waits to be let."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import uvicorn
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from api.app import create_app
from api.keys import KeyFile, Scope
from rag.errors import ArchiveNotFound
from rag.records import Answer, AnswerSentence, Article, QuotedAnswer
from tests.fakes import HashingEmbedder, open_small
from tests.ui.fake_archive import answered

# A server whose test has ended must not wait for connections that stay open.
_LAST_SECONDS = 1

ARTICLE = Article(
    id="news/one",
    title="Guns fall silent",
    source="courier.example",
    published=date(2020, 11, 10),
    text="The ceasefire took effect at midnight on 10 November 2020. Nobody was hurt.",
    path="/srv/secret/one.json",
)


class SlowArchive:
    """Answers when it is let, and counts how many questions it answers at once."""

    def __init__(self, reply: Callable[[str], Answer] = answered) -> None:
        self.reply = reply
        self.may_answer = Event()
        self.asked: list[str] = []

    def ask(self, question: str, **_: Any) -> Answer:
        """Return the answer, when it may."""
        self.asked.append(question)
        self.may_answer.wait(30)
        return self.reply(question)

    def stream(self, question: str, **_: Any) -> Iterator[QuotedAnswer | AnswerSentence | Answer]:
        """Yield the quotes, a sentence and the answer."""
        yield QuotedAnswer(answer=self.reply(question))
        yield AnswerSentence(text="It took effect.", citations=(1,), support=1.0, supported=True)
        yield self.reply(question)

    def close(self) -> None:
        """Do nothing."""


def client_of(archive: object, **options: Any) -> TestClient:
    """Return a client of an application over an archive, which is opened when it is asked."""
    return TestClient(create_app(lambda: archive, **options), raise_server_exceptions=False)  # type: ignore[arg-type, return-value]


def client_of_small(folder: Path, **options: Any) -> TestClient:
    """Return a client of an application over an archive of one article."""
    return client_of(
        open_small(folder, ARTICLE, embedder=HashingEmbedder(), threshold=0), **options
    )


def without_archive(error: Exception | None = None, **options: Any) -> TestClient:
    """Return a client of an application whose archive is not there, or cannot be opened."""

    def opening() -> Any:
        raise error or ArchiveNotFound("/srv/secret/archive holds no archive")

    return TestClient(create_app(opening, **options), raise_server_exceptions=False)


def key_with(keys: KeyFile, *scopes: Scope) -> dict[str, str]:
    """Return the header of a new key with these scopes."""
    _, secret = keys.add("a test", scopes)
    return {"Authorization": f"Bearer {secret}"}


@contextmanager
def listening(app: ASGIApp, **options: Any) -> Iterator[str]:
    """Serve an application on a free port of this machine, in a thread; yields the address."""
    with socket.create_server(("127.0.0.1", 0)) as opened:
        config = uvicorn.Config(
            app,
            log_level="critical",
            lifespan="off",
            timeout_graceful_shutdown=_LAST_SECONDS,
            **options,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([opened],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{opened.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
