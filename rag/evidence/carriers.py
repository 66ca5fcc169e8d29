"""Says which articles of one story carry a passage, and which carry what was corrected in it."""

from collections.abc import Mapping

from rag.records import Article, Copy
from rag.text.calendar import day_in_words
from rag.text.old_wordings import repeats_old_wording
from rag.text.outlets import is_one_outlet
from rag.text.particulars import tells_otherwise


def is_corrected(article: Article, by: Article) -> bool:
    """Say whether one article of a story announces that it corrects another, earlier one."""
    is_one_story = article.cluster != "" and article.cluster == by.cluster
    is_later = not (article.published and by.published) or article.published <= by.published
    return is_one_story and by.corrects and not article.corrects and is_later


def carries(copy: Copy, article: Article, passage: str, articles: Mapping[str, Article]) -> bool:
    """Say whether another article carries a passage, perhaps in other words.

    The same outlet's version of it, such as one before a correction, does not. Neither does one
    with another number, date or name, nor one that repeats what the article said before it was
    changed or corrected.
    """
    is_of_outlet = copy.source != "" and is_one_outlet(copy.source, article.source)
    if copy.article_id == article.id or is_of_outlet:
        return False
    other = articles.get(copy.article_id)
    if other is None:
        return True
    if tells_otherwise(passage, other.text):
        return False
    earlier = _earlier_texts(article)
    earlier += [known.text for known in articles.values() if is_corrected(known, article)]
    return not earlier or not repeats_old_wording(
        passage, present=article.text, earlier=earlier, other=other.text
    )


def is_outdated(passage: str, by: Article) -> bool:
    """Say whether a passage of a copy has a sentence that another article has replaced since."""
    earlier = _earlier_texts(by)
    return bool(earlier) and repeats_old_wording(
        by.text, present=by.text, earlier=earlier, other=passage
    )


def say_outdated(article: Article, passage: str, articles: Mapping[str, Article]) -> str:
    """Return a note on a passage whose wording another article of the story has replaced since.

    It is empty if none has.
    """
    for other in articles.values():
        is_copy = other.id != article.id and other.cluster == article.cluster != ""
        if is_copy and is_outdated(passage, other):
            day = other.updated or other.published
            on = f" on {day_in_words(day)}" if day else ""
            return (
                f"Corrected or updated since: {other.source or other.id} has replaced this "
                f"wording{on}"
            )
    return ""


def _earlier_texts(article: Article) -> list[str]:
    return [version.text for version in article.versions]
