"""Makes the processes that read stop at records with certain words, as a bad library would."""

import os
from typing import Any

from rag.records import Article
from rag.store.model import IndexedArticle


class PoisonousColumns(dict[str, str]):
    """No columns; a process that is sent them stops at certain words from then on."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (_arm, ())


def _arm() -> dict[str, str]:
    from ingest import reading

    index = reading.index_article

    def poisoned(article: Article, *, words: int) -> IndexedArticle:
        if "crash" in article.text:
            os._exit(3)
        if "fail" in article.text:
            raise ValueError("poison")
        return index(article, words=words)

    setattr(reading, "index_article", poisoned)  # noqa: B010  mypy takes it for a constant
    return {}
