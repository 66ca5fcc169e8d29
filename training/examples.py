"""A question with the passage that is put to it, and the draw of examples for a pass."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rag.models.reading import Text
from training.judgements import Judgement

# So many look-alikes are kept of a question; each pass over the data draws from them.
NEGATIVES_KEPT = 12

AnswerSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the passage put to it, where that answers it, and others that do not.

    `answers` are character offsets in `passage.body`; none if it is unanswerable. `somewhere` says
    that the passage answers and that the words that do are not marked; `answers` are then the whole
    sentences that do, if they are known. `judgements` are what a
    teacher said of the passage and of the first of the negatives, if one was asked; an example that
    is not `labelled` is learned from them alone.
    """

    set_name: str
    question: str
    passage: Text
    answers: tuple[AnswerSpan, ...]
    negatives: tuple[Text, ...]
    somewhere: bool = False
    judgements: tuple[Judgement, ...] = ()
    labelled: bool = True


class Drawn(NamedTuple):
    """An example with those of its look-alikes that are read beside it this time."""

    example: Example
    negatives: tuple[Text, ...]


def make_example(
    name: str,
    question: str,
    passage: Text,
    answers: tuple[AnswerSpan, ...],
    negatives: Sequence[Text],
) -> Example:
    """Return an example; look-alikes that hold the answer's words are left out of it."""
    said = {passage.body[start:end].lower() for start, end in answers}
    kept = [p for p in negatives if not any(words in p.body.lower() for words in said)]
    return Example(name, question, passage, answers, tuple(kept[:NEGATIVES_KEPT]))


def trimmed(text: str, start: int, end: int) -> AnswerSpan:
    """Return a span without the spaces and commas that crowd answers carry at their ends."""
    while end > start + 1 and text[end - 1] in " \n\t,;:":
        end -= 1
    while start < end - 1 and text[start] in " \n\t,;:":
        start += 1
    return start, end


def draw(
    examples: Sequence[Example],
    *,
    share: float,
    negatives: float,
    missing: float = 0.0,
    rng: random.Random,
) -> list[Drawn]:
    """Return a share of the examples, each with `negatives` of its look-alikes on average.

    A share of more than 1 has every example so many times. A share `missing` of them is put to
    look-alikes alone, as a question is whose article the archive does not have.
    """
    listed = list(examples)
    wanted = round(share * len(listed))
    times, rest = divmod(wanted, len(listed)) if listed else (0, 0)
    drawn = []
    for example in [*listed * times, *rng.sample(listed, rest)]:
        count = int(negatives) + (rng.random() < negatives % 1)
        chosen = rng.sample(example.negatives, min(count, len(example.negatives)))
        one = Drawn(example, tuple(chosen))
        # Without a share nothing is drawn by chance for it, so that a recipe of before stays so.
        if missing and chosen and rng.random() < missing:
            one = _without_passage(one)
        drawn.append(one)
    return drawn


def _without_passage(drawn: Drawn) -> Drawn:
    """Return a question that is put to its look-alikes alone; none of them answers it."""
    first, *others = drawn.negatives
    example = replace(drawn.example, passage=first, answers=(), somewhere=False, judgements=())
    return Drawn(example, tuple(others))
