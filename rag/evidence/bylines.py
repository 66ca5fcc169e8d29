"""Reads the byline of an opinion piece with its headline, where the question names its author.

A column names its author nowhere else: "What does Ann Orr think of the mill?". The byline of a news
report does not count, because whoever reports is not whom the report is about.
"""

from rag.evidence.retrieval import FoundPassage
from rag.question.asked import AskedPart
from rag.text.words import plain, words_of


def author_asked(found: FoundPassage, asked: AskedPart) -> str:
    """Return the author of an opinion piece whom a question names; empty if it names none."""
    if found.hit.genre != "opinion":
        return ""
    for author in found.article.authors:
        words = {plain(word.text.lower()) for word in words_of(author)}
        if any(set(name.words) <= words for name in asked.premises.names):
            return author
    return ""


def with_byline(found: FoundPassage, asked: AskedPart) -> str:
    """Return the headline of an article, after its author if the question names that one."""
    author, title = author_asked(found, asked), found.article.title
    return f"{author}: {title}" if author else title
