"""Defines what is told of the article that words come from: `Source`, and `Copy` for a reprint."""

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from rag.interchange import Record
from rag.text.calendar import day_in_words


class SourceFields(TypedDict):
    """The fields of a `Source`, from which one can be made."""

    article_id: str
    title: str
    source: str
    url: str
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Source(Record):
    """The article that words come from: its id, headline, outlet, address and day."""

    article_id: str
    title: str
    source: str
    url: str
    published: date | None

    @property
    def byline(self) -> str:
        """Its headline, outlet and day in one line; without a headline, the id of the article."""
        day = day_in_words(self.published) if self.published else "no date"
        known = [self.title or self.article_id, self.source, day]
        return " — ".join(part for part in known if part)

    @property
    def fields(self) -> SourceFields:
        """Its fields, from which another record about the same article can be made."""
        return SourceFields(
            article_id=self.article_id,
            title=self.title,
            source=self.source,
            url=self.url,
            published=self.published,
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Copy(Source):
    """Another article with nearly the same text, such as a reprint of the same agency story."""
