"""Make unanswerable twins of answerable questions: the words fit, and one thing is another.

What a reader does worst is a near miss, where another person, place, year, number, office or the
opposite event is asked about than the passage tells of. A twin is a question with one such thing
exchanged for another of its kind that its passage does not have.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from training.examples import Example
from training.exchanges import NUMBER, WORD, Names, excluding_word, names_in, other_number


@dataclass(frozen=True, slots=True)
class _Change:
    """Characters `[start, end)` of a question and what stands in their place."""

    start: int
    end: int
    words: str


class Twins:
    """Makes twins, with the names of many questions."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def of(self, example: Example, rng: random.Random) -> Example | None:
        """Return an example with something exchanged in its question; None if nothing can be."""
        if not example.answers:
            return None
        changes = list(self._changes(example, rng))
        if not changes:
            return None
        change = rng.choice(changes)
        asked = example.question[: change.start] + change.words + example.question[change.end :]
        return replace(
            example, set_name="twins", question=asked, answers=(), negatives=(), somewhere=False
        )

    def _changes(self, example: Example, rng: random.Random) -> Iterator[_Change]:
        question, joined = example.question, example.passage.joined
        low = joined.lower()
        answers = " ".join(example.passage.body[a:b] for a, b in example.answers)
        for start, end, name in names_in(question):
            if name in joined and name not in answers:
                other = self._names.other(name, low, rng)
                if other:
                    yield _Change(start, end, other)
        for found in NUMBER.finditer(question):
            if found.group() in joined and found.group() not in answers:
                other = other_number(found.group(), joined, rng)
                if other:
                    yield _Change(*found.span(), other)
        for found in WORD.finditer(question):
            other = excluding_word(found.group(), low, rng)
            if other:
                yield _Change(*found.span(), other)
