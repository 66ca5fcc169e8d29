"""Keep apart the articles that have one id by chance, such as the row numbers of two exports.

An id that two files use is that of one article as a rule, of which they hold versions or copies.
Where the texts have nothing in common it is not: then the second of them gets an id of its own.
That is made of its id and its file, so the next reading finds it again.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.articles import Made
from ingest.catalog import Catalog
from ingest.copies import agreement, sign
from ingest.found import Note
from ingest.reading import Read
from rag.records import Article, derive_id
from rag.store.model import IndexedArticle

# Of 256 values, .02: versions of a story share a paragraph at least, which is .05 of a long one. In
# the sample archive, whose articles are all of one war, 4,535 of 4,540 pairs that are no copies
# agree in fewer.
_NOTHING = 5
# Texts of less than twenty words have no signature. Of these, one word in ten may be shared.
_SHARED_WORDS = 0.1
_WORD = re.compile(r"[^\W_]{4,}")
_OTHERS = 20


@dataclass(slots=True, kw_only=True)
class Namesakes:
    """Gives records their ids.

    `current` returns an article as it is stored or waits, `rename` gives another id to one that
    this run wrote. Files are read side by side; so that it does not matter which of them comes
    first, of two that this run reads the first by its name keeps the id.
    """

    catalog: Catalog
    current: Callable[[str], Article | None]
    rename: Callable[[Article, str], None]

    def settle(self, read: Read) -> Read:
        """Return a record with the id under which it is kept."""
        made = read.result
        if not isinstance(made, Made):
            return read
        article = made.article
        if self.catalog.knows(own := own_id(article.id, article.path)):
            return _renamed(read, made, own)
        if not self.catalog.is_contested(article.id, article.path, article.content_hash):
            return read
        other = self.current(article.id)
        if other is None or not have_nothing_in_common(article, other):
            return read
        if self.catalog.is_movable(article.id, article.path):
            self.rename(other, own_id(other.id, other.path))
            note = Note(detail=_NOTE, path=other.path)
            return replace(read, result=replace(made, notes=(*made.notes, note)))
        return _renamed(read, made, self._like(article) or own)

    def _like(self, article: Article) -> str | None:
        """Return the id of what was kept apart before and is like an article: its file moved."""
        for article_id in self.catalog.beginning_with(f"{article.id}{_MARK}", limit=_OTHERS):
            other = self.current(article_id)
            if other is not None and not have_nothing_in_common(article, other):
                return article_id
        return None


_MARK = "~"


def own_id(article_id: str, path: str) -> str:
    """Return the id that an article of an input gets if another article has its id."""
    return f"{article_id}{_MARK}{derive_id('namesake', path)[:8]}"


def have_nothing_in_common(one: Article, other: Article) -> bool:
    """Say whether two articles cannot be versions or copies of each other."""
    if (one.url and one.url == other.url) or (one.title and one.title == other.title):
        return False
    signatures = sign(one.text), sign(other.text)
    if all(signatures):
        return agreement(*signatures) < _NOTHING
    if not one.id.isdecimal():
        # Texts so short say little, and an id that is no bare number says something.
        return False
    words = [set(_WORD.findall(article.text.casefold())) for article in (one, other)]
    fewer = min(map(len, words))
    return fewer > 0 and len(words[0] & words[1]) <= _SHARED_WORDS * fewer


def _renamed(read: Read, made: Made, article_id: str) -> Read:
    article = replace(made.article, id=article_id)
    note = Note(detail=_NOTE, path=article.path, line=made.line)
    result = replace(made, article=article, notes=(*made.notes, note))
    indexed = read.indexed and with_article(read.indexed, article)
    return replace(read, result=result, indexed=indexed)


_NOTE = (
    "its id is that of another article, in another file, with which it has nothing in common; so "
    "it got an id of its own"
)


def with_article(indexed: IndexedArticle, article: Article) -> IndexedArticle:
    """Return what was indexed as that of an article which has the same text and another id."""
    passages = tuple(
        replace(one, passage=replace(one.passage, article_id=article.id))
        for one in indexed.passages
    )
    return replace(indexed, article=article, passages=passages)
