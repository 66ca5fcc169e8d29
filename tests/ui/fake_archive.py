"""Defines a fake archive of one article, which gives the answers that a test sets."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from rag.browsing import Coverage, ListedArticle, Listing, MonthOfOutlet
from rag.errors import ArchiveUnavailable, QuestionError
from rag.question.filters import read_filters
from rag.records import Answer, AnswerSentence, Article, Citation, Copy, Hit, QuotedAnswer
from rag.store.model import Hidden, Manifest, Recipe
from rag.timeline.build import TimelineEntry

QUOTE = "The ceasefire took effect at midnight on 10 November 2020."
ARTICLE = Article(
    id="a1",
    title="Guns fall silent",
    source="courier.example",
    url="https://courier.example/1",
    published=date(2020, 11, 10),
    text=f"MOSCOW — The war is over.\n\n{QUOTE}\n\nPeacekeepers are on the way.",
)


def cite(article: Article = ARTICLE, quote: str = QUOTE, *, number: int = 1) -> Citation:
    start = article.text.index(quote)
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        quote=quote,
        start=start,
        end=start + len(quote),
    )


def copy(source: str, day: date | None = None) -> Copy:
    return Copy(article_id=f"copy-{source}", title="", source=source, url="", published=day)


def hit(article_id: str = "a1", *, text: str = QUOTE) -> Hit:
    return Hit(
        article_id=article_id,
        title=ARTICLE.title,
        source=ARTICLE.source,
        url=ARTICLE.url,
        published=ARTICLE.published,
        start=0,
        end=len(text),
        text=text,
        score=1.0,
    )


def answered(question: str) -> Answer:
    return Answer(
        question=question,
        status="answered",
        text=f"“{QUOTE}” [1]",
        citations=(cite(),),
        nearest=(hit(),),
        searched="1 article",
    )


def silent(question: str) -> Answer:
    return Answer(
        question=question,
        status="not_in_archive",
        text="The archive does not say.",
        nearest=(hit(),),
        searched="1 article",
    )


def refused(question: str) -> Answer:
    raise QuestionError("since 2021-01-01 is after until 2020-01-01")


class Asked(NamedTuple):
    question: str
    since: date | None = None
    until: date | None = None
    sources: list[str] | None = None
    as_of: date | None = None
    read_time: bool = True
    read_outlets: bool = True


# What the archives of this process were asked, for those that begin anew with each run of a page.
HEARD: list[str] = []


class FakeArchive:
    location = "/srv/desk/somewhere"
    ingested = datetime(2020, 12, 1, 12, tzinfo=UTC)
    manifest = Manifest(
        recipe=Recipe(model="none", dimension=1, passage_words=150), articles=1, passages=1
    )

    @classmethod
    def of(cls, articles: int) -> Manifest:
        """The manifest of so many articles."""
        return replace(cls.manifest, articles=articles)

    def __init__(
        self, reply: Callable[[str], Answer] = answered, *, article: Article = ARTICLE
    ) -> None:
        self.reply = reply
        self.stored = article
        self.asked: list[Asked] = []
        self.followed: list[list[str]] = []
        self.carried: list[Sequence[str] | None] = []
        self.is_away = False
        self.hides = Hidden()
        self.browsed: list[tuple[str, int, dict[str, Any]]] = []
        self.total = 1
        self.other_copies: list[Copy] = []
        self.timelines: list[tuple[Any, ...]] = []
        self.entries: list[TimelineEntry] = []
        self.notes: list[str] = []
        self.read_time = True
        self.under_filters = 1
        self.counted: list[dict[str, Any]] = []
        self.outlets = {"wire.example": 2, "city.example": 1}
        self.named_sections: dict[str, int] = {}
        self.in_sections: list[list[str] | None] = []

    def opened(self) -> "FakeArchive":
        if self.is_away:
            raise ArchiveUnavailable("it does not answer; start it")
        return self

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Answer] = (),
        carried: Sequence[str] | None = None,
        **filters: Any,
    ) -> Iterator[QuotedAnswer | AnswerSentence | Answer]:
        self.followed.append([answer.question for answer in history])
        self.carried.append(carried)
        self.in_sections.append(filters["sections"])
        self.asked.append(Asked(question, **{name: filters[name] for name in Asked._fields[1:]}))
        answer = self.reply(question)
        if answer.sentences:
            yield QuotedAnswer(answer=replace(answer, sentences=()))
        yield from answer.sentences
        yield answer

    def sources(self) -> dict[str, int]:
        return self.outlets

    def sections(self) -> dict[str, int]:
        return self.named_sections

    def count(self, **filters: Any) -> int:
        read_filters("", filters)  # type: ignore[arg-type]  # it says what makes no sense
        self.counted.append(filters)
        return self.under_filters

    def hidden(self) -> Hidden:
        return self.hides

    def browse(
        self, about: str = "", *, first: int = 0, limit: int = 20, **filters: Any
    ) -> Listing:
        self.browsed.append((about, first, filters))
        listed = [self.listed] if first < self.total else []
        notes = tuple(self.notes)
        return Listing(total=self.total, first=first, articles=tuple(listed), notes=notes)

    @property
    def listed(self) -> ListedArticle:
        """The stored article as it is listed."""
        article = self.stored
        return ListedArticle(
            article_id=article.id,
            title=article.title,
            source=article.source,
            url=article.url,
            section=article.section,
            language=article.language,
            published=article.published,
            note=article.note,
        )

    def coverage(self, **filters: Any) -> Coverage:
        article = self.stored
        assert article.published is not None
        month = article.published.replace(day=1)
        return Coverage(
            articles=1,
            first=article.published,
            last=article.published,
            undated=0,
            outlets={article.source: 1},
            sections={article.section: 1},
            languages={article.language: 1},
            months=(MonthOfOutlet(month=month, source=article.source, articles=1),),
        )

    def copies(self, article_id: str) -> list[Copy]:
        return [] if self.article(article_id) is None else self.other_copies

    def timeline_with_notes(
        self, topic: str, since: Any = None, until: Any = None, *, limit: int = 30, **filters: Any
    ) -> tuple[list[TimelineEntry], list[str]]:
        self.timelines.append((topic, since, until, filters.get("sources"), filters.get("as_of")))
        self.read_time = filters.get("read_time", True)
        return self.entries[:limit], self.notes

    def article(self, article_id: str) -> Article:
        return {self.stored.id: self.stored}[article_id]
