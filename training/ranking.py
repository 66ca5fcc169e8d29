"""Rank texts for a question by BM25, with the product's own terms."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from rag.text.terms import passage_terms, question_terms


class Ranking:
    """An index in memory over some texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        columns: dict[int, int] = {}
        rows: list[int] = [0]
        indices: list[int] = []
        weights: list[float] = []
        for text in texts:
            terms = passage_terms(text)
            indices += [columns.setdefault(term, len(columns)) for term in terms.indices]
            weights += terms.weights
            rows.append(len(indices))
        self._columns = columns
        matrix = csr_matrix((weights, indices, rows), shape=(len(texts), len(columns)))
        held = np.bincount(indices, minlength=len(columns))
        # The engine's own formula.
        self._idf = np.log(1 + (len(texts) - held + 0.5) / (held + 0.5))
        self._by_term = matrix.tocsc()

    def best(self, question: str, limit: int) -> list[int]:
        """Return the places of at most `limit` texts that share a term with it, best first."""
        known = [self._columns[t] for t in question_terms(question).indices if t in self._columns]
        if not known:
            return []
        scores = np.asarray(self._by_term[:, known] @ self._idf[known]).ravel()
        order = np.argsort(-scores, kind="stable")[:limit]
        return [int(place) for place in order if scores[place] > 0]
