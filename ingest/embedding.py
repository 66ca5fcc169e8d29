"""Compute the vectors of the sentences of articles, in processes of their own.

The second pass of a run (`vector_pass`) uses this.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rag.models.embedding import Embedder, embed_articles
from rag.models.vectors import Vectors
from rag.store.model import PassageVectors, StoredArticle


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """Makes the function that embeds articles, each given as its sentences."""

    load: Callable[[], Embedder]

    def __call__(self) -> Callable[[Sequence[Sequence[str]]], Iterator[Vectors]]:
        """Return the function, in the process that will embed."""
        embedder = self.load()
        return lambda articles: embed_articles(embedder, articles)


def sentences_of(stored: StoredArticle) -> list[str]:
    """Return the sentences of an article's passages, in their order."""
    text = stored.article.text
    return [text[s.start : s.end] for passage in stored.passages for s in passage.sentences]


def passage_vectors(stored: StoredArticle, vectors: Vectors) -> list[PassageVectors]:
    """Return each passage with its own of the vectors of all sentences `(n, dim)`."""
    parted: list[PassageVectors] = []
    first = 0
    for passage in stored.passages:
        last = first + len(passage.sentences)
        parted.append(PassageVectors(passage=passage, vectors=vectors[first:last]))
        first = last
    return parted
