"""Make up the vectors of sentences, as near to each other as those of news are.

Of 6,545 sentences of 250 news articles, embedded by all-MiniLM-L6-v2: two of any articles have a
cosine of .07, two of a passage .29; the vectors of neighbouring passages of an article, which are
means of sentences, have .65, and a passage has ten others at .47 or more. The eigenvalues of the
covariance have a participation ratio of 125 of 384. Vectors that are made up without this, such as
independent ones, have neighbours that no index finds, as all are equally far.
"""

import numpy as np

from rag.models.vectors import Vectors

DIMENSION = 384
# What a sentence has in common with all others, with its topic, its article and its passage; the
# rest of its squared length, .71, is its own.
_ALL, _TOPIC, _ARTICLE, _PASSAGE = 0.07, 0.10, 0.077, 0.041
_ARTICLES_PER_TOPIC = 50
_TOPIC_SEED, _ARTICLE_SEED, _QUESTION_SEED = 1, 2, 3
# Eigenvalues of 1 / (k + 8) have the participation ratio of news.
_SPECTRUM = 1 / np.sqrt(np.arange(1, DIMENSION + 1) + 8)
_SCALE = _SPECTRUM / np.linalg.norm(_SPECTRUM)


class MadeUpVectors:
    """The vectors of an archive with so many articles: equal numbers give equal vectors."""

    def __init__(self, articles: int) -> None:
        self._topics = max(1, articles // _ARTICLES_PER_TOPIC)
        rest = 1 - _ALL - _TOPIC - _ARTICLE - _PASSAGE
        self._own, self._common = rest**0.5, _ALL**0.5 * _draw(_generator(0, 0), 1)

    def of_article(self, number: int, passages: list[int]) -> list[Vectors]:
        """Return the sentence vectors of an article's passages, given how many each has."""
        generator = _generator(_ARTICLE_SEED, number)
        topic = _draw(_generator(_TOPIC_SEED, number % self._topics), 1)
        base = self._common + _TOPIC**0.5 * topic + _ARTICLE**0.5 * _draw(generator, 1)
        return [
            _unit(base + _PASSAGE**0.5 * _draw(generator, 1) + self._own * _draw(generator, count))
            for count in passages
        ]

    def question(self, number: int, sentence: Vectors) -> Vectors:
        """Return the vector of a question that a sentence answers, with a cosine of about .6."""
        noise = _draw(_generator(_QUESTION_SEED, number), 1)[0]
        vector: Vectors = _unit((0.6 * sentence + 0.8 * noise)[None])[0]
        return vector


def _generator(kind: int, number: int) -> np.random.Generator:
    return np.random.default_rng([kind, number])


def _draw(generator: np.random.Generator, count: int) -> Vectors:
    """Return `(count, dim)` vectors of about unit length."""
    drawn: Vectors = (generator.standard_normal((count, DIMENSION)) * _SCALE).astype(np.float32)
    return drawn


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
