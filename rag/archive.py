"""An archive to ask: question -> hits -> evidence -> answer with verified citations.

The composition root: everything is put together here, and asked through `answering`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np

from rag.answering import Answering
from rag.chat import Chat, as_told, understand_follow_up
from rag.errors import ArchiveDamaged
from rag.groups import grouped
from rag.models.embedding import Embedder, load_embedder
from rag.models.reading import ReadingModel, load_reading_model
from rag.question.filters import Day, make_filter, read_time_of
from rag.question.follow_ups import Earlier
from rag.records import Answer, AnswerSentence, Article, Hit
from rag.settings import Settings, load_settings
from rag.store import open_store
from rag.store.interface import Store
from rag.store.model import Manifest
from rag.writing.writer import Writer, load_writer

if TYPE_CHECKING:
    from rag.llamaindex import ArchiveQueryEngine, ArchiveRetriever
    from rag.timeline.build import TimelineEntry

_TIMELINE_PASSAGES = 100
_PAGE = 200  # articles whose texts are held at once
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
        writer: Writer | None = None,
        show_unsupported: bool = False,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._writer = writer
        self._answering = Answering(
            store=store,
            embedder=embedder,
            threshold=answer_threshold,
            reader=reader,
            writer=writer,
            show_unsupported=show_unsupported,
        )

    @classmethod
    def open(cls, location: str | Path | None = None, *, settings: Settings | None = None) -> Self:
        """Return the archive in a directory or on a Qdrant server (`http://host:6333`).

        Without arguments the settings come from the environment.

        Raises:
            ArchiveNotFound: there is no archive at this place.
            ArchiveMismatch: it was made with another embedding model.
            ArchiveDamaged: it does not hold what its manifest says.
            ArchiveUnavailable: the server does not answer.
            ModelError: the embedding model, the reader or the language model cannot be loaded.
            SettingsError: the settings of the language model do not suffice.
        """
        settings = settings or load_settings()
        if location is not None:
            settings = settings.model_copy(update={"archive": str(location)})
        store = open_store(settings)
        try:
            embedder = load_embedder(settings)
            made = store.manifest.recipe
            made.require(
                made.__class__(
                    model=embedder.name,
                    dimension=embedder.dimension,
                    passage_words=made.passage_words,
                ),
                store.location,
            )
            reader = load_reading_model(settings)
            writer = load_writer(settings)
        except BaseException:
            store.close()
            raise
        return cls(
            store,
            embedder,
            answer_threshold=settings.answer_threshold,
            reader=reader,
            writer=writer,
            show_unsupported=settings.llm_unsupported == "show",
        )

    # -- asking -------------------------------------------------------------------------------

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        since: Day = None,
        until: Day = None,
        sources: Iterable[str] | None = None,
        as_of: Day = None,
        now: Day = None,
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
        asked = read_time_of(question, now=now, as_of=as_of, read_time=read_time)
        where = make_filter(since, until, sources, asked)
        _, found = self._answering.find(question, where, limit, once_a_story=True)
        hits = [item.hit for item in found]
        if asked.wants_present:
            hits.sort(key=lambda hit: hit.published or date.min, reverse=True)
        return hits

    def ask(
        self,
        question: str,
        *,
        since: Day = None,
        until: Day = None,
        sources: Iterable[str] | None = None,
        as_of: Day = None,
        now: Day = None,
        read_time: bool = True,
        history: Sequence[Earlier] = (),
    ) -> Answer:
        """Return what the archive says: verbatim evidence with citations, or that it says nothing.

        The filters, and the time that the question names, are those of `search`. With `history`,
        the answers before this question, it is understood as one that follows them; the answer has
        it as `question`. If a language model is configured, it writes the text from the quotes, and
        `sentences` holds what it wrote, each checked.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
            QuoteError: a quote is not in its stored article; nothing is shown then.
        """
        *_, answer = self.stream(
            question,
            since=since,
            until=until,
            sources=sources,
            as_of=as_of,
            now=now,
            read_time=read_time,
            history=history,
        )
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        *,
        since: Day = None,
        until: Day = None,
        sources: Iterable[str] | None = None,
        as_of: Day = None,
        now: Day = None,
        read_time: bool = True,
        history: Sequence[Earlier] = (),
    ) -> Iterator[AnswerSentence | Answer]:
        """Yield what a language model writes as it is written and checked, then the answer.

        Without a language model there is only the answer, that of `ask`.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
            QuoteError: a quote is not in its stored article; nothing is shown then.
        """
        understood = understand_follow_up(question, history, rewriter=self._writer).question
        asked = read_time_of(understood, now=now, as_of=as_of, read_time=read_time)
        where = make_filter(since, until, sources, asked)
        answer = self._answering.answer(understood, where, asked)
        told = [as_told(earlier) for earlier in history]
        yield (yield from self._answering.write(answer, told))

    def chat(self, *, history: Iterable[Earlier] = ()) -> Chat:
        """Return a conversation with this archive, in which questions may follow each other."""
        return Chat(self, rewriter=self._writer, history=history)

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
        """Return what happened in a story, at most `limit` entries in the order of the events.

        `since` and `until` are days of the events, both included, not of publication; without them
        a time that the topic names counts. Each entry is a quote that dates its event itself;
        copies and retellings of it stand with it.

        Raises:
            QuestionError: the topic is empty, or a filter makes no sense.
            QuoteError: a quote is not in its stored article; nothing is shown then.
        """
        from rag.timeline.build import build_timeline

        asked = read_time_of(topic, now=now, as_of=as_of, read_time=True)
        where = make_filter(since, until, sources, asked)
        if since or until:
            where = replace(where, window=None, events=where.window)
        understood, found = self._answering.find(topic, where, _TIMELINE_PASSAGES)
        return build_timeline(understood, found, self._store, window=where.events, most=limit)

    def with_threshold(self, answer_threshold: float) -> "Archive":
        """Return this archive, sharing its store, with another least confidence of an answer."""
        shared = Archive.__new__(Archive)
        shared.__dict__ |= self.__dict__
        shared._answering = replace(self._answering, threshold=answer_threshold)
        return shared

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
        for page in grouped(heads, _PAGE):
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
        for page in grouped(list(self._store.heads()), _PAGE):
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

    def as_retriever(
        self,
        *,
        limit: int = 10,
        since: Day = None,
        until: Day = None,
        sources: Iterable[str] | None = None,
        as_of: Day = None,
        now: Day = None,
        read_time: bool = True,
    ) -> "ArchiveRetriever":
        """Return this archive as a LlamaIndex retriever of passages, filtered as in `search`.

        Raises:
            QuestionError: a filter makes no sense.
        """
        from rag.llamaindex import ArchiveRetriever, check_filters

        filters = check_filters(
            since=since, until=until, sources=sources, as_of=as_of, now=now, read_time=read_time
        )
        return ArchiveRetriever(partial(self.search, limit=limit, **filters))

    def as_query_engine(
        self,
        *,
        streaming: bool = False,
        since: Day = None,
        until: Day = None,
        sources: Iterable[str] | None = None,
        as_of: Day = None,
        now: Day = None,
        read_time: bool = True,
    ) -> "ArchiveQueryEngine":
        """Return this archive as a LlamaIndex query engine that answers as `ask` does.

        With `streaming` the text comes as a language model writes it, each sentence checked.

        Raises:
            QuestionError: a filter makes no sense.
        """
        from rag.llamaindex import ArchiveQueryEngine, check_filters

        filters = check_filters(
            since=since, until=until, sources=sources, as_of=as_of, now=now, read_time=read_time
        )
        # The quotes first: a stream has its sources before a word is written.
        quoting = Archive.__new__(Archive)
        quoting.__dict__ |= self.__dict__
        quoting._answering = replace(self._answering, writer=None)
        return ArchiveQueryEngine(
            partial(quoting.ask, **filters), self._answering.write, streaming=streaming
        )

    # -- closing ------------------------------------------------------------------------------

    def close(self) -> None:
        """Release the archive; it cannot be asked afterwards."""
        self._store.close()
        if self._writer is not None:
            self._writer.close()

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
