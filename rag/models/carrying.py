"""Weighs the words of earlier turns: how likely does a question need each, to be understood.

The packaged model is the lower half of a small encoder, with a score for every token (see
`training/carrying.py`). It reads the question and the turns before it, the last one first. To use
another kind of model, implement `CarryingModel`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np

from rag.models.onnx_models import open_exported
from rag.models.sharing import SharedModels
from rag.settings import Settings
from rag.text.terms import question_terms

PACKAGED_CARRIER = "dateline-carrier"
CARRIER_RECORD = "carrier.json"

# What is read, in tokens: nearly all questions, and the beginning of the last answer. With older
# answers, 1 to 3 % more of the words that people added could be carried, at a third more time.
_LONGEST_QUESTION = 32
_LONGEST_ANSWER = 40
# Of the questions before, the first one and the last ones are read.
_LAST_TURNS = 3
# The kinds of text: the question, the last questions by distance, the first one, the last answer.
_FIRST_ROLE, _ANSWER_ROLE = _LAST_TURNS + 1, _LAST_TURNS + 2
ROLES = _ANSWER_ROLE + 1
# What is marked of a word, as bits: it is a name or a figure, it is in the last question, in the
# first one, in several of them.
_NAME, _IN_LAST, _IN_FIRST, _IN_SEVERAL = 1, 2, 4, 8
MARKS = 16
# Where the question and the texts before it begin in BERT's vocabulary.
_OPEN, _CLOSE = 101, 102

_WORD = re.compile(r"\w+(?:[-’'.]\w+)*")

Terms = frozenset[int]


class Turn(NamedTuple):
    """An earlier question as it was understood, and what was answered."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an earlier turn that says something, and that the question does not have.

    `turn` is the place of its turn, from 0, and `start` and `end` are its place in the question or
    the answer. `first` and `last` are its tokens, the last one excluded.
    """

    turn: int
    in_answer: bool
    start: int
    end: int
    terms: Terms
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """A question and its turns as the network reads them: tokens, with role and marks of each."""

    ids: list[int] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Words of earlier turns, each with the logit that the question needs it.

    `needs` is the logit that the question needs any. What is to be carried has a logit over 0.
    """

    words: tuple[Word, ...] = ()
    logits: tuple[float, ...] = ()
    needs: float = float("-inf")


class CarryingModel(Protocol):
    """A model that weighs the words of earlier turns."""

    def weigh(self, question: str, turns: Sequence[Turn]) -> Weighed:
        """Return the words that the question might need; the turns are the oldest first."""


_SHARED: SharedModels[CarryingModel] = SharedModels()


def load_carrying_model(settings: Settings) -> CarryingModel:
    """Return the packaged model, which all archives of a process share.

    Raises:
        ModelError: the model is missing or was altered.
    """
    folder = Path(str(files("rag.models").joinpath(PACKAGED_CARRIER)))
    threads = settings.threads
    return _SHARED.get((folder, threads), lambda: OnnxCarryingModel(folder, threads=threads))


