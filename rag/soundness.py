"""Checks that an archive holds what was written to it: its files, its articles and its vectors."""

import numpy as np

from rag.groups import grouped
from rag.models.embedding import Embedder, embed_article
from rag.store.interface import Store

_PAGE = 200  # articles whose texts are held at once
# The least cosine of a stored vector to the one computed now. For another text it is under .9.
_SAME_VECTOR = 0.98


def find_damage(store: Store) -> list[str]:
    """Return what differs from what was written, after reading everything stored in full."""
    problems = store.damage()
    for page in grouped(list(store.heads()), _PAGE):
        articles = store.articles([head.id for head in page])
        for head in page:
            article = articles.get(head.id)
            if article is None or article.content_hash != head.content_hash:
                problems.append(f"article {head.id!r} is not what was written")
    return problems


def find_altered_vectors(store: Store, embedder: Embedder, sample: int) -> list[str]:
    """Return the articles in a sample whose stored vectors are not those of their sentences.

    Small differences are allowed, because vectors are stored at half precision, and int8
    arithmetic differs between processors in the third digit.
    """
    heads = [head for head in store.heads() if head.embedded]
    every = max(1, len(heads) // sample)
    taken = [head.id for head in heads[::every][:sample]]
    return [article_id for article_id in taken if not _has_own(store, embedder, article_id)]


def _has_own(store: Store, embedder: Embedder, article_id: str) -> bool:
    text = store.articles([article_id])[article_id].text
    stored = store.stored_vectors(article_id)
    sentences = [text[s.start : s.end] for passage in stored for s in passage.sentences]
    vectors = [row for found in stored.values() for row in (found if found is not None else ())]
    if len(vectors) != len(sentences) or not sentences:
        return False
    computed = embed_article(embedder, sentences)
    return float(np.min(np.sum(computed * np.stack(vectors), axis=1))) >= _SAME_VECTOR
