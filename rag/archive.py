"""Defines `Archive`, the class that people use: `open` it, then `ask`, `search` or `chat`.

Everything is put together here, and `answering` answers the questions. To add an argument for every
search, change `Filters` in `rag/question/filters.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar, Unpack

from rag.addresses import read_location, without_user
from rag.answering import Answering
from rag.asking import Asking
from rag.chat import Chat
from rag.closing import Closing
from rag.errors import ArchiveDamaged, QuestionError, SettingsError
from rag.groups import grouped
from rag.models.carrying import load_carrying_model
from rag.models.embedding import Embedder, load_embedder
from rag.models.reading import load_reading_model
from rag.question.as_of import require_version
from rag.question.asked import asks_something
from rag.question.filters import (
    Day,
    Filters,
    TopicFilters,
    as_filters,
    check_filters,
    read_filters,
)
from rag.question.follow_ups import Earlier, as_told
from rag.question.phrases import read_phrases
from rag.records import (
    Answer,
    AnswerSentence,
    Article,
    Copy,
    Hit,
    QuotedAnswer,
    SearchFilter,
)
from rag.settings import Settings, load_settings
from rag.soundness import find_altered_vectors, find_damage
from rag.store import open_store
from rag.store.following import OpenStore
from rag.store.interface import Store
from rag.store.model import Hidden, Manifest
from rag.text.plain_text import readable
from rag.writing.llm import LlamaIndexLLM, use_language_model
from rag.writing.streams import AnswerLimits
from rag.writing.writer import Writer, load_writer

if TYPE_CHECKING:
    from rag.browsing import Coverage, Listing
    from rag.export.packs import EvidencePack
    from rag.llamaindex import (
        ArchiveEmbedding,
        ArchiveQueryEngine,
        ArchiveRetriever,
        MetadataFilters,
    )
    from rag.locating import Located
    from rag.rechecking import Recheck
    from rag.timeline.build import TimelineEntry

_Result = TypeVar("_Result")

_PAGE = 200  # articles whose texts are held at once


class Archive(Closing):
    """One whole archive that is open for questions; use it as a context manager or call `close`.

    It follows its archive: each call reads the newest generation that is served, so that what was
    withdrawn or put under embargo is not found any more. It looks for it at most once a second.
    """

    def __init__(self, answering: Answering, *, opened: OpenStore | None = None) -> None:
        self._answering = answering
        # Without `opened`, the archive has one generation only, that of its store.
        self._opened = opened or OpenStore(answering.store)

    @classmethod
    def open(
        cls,
        location: str | Path | None = None,
        *,
        settings: Settings | None = None,
        follow: bool = True,
    ) -> Self:
        """Return the archive in a directory or on a Qdrant server (`http://host:6333`).

        Without arguments, the settings come from the environment. With `follow=False`, the archive
        stays at the generation that it opened until you call `refresh()`. A server takes
        that generation away when it builds the next but one; a directory keeps it for you.

        Raises:
            ArchiveNotFound: there is no archive at this place.
            ArchiveMismatch: it was made with another embedding model.
            ArchiveDamaged: it does not hold what its manifest says.
            ArchiveUnavailable: the server does not answer.
            ModelError: the embedding model, the reader or the language model cannot be loaded.
            SettingsError: a setting that the language model needs is missing or cannot be used.
        """
        settings = settings or load_settings()
        if location is not None:
            settings = settings.model_copy(update={"archive": _place(location)})
        store = open_store(settings)
        try:
            embedder = load_embedder(settings)
            _require_made_with(embedder, store)
            answering = Answering(
                store=store,
                embedder=embedder,
                threshold=settings.answer_threshold,
                reader=load_reading_model(settings),
                carrier=partial(load_carrying_model, settings),
                writer=load_writer(settings),
                limits=AnswerLimits.of(settings),
                show_unsupported=settings.llm_unsupported == "show",
            )
        except BaseException:
            store.close()
            raise
        reopen = partial(_reopened, settings, embedder)
        return cls(answering, opened=OpenStore(store, reopen=reopen, follow=follow))

    # -- asking -------------------------------------------------------------------------------

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        rerank: bool = False,
        **filters: Unpack[Filters],
    ) -> list[Hit]:
        """Return at most `limit` passages, best first; none if the filter matches nothing.

        With `rerank`, the reader reads the passages as for an answer, ten of them at least. Then
        the order is by how well they answer, and the score of a hit is the confidence, 0 to 1, in
        its best sentence. Without it, the order and the score are those of the retrieval.

        The filters are these. `since` and `until` are days of publication, both included. If one of
        them is given, articles without a date are not found. `sources` are outlets and `sections`
        parts of the newspaper. The case and the accents of their names do not count. With
        `as_of`, a day, only what was published by then and has not changed since is found. Copies
        of one story give one hit, which names the others. Opinion and satire come behind news that
        is nearly as good, unless an opinion is asked for. Articles that are under embargo now, or
        have expired, are not found.

        Words in double quotes must stand in the article exactly as written:
        `search('"no comment" minister')`. Then each hit has them, marked in `hit.marks`. Articles
        that have them in the headline alone come behind, without marks.

        An outlet that the question names as its source ("according to Reuters") restricts the
        search, if that finds anything. With `read_outlets=False` it is not read.

        A time in the question ("in March 2021", "last week") restricts the search too. The wording
        decides if it means when things happened or when they were published. `since` and `until`
        replace this time, and with `read_time=False` it is not read. `now` is the day that it
        counts from, today if not given. The newest hits come first only if the question asks for
        the present state.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
        """
        return self.search_with_notes(question, limit=limit, rerank=rerank, **filters)[0]

    def search_with_notes(
        self,
        question: str,
        *,
        limit: int = 10,
        rerank: bool = False,
        **filters: Unpack[Filters],
    ) -> tuple[list[Hit], list[str]]:
        """Return what `search` does, and notes on what it looked at, each in words.

        They are those of `describe_phrases`, and what a time or an outlet in the question leaves.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
        """
        asking = Asking.read(self._answering, question, filters=filters)
        return self._on_newest(lambda a: asking.search(a, limit=limit, rerank=rerank))

    def describe_phrases(self, question: str, **filters: Unpack[Filters]) -> list[str]:
        """Return in words what the archive has of the phrases in quotes; none without quotes.

        Raises:
            QuestionError: a filter makes no sense.
        """
        question = readable(question)
        _, where = read_filters(question, filters)
        held = self._on_newest(
            lambda answering: answering.searching.held(answering.searching.resolved(where))
        )
        return [*read_phrases(question).notes, *([str(held)] if held else [])]

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Earlier] = (),
        carried: Sequence[str] | None = None,
        **filters: Unpack[Filters],
    ) -> Answer:
        """Return what the archive says: verbatim evidence with citations, or that it says nothing.

        The filters, and the time in the question, work as in `search`. `history` holds the answers
        before this question. Words from them that the question needs are added to it, and the
        answer has these as `carried`. If you give `carried`, these words are added and no others;
        with an empty `carried`, the question is asked as it is written. If a language model is
        configured, it writes the text from the quotes, and `sentences` has its sentences, each
        checked.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
            QuoteError: a quote is not in its stored article; nothing is shown then.
        """
        *_, answer = self.stream(question, history=history, carried=carried, **filters)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Earlier] = (),
        carried: Sequence[str] | None = None,
        **filters: Unpack[Filters],
    ) -> Iterator[QuotedAnswer | AnswerSentence | Answer]:
        """Yield the quotes, each sentence of a language model when it is checked, then the answer.

        Without a language model, or where there is nothing to quote, this yields only the answer,
        as `ask` returns it.

        Raises:
            QuestionError: the question is empty, or a filter makes no sense.
            QuoteError: a quote is not in its stored article; nothing is shown then.
        """
        asking = Asking.read(self._answering, question, history, carried=carried, filters=filters)
        answer = self._on_newest(asking.answer)
        told = [as_told(earlier) for earlier in history]
        if self._answering.writer is not None and answer.sources:
            yield QuotedAnswer(answer=answer)
        yield (yield from self._answering.write(answer, told))

    def locate(
        self,
        excerpt: str,
        *,
        limit: int = 10,
        sources: Iterable[str] | None = None,
        now: Day = None,
    ) -> "list[Located]":
        """Return the places from which a text comes, best first; none if it is not in the archive.

        Each place says if the text is there word for word, and if not, what was changed. A text
        that was put together from several places gives one for each of its parts, and so does one
        of which only a part is in the archive. The original of several copies comes first.

        Raises:
            QuestionError: the text has fewer than three words or more than 20,000 characters, the
                limit is less than one, or a filter makes no sense.
        """
        from rag.locating import locate

        _, where = read_filters("", Filters(sources=sources, now=now))
        return self._on_newest(
            lambda answering: locate(
                excerpt, answering.store, where=answering.searching.resolved(where), limit=limit
            )
        )

    def recheck(self, saved: "Answer | EvidencePack") -> "Recheck":
        """Return what has become of each quote of a saved answer in the archive as it is now.

        Read one that was saved as JSON with `Answer.from_json`, or with `read_saved_answer` of
        `rag.export.packs`, which takes evidence packs too.
        """
        from rag.export.packs import EvidencePack
        from rag.rechecking import recheck

        answer = saved.answer if isinstance(saved, EvidencePack) else saved
        return self._on_newest(
            lambda answering: recheck(answer, answering.store, answering.embedder)
        )

    def chat(self, *, history: Iterable[Earlier] = ()) -> Chat:
        """Return a conversation with this archive, in which questions may refer to earlier ones."""
        return Chat(self, history=history)

    def timeline(
        self,
        topic: str,
        since: Day = None,
        until: Day = None,
        *,
        limit: int = 30,
        **filters: Unpack[TopicFilters],
    ) -> "list[TimelineEntry]":
        """Return what happened in a story, at most `limit` entries in the order of the events.

        `since` and `until` are days of the events and not of publication, both included. Without
        them, a time in the topic counts. Each entry is a quote that dates its event itself, with
        copies and other reports of the event. What was withdrawn is left out, and so is satire.
        Words in quotes and outlets in the topic restrict it as they restrict a search, and the
        other filters are those of a search.

        Raises:
            QuestionError: the topic is empty, or a filter makes no sense.
            QuoteError: a quote is not in its stored article; nothing is shown then.
        """
        return self.timeline_with_notes(topic, since, until, limit=limit, **filters)[0]

    def timeline_with_notes(
        self,
        topic: str,
        since: Day = None,
        until: Day = None,
        *,
        limit: int = 30,
        **filters: Unpack[TopicFilters],
    ) -> "tuple[list[TimelineEntry], list[str]]":
        """Return what `timeline` does, and the notes of `search_with_notes` on its topic.

        Raises:
            QuestionError: the topic is empty, or a filter makes no sense.
            QuoteError: a quote is not in its stored article; nothing is shown then.
        """
        from rag.topics import Topic

        asked = Topic.read(topic, as_filters(filters, since=since, until=until))
        return self._on_newest(lambda answering: asked.build(answering, limit=limit))

    def with_threshold(self, answer_threshold: float) -> "Archive":
        """Return an archive that shares the store of this one, with another answer threshold."""
        answering = replace(self._answering, threshold=answer_threshold)
        return Archive(answering, opened=self._opened)

    def _on_newest(self, ask: Callable[[Answering], _Result]) -> _Result:
        """Return what a question gives, asked of one generation from its beginning to its end."""
        return self._opened.run(lambda store: ask(replace(self._answering, store=store)))

    # -- reading ------------------------------------------------------------------------------

    def article(self, article_id: str, *, as_of: Day = None) -> Article:
        """Return a stored article with its history, even if no search may find it now.

        With `as_of`, it has the text and the facts that it had on that day.

        Raises:
            KeyError: there is no article with this id.
            QuestionError: `as_of` is no day, or the archive does not have the text of that day.
        """
        article = self._opened.run(lambda store: store.articles([article_id]))[article_id]
        return article if as_of is None else require_version(article, as_of)

    def copies(self, article_id: str) -> list[Copy]:
        """Return the other articles of its story that a search may find now, the oldest first.

        Raises:
            KeyError: there is no article with this id.
        """

        def of_store(answering: Answering) -> list[Copy]:
            store = answering.store
            cluster = store.articles([article_id])[article_id].cluster
            where = SearchFilter(now=datetime.now(UTC))
            found = store.copies([cluster], where).get(cluster, []) if cluster else []
            return [copy for copy in found if copy.article_id != article_id]

        return self._on_newest(of_store)

    def articles(self) -> Iterator[Article]:
        """Stream all articles in the order of publication, those without a date at the end."""
        with self._opened.asked() as store:
            heads = sorted(store.heads(), key=lambda h: (h.published or date.max, h.id))
            for page in grouped(heads, _PAGE):
                articles = store.articles([head.id for head in page])
                if len(articles) != len(page):
                    raise ArchiveDamaged(
                        f"{self.location} lost {len(page) - len(articles)} articles; run "
                        "'dateline doctor'"
                    )
                yield from (articles[head.id] for head in page)

    def sources(self) -> dict[str, int]:
        """Return the outlets in the archive, each with its number of articles, most first."""
        return _most_first(self._opened.run(lambda store: store.sources()))

    def sections(self) -> dict[str, int]:
        """Return the sections in the archive, each with its number of articles, most first.

        Articles that name no section are not counted.
        """
        counts = self._opened.run(lambda store: store.sections())
        return _most_first({section: number for section, number in counts.items() if section})

    def count(self, **filters: Unpack[Filters]) -> int:
        """Return how many articles a question under these filters is asked of.

        Those that are under embargo now, or have expired, are not counted. With `as_of`, those that
        are later or have changed since are not either.

        Raises:
            QuestionError: a filter makes no sense.
        """
        _, where = read_filters("", filters)
        counted = self._on_newest(lambda a: a.store.count_searched(a.searching.resolved(where)))
        assert counted is not None  # no filter here names days of events
        return counted

    def browse(
        self, about: str = "", *, first: int = 0, limit: int = 20, **filters: Unpack[Filters]
    ) -> "Listing":
        """Return a page of the articles under the filters: at most `limit`, from place `first` on.

        The newest come first, and undated ones last. With words in `about`, it is the articles that
        `search` finds for them, the best first: one of each story, and a hundred at most. With
        words in quotes, it is one of each story that has them. A time and an outlet in the words
        restrict the list as they restrict a search, and `notes` of the list say so.

        Raises:
            QuestionError: a filter or the page makes no sense.
        """
        from rag.browsing import MOST_FOUND, list_found, list_newest

        filters = check_filters(filters)
        _, where = read_filters("", filters)
        if not about.strip():
            return self._on_newest(
                lambda a: list_newest(
                    a.store, a.searching.resolved(where), first=first, limit=limit
                )
            )
        if not asks_something(about):
            raise QuestionError(
                f"{about!r} has no word to look for; write some, such as 'harbour strike', or none "
                "to list the newest articles"
            )
        asking = Asking.read(self._answering, about, filters=filters)

        def list_for_words(answering: Answering) -> "Listing":
            hits, notes = asking.list_articles(answering, most=MOST_FOUND)
            store = answering.store
            return list_found(store, hits, where, first=first, limit=limit, notes=notes)

        return self._on_newest(list_for_words)

    def coverage(self, **filters: Unpack[Filters]) -> "Coverage":
        """Return what the articles under the filters cover: months, outlets, sections, languages.

        It reads a few facts of each article.

        Raises:
            QuestionError: a filter makes no sense.
        """
        from rag.browsing import cover

        _, where = read_filters("", filters)
        return self._on_newest(lambda a: cover(a.store, a.searching.resolved(where)))

    def hidden(self) -> Hidden:
        """Return how many articles no search finds now, as they are expired or under embargo."""
        return self._opened.run(lambda store: store.hidden(datetime.now(UTC)))

    def hidden_by_source(self) -> dict[str, int]:
        """Return how many articles of each outlet no search finds now."""
        return self._opened.run(lambda store: store.hidden_by_source(datetime.now(UTC)))

    @property
    def manifest(self) -> Manifest:
        """What the archive holds, and how it was made."""
        return self._opened.run(lambda store: store.manifest)

    @property
    def ingested(self) -> datetime | None:
        """When the generation that is open was made; None on a server, which does not note it."""
        return self._opened.run(lambda store: store.ingested)

    @property
    def location(self) -> str:
        """The directory or URL of the archive."""
        return self._opened.location

    def damage(self) -> list[str]:
        """Return what differs from what was written, after reading everything stored in full."""
        with self._opened.asked() as store:
            return find_damage(store)

    def altered_vectors(self, sample: int) -> list[str]:
        """Return the articles in a sample whose stored vectors are not those of their sentences."""
        with self._opened.asked() as store:
            return find_altered_vectors(store, self._answering.embedder, sample)

    def is_current(self) -> bool:
        """Say whether the generation that is open is the newest that is served."""
        return self._opened.is_current()

    def refresh(self) -> bool:
        """Take the newest generation now, and say whether it was another than before.

        Raises:
            ArchiveError: the archive was closed, or the newest generation cannot be opened.
        """
        return self._opened.refresh()

    # -- LlamaIndex ---------------------------------------------------------------------------

    def as_retriever(
        self,
        *,
        limit: int = 10,
        rerank: bool = False,
        filters: "MetadataFilters | None" = None,
        **where: Unpack[Filters],
    ) -> "ArchiveRetriever":
        """Return this archive as a LlamaIndex retriever of passages, which works as `search` does.

        `filters` are metadata filters of LlamaIndex: `source` and `section` may equal a name or be
        in a list, and `published` may be compared with a day. They hold beside the other filters.

        Raises:
            QuestionError: a filter makes no sense, or is one that an archive does not have.
        """
        from rag.llamaindex import ArchiveRetriever, with_metadata_filters

        inside = check_filters(with_metadata_filters(where, filters))
        return ArchiveRetriever(partial(self.search, limit=limit, rerank=rerank, **inside))

    def as_query_engine(
        self,
        *,
        llm: "LlamaIndexLLM | None" = None,
        streaming: bool = False,
        filters: "MetadataFilters | None" = None,
        **where: Unpack[Filters],
    ) -> "ArchiveQueryEngine":
        """Return this archive as a LlamaIndex query engine that answers as `ask` does.

        `llm` writes the answer from the quotes, instead of the configured language model; each
        sentence is checked in the same way. With `streaming`, the text comes while a language model
        writes it. You close the LLM yourself. `filters` are those of `as_retriever`.

        Raises:
            QuestionError: a filter makes no sense, or is one that an archive does not have.
            SettingsError: `llm` is no LLM of LlamaIndex.
        """
        from rag.llamaindex import ArchiveQueryEngine, with_metadata_filters

        inside = check_filters(with_metadata_filters(where, filters))
        writing = self._answering
        if llm is not None:
            writer = Writer(use_language_model(llm), limits=writing.limits)
            writing = replace(writing, writer=writer)

        # The quotes come first, so a stream has its sources before a word is written.
        quoting = Archive(replace(self._answering, writer=None), opened=self._opened)
        return ArchiveQueryEngine(
            partial(quoting.ask, **inside), writing.write, streaming=streaming
        )

    def as_embedding(self) -> "ArchiveEmbedding":
        """Return the embedding model of this archive as one of LlamaIndex.

        Its vectors can be compared with those that are stored, with `QdrantVectorStore` for one.
        """
        from rag.llamaindex import ArchiveEmbedding

        return ArchiveEmbedding(self._answering.embedder)

    # -- closing ------------------------------------------------------------------------------

    def close(self) -> None:
        """Release the archive, which cannot be asked afterwards; questions under way still end."""
        self._opened.close()
        if self._answering.writer is not None:
            self._answering.writer.close()


def _place(location: str | Path) -> str:
    """Return where an archive is; the message of what cannot be a place names no password.

    Raises:
        SettingsError: it could be a mistyped address or path.
    """
    if isinstance(location, Path):
        return str(location)
    try:
        return read_location(location)
    except ValueError as error:
        raise SettingsError(
            f"{without_user(location)!r} is no place of an archive: {error}"
        ) from error


def _reopened(settings: Settings, embedder: Embedder) -> Store:
    """Return the newest generation, if it was made with the model that is loaded already."""
    store = open_store(settings)
    try:
        _require_made_with(embedder, store)
    except BaseException:
        store.close()
        raise
    return store


def _require_made_with(embedder: Embedder, store: Store) -> None:
    made = store.manifest.recipe
    wanted = replace(made, model=embedder.name, dimension=embedder.dimension)
    made.require(wanted, store.location)


def _most_first(counts: dict[str, int]) -> dict[str, int]:
    """Return values with their counts, the most frequent first."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
