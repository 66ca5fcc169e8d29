"""Asks an archive that `dateline serve` serves, with the methods of `Archive`.

    from rag import connect

    with connect("http://127.0.0.1:8600") as archive:
        answer = archive.ask("When did the ceasefire take effect?")

The records are the same, so code moves between a laptop and a server. What an `Archive` does to its
own files, such as `articles` or `damage`, is not here.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, Unpack
from urllib.parse import quote

import httpx

from rag.chat import Chat
from rag.errors import ArchiveError, ArchiveUnavailable, QuestionError, SettingsError
from rag.interchange import read_plain
from rag.question.filters import Day, Filters
from rag.question.follow_ups import Earlier, read_exchange
from rag.records import Answer, AnswerSentence, Article, Hit, QuotedAnswer, parse_day

if TYPE_CHECKING:
    from rag.export.packs import EvidencePack
    from rag.locating import Located
    from rag.rechecking import Recheck
    from rag.timeline.build import TimelineEntry

_KEY_VARIABLE = "DATELINE_SERVER_KEY"
_DAYS = frozenset(("since", "until", "as_of", "now"))
_NAMES = frozenset(("sources", "sections"))
# What each event of a stream tells; a newer server may have others.
_EVENTS: Mapping[str, Callable[[Any], QuotedAnswer | AnswerSentence | Answer]] = {
    "quotes": lambda told: QuotedAnswer(answer=read_plain(Answer, told)),
    "sentence": lambda told: read_plain(AnswerSentence, told),
    "answer": lambda told: read_plain(Answer, told),
}


def connect(url: str, *, key: str | None = None, timeout_seconds: float = 120) -> "RemoteArchive":
    """Return the archive that is served at an address, such as http://127.0.0.1:8600.

    `key` is an API key of the server; without it, that of the environment (DATELINE_SERVER_KEY) is
    used, if there is one. Nothing is asked yet.

    Raises:
        SettingsError: the address is none.
    """
    key = key or os.environ.get(_KEY_VARIABLE)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        client = httpx.Client(base_url=url, headers=headers, timeout=timeout_seconds)
    except httpx.InvalidURL as error:
        raise SettingsError(f"{url!r} is no address of a server: {error}") from error
    if client.base_url.scheme not in {"http", "https"} or not client.base_url.host:
        raise SettingsError(
            f"{url!r} is no address of a server; give one like http://127.0.0.1:8600"
        )
    return RemoteArchive(client)


class RemoteArchive:
    """An archive behind the HTTP interface; use it as a context manager or call `close`.

    Every method raises `ArchiveUnavailable` if the server does not answer or is too busy, and
    `SettingsError` if the key is missing or does not have the scope.
    """

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    @property
    def location(self) -> str:
        """The address of the server."""
        return str(self._client.base_url)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Earlier] = (),
        carried: Sequence[str] | None = None,
        **filters: Unpack[Filters],
    ) -> Answer:
        """Return what the archive says, as `Archive.ask` does.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
        """
        body = _question(question, history, carried, filters)
        answer: Answer = read_plain(Answer, self._post("/v1/ask", body))
        return answer

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Earlier] = (),
        carried: Sequence[str] | None = None,
        **filters: Unpack[Filters],
    ) -> Iterator[QuotedAnswer | AnswerSentence | Answer]:
        """Yield the quotes, the sentences of a language model, and the answer, as `Archive` does.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
        """
        body = _question(question, history, carried, filters)
        try:
            with self._client.stream("POST", "/v1/ask/stream", json=body) as reply:
                if reply.status_code != httpx.codes.OK:
                    reply.read()
                    raise _error_of(reply.status_code, _told(reply))
                name = ""
                for line in reply.iter_lines():
                    kind, _, value = line.partition(": ")
                    if kind == "event":
                        name = value
                    elif kind == "data" and name in _EVENTS:
                        yield _EVENTS[name](json.loads(value))
                    elif kind == "data" and name == "problem":
                        raise _error_of(*_told_in_stream(json.loads(value)))
        except httpx.HTTPError as error:
            raise self._unavailable(error) from error

    def chat(self, *, history: Iterable[Earlier] = ()) -> Chat:
        """Begin a conversation, which may go on from earlier turns."""
        return Chat(self, history=history)

    def search(
        self, question: str, *, limit: int = 10, rerank: bool = False, **filters: Unpack[Filters]
    ) -> list[Hit]:
        """Return at most `limit` passages, best first, as `Archive.search` does.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
        """
        body = {"question": question, "limit": limit, "rerank": rerank, **_filters(filters)}
        return [read_plain(Hit, hit) for hit in self._post("/v1/search", body)]

    def timeline(
        self,
        topic: str,
        since: Day = None,
        until: Day = None,
        *,
        sources: Iterable[str] | None = None,
        limit: int = 30,
        as_of: Day = None,
        now: Day = None,
    ) -> "list[TimelineEntry]":
        """Return what happened in a story, as `Archive.timeline` does.

        Raises:
            QuestionError: the topic is empty, or a filter makes no sense.
        """
        from rag.timeline.build import TimelineEntry

        given = Filters(since=since, until=until, sources=sources, as_of=as_of, now=now)
        body = {"topic": topic, "limit": limit, **_filters(given)}
        return [read_plain(TimelineEntry, entry) for entry in self._post("/v1/timeline", body)]

    def locate(
        self,
        excerpt: str,
        *,
        limit: int = 10,
        sources: Iterable[str] | None = None,
        now: Day = None,
    ) -> "list[Located]":
        """Return the places from which a text comes, as `Archive.locate` does.

        Raises:
            QuestionError: the text is empty, or a filter makes no sense.
        """
        from rag.locating import Located

        body = {"excerpt": excerpt, "limit": limit, **_filters(Filters(sources=sources, now=now))}
        return [read_plain(Located, place) for place in self._post("/v1/locate", body)]

    def recheck(self, saved: "Answer | EvidencePack") -> "Recheck":
        """Return what has become of the quotes of a saved answer, as `Archive.recheck` does."""
        from rag.rechecking import Recheck

        found = self._request("POST", "/v1/recheck", content=saved.to_json().encode())
        recheck: Recheck = read_plain(Recheck, found)
        return recheck

    def article(self, article_id: str, *, as_of: Day = None) -> Article:
        """Return a stored article, as `Archive.article` does; it does not tell its file.

        Raises:
            KeyError: there is no article with this id.
            QuestionError: `as_of` is no day, or the archive does not have the text of that day.
        """
        params = _filters(Filters(as_of=as_of))
        path = f"/v1/articles/{quote(article_id, safe='')}"
        article: Article = read_plain(Article, self._request("GET", path, params=params))
        return article

    def sources(self) -> dict[str, int]:
        """Return the outlets in the archive, each with its number of articles, most first."""
        counts: dict[str, int] = self._request("GET", "/v1/sources")
        return counts

    def sections(self) -> dict[str, int]:
        """Return the sections in the archive, each with its number of articles, most first."""
        counts: dict[str, int] = self._request("GET", "/v1/sections")
        return counts

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> Self:
        """Return the archive itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self.close()

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return self._request("POST", path, json=body)

    def _request(self, method: str, path: str, **sent: Any) -> Any:
        try:
            reply = self._client.request(method, path, **sent)
        except httpx.HTTPError as error:
            raise self._unavailable(error) from error
        if reply.status_code != httpx.codes.OK:
            raise _error_of(reply.status_code, _told(reply))
        return reply.json()

    def _unavailable(self, error: Exception) -> ArchiveUnavailable:
        return ArchiveUnavailable(
            f"{self.location} does not answer ({type(error).__name__}: {error}); see that "
            "'dateline serve' runs there"
        )


