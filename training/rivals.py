"""Set a rival beside an answer: a sentence that tells the same of another name.

A reader that goes by what a sentence is about gives the day on which one town was taken for
another's, if a story tells of both in the same words. An example with a rival can only be answered
by the name.
"""

import random
import re
from dataclasses import dataclass, replace

from rag.text.sentences import split_sentences
from training.examples import AnswerSpan, Example
from training.exchanges import NUMBER, Names, excluding_word, names_in, other_number

# Of a hundred examples: the question is about the rival, or the rival stands in the answer's place.
_ABOUT_RIVAL, _ALONE = 25, 25
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+")


@dataclass(frozen=True, slots=True)
class _Rival:
    """What the sentence `[start, end)` of a body says of `name`, in `words` said of `other`.

    `answer` is the place in `words` of what takes the place of the answer.
    """

    start: int
    end: int
    name: str
    other: str
    words: str
    answer: AnswerSpan


class Rivals:
    """Makes rivals, with the names of many questions."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def of(self, example: Example, rng: random.Random) -> Example | None:
        """Return an example with a rival; None if no name of its question stands by its answer."""
        rival = self._rival(example, rng)
        if rival is None:
            return None
        drawn = rng.randrange(100)
        if drawn < _ALONE:
            return _alone(example, rival)
        return _beside(example, rival, about_rival=drawn < _ALONE + _ABOUT_RIVAL, rng=rng)

    def _rival(self, example: Example, rng: random.Random) -> _Rival | None:
        body = example.passage.body
        for sentence in split_sentences(body):
            inside = [
                (start - sentence.start, end - sentence.start)
                for start, end in example.answers
                if sentence.start <= start and end <= sentence.end
            ]
            if not inside:
                continue
            said = body[sentence.start : sentence.end]
            start, end = inside[0]
            for *_, name in names_in(example.question):
                if name not in said or name in said[start:end]:
                    continue
                other = self._names.other(name, example.passage.joined.lower(), rng)
                if other is None:
                    return None
                before, after = (_renamed(part, name, other) for part in (said[:start], said[end:]))
                answer = self._other_answer(said[start:end], example.passage.joined, rng)
                place = (len(before), len(before) + len(answer))
                words = before + answer + after
                return _Rival(sentence.start, sentence.end, name, other, words, place)
        return None

    def _other_answer(self, answer: str, passage: str, rng: random.Random) -> str:
        """Return an answer with its names, numbers and days exchanged as far as that can be."""
        low = passage.lower()
        changed = NUMBER.sub(
            lambda found: other_number(found.group(), passage, rng) or found.group(), answer
        )
        if answer in self._names:
            return self._names.other(answer, low, rng) or answer
        return _CAPITALISED.sub(
            lambda found: excluding_word(found.group(), low, rng) or found.group(), changed
        )


def _alone(example: Example, rival: _Rival) -> Example:
    """Return what nothing answers: the passage tells it of the other name, under its headline."""
    body = example.passage.body
    told = (
        _renamed(body[: rival.start], rival.name, rival.other)
        + rival.words
        + _renamed(body[rival.end :], rival.name, rival.other)
    )
    return replace(
        example,
        set_name="rivals",
        passage=example.passage._replace(body=told),
        answers=(),
        judgements=(),
    )


def _beside(example: Example, rival: _Rival, *, about_rival: bool, rng: random.Random) -> Example:
    """Return a passage that tells it of both names; one of the two is asked about."""
    body = example.passage.body
    told = body[rival.start : rival.end]
    answer = next(
        (start - rival.start, end - rival.start)
        for start, end in example.answers
        if rival.start <= start and end <= rival.end
    )
    before = body[: rival.start]
    if rng.random() < 0.5:
        own, others = len(before), len(before) + len(told) + 1
        both = f"{told} {rival.words}"
    else:
        others, own = len(before), len(before) + len(rival.words) + 1
        both = f"{rival.words} {told}"
    at, (start, end) = (others, rival.answer) if about_rival else (own, answer)
    asked = example.question
    return replace(
        example,
        set_name="rivals",
        question=_renamed(asked, rival.name, rival.other) if about_rival else asked,
        passage=example.passage._replace(body=before + both + body[rival.end :]),
        answers=((at + start, at + end),),
        negatives=() if about_rival else example.negatives,
        judgements=(),
    )


def _renamed(words: str, name: str, other: str) -> str:
    """Return words that tell of another name what they tell of this one."""
    return re.sub(rf"\b{re.escape(name)}\b", lambda _: other, words)
