"""Keep the conversation of the chat page: questions, answers and their sources. No Streamlit here.

A turn keeps all that is needed to show it again. Its sources are read when it is answered, because
the next generation of the archive may have another text at the same offsets.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock
from typing import Protocol, Unpack

from rag.errors import DatelineError
from rag.question.filters import Filters
from rag.records import Answer, AnswerSentence, Article
from rag.store.model import Hidden, Manifest
from ui.page.sources import SourceCard, read_source


class Readable(Protocol):
    """What the page needs of an `Archive`."""

    @property
    def location(self) -> str:
        """Where the archive is."""

    @property
    def manifest(self) -> Manifest:
        """What the archive holds."""

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Answer] = (),
        carried: Sequence[str] | None = None,
        **filters: Unpack[Filters],
    ) -> Iterator[AnswerSentence | Answer]:
        """Yield the sentences written to a question that follows these answers, then the answer.

        The filters are those of `Archive.stream`.
        """

    def sources(self) -> dict[str, int]:
        """Return the outlets with their numbers of articles."""

    def sections(self) -> dict[str, int]:
        """Return the sections with their numbers of articles."""

    def hidden(self) -> Hidden:
        """Return how many articles no search finds now."""

    def article(self, article_id: str) -> Article:
        """Return a stored article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFilters:
    """Which part of the archive is asked; None asks all of it.

    `as_of` is the day whose archive is asked: what was published by then, and not changed since.
    """

    since: date | None = None
    until: date | None = None
    outlets: list[str] | None = None
    sections: list[str] | None = None
    as_of: date | None = None


# Compared by identity: the same question may be put twice.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Waiting:
    """A question that waits; without `read_time` the dates it names do not restrict the search.

    Without `read_outlets` the outlets that it names do not either. `carried` are the words that are
    added to it, None if Dateline chooses them.
    """

    question: str
    read_time: bool = True
    read_outlets: bool = True
    carried: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question and its answer with the sources of it, or the problem that came instead.

    `read_time` says that the dates it names could restrict the search, `time_was_read` that they
    did, and no filter of the page's own. `read_outlets` says that the outlets it names could.
    `carried` are the words that the person left in it, None if Dateline chose them.
    """

    number: int
    question: str
    read_time: bool = True
    read_outlets: bool = True
    carried: tuple[str, ...] | None = None
    time_was_read: bool = False
    answer: Answer | None = None
    sources: tuple[SourceCard, ...] = ()
    problem: str = ""


@dataclass(slots=True)
class Conversation:
    """The turns of one session, and the questions that wait for an answer.

    A question waits until its turn is there: a page that runs again in between, as it does when a
    filter is changed, goes on with it. Streamlit begins that run, in another thread, while the one
    before still reads the archive: one of them answers, and the other waits for that.
    """

    turns: list[Turn] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    _answering: Lock = field(default_factory=Lock, repr=False, compare=False)

    def put(
        self,
        question: str,
        *,
        read_time: bool = True,
        read_outlets: bool = True,
        carried: tuple[str, ...] | None = None,
    ) -> None:
        """Take a question to be answered, with or without the dates and outlets that it names.

        `carried` are the words to be added to it, None if Dateline chooses them.
        """
        self.waiting.append(
            Waiting(
                question=question, read_time=read_time, read_outlets=read_outlets, carried=carried
            )
        )

    def put_for_all_dates(self, turn: Turn) -> None:
        """Take the question of a turn again, so that the dates it names do not restrict it."""
        carried = turn.answer.carried if turn.answer else None
        self.put(turn.question, read_time=False, read_outlets=turn.read_outlets, carried=carried)

    def put_without(self, turn: Turn, words: str) -> None:
        """Take the question of a turn again, without some of the words that were added to it."""
        kept = tuple(w for w in turn.answer.carried if w != words) if turn.answer else ()
        self.put(
            turn.question, read_time=turn.read_time, read_outlets=turn.read_outlets, carried=kept
        )

    def put_as_written(self, turn: Turn) -> None:
        """Take the question of a turn again, without words of earlier turns, for all outlets."""
        self.put(turn.question, read_time=turn.read_time, read_outlets=False, carried=())

    def clear(self) -> None:
        """Forget the turns and what waits."""
        self.turns.clear()
        self.waiting.clear()

    def next_waiting(self) -> Waiting | None:
        """Return the question that waits longest."""
        return next(iter(self.waiting), None)

    def answer_of(self, number: int) -> Answer | None:
        """Return the answer of a turn by its number; None if there is none."""
        return next((turn.answer for turn in self.turns if turn.number == number), None)

    def answer_next(
        self,
        waiting: Waiting,
        archive: Readable,
        *,
        filters: PageFilters,
        on_sentence: Callable[[AnswerSentence], object] = lambda _: None,
    ) -> Turn | None:
        """Answer a question and keep the turn; return None if it does not wait any more.

        Each sentence that a language model writes goes to `on_sentence` as soon as it is checked.
        """
        with self._answering:
            if waiting not in self.waiting:
                return None
            number = len(self.turns) + 1
            try:
                turn = answer(
                    archive,
                    waiting,
                    filters=filters,
                    number=number,
                    history=[turn.answer for turn in self.turns if turn.answer],
                    on_sentence=on_sentence,
                )
            except Exception:
                # What breaks once breaks again: do not ask it on every run of the page.
                self.waiting.remove(waiting)
                raise
            if waiting not in self.waiting:
                return None  # a new conversation was begun
            self.turns.append(turn)
            self.waiting.remove(waiting)
            return turn


def answer(
    archive: Readable,
    waiting: Waiting,
    *,
    filters: PageFilters,
    number: int = 1,
    history: Sequence[Answer] = (),
    on_sentence: Callable[[AnswerSentence], object] = lambda _: None,
) -> Turn:
    """Return the turn of a question; what the person can act on is a problem, not an error."""
    asked = Turn(
        number=number,
        question=waiting.question,
        read_time=waiting.read_time,
        read_outlets=waiting.read_outlets,
        carried=waiting.carried,
    )
    try:
        for item in archive.stream(
            waiting.question,
            since=filters.since,
            until=filters.until,
            sources=filters.outlets,
            sections=filters.sections,
            as_of=filters.as_of,
            read_time=waiting.read_time,
            read_outlets=waiting.read_outlets,
            history=history,
            carried=waiting.carried,
        ):
            if isinstance(item, Answer):
                found = item
            else:
                on_sentence(item)
        cited = [*found.citations, *found.also_found]
        sources = tuple(read_source(archive, citation) for citation in cited)
    except DatelineError as error:
        return replace(asked, problem=str(error))
    has_own_window = filters.since is not None or filters.until is not None
    return replace(
        asked,
        answer=found,
        sources=sources,
        time_was_read=waiting.read_time and found.time_window is not None and not has_own_window,
    )
