"""An archive to ask: `Archive.open`, then `ask`, `search`, `timeline`, `chat`.

The composition root: everything is put together here, and questions go on to `answering`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

import numpy as np

from rag.answering import Answering
from rag.chat import Chat
from rag.errors import ArchiveDamaged
from rag.evidence.choosing import BEST_HITS, newest_hits_first
from rag.groups import grouped
from rag.models.embedding import load_embedder
from rag.models.reading import load_reading_model
from rag.question.asked import read_part, read_question
from rag.question.filters import Day, Filters, check_filters, read_filters
from rag.question.follow_ups import Earlier, as_told, understand_follow_up
from rag.records import Answer, AnswerSentence, Article, Hit
from rag.settings import Settings, load_settings
from rag.store import open_store
from rag.store.model import Manifest
from rag.writing.writer import load_writer

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

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._store = answering.store

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
                replace(made, model=embedder.name, dimension=embedder.dimension), store.location
            )
            answering = Answering(
                store=store,
                embedder=embedder,
                threshold=settings.answer_threshold,
                reader=load_reading_model(settings),
                writer=load_writer(settings),
                show_unsupported=settings.llm_unsupported == "show",
            )
        except BaseException:
            store.close()
            raise
        return cls(answering)

    # -- asking -------------------------------------------------------------------------------

    def search(self, question: str, *, limit: int = 10, **filters: Unpack[Filters]) -> list[Hit]:
        """Return at most `limit` passages, best first; none if the filter matches nothing.

        The filters are `since` and `until`, days of publication, both included; `sources`, outlets
        as the articles name them; `as_of`, a day: only what was published by then, and not changed
        since, is found. Articles without a date are found only without `since` and `until`. Copies
        of one story give one hit, which names the others. What is under embargo now, or has
        expired, is not found.

        A time that the question names ("in March 2021", "last week") restricts the search as well,
        to when things happened or were published, as it is worded; `since` and `until` take its
        place, and `read_time=False` leaves it unread. `now` is the day it is read from, today if
        not given. The newest come first if, and only if, the present state is asked for.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
        """
        time, where = read_filters(question, filters)
        part = read_part(question, self._answering.embedder)
        looked_at = max(limit, BEST_HITS) if time.wants_present and limit > 0 else limit
        found = self._answering.find(part, where, looked_at, once_a_story=True)
        hits = [item.hit for item in found]
        return newest_hits_first(hits)[:limit] if time.wants_present else hits

    def ask(
        self, question: str, *, history: Sequence[Earlier] = (), **filters: Unpack[Filters]
    ) -> Answer:
        """Return what the archive says: verbatim evidence with citations, or that it says nothing.

        The filters, and the time that the question names, are those of `search`. With `history`,
        the answers before this question, words of theirs that it needs are added to it; the answer
        has them as `carried`. If a language model is configured, it writes the text from the
        quotes, and `sentences` holds what it wrote, each checked.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
            QuoteError: a quote is not in its stored article; nothing is shown then.
        """
        *_, answer = self.stream(question, history=history, **filters)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self, question: str, *, history: Sequence[Earlier] = (), **filters: Unpack[Filters]
    ) -> Iterator[AnswerSentence | Answer]:
        """Yield what a language model writes as it is written and checked, then the answer.

        Without a language model there is only the answer, that of `ask`.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
            QuoteError: a quote is not in its stored article; nothing is shown then.
        """
        follow_up = understand_follow_up(question, history, rewriter=self._answering.writer)
        time, where = read_filters(follow_up.rewritten or question, filters)
        asked = read_question(
            question,
            self._answering.embedder,
            time=time,
            where=where,
            carried=follow_up.carried,
            understood=follow_up.rewritten,
        )
        answer = self._answering.answer(asked)
        told = [as_told(earlier) for earlier in history]
        yield (yield from self._answering.write(answer, told))

    def chat(self, *, history: Iterable[Earlier] = ()) -> Chat:
        """Return a conversation with this archive, in which questions may follow each other."""
        return Chat(self, history=history)

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

        _, where = read_filters(topic, Filters(sources=sources, as_of=as_of, now=now))
        if since or until:
            _, between = read_filters("", Filters(since=since, until=until))
            where = replace(where, window=None, events=between.window)
        part = read_part(topic, self._answering.embedder)
        found = self._answering.find(part, where, _TIMELINE_PASSAGES)
        return build_timeline(part, found, self._store, window=where.events, most=limit)

    def with_threshold(self, answer_threshold: float) -> "Archive":
        """Return this archive, sharing its store, with another least confidence of an answer."""
        return Archive(replace(self._answering, threshold=answer_threshold))

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
        computed = self._answering.embedder.embed(sentences)
        return float(np.min(np.sum(computed * np.stack(vectors), axis=1))) >= _SAME_VECTOR

    def is_current(self) -> bool:
        """Say whether no newer generation has been published since this one was opened."""
        return self._store.is_current()

    # -- LlamaIndex ---------------------------------------------------------------------------

    def as_retriever(self, *, limit: int = 10, **filters: Unpack[Filters]) -> "ArchiveRetriever":
        """Return this archive as a LlamaIndex retriever of passages, filtered as in `search`.

        Raises:
            QuestionError: a filter makes no sense.
        """
        from rag.llamaindex import ArchiveRetriever

        return ArchiveRetriever(partial(self.search, limit=limit, **check_filters(filters)))

    def as_query_engine(
        self, *, streaming: bool = False, **filters: Unpack[Filters]
    ) -> "ArchiveQueryEngine":
        """Return this archive as a LlamaIndex query engine that answers as `ask` does.

        With `streaming` the text comes as a language model writes it, each sentence checked.

        Raises:
            QuestionError: a filter makes no sense.
        """
        from rag.llamaindex import ArchiveQueryEngine

        # The quotes first: a stream has its sources before a word is written.
        quoting = Archive(replace(self._answering, writer=None))
        return ArchiveQueryEngine(
            partial(quoting.ask, **check_filters(filters)),
            self._answering.write,
            streaming=streaming,
        )

    # -- closing ------------------------------------------------------------------------------

    def close(self) -> None:
        """Release the archive; it cannot be asked afterwards."""
        self._store.close()
        if self._answering.writer is not None:
            self._answering.writer.close()

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
