"""Turns a text into the terms that BM25 counts, for articles and questions, in both backends.

A term is the 32-bit hash of a stemmed word. The terms are Qdrant's own: its tokenizer, stop words
and Snowball stemmer run in this process. So an archive that is copied to a server keeps its scores.
"""

import math
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple, Self

from qdrant_edge import Bm25, Bm25Config

from rag.text.verbs import with_base_forms

# Robertson's usual constants for saturation and length. On NewsQA, k from 0.9 to 2.0 and b from 0.4
# to 0.9 changed rank 1 by at most .015, so they keep their defaults.
_SATURATION = 1.2
_LENGTH_WEIGHT = 0.75
# A 150-word passage with its title keeps about this many terms after stop words.
_MEAN_TERMS = 100.0
# Of the other languages that Qdrant has stop words for, those in Latin letters.
_OTHER_LANGUAGES = (
    "catalan danish dutch finnish french german hungarian indonesian italian norwegian portuguese "
    "romanian spanish swedish turkish"
).split()


class Terms(NamedTuple):
    """A sparse vector: hashes of terms and their weights, of the same length."""

    indices: list[int]
    weights: list[float]


def passage_terms(text: str) -> Terms:
    """Return the BM25 term frequencies of a passage, saturated and length-normalised."""
    return _terms(_encoder().embed_document(text))


def question_terms(text: str) -> Terms:
    """Return the distinct terms of a question, each with weight 1; none if all are stop words."""
    return _terms(_encoder().embed_query(text))


def joined_terms(one: Terms, other: Terms) -> Terms:
    """Return the terms of two texts, each once."""
    new = [place for place, index in enumerate(other.indices) if index not in one.indices]
    return Terms(
        one.indices + [other.indices[place] for place in new],
        one.weights + [other.weights[place] for place in new],
    )


def counted_terms(text: str) -> frozenset[int]:
    """Return the terms of a text for comparing texts, in which "took" and "take" are the same.

    A search does not use them, because the index has only the stems that its own encoder makes.
    """
    return frozenset(question_terms(with_base_forms(text)).indices)


def is_stop_word(word: str) -> bool:
    """Say whether a search does not use a word, such as "the" or "with"."""
    return not question_terms(word).indices


@lru_cache(maxsize=20_000)
def stop_word_languages(word: str) -> frozenset[str]:
    """Return the languages besides English in which a word in lower case is a stop word."""
    encoders = _other_encoders()
    return frozenset(name for name in encoders if not encoders[name].embed_query(word).indices)


@dataclass(frozen=True, slots=True)
class TermShares:
    """The terms of a question or a topic, with their shares of its weight, which add up to 1."""

    shares: Mapping[int, float]

    @classmethod
    def of(cls, weights: Mapping[int, float]) -> Self:
        """Return the shares that terms have by their weights."""
        total = sum(weights.values()) or 1.0
        return cls({term: weight / total for term, weight in weights.items()})

    def coverage(self, terms: Set[int]) -> float:
        """Return the share of the weight that `terms` have, 0 to 1."""
        return sum(share for term, share in self.shares.items() if term in terms)


def known_weights(
    terms: Iterable[int], weights: Mapping[int, float], *, passages: int
) -> dict[int, float]:
    """Return the IDF of each term in an archive of `passages` passages, also if it is in none.

    `weights` are the IDFs that the archive knows.
    """
    # The engine's formula, log(1 + (N - n + .5) / (n + .5)), gives this to a word in no passage.
    rarest = math.log(2 * passages + 2)
    return {term: weights.get(term, rarest) for term in terms}


@cache
def _encoder() -> Bm25:
    return Bm25(
        Bm25Config(
            k=_SATURATION,
            b=_LENGTH_WEIGHT,
            avg_len=_MEAN_TERMS,
            language="english",
            ascii_folding=True,
        )
    )


@cache
def _other_encoders() -> Mapping[str, Bm25]:
    # Folded, "för" would be a stop word of languages that have "for".
    return {name: Bm25(Bm25Config(language=name, ascii_folding=False)) for name in _OTHER_LANGUAGES}


def _terms(vector: object) -> Terms:
    return Terms(list(vector.indices), list(vector.values))  # type: ignore[attr-defined]
