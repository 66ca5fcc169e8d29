"""Cut stored articles into sentences again if the rules for sentences have changed.

Only articles whose sentences are others now are written again, and only these lose their vectors,
which the second pass of the run computes. Everything else in the archive stays as it is.
"""

from dataclasses import replace

from ingest.index import index_article
from ingest.interrupts import may_be_killed
from ingest.passages import split_article
from rag.groups import grouped
from rag.store.interface import Builder
from rag.store.model import FileMark, StoredArticle
from rag.text.sentences import SPLITTER

# The mark that says by which rules the stored articles were cut; no file's name.
SENTENCES_MARK = "\0sentences"
_BATCH_ARTICLES = 64


def split_again(builder: Builder, mark: FileMark | None, *, passage_words: int) -> int:
    """Bring the sentences of stored articles up to date; return how many articles have others now.

    A kill in between loses nothing: without the mark, the next run compares all articles again.
    """
    if mark is not None and mark.state == str(SPLITTER):
        return 0
    changed: list[str] = []
    if builder.has_served or builder.resumed:
        changed = [
            stored.article.id
            for stored in builder.everything()
            if _has_others(stored, passage_words=passage_words)
        ]
        _put_again(builder, changed, passage_words=passage_words)
    builder.mark([FileMark(path=SENTENCES_MARK, state=str(SPLITTER), gave={})])
    return len(changed)


def _has_others(stored: StoredArticle, *, passage_words: int) -> bool:
    """Say whether an article has other sentences or passages now than in the archive."""
    now = split_article(stored.article, words=passage_words)
    return [p.sentences for p in now] != [p.sentences for p in stored.passages]


def _put_again(builder: Builder, article_ids: list[str], *, passage_words: int) -> None:
    """Write articles without vectors, with what the archive knows about them."""
    wanted = set(article_ids)
    heads = {head.id: head for head in builder.heads() if head.id in wanted}
    for ids in grouped(article_ids, _BATCH_ARTICLES):
        builder.put(
            [
                replace(
                    index_article(article, words=passage_words),
                    paths=heads[article.id].paths,
                    gone=heads[article.id].gone,
                )
                for article in builder.articles(ids).values()
            ]
        )
        with may_be_killed():
            builder.compact()
