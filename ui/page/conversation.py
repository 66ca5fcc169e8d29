"""Defines what a conversation is made of: questions, answers, their sources. No Streamlit here.

A turn keeps all that is needed to show it again. Its sources are read when it is answered, because
the next generation of the archive may have another text at the same offsets.
"""

import os
import secrets
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import Semaphore
from typing import Protocol, Unpack

from rag.browsing import Coverage
from rag.errors import DatelineError
from rag.question.filters import Filters, read_time_of
from rag.records import Answer, AnswerSentence, Article, QuotedAnswer, TimeWindow
from rag.steps import Step, listening
from rag.store.model import Hidden, Manifest
from ui.page.sources import SourceCard, read_source

# A question keeps one processor busy, so more at once would make all of them slow: eight together
# on two processors took longer than eight in turn.
_PLACES = Semaphore(os.cpu_count() or 1)


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
    ) -> Iterator[QuotedAnswer | AnswerSentence | Answer]:
        """Yield the quotes, the sentences written about them, and the answer to a question.

        It follows the answers of `history`. The filters are those of `Archive.stream`.
        """

    def sources(self) -> dict[str, int]:
        """Return the outlets with their numbers of articles."""

    def sections(self) -> dict[str, int]:
        """Return the sections with their numbers of articles."""

    def count(self, **filters: Unpack[Filters]) -> int:
        """Return how many articles a question under these filters is asked of."""

    def coverage(self) -> Coverage:
        """Return the days, outlets and sections of the articles."""

    @property
    def ingested(self) -> datetime | None:
        """When the last ingest changed the archive, if that is known."""

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


def new_id() -> str:
    """Return an id that nobody guesses, short enough for an address.

    Streamlit keeps two underscores in a row for itself, so there is none.
    """
    return secrets.token_urlsafe(9).replace("_", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A question that waits; without `read_time` the dates it names do not restrict the search.

    Without `read_outlets` the outlets that it names do not either. `carried` are the words that are
    added to it, None if Dateline chooses them. `filters` are those that were set when it was asked.
    If it was asked before, `repeats` is the number of the turn in which it was first asked.
    """

    question: str
    read_time: bool = True
    read_outlets: bool = True
    carried: tuple[str, ...] | None = None
    repeats: int | None = None
    filters: PageFilters = field(default_factory=PageFilters)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question and its answer with the sources of it, or the problem that came instead.

    `read_time` says that the dates it names could restrict the search, `time_was_read` that they
    did, and no filter of the page's own. `read_outlets` says that the outlets it names could.
    `carried` are the words that the person left in it, None if Dateline chose them. `filters` are
    those of the page that it was asked with, and `named_days` are days that the question names
    where days of the filters were asked instead. `seconds` is how long the answer took. If it was
    asked again, `repeats` is the number of the turn in which it was first asked. `id` is that of
    the question while it waited.
    """

    number: int
    question: str
    read_time: bool = True
    read_outlets: bool = True
    carried: tuple[str, ...] | None = None
    repeats: int | None = None
    time_was_read: bool = False
    answer: Answer | None = None
    sources: tuple[SourceCard, ...] = ()
    problem: str = ""
    filters: PageFilters = field(default_factory=PageFilters)
    named_days: TimeWindow | None = None
    seconds: float = 0.0
    id: str = field(default_factory=new_id)

    @property
    def first_asked(self) -> int:
        """The number of the turn in which the question was first asked."""
        return self.number if self.repeats is None else self.repeats


def answer(
    archive: Readable,
    waiting: Waiting,
    *,
    filters: PageFilters,
    number: int = 1,
    history: Sequence[Answer] = (),
    on_quotes: Callable[[Turn], object] = lambda _: None,
    on_sentence: Callable[[AnswerSentence], object] = lambda _: None,
    on_step: Callable[[Step], object] = lambda _: None,
) -> Turn:
    """Return the turn of a question; what the person can act on is a problem, not an error.

    If a language model writes, the turn with the quotes goes to `on_quotes`, and then each of its
    sentences to `on_sentence` as soon as it is checked. As many questions are read at once as there
    are processors; one that a language model writes to needs none here.
    """
    asked = Turn(
        number=number,
        question=waiting.question,
        read_time=waiting.read_time,
        read_outlets=waiting.read_outlets,
        carried=waiting.carried,
        repeats=waiting.repeats,
        filters=filters,
        id=waiting.id,
    )
    began = time.monotonic()
    try:
        with (
            ExitStack() as place,
            listening(on_step),
            closing(_ask(archive, waiting, filters, history)) as items,
        ):
            place.enter_context(_PLACES)
            for item in items:
                place.close()
                if isinstance(item, QuotedAnswer):
                    on_quotes(_answered(asked, item.answer, archive, began=began))
                elif isinstance(item, AnswerSentence):
                    on_sentence(item)
                else:
                    return _answered(asked, item, archive, began=began)
    except DatelineError as error:
        return replace(asked, problem=str(error))
    raise AssertionError("a stream ends with its answer")


def _answered(asked: Turn, found: Answer, archive: Readable, *, began: float) -> Turn:
    """Return a turn with an answer and the sources of it, which are read now."""
    filters = asked.filters
    has_own_days = filters.since is not None or filters.until is not None
    cited = [*found.citations, *found.also_found]
    return replace(
        asked,
        answer=found,
        sources=tuple(read_source(archive, citation) for citation in cited),
        time_was_read=asked.read_time and found.time_window is not None and not has_own_days,
        named_days=_overridden(asked) if has_own_days and asked.read_time else None,
        seconds=time.monotonic() - began,
    )


def _ask(
    archive: Readable,
    waiting: Waiting,
    filters: PageFilters,
    history: Sequence[Answer],
) -> Generator[QuotedAnswer | AnswerSentence | Answer, None, None]:
    """Yield what the archive says; close it to stop the writing."""
    yield from archive.stream(
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
    )


def _overridden(asked: Turn) -> TimeWindow | None:
    """Return the days that a question names if the filters ask others."""
    filters = asked.filters
    read = read_time_of(asked.question, now=None, as_of=filters.as_of, read_time=True)
    own = TimeWindow(since=filters.since, until=filters.until)
    return None if read.window == own else read.window
