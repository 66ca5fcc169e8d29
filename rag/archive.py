"""An archive to ask: question -> hits -> evidence -> answer with verified citations.

The composition root: everything is put together here, and `ask` reads as the line of the design.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np

from rag.asked_time import AskedTime, read_asked_time
from rag.citations import cite
from rag.embedding import Embedder, load_embedder
from rag.errors import ArchiveDamaged, QuestionError
from rag.reader import Evidence, read
from rag.reading import ReadingModel, load_reading_model
from rag.records import Answer, Article, Hit, SearchFilter, TimeWindow, parse_day
from rag.replies import compose, decline, describe_search, newest_first, sort_evidence
from rag.retrieval import Found, Question, retrieve, understand
from rag.settings import Settings, load_settings
from rag.store import open_store
from rag.store.model import ArticleHead, Manifest, Store

if TYPE_CHECKING:
    from rag.llamaindex import ArchiveQueryEngine, ArchiveRetriever
    from rag.timeline import TimelineEntry

# Passages read for an answer. Measured on NewsQA: 10 hold the gold passage for 86 % of questions.
_PASSAGES_READ = 10
_TIMELINE_PASSAGES = 100
_PAGE = 200
# The least cosine of a stored vector to the one computed now; another text's are under .9.
_SAME_VECTOR = 0.98


class Archive:
    """One whole archive, open for asking; use as a context manager or call `close`.

    It stays the generation it was opened at; `is_current()` says when a newer one is served.
    """

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        *,
        answer_threshold: float,
        reader: ReadingModel | None = None,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._answer_threshold = answer_threshold
        self._reader = reader

    @classmethod
    def open(cls, location: str | Path | None = None, *, settings: Settings | None = None) -> Self:
        """Return the archive in a directory or on a Qdrant server (`http://host:6333`).

        Without arguments the settings come from the environment.

        Raises:
            ArchiveNotFound: there is no archive at this place.
            ArchiveMismatch: it was made with another embedding model.
            ArchiveDamaged: it does not hold what its manifest says.
            ArchiveUnavailable: the server does not answer.
            ModelError: the embedding model or the reader cannot be loaded.
        """
        settings = settings or load_settings()
        if location is not None:
            settings = settings.model_copy(update={"archive": str(location)})
        store = open_store(settings)
        try:
            embedder = load_embedder(settings)
            reader = load_reading_model(settings)
            made = store.manifest.recipe
            made.require(
                made.__class__(
                    model=embedder.name,
                    dimension=embedder.dimension,
                    passage_words=made.passage_words,
                ),
                store.location,
            )
        except BaseException:
            store.close()
            raise
        return cls(store, embedder, answer_threshold=settings.answer_threshold, reader=reader)

    # -- asking -------------------------------------------------------------------------------

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        since: str | date | None = None,
        until: str | date | None = None,
        sources: Iterable[str] | None = None,
        as_of: str | date | None = None,
        now: str | date | None = None,
        read_time: bool = True,
    ) -> list[Hit]:
        """Return at most `limit` passages, best first; none if the filter matches nothing.

        `since` and `until` are days of publication, both included; articles without a date are
        found only without them. `sources` are outlets as the articles name them. Copies of one
        story give one hit, which names the others. What is under embargo now, or has expired, is
        not found. With `as_of` only what was published by that day, and not changed since, is.

        A time that the question names ("in March 2021", "last week") restricts the search as well,
        to when things happened or were published, as it is worded; `since` and `until` take its
        place, and `read_time=False` leaves it unread. `now` is the day it is read from, today if
        not given. The newest come first if, and only if, the present state is asked for.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
        """
        asked = _read_time(question, now, as_of=as_of, read_time=read_time)
        where = _filter(since, until, sources, asked)
        _, found = self._retrieve(question, where, limit, once_a_story=True)
        hits = [item.hit for item in found]
        if asked.wants_present:
            hits.sort(key=lambda hit: hit.published or date.min, reverse=True)
        return hits

    def ask(
        self,
        question: str,
        *,
        since: str | date | None = None,
        until: str | date | None = None,
        sources: Iterable[str] | None = None,
        as_of: str | date | None = None,
        now: str | date | None = None,
        read_time: bool = True,
    ) -> Answer:
        """Return what the archive says: verbatim evidence with citations, or that it says nothing.

        The filters, and the time that the question names, are those of `search`.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
            QuoteError: a quote is not in its stored article; nothing is shown then.
        """
        asked = _read_time(question, now, as_of=as_of, read_time=read_time)
        where = _filter(since, until, sources, asked)
        understood, found = self._retrieve(question, where, _PASSAGES_READ)
        evidence = read(
            understood,
            found,
            self._store.term_weights(understood.terms.indices),
            passages=self._store.manifest.passages,
            model=self._reader,
        )
        if asked.wants_present:
            evidence = newest_first(evidence, threshold=self._answer_threshold)
        searched = describe_search(self._store.manifest.articles, where, asked)
        nearest = tuple(item.hit for item in found)
        if not self._answers(evidence):
            return decline(question, evidence, nearest=nearest, searched=searched, where=where)
        chosen = sort_evidence(evidence, threshold=self._answer_threshold)
        citations = cite(chosen.answer, self._store)
        also_found = cite(chosen.other_events, self._store, first=len(citations) + 1)
        return compose(
            question,
            best=evidence[0],
            citations=citations,
            also_found=also_found,
            nearest=nearest,
            searched=searched,
            where=where,
        )

    def timeline(
        self,
        topic: str,
        since: str | date | None = None,
        until: str | date | None = None,
        *,
        sources: Iterable[str] | None = None,
        limit: int = 30,
        as_of: str | date | None = None,
        now: str | date | None = None,
    ) -> "list[TimelineEntry]":
        """Return what happened in a story, at most `limit` entries in the order of the events.

        `since` and `until` are days of the events, both included, not of publication; without them
        a time that the topic names counts. Each entry is a quote that dates its event itself;
        copies and retellings of it stand with it.

        Raises:
            QuestionError: the topic is empty, or a filter makes no sense.
            QuoteError: a quote is not in its stored article; nothing is shown then.
        """
        from rag.timeline import build_timeline

        asked = _read_time(topic, now, as_of=as_of, read_time=True)
        where = _filter(since, until, sources, asked)
        if since or until:
            where = replace(where, window=None, events=where.window)
        understood, found = self._retrieve(topic, where, _TIMELINE_PASSAGES)
        return build_timeline(understood, found, self._store, window=where.events, most=limit)

    def _answers(self, evidence: list[Evidence]) -> bool:
        return bool(evidence) and evidence[0].confidence >= self._answer_threshold

    def _retrieve(
        self, question: str, where: SearchFilter, limit: int, *, once_a_story: bool = False
    ) -> tuple[Question, list[Found]]:
        if not question.strip():
            raise QuestionError("the question is empty; ask something, such as 'Who won?'")
        if limit < 1:
            raise QuestionError(f"limit is {limit}; ask for at least one hit")
        understood = understand(question, self._embedder)
        found = retrieve(
            understood,
            self._store,
            self._embedder,
            where=where,
            limit=limit,
            once_a_story=once_a_story,
        )
        return understood, found

    def with_threshold(self, answer_threshold: float) -> "Archive":
        """Return this archive, sharing its store, with another least confidence of an answer."""
        return Archive(
            self._store, self._embedder, answer_threshold=answer_threshold, reader=self._reader
        )

    # -- reading ------------------------------------------------------------------------------

    def article(self, article_id: str) -> Article:
        """Return a stored article with its history, also one that no search may find now.

        Raises:
            KeyError: there is no article of this id.
        """
        return self._store.articles([article_id])[article_id]

    def articles(self) -> Iterator[Article]:
        """Stream all articles in the order of publication, those without a date last."""
        heads = sorted(self._store.heads(), key=lambda h: (h.published or date.max, h.id))
        for page in _pages(heads):
            articles = self._store.articles([head.id for head in page])
            if len(articles) != len(page):
                raise ArchiveDamaged(
                    f"{self._store.location} lost {len(page) - len(articles)} articles; run "
                    "'dateline doctor'"
                )
            yield from (articles[head.id] for head in page)

    def sources(self) -> dict[str, int]:
        """Return the outlets in the archive, each with its number of articles, most first."""
        counts = self._store.sources()
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @property
    def manifest(self) -> Manifest:
        """What the archive holds and how it was made."""
        return self._store.manifest

    @property
    def location(self) -> str:
        """The directory or URL of the archive."""
        return self._store.location

    def damage(self) -> list[str]:
        """Return what differs from what was written, everything stored read in full."""
        problems = self._store.damage()
        for page in _pages(list(self._store.heads())):
            articles = self._store.articles([head.id for head in page])
            for head in page:
                article = articles.get(head.id)
                if article is None or article.content_hash != head.content_hash:
                    problems.append(f"article {head.id!r} is not what was written")
        return problems

    def altered_vectors(self, sample: int) -> list[str]:
        """Return the articles, of a sample, whose stored vectors are not those of their sentences.

        Stored at half precision, and a processor's own int8 arithmetic moves the third digit.
        """
        heads = [head for head in self._store.heads() if head.embedded]
        every = max(1, len(heads) // sample)
        return [head.id for head in heads[::every][:sample] if not self._has_own_vectors(head.id)]

    def _has_own_vectors(self, article_id: str) -> bool:
        text = self._store.articles([article_id])[article_id].text
        stored = self._store.stored_vectors(article_id)
        sentences = [text[s.start : s.end] for passage in stored for s in passage.sentences]
        vectors = [row for found in stored.values() for row in (found if found is not None else ())]
        if len(vectors) != len(sentences) or not sentences:
            return False
        computed = self._embedder.embed(sentences)
        return float(np.min(np.sum(computed * np.stack(vectors), axis=1))) >= _SAME_VECTOR

    def is_current(self) -> bool:
        """Say whether no newer generation has been published since this one was opened."""
        return self._store.is_current()

    # -- LlamaIndex ---------------------------------------------------------------------------

    def as_retriever(self, *, limit: int = 10) -> "ArchiveRetriever":
        """Return this archive as a LlamaIndex retriever of passages."""
        from rag.llamaindex import ArchiveRetriever

        return ArchiveRetriever(self, limit=limit)

    def as_query_engine(self) -> "ArchiveQueryEngine":
        """Return this archive as a LlamaIndex query engine that answers as `ask` does."""
        from rag.llamaindex import ArchiveQueryEngine

        return ArchiveQueryEngine(self)

    # -- closing ------------------------------------------------------------------------------

    def close(self) -> None:
        """Release the archive; it cannot be asked afterwards."""
        self._store.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()


def _pages(heads: list[ArticleHead]) -> Iterator[list[ArticleHead]]:
    """Yield the heads in lists short enough to hold their articles' texts at once."""
    for first in range(0, len(heads), _PAGE):
        yield heads[first : first + _PAGE]


