"""Question -> turn: what was asked, what the archive says, and the sources to read. No Streamlit.

A turn keeps all that is needed to show it again. Its sources are read when it is answered, because
the next generation of the archive may have another text at the same offsets.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from rag.errors import DatelineError, QuoteError
from rag.records import Answer, Article, Citation, Hit
from rag.store.model import Manifest

# Characters of an article shown on either side of a quote; all of it for nearly all news.
CONTEXT = 10_000
_MOST_NEAREST = 3


class Readable(Protocol):
    """What the page needs of an `Archive`."""

    @property
    def location(self) -> str:
        """Where the archive is."""

    @property
    def manifest(self) -> Manifest:
        """What the archive holds."""

    def ask(
        self,
        question: str,
        *,
        since: date | None = None,
        until: date | None = None,
        sources: list[str] | None = None,
    ) -> Answer:
        """Return what the archive says."""

    def sources(self) -> dict[str, int]:
        """Return the outlets with their numbers of articles."""

    def article(self, article_id: str) -> Article:
        """Return a stored article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which part of the archive is asked; None asks all of it."""

    since: date | None = None
    until: date | None = None
    outlets: list[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A citation with the article text on either side of its quote, shortened if it is long."""

    citation: Citation
    authors: tuple[str, ...]
    path: str
    before: str
    after: str
    starts_earlier: bool
    goes_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question and its answer with the sources of it, or the problem that came instead."""

    number: int
    question: str
    answer: Answer | None = None
    sources: tuple[Source, ...] = ()
    problem: str = ""


@dataclass(slots=True)
class Conversation:
    """The turns of one session, and the questions that wait for an answer.

    A question waits until its turn is there: a page that runs again in between, as it does when a
    filter is changed, goes on with it.
    """

    turns: list[Turn] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def put(self, question: str) -> None:
        """Take a question to be answered."""
        self.waiting.append(question)

    def clear(self) -> None:
        """Forget the turns and what waits."""
        self.turns.clear()
        self.waiting.clear()

    def answer_next(self, archive: Readable, filters: Filters) -> Turn:
        """Answer the question that waits longest, and keep the turn."""
        try:
            turn = answer(archive, self.waiting[0], filters=filters, number=len(self.turns) + 1)
        except Exception:
            # What breaks once breaks again: do not ask it on every run of the page.
            self.waiting.pop(0)
            raise
        self.turns.append(turn)
        self.waiting.pop(0)
        return turn


def answer(archive: Readable, question: str, *, filters: Filters, number: int = 1) -> Turn:
    """Return the turn of a question; what the person can act on is a problem, not an error."""
    try:
        found = archive.ask(
            question, since=filters.since, until=filters.until, sources=filters.outlets
        )
        cited = [*found.citations, *found.also_found]
        sources = tuple(read_source(archive, citation) for citation in cited)
    except DatelineError as error:
        return Turn(number=number, question=question, problem=str(error))
    return Turn(number=number, question=question, answer=found, sources=sources)


def read_source(archive: Readable, citation: Citation) -> Source:
    """Return a citation's source.

    Raises:
        QuoteError: the quote is not at its offsets in the article.
    """
    article = archive.article(citation.article_id)
    start, end = citation.start, citation.end
    if article.text[start:end] != citation.quote:
        raise QuoteError(
            f"a quote is not in article {citation.article_id!r} as stored, so it is not shown; "
            "run 'dateline doctor --deep'"
        )
    first, last = max(0, start - CONTEXT), end + CONTEXT
    return Source(
        citation=citation,
        authors=article.authors,
        path=article.path,
        before=article.text[first:start],
        after=article.text[end:last],
        starts_earlier=first > 0,
        goes_on=last < len(article.text),
    )


def nearest_articles(found: Answer) -> list[Hit]:
    """Return the best hit of each of the nearest few articles."""
    best: dict[str, Hit] = {}
    for hit in found.nearest:
        best.setdefault(hit.article_id, hit)
    return list(best.values())[:_MOST_NEAREST]
