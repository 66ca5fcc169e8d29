"""Defines a fake archive of one article, which gives the answers that a test sets."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from rag.errors import ArchiveUnavailable, QuestionError
from rag.question.filters import read_filters
from rag.records import Answer, AnswerSentence, Article, Citation, Copy, Hit
from rag.store.model import Hidden, Manifest, Recipe

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


class FakeArchive:
    location = "somewhere"
    manifest = Manifest(
        recipe=Recipe(model="none", dimension=1, passage_words=150), articles=1, passages=1
    )

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
    ) -> Iterator[AnswerSentence | Answer]:
        self.followed.append([answer.question for answer in history])
        self.carried.append(carried)
        self.in_sections.append(filters["sections"])
        self.asked.append(Asked(question, **{name: filters[name] for name in Asked._fields[1:]}))
        answer = self.reply(question)
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

    def article(self, article_id: str) -> Article:
        return {self.stored.id: self.stored}[article_id]
