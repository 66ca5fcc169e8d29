"""Defines `RemoteArchive`, an archive behind HTTP with the methods of `Archive`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack
from urllib.parse import quote

from rag.chat import Chat
from rag.closing import Closing
from rag.interchange import read_plain
from rag.question.filters import Day, Filters, TopicFilters, as_filters
from rag.question.follow_ups import Earlier
from rag.records import Answer, AnswerSentence, Article, Copy, Hit, QuotedAnswer
from rag.remote.bodies import filters_body, question_body, topic_body
from rag.remote.connection import Connection
from rag.settings import load_settings
from rag.store.model import Hidden

if TYPE_CHECKING:
    from rag.browsing import Coverage, Listing
    from rag.export.packs import EvidencePack
    from rag.locating import Located
    from rag.rechecking import Recheck
    from rag.timeline.build import TimelineEntry


def connect(url: str, *, key: str | None = None, timeout_seconds: float = 120) -> "RemoteArchive":
    """Return the archive that is served at an address, such as http://127.0.0.1:8600.

    `key` is an API key of the server; without it, that of the environment (DATELINE_API_KEY) is
    used, if there is one. Nothing is asked yet.

    Raises:
        SettingsError: the address is none, or the key cannot be one.
    """
    if key is None and (kept := load_settings().api_key):
        key = kept.get_secret_value()
    return RemoteArchive(Connection(url, key=key, timeout_seconds=timeout_seconds))


class RemoteArchive(Closing):
    """An archive behind the HTTP interface; use it as a context manager or call `close`.

    Every method raises `ArchiveUnavailable` if the server does not answer or is too busy, and
    `SettingsError` if the key is missing or does not have the scope.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def location(self) -> str:
        """The address of the server."""
        return self._connection.location

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
        body = question_body(question, history, carried, filters)
        return self._placed(read_plain(Answer, self._post("/v1/ask", body)))

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
        body = question_body(question, history, carried, filters)
        for name, item in self._connection.events("/v1/ask/stream", body):
            if name == "quotes":
                yield QuotedAnswer(answer=self._placed(read_plain(Answer, item)))
            elif name == "sentence":
                yield read_plain(AnswerSentence, item)
            elif name == "answer":
                yield self._placed(read_plain(Answer, item))

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
        body = {"question": question, "limit": limit, "rerank": rerank, **filters_body(filters)}
        return [read_plain(Hit, hit) for hit in self._post("/v1/search", body)]

    def search_with_notes(
        self, question: str, *, limit: int = 10, rerank: bool = False, **filters: Unpack[Filters]
    ) -> tuple[list[Hit], list[str]]:
        """Return what `search` does, and notes on what it looked at, as `Archive` does.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
        """
        from rag.remote.noted import NotedHits

        body = {"question": question, "limit": limit, "rerank": rerank, **filters_body(filters)}
        noted: NotedHits = read_plain(NotedHits, self._post("/v1/search/noted", body))
        return list(noted.hits), list(noted.notes)

    def describe_phrases(self, question: str, **filters: Unpack[Filters]) -> list[str]:
        """Return in words what the archive has of the phrases in quotes, as `Archive` does.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
        """
        notes: list[str] = self._post(
            "/v1/phrases", {"question": question, **filters_body(filters)}
        )
        return notes

    def timeline(
        self,
        topic: str,
        since: Day = None,
        until: Day = None,
        *,
        limit: int = 30,
        **filters: Unpack[TopicFilters],
    ) -> "list[TimelineEntry]":
        """Return what happened in a story, as `Archive.timeline` does.

        Raises:
            QuestionError: the topic is empty, or a filter makes no sense.
        """
        from rag.timeline.build import TimelineEntry

        body = topic_body(topic, limit, as_filters(filters, since=since, until=until))
        return [read_plain(TimelineEntry, entry) for entry in self._post("/v1/timeline", body)]

    def timeline_with_notes(
        self,
        topic: str,
        since: Day = None,
        until: Day = None,
        *,
        limit: int = 30,
        **filters: Unpack[TopicFilters],
    ) -> "tuple[list[TimelineEntry], list[str]]":
        """Return what `timeline` does, and notes on what it was made of, as `Archive` does.

        Raises:
            QuestionError: the topic is empty, or a filter makes no sense.
        """
        from rag.remote.noted import NotedEntries

        body = topic_body(topic, limit, as_filters(filters, since=since, until=until))
        noted: NotedEntries = read_plain(NotedEntries, self._post("/v1/timeline/noted", body))
        return list(noted.entries), list(noted.notes)

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

        body = {
            "excerpt": excerpt,
            "limit": limit,
            **filters_body(Filters(sources=sources, now=now)),
        }
        return [read_plain(Located, place) for place in self._post("/v1/locate", body)]

    def recheck(self, saved: "Answer | EvidencePack") -> "Recheck":
        """Return what has become of the quotes of a saved answer, as `Archive.recheck` does."""
        from rag.rechecking import Recheck

        found = self._connection.request("POST", "/v1/recheck", content=saved.to_json().encode())
        recheck: Recheck = read_plain(Recheck, found)
        return recheck

    def article(self, article_id: str, *, as_of: Day = None) -> Article:
        """Return a stored article, as `Archive.article` does; it does not tell its file.

        Raises:
            KeyError: there is no article with this id.
            QuestionError: `as_of` is no day, or the archive does not have the text of that day.
        """
        params = filters_body(Filters(as_of=as_of))
        path = f"/v1/articles/{quote(article_id, safe='')}"
        article: Article = read_plain(Article, self._get(path, **params))
        return article

    def copies(self, article_id: str) -> list[Copy]:
        """Return the other articles of its story, as `Archive.copies` does.

        Raises:
            KeyError: there is no article with this id.
        """
        found = self._get(f"/v1/copies/{quote(article_id, safe='')}")
        return [read_plain(Copy, copy) for copy in found]

    def sources(self) -> dict[str, int]:
        """Return the outlets in the archive, each with its number of articles, most first."""
        counts: dict[str, int] = self._get("/v1/sources")
        return counts

    def sections(self) -> dict[str, int]:
        """Return the sections in the archive, each with its number of articles, most first."""
        counts: dict[str, int] = self._get("/v1/sections")
        return counts

    def count(self, **filters: Unpack[Filters]) -> int:
        """Return how many articles a question under these filters is asked of.

        Raises:
            QuestionError: a filter makes no sense.
        """
        return int(self._post("/v1/count", filters_body(filters))["articles"])

    def browse(
        self, about: str = "", *, first: int = 0, limit: int = 20, **filters: Unpack[Filters]
    ) -> "Listing":
        """Return a page of the articles under the filters, as `Archive.browse` does.

        Raises:
            QuestionError: a filter or the page makes no sense.
        """
        from rag.browsing import Listing

        body = {"about": about, "first": first, "limit": limit, **filters_body(filters)}
        listing: Listing = read_plain(Listing, self._post("/v1/browse", body))
        return listing

    def coverage(self, **filters: Unpack[Filters]) -> "Coverage":
        """Return what the articles under the filters cover, as `Archive.coverage` does.

        Raises:
            QuestionError: a filter makes no sense.
        """
        from rag.browsing import Coverage

        coverage: Coverage = read_plain(Coverage, self._post("/v1/coverage", filters_body(filters)))
        return coverage

    def totals(self) -> dict[str, int | str]:
        """Return how many articles, passages and copies there are, and what embeds them."""
        totals: dict[str, int | str] = self._get("/v1/archive")
        return totals

    def hidden(self) -> Hidden:
        """Return how many articles no search finds now, as they are expired or under embargo."""
        hidden: Hidden = read_plain(Hidden, self._get("/v1/hidden"))
        return hidden

    def hidden_by_source(self) -> dict[str, int]:
        """Return how many articles of each outlet no search finds now."""
        counts: dict[str, int] = self._get("/v1/hidden/sources")
        return counts

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def _placed(self, answer: Answer) -> Answer:
        """Return an answer that says of which archive it is, which the server does not tell."""
        if answer.provenance is None:
            return answer
        return replace(answer, provenance=replace(answer.provenance, archive=self.location))

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return self._connection.request("POST", path, json=body)

    def _get(self, path: str, **params: Any) -> Any:
        return self._connection.request("GET", path, params=params)
