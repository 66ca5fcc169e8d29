"""Prepare an article for the archive: its passages, their search terms, and its signature.

Copies are found by the signature (`copies`).
"""

from ingest.copies import sign
from ingest.passages import split_article
from rag.dates.event_times import with_times
from rag.records import Article
from rag.store.model import IndexedArticle, IndexedPassage
from rag.text.terms import passage_terms


def index_article(article: Article, *, words: int) -> IndexedArticle:
    """Return an article as it is written to an archive, in passages of about `words` words."""
    passages = tuple(
        IndexedPassage(
            passage=passage,
            terms=passage_terms(f"{article.title}\n{article.text[passage.start : passage.end]}"),
        )
        for passage in with_times(article, split_article(article, words=words))
    )
    return IndexedArticle(
        article=article,
        passages=passages,
        paths=(article.path,),
        signature=sign(article.text),
    )
