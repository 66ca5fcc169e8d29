"""A question and its passage -> the same with another name or year in it, which nothing answers.

What a reader does worst is a near miss: the words fit, the place, the person or the year is
another. A name of the question that its passage has is exchanged for one of the same kind and of
near meaning that the passage does not have.
"""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rag.dialogue.names import Kind, find_names
from rag.embedding import Embedder
from training.examples import Example

# The nearest that may stand in a name's place; nearer than `_SAME` it is the same thing.
_NEAREST = 25
_SAME = 0.8
_SHARED_START = 4  # letters: "Russia" and "Russian"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEARS_APART = 12


@dataclass(frozen=True, slots=True)
class _Pool:
    """The names of a kind, with their vectors `(n, dimension)`."""

    names: list[str]
    places: dict[str, int]
    vectors: NDArray[np.float32]


class Swaps:
    """The names of many questions, to put in each other's place."""

    def __init__(self, questions: Iterable[str], embedder: Embedder) -> None:
        by_kind: dict[Kind, dict[str, None]] = {}
        for question in questions:
            for name in find_names(question):
                by_kind.setdefault(name.kind, {})[name.text] = None
        self._pools = {
            kind: _Pool(
                names=list(names),
                places={name: place for place, name in enumerate(names)},
                vectors=np.asarray(embedder.embed(list(names)), dtype=np.float32),
            )
            for kind, names in by_kind.items()
        }

    def swapped(self, example: Example, rng: random.Random) -> Example | None:
        """Return the example with another name or year in its question; None if it has none."""
        question = example.question
        joined = example.passage.joined
        spots = [
            (name.start, name.end, name.kind)
            for name in find_names(question)
            if name.text in joined and not self._is_answer(example, name.text)
        ]
        years = [found.span() for found in _YEAR.finditer(question) if found.group() in joined]
        if not spots and not years:
            return None
        if years and (not spots or rng.random() < len(years) / (len(years) + len(spots))):
            start, end = rng.choice(years)
            other: str | None = _other_year(int(question[start:end]), joined, rng)
        else:
            start, end, kind = rng.choice(spots)
            other = self._other_name(question[start:end], kind, joined, rng)
        if other is None:
            return None
        asked = question[:start] + other + question[end:]
        return replace(example, question=asked, answers=(), negatives=())

    def _is_answer(self, example: Example, name: str) -> bool:
        return any(name in example.passage.body[start:end] for start, end in example.answers)

    def _other_name(self, name: str, kind: Kind, joined: str, rng: random.Random) -> str | None:
        pool = self._pools.get(kind)
        if pool is None or name not in pool.places:
            return None
        near = pool.vectors @ pool.vectors[pool.places[name]]
        low = joined.lower()
        others = [
            pool.names[n]
            for n in np.argsort(-near)[: 2 * _NEAREST]
            if near[n] < _SAME and not _shares_a_word(pool.names[n], name, low)
        ]
        return rng.choice(others[:_NEAREST]) if others else None


def _shares_a_word(other: str, name: str, passage: str) -> bool:
    """Say whether a name could be the one it replaces, or is in the passage."""
    starts = {word[:_SHARED_START] for word in name.lower().split()}
    words = other.lower().split()
    return any(word[:_SHARED_START] in starts or word in passage for word in words)


def _other_year(year: int, joined: str, rng: random.Random) -> str | None:
    near = range(year - _YEARS_APART, year + _YEARS_APART + 1)
    others = [str(n) for n in near if n != year and str(n) not in joined]
    return rng.choice(others) if others else None
