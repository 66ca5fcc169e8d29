"""Gives an article as it was on a day, or refuses with the reason."""

from datetime import date

from rag.errors import QuestionError
from rag.question.arguments import read_day
from rag.records import Article, version_as_of
from rag.text.calendar import day_in_words


def require_version(article: Article, as_of: str | date) -> Article:
    """Return an article with the text and the facts that it had on a day.

    Raises:
        QuestionError: it is no day, or the archive does not have the text of that day.
    """
    day = read_day(as_of, name="as_of")
    if day is None:
        return article
    found = version_as_of(article, day)
    if isinstance(found, Article):
        return found
    raise QuestionError(
        f"article {article.id!r} cannot be shown as of {day_in_words(day)}: {found}"
    )
