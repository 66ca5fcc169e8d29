"""Finds the text that an article had on a day, among the versions that are stored of it."""

from dataclasses import replace
from datetime import date

from rag.records.articles import Article, Version
from rag.text.calendar import day_in_words


def version_as_of(article: Article, day: date) -> Article | str:
    """Return an article as it was on a day, or in words why the archive does not have it so.

    A version counts from the day of its last change, or else of its publication, until that of the
    next one. What the outlet changed and the archive never got, it cannot know.
    """
    stored: list[Article | Version] = [*article.versions, article]
    known = [(since, one) for one in stored if (since := _since(one))]
    had = [place for place, one in enumerate(stored) if (since := _since(one)) and since <= day]
    if had:
        place = had[-1]
        one = stored[place]
        if place and one.updated is None and _since(one) == _since(stored[place - 1]):
            return "it was changed on a day that is not known, so its text of a day is not either"
        return article_at(article, place)
    if not known:
        return "it has no date, so it is not known what it said on a day"
    first, oldest = known[0]
    if oldest.published is None or oldest.published > day:
        return f"it was not published before {day_in_words(oldest.published or first)}"
    return f"it was changed on {day_in_words(first)}, and what it said before is not in the archive"


def _since(one: Article | Version) -> date | None:
    """Return the day from which a version counts."""
    return max(filter(None, (one.published, one.updated)), default=None)


def article_at(article: Article, place: int) -> Article:
    """Return an article with the text and facts of one place in its history, counted from 0.

    The last place is that of its present text.
    """
    if place == len(article.versions):
        return article
    version = article.versions[place]
    return replace(
        article,
        text=version.text,
        title=version.title,
        version=version.version,
        published=version.published,
        published_at=None,
        updated=version.updated,
        updated_at=version.updated_at,
        note=version.note,
        path=version.path,
        versions=article.versions[:place],
    )