def _filter(
    since: str | date | None,
    until: str | date | None,
    sources: Iterable[str] | None,
    asked: AskedTime,
) -> SearchFilter:
    if isinstance(sources, str):
        raise QuestionError(f"sources is the string {sources!r}; give a list of outlets")
    try:
        first, last = parse_day(since, name="since"), parse_day(until, name="until")
        window = TimeWindow(since=first, until=last) if first or last else None
    except ValueError as error:
        raise QuestionError(str(error)) from error
    events: TimeWindow | None = None
    if window is None and asked.applies_to == "published":
        window = asked.window
    elif window is None:
        events = asked.window
    # An empty list asks for no outlet at all, and fails closed; None asks for all.
    wanted = None if sources is None else tuple(sources)
    return SearchFilter(
        window=window, events=events, as_of=asked.as_of, sources=wanted, now=datetime.now(UTC)
    )


def _read_time(
    question: str,
    now: str | date | None,
    *,
    as_of: str | date | None,
    read_time: bool,
) -> AskedTime:
    """Return the time a question asks about, read on the day `now`; `as_of` is that of the caller.

    As of a day, that day is also the now from which "last week" is told.
    """
    try:
        limit, today = parse_day(as_of, name="as_of"), parse_day(now, name="now")
    except ValueError as error:
        raise QuestionError(str(error)) from error
    today = today or limit or datetime.now(UTC).date()
    asked = read_asked_time(question, today) if read_time else AskedTime()
    return replace(asked, as_of=limit) if limit else asked
