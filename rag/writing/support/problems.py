"""Defines the records of a check: the problems of a sentence, and whether it is supported."""

from dataclasses import dataclass
from typing import Literal

ProblemKind = Literal[
    "citation", "number", "date", "quote", "name", "negation", "outlet", "overlap"
]

_PHRASES: dict[ProblemKind, str] = {
    "citation": "it cites {}, which is not one of the quotes",
    "number": "the number {} is not in its quotes",
    "date": "the time {} is not a time in its quotes",
    "quote": "the words {} are not in its quotes",
    "name": "{} is not named in its quotes",
    "negation": "{} reverses what its quotes say",
    "outlet": "{} is not the outlet of its quotes",
    "overlap": "its quotes say nothing about {}",
}
_WITHOUT_WORDS: dict[ProblemKind, str] = {
    "citation": "it cites no quote",
    "overlap": "its quotes say too little about it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a sentence that its quotes do not support: its kind and its words.

    `value` is empty if it is the whole sentence.
    """

    kind: ProblemKind
    value: str

    def __str__(self) -> str:
        if not self.value:
            return _WITHOUT_WORDS.get(self.kind, self.kind)
        value = self.value if self.kind == "citation" else f"“{self.value}”"
        return _PHRASES[self.kind].format(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Whether the quotes that a sentence cites support it.

    `score` is the estimated probability, 0 to 1, that they do, by the words and the meaning that
    they share. The sentence is `supported` if the score is high enough and there is no problem.
    """

    score: float
    supported: bool
    problems: tuple[Problem, ...] = ()