def _question(
    question: str, history: Sequence[Earlier], carried: Sequence[str] | None, filters: Filters
) -> dict[str, Any]:
    if isinstance(carried, str):
        raise QuestionError(f"carried is the string {carried!r}; give a list of words")
    turns = [read_exchange(turn) for turn in history]
    return {
        "question": question,
        "history": [{"question": turn.question, "answer": turn.answer} for turn in turns],
        "carried": None if carried is None else list(carried),
        **_filters(filters),
    }


def _filters(filters: Filters) -> dict[str, Any]:
    """Return filters as JSON has them.

    Raises:
        QuestionError: a day is none, or the outlets or the sections are a string.
    """
    sent: dict[str, Any] = {}
    for name, value in filters.items():
        if value is None:
            continue
        if name in _DAYS:
            sent[name] = _day(name, value)
        elif name in _NAMES:
            if isinstance(value, str):
                raise QuestionError(f"{name} is the string {value!r}; give a list of names")
            sent[name] = list(value)  # type: ignore[call-overload]  # names come as an iterable
        else:
            sent[name] = value
    return sent


def _day(name: str, value: object) -> str | None:
    try:
        day = parse_day(value, name=name)  # type: ignore[arg-type]  # it refuses what is no day
    except ValueError as error:
        raise QuestionError(str(error)) from error
    return day.isoformat() if day else None


def _told(reply: httpx.Response) -> tuple[str, str]:
    """Return the kind of a problem, and what the server says of it."""
    try:
        found = reply.json()
        return str(found["error"]), str(found["message"])
    except (ValueError, KeyError, TypeError):
        return "", f"it is no server of Dateline: {reply.status_code} {reply.reason_phrase}"


def _told_in_stream(found: dict[str, str]) -> tuple[int, tuple[str, str]]:
    told = found.get("error", ""), found.get("message", "")
    return {"question": 400, "archive": 503, "timeout": 504}.get(told[0], 500), told


def _error_of(status: int, told: tuple[str, str]) -> Exception:
    """Return the error that `Archive` would raise, or what keeps the server from answering."""
    error, message = told
    if status in {400, 413, 422}:
        return QuestionError(message)
    if status == httpx.codes.NOT_FOUND and error == "article":
        return KeyError(message)
    if status in {401, 403}:
        return SettingsError(f"{message}; or set {_KEY_VARIABLE}")
    if status in {408, 429, 503, 504}:
        return ArchiveUnavailable(message)
    return ArchiveError(message)