class OnnxCarryingModel:
    """The packaged model, or another export of `training/`, from a folder."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        exported = open_exported(
            folder,
            record_file=CARRIER_RECORD,
            longest_key="longest_tokens",
            named="model for follow-ups",
            remedy="install dateline again",
            threads=threads,
        )
        self._session = exported.session
        self._tokenizer = exported.tokenizer
        self._longest = exported.longest

    def weigh(self, question: str, turns: Sequence[Turn]) -> Weighed:
        """Return the words that the question might need; the turns are the oldest first."""
        encoded = encode(self._tokenizer, question, turns, longest=self._longest)
        if not encoded.words:
            return Weighed()
        inputs = {
            "input_ids": [encoded.ids],
            "roles": [encoded.roles],
            "marks": [encoded.marks],
            "attention_mask": [[1] * len(encoded.ids)],
        }
        arrays = {name: np.array(rows, dtype=np.int64) for name, rows in inputs.items()}
        tokens, needs = self._session.run(None, arrays)
        logits = [float(tokens[0, word.first : word.last].mean()) for word in encoded.words]
        return Weighed(tuple(encoded.words), tuple(logits), float(needs[0]))


def encode(tokenizer: Any, question: str, turns: Sequence[Turn], *, longest: int) -> Encoded:
    """Return a question and its turns as the network reads them, the last turn first."""
    own = terms_in(question)
    asked = [terms_in(turn.question) for turn in turns]
    encoded = Encoded()
    _add_token(encoded, _OPEN, role=0)
    for text in _texts(question, turns):
        room = min(text.limit, longest - 1 - len(encoded.ids))
        words = list(_WORD.finditer(text.text))
        marks = [_mark(word, asked) for word in words]
        for at, span in _add_text(tokenizer, encoded, text, words, marks, room=room):
            terms = terms_in(words[at][0])
            if text.turn is not None and terms and not terms & own:
                start, end = words[at].span()
                encoded.words.append(
                    Word(
                        text.turn,
                        text.role == _ANSWER_ROLE,
                        start,
                        end,
                        terms,
                        span.start,
                        span.stop,
                    )
                )
    return encoded


class _Text(NamedTuple):
    """A text that is read: its turn, None for the question itself, its role and most tokens."""

    turn: int | None
    role: int
    text: str
    limit: int


def _texts(question: str, turns: Sequence[Turn]) -> Iterator[_Text]:
    """Yield the texts that are read, in their order."""
    yield _Text(None, 0, question, _LONGEST_QUESTION)
    last = len(turns) - 1
    for place in range(last, max(-1, last - _LAST_TURNS), -1):
        yield _Text(place, 1 + last - place, turns[place].question, _LONGEST_QUESTION)
        if place == last:
            yield _Text(place, _ANSWER_ROLE, turns[place].answer, _LONGEST_ANSWER)
    if last >= _LAST_TURNS:
        yield _Text(0, _FIRST_ROLE, turns[0].question, _LONGEST_QUESTION)


def _add_text(
    tokenizer: Any,
    encoded: Encoded,
    text: _Text,
    words: Sequence[re.Match[str]],
    marks: Sequence[int],
    *,
    room: int,
) -> list[tuple[int, range]]:
    """Add the tokens of a text, and return the words that they are of, each with its tokens."""
    tokens = tokenizer.encode(text.text, add_special_tokens=False)
    spans: dict[int, range] = {}
    at = 0
    for token, (start, _) in list(zip(tokens.ids, tokens.offsets, strict=True))[: max(0, room)]:
        while at < len(words) and words[at].end() <= start:
            at += 1
        is_inside = at < len(words) and words[at].start() <= start
        if is_inside:
            place = len(encoded.ids)
            spans[at] = range(spans[at].start if at in spans else place, place + 1)
        _add_token(encoded, token, role=text.role, mark=marks[at] if is_inside else 0)
    if tokens.ids and room > 0:
        _add_token(encoded, _CLOSE, role=text.role)
    return list(spans.items())


def _add_token(encoded: Encoded, token: int, *, role: int, mark: int = 0) -> None:
    encoded.ids.append(token)
    encoded.roles.append(role)
    encoded.marks.append(mark)


def _mark(word: re.Match[str], questions: Sequence[Terms]) -> int:
    """Return the bits of a word."""
    terms = terms_in(word[0])
    mark = _NAME if word[0][0].isdigit() or (word.start() and word[0][0].isupper()) else 0
    if not terms or not questions:
        return mark
    within = [bool(terms & asked) for asked in questions]
    mark |= _IN_LAST if within[-1] else 0
    mark |= _IN_FIRST if within[0] else 0
    return mark | (_IN_SEVERAL if sum(within) > 1 else 0)


@lru_cache(maxsize=16384)
def terms_in(text: str) -> Terms:
    """Return the terms of a text."""
    return frozenset(question_terms(text).indices)
