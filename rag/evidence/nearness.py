"""Orders the candidates of a search by how near they are to the question.

The store chooses the candidates, by scores that say how far each stands out among them. Nearness
has nothing to do with the other candidates, so it means the same in a small archive and in a large
one, and whatever filter left a passage among few.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rag.models.vectors import Vectors, mean_vector
from rag.store.interface import Store
from rag.store.model import ScoredPassage
from rag.text.terms import Terms, TermShares, known_weights

# So many candidates of a search are ranked. With 100, the passage that answers comes no higher.
RANKED = 40

# The parts of nearness, and what each counts: `bench/fit_nearness.py` fitted them to questions that
# nothing is measured on. They add up to 1, and so nearness is at most 1.
PARTS = {"sentence": 0.437, "passage": 0.221, "words": 0.259, "place": 0.083}
_WEIGHTS = np.array(list(PARTS.values()))
# News puts what matters first: from here on, the place in an article counts less than half.
_HALFWAY = 1500


def rank(
    scored: Sequence[ScoredPassage], shares: TermShares, vector: Vectors
) -> list[ScoredPassage]:
    """Return passages that have vectors with their nearness to a question, the nearest first.

    `shares` are those of the terms that it is searched with, and `vector` `(dim,)` is its
    embedding. Those that are equally near stay in the order of the search.
    """
    every = [
        replace(passage, nearness=float(parts_of(passage, shares, vector) @ _WEIGHTS))
        for passage in scored
    ]
    return sorted(every, key=lambda passage: -passage.nearness)


def shares_in(store: Store, terms: Terms) -> TermShares:
    """Return the terms of a search with their shares of its weight, by their IDF in an archive."""
    passages = store.manifest.passages
    weights = store.term_weights(terms.indices)
    return TermShares.of(known_weights(terms.indices, weights, passages=passages))


def parts_of(scored: ScoredPassage, shares: TermShares, vector: Vectors) -> Vectors:
    """Return the parts of a passage's nearness in the order of `PARTS`, `(4,)`, each at most 1.

    They are the similarity of its nearest sentence, that of the mean of its sentences, the share
    of the question's words that it has, weighed by IDF, and how near it is to the article's start.
    """
    assert scored.vectors is not None
    return np.array(
        [
            (scored.vectors @ vector).max(),
            mean_vector(scored.vectors) @ vector,
            shares.coverage(scored.terms),
            1 / (1 + scored.passage.start / _HALFWAY),
        ],
        dtype=np.float32,
    )
