"""Read what an answer's citations and nearest hits are shown with. No Streamlit here.

A source travels with its answer, so that it opens at once. The articles that an answer only names,
such as copies, are read when a person opens them (see `opened`).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from rag.errors import QuoteError
from rag.records import Answer, Article, Citation, Hit

# Characters of an article shown on either side of a quote; all of it for nearly all news.
CONTEXT = 10_000
_MOST_NEAREST = 3


class Articles(Protocol):
    """What reading a source needs of an `Archive`."""

    def article(self, article_id: str) -> Article:
        """Return a stored article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCard:
    """A citation with the article text on either side of its quote, shortened if it is long.

    `updated` is the day of the article's last change. `versions` are the days of its earlier texts,
    oldest first, None for a day that is not known. No search finds the article before `embargoed`
    and from `expires` on.
    """

    citation: Citation
    authors: tuple[str, ...]
    before: str
    after: str
    starts_earlier: bool
    goes_on: bool
    updated: date | None = None
    versions: tuple[date | None, ...] = ()
    embargoed: datetime | None = None
    expires: datetime | None = None


def read_source(archive: Articles, citation: Citation) -> SourceCard:
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
    return SourceCard(
        citation=citation,
        authors=article.authors,
        before=article.text[first:start],
        after=article.text[end:last],
        starts_earlier=first > 0,
        goes_on=last < len(article.text),
        updated=article.updated,
        versions=version_days(article),
        embargoed=article.embargoed,
        expires=article.expires,
    )


def version_days(article: Article) -> tuple[date | None, ...]:
    """Return the days of an article's earlier texts, oldest first."""
    return tuple(version.updated or version.published for version in article.versions)


def nearest_articles(found: Answer) -> list[Hit]:
    """Return the best hit of each of the nearest few articles."""
    best: dict[str, Hit] = {}
    for hit in found.nearest:
        best.setdefault(hit.article_id, hit)
    return list(best.values())[:_MOST_NEAREST]
