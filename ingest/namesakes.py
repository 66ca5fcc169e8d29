"""Keep apart the articles that have one id by chance, such as the row numbers of two exports.

An id that two files use is that of one article as a rule, of which they hold versions or copies.
Where the texts have nothing in common it is not: then the second of them gets an id of its own.
That is made of its id and its file, so the next reading finds it again. If both are in one file, as
where all have the id of their author, it is made of the id and the title or text.

If a file gives an unlike article under an id that it gave before, that may stand in the place of
the one before, as where row numbers move on, or beside it. Which of them is known when all is read,
so the record waits.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.articles import Made
from ingest.catalog import Catalog
from ingest.copies import agreement, sign
from ingest.found import Note
from ingest.places import APART
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
        given = made.article
        for kept_apart in (apart_id(given), own_id(given.id, given.path)):
            if self.catalog.knows(kept_apart):
                read, made = _renamed(read, made, kept_apart)
                break
        again = self.catalog.gives(made.article.id, given.path)
        other = self._unlike(made.article, in_one_file=again is not None)
        if other is None:
            return read
        if again is not None:
            return self._beside(read, made, given, other, given_again=again)
        return self._elsewhere(read, made, other) if made.article.id == given.id else read

    def _unlike(self, article: Article, *, in_one_file: bool) -> Article | None:
        """Return what has the id of an article and nothing in common with it, if something has."""
        if not self.catalog.is_contested(article.id, article.content_hash):
            return None
        other = self.current(article.id)
        if other is None or not have_nothing_in_common(article, other, in_one_file=in_one_file):
            return None
        return other

    def _elsewhere(self, read: Read, made: Made, other: Article) -> Read:
        """Return a record of whose id another file has an unlike article."""
        article = made.article
        if self.catalog.is_movable(article.id, article.path):
            self.rename(other, own_id(other.id, other.path))
            return _noted(read, made, _NOTE, other.path)
        wanted = self._like(article) or own_id(article.id, article.path)
        return _renamed(read, made, wanted)[0]

    def _beside(
        self, read: Read, made: Made, given: Article, other: Article, *, given_again: bool
    ) -> Read:
        """Return a record whose file gives an unlike article of its id too, or gave it before."""
        article = made.article
        if not given_again:
            if not self.catalog.all_read:
                return replace(_noted(read, made, _REUSED, article.path), unlike=True)
            if self.catalog.replaces(article.id, article.content_hash):
                return read
        elif self.catalog.is_movable_in(article.id, article.path, read.number):
            self.rename(other, apart_id(replace(other, id=given.id)))
            return _noted(read, made, _BESIDE, other.path)
        self.catalog.release(article.id, article.content_hash)
        wanted = self._like(given, stored=True) or apart_id(given)
        return _renamed(read, made, wanted, _BESIDE)[0]

    def _like(self, article: Article, *, stored: bool = False) -> str | None:
        """Return the id of what was kept apart before and is like an article: its file moved.

        With `stored`, only of what this run did not write, and only if they are clearly alike.
        """
        start = f"{article.id}{APART}"
        for article_id in self.catalog.beginning_with(start, stored=stored, limit=_OTHERS):
            other = self.current(article_id)
            if other is None or have_nothing_in_common(article, other):
                continue
            if not stored or _share_text(article, other):
                return article_id
        return None


def own_id(article_id: str, path: str) -> str:
    """Return the id that an article of an input gets if another article has its id."""
    return f"{article_id}{APART}{derive_id('namesake', path)[:8]}"


def apart_id(article: Article) -> str:
    """Return the id that an article gets if another article in its input has its id."""
    told = derive_id("namesake", "", article.title or article.text)
    return f"{article.id}{APART}{told[:8]}"


def have_nothing_in_common(one: Article, other: Article, *, in_one_file: bool = False) -> bool:
    """Say whether two articles cannot be versions or copies of each other.

    One address is not enough where the titles are others too: it may be that of a section. Of texts
    that are short, those in one file are edits of one article, unless their titles are others too.
    """
    if one.title and one.title == other.title:
        return False
    if one.url and one.url == other.url and not (one.title and other.title):
        return False
    if one.version and other.version and one.version != other.version:
        return False
    signatures = sign(one.text), sign(other.text)
    if all(signatures):
        return agreement(*signatures) < _NOTHING
    if not (one.title and other.title if in_one_file else one.id.isdecimal()):
        # Texts so short say little, and an id that is no bare number says something.
        return False
    texts = [f"{one.title} {one.text}", f"{other.title} {other.text}"]
    words = [set(_WORD.findall(text.casefold())) for text in texts]
    fewer = min(map(len, words))
    return fewer > 0 and len(words[0] & words[1]) <= _SHARED_WORDS * fewer


def _share_text(one: Article, other: Article) -> bool:
    signatures = sign(one.text), sign(other.text)
    return all(signatures) and agreement(*signatures) >= _NOTHING


def _noted(read: Read, made: Made, detail: str, path: str) -> Read:
    line = made.line if path == made.article.path else None
    note = Note(detail=detail, path=path, line=line)
    return replace(read, result=replace(made, notes=(*made.notes, note)))


def _renamed(read: Read, made: Made, article_id: str, detail: str = "") -> tuple[Read, Made]:
    is_beside = article_id == apart_id(made.article)
    read = _noted(read, made, detail or (_BESIDE if is_beside else _NOTE), made.article.path)
    article = replace(made.article, id=article_id)
    notes = read.result.notes if isinstance(read.result, Made) else ()
    made = replace(made, article=article, notes=notes)
    return replace(
        read, result=made, indexed=read.indexed and with_article(read.indexed, article)
    ), made


_BESIDE = (
    "its id is that of another article in this file, with which it has nothing in common; so it "
    "got an id of its own"
)
_REUSED = (
    "this file gave another article under its id before, with which it has nothing in common, so "
    "that is no version of it; ids seem to be row numbers, or those of authors or sections"
)
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
