"""Defines hand-written fakes, with the real interfaces, for parts that are too slow for tests."""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.answering import Answering
from rag.archive import Archive
from rag.dates.event_times import with_times
from rag.models.carrying import Turn, Weighed, Word, terms_in
from rag.models.embedding import Embedder
from rag.records import Article, Passage
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.interface import Builder, Store
from rag.store.model import IndexedArticle, IndexedPassage, Manifest, PassageVectors, Recipe
from rag.text.sentences import split_sentences
from rag.text.terms import passage_terms


class HashingEmbedder:
    """A text's vector is the sum of its words', each drawn at random from the word's hash."""

    def __init__(self, dimension: int = 16) -> None:
        self.dimension = dimension
        self.name = f"hashing-{dimension}"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return `(len(texts), dimension)` float32 with unit rows."""
        rows = [self._row(text) for text in texts]
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), self.dimension)

    def _row(self, text: str) -> NDArray[np.float32]:
        words = re.findall(r"\w+", text.lower()) or [""]
        total: NDArray[np.float32] = np.sum([_draw(w, self.dimension) for w in words], axis=0)
        return total / np.linalg.norm(total)


@cache
def _draw(word: str, dimension: int) -> NDArray[np.float32]:
    digest = hashlib.blake2b(word.encode(), digest_size=8).digest()
    generator = np.random.default_rng(int.from_bytes(digest, "big"))
    return generator.normal(size=dimension).astype(np.float32)


class Backend(Protocol):
    """One place where archives can be kept, empty at first."""

    def store(self) -> Store:
        """Open what is served."""

    def builder(self, recipe: Recipe | None = None) -> Builder:
        """Open the next generation for writing."""

    def publish(self, *articles: Article) -> Manifest:
        """Put articles with a builder of their own and serve the result."""

    def cut_off_writing(self, article: Article) -> None:
        """Leave the first build as a kill in the writing of a stored article leaves it."""


def write(builder: Builder, *articles: Article, embedder: Embedder | None = None) -> None:
    """Put articles with their vectors, indexed in passages of two sentences."""
    entries = [index_article(article) for article in articles]
    builder.put(entries)
    builder.add_vectors([embed_passages(entry, embedder or HashingEmbedder()) for entry in entries])


def open_small(
    root: Path, *articles: Article, embedder: Embedder, threshold: float = 0.05
) -> Archive:
    """Return an open archive of articles, made in a folder that is not there yet."""
    recipe = Recipe(model=embedder.name, dimension=embedder.dimension, passage_words=150)
    builder = EdgeBuilder(root, recipe)
    write(builder, *articles, embedder=embedder)
    builder.publish()
    builder.close()
    return Archive(Answering(store=EdgeStore(root), embedder=embedder, threshold=threshold))


def index_article(article: Article, signature: bytes = b"") -> IndexedArticle:
    """Return an article indexed in passages of two sentences."""
    sentences = split_sentences(article.text)
    pairs = [tuple(sentences[first : first + 2]) for first in range(0, len(sentences), 2)]
    passages = [
        Passage(article_id=article.id, start=pair[0].start, end=pair[-1].end, sentences=pair)
        for pair in pairs
    ]
    indexed = [
        IndexedPassage(
            passage=passage,
            terms=passage_terms(f"{article.title}\n{article.text[passage.start : passage.end]}"),
        )
        for passage in with_times(article, passages)
    ]
    return IndexedArticle(article=article, passages=tuple(indexed), signature=signature)


def embed_passages(entry: IndexedArticle, embedder: Embedder) -> list[PassageVectors]:
    """Return the vectors of an article's passages."""
    text = entry.article.text
    return [
        PassageVectors(
            passage=indexed.passage,
            vectors=embedder.embed([text[s.start : s.end] for s in indexed.passage.sentences]),
        )
        for indexed in entry.passages
    ]


class LastQuestionModel:
    """Weighs the words of the last question, as much as is set; a question with a name needs none.

    Other words have a logit of -1, or that which `logits` has for them.
    """

    def __init__(self, **logits: float) -> None:
        self.logits = logits

    def weigh(self, question: str, turns: Sequence[Turn]) -> Weighed:
        """Return the words that the question does not have, of the last question first."""
        own, words = terms_in(question), []
        for place in reversed(range(len(turns))):
            for in_answer, text in enumerate(turns[place]):
                for found in re.finditer(r"\w+(?:[-’'.]\w+)*", text):
                    terms = terms_in(found[0])
                    if terms and not terms & own:
                        words.append(Word(place, bool(in_answer), *found.span(), terms, 0, 0))
        texts = [turns[word.turn][word.in_answer][word.start : word.end] for word in words]
        usual = [1.0 if (w.turn, w.in_answer) == (len(turns) - 1, False) else -1.0 for w in words]
        logits = [self.logits.get(text, logit) for text, logit in zip(texts, usual, strict=True)]
        named = re.search(r"(?<!^)\b[A-Z]", question)
        return Weighed(tuple(words), tuple(logits), -1.0 if named else 1.0)
