"""Defines the records of the check: a sentence in its article, and what does not fit in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.evidence.retrieval import FoundPassage
from rag.question.asked import AskedPart
from rag.question.premises import Premises
from rag.records import Article, EventTime
from rag.text.figures import Figure, find_figures
from rag.text.known_names import has_name_word
from rag.text.sentences import Span
from rag.text.terms import counted_terms

MisfitKind = Literal[
    "question",
    "credit",
    "kill",
    "opposite",
    "denial",
    "roles",
    "time",
    "long ago",
    "ahead",
    "undated",
    "name",
    "description",
    "kin",
    "holder",
    "former",
    "stage",
    "speaker",
    "unit",
    "bearer",
    "other bearer",
    "topic",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may answer: what is asked, the passage, and where the sentence is.

    `span` is in characters of the article, and so is `answer`, the words that the reader marked, if
    it marked some. `articles` are all that were found for the question.
    """

    asked: AskedPart
    found: FoundPassage
    span: Span
    answer: Span | None = None
    articles: Sequence[Article] = ()

    @property
    def marked(self) -> Span | None:
        """The words that the reader marked, in characters of the sentence."""
        if self.answer is None:
            return None
        return Span(self.answer.start - self.span.start, self.answer.end - self.span.start)

    @property
    def marked_figures(self) -> list[Figure]:
        """The numbers of the sentence that the reader marked, by their places in it."""
        marked = self.marked
        if marked is None:
            return []
        figures = find_figures(self.text)
        return [f for f in figures if marked.start < f.end and f.start < marked.end]

    @property
    def premises(self) -> Premises:
        """What the question takes for granted."""
        return self.asked.premises

    @property
    def article(self) -> Article:
        """The article of the sentence."""
        return self.found.article

    @property
    def text(self) -> str:
        """The sentence, byte for byte."""
        return self.article.text[self.span.start : self.span.end]

    @property
    def likeness(self) -> float:
        """The share of the question's terms that the sentence has, 0 to 1."""
        asked = self.asked.terms
        return len(asked & counted_terms(self.text)) / len(asked) if asked else 0.0

    @property
    def told(self) -> str:
        """All that the article says: its title, its authors and its text."""
        return told_by(self.article)

    @property
    def later(self) -> list[Article]:
        """The articles that were found and are of a later day."""
        day = self.article.published
        return [a for a in self.articles if day and a.published and a.published > day]

    @property
    def times(self) -> list[EventTime]:
        """The times in the sentence."""
        inside = self.span
        return [t for t in self.found.hit.times if inside.start <= t.start and t.end <= inside.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """Why a sentence does not answer the question: the kind, and the words that show it."""

    kind: MisfitKind
    value: str


def naming(articles: Iterable[Article], words: Sequence[str]) -> Iterator[Article]:
    """Yield the articles that have all of some words of names."""
    for article in articles:
        told = told_by(article)
        if all(has_name_word(told, word) for word in words):
            yield article


def told_by(article: Article) -> str:
    """Return all that an article says: its title, its authors and its text."""
    return "\n".join([article.title, *article.authors, article.text])
