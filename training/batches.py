"""Make batches of tensors from examples: whole groups of similar length, up to a token limit."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Self, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from rag.models.reading import NO_SUPPORT, Text
from rag.text.sentences import split_sentences
from training.examples import Drawn, Example
from training.judgements import Judgement
from training.model import load_tokenizer, token_spans

# Groups are sorted by length within so many, so that batches differ from pass to pass.
_SORTED_TOGETHER = 1500
# What an input has of them, for batches are packed before they are cut into tokens.
_CHARACTERS = 4.3  # a token
_LONGEST_INPUT = 1400  # about 320 tokens

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Pair:
    """A tokenised pair, small enough that hundreds of thousands fit into memory.

    `ids` `(tokens,)` are the tokens, those from `second` on of the title and the passage, those of
    `[first, last)` of the passage; any of `starts` and `ends` is right, 0 for no answer; they are
    empty if it is not known which words answer. `sentences` `(tokens,)` numbers the sentence of
    each token, 0 outside of the passage; any of `supports` answers.
    """

    ids: NDArray[np.uint16]
    second: int
    first: int
    last: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: NDArray[np.uint8]
    supports: tuple[int, ...]
    group: int
    answers: bool
    told: "Told | None" = None
    labelled: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """What a teacher said of a pair, by the pair's own tokens.

    `starts` and `ends` `(tokens,)` are probabilities, those of the first token for no answer;
    `supports` `(sentences,)`, `relevance` and `answerable` are logits.
    """

    starts: NDArray[np.float16]
    ends: NDArray[np.float16]
    supports: NDArray[np.float16]
    relevance: float
    answerable: float


@dataclass(frozen=True, slots=True)
class _Tensors:
    """Tensors that belong together, so that they are on one device."""

    def to(self, device: torch.device) -> Self:
        """Return them on a device."""
        return type(self)(*(getattr(self, field.name).to(device) for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Lesson(_Tensors):
    """What a teacher said of a batch's pairs, in the shapes of `Batch`; `told` `(n,)` of which."""

    told: Tensor
    starts: Tensor
    ends: Tensor
    supports: Tensor
    relevance: Tensor
    answerable: Tensor


@dataclass(frozen=True, slots=True)
class Batch(_Tensors):
    """Padded pairs, `n` of them, with their targets.

    `allowed`, `starts` and `ends` are `(n, tokens)` masks, `sentences` `(n, tokens)` numbers the
    sentence of each token and `supports` `(n, sentences)` masks those that answer, both from 1 on;
    `group` `(n,)` numbers the questions; `answers` `(n,)` says which passages answer theirs, and
    `labelled` `(n,)` whether that is known.
    """

    input_ids: Tensor
    attention_mask: Tensor
    token_type_ids: Tensor
    allowed: Tensor
    starts: Tensor
    ends: Tensor
    sentences: Tensor
    supports: Tensor
    group: Tensor
    answers: Tensor
    labelled: Tensor
    lesson: Lesson


def encode_group(
    example: Example, negatives: Sequence[Text], tokenizer: Tokenizer, group: int
) -> list[Pair]:
    """Return the pairs of one question; none if its answer lies beyond the longest input.

    The judgements of a teacher, if there are any, are in the order of the passages.
    """
    judged = dict(zip((example.passage, *example.negatives), example.judgements, strict=False))
    first = encode_pair(
        example.question,
        example.passage,
        example.answers,
        tokenizer,
        group,
        somewhere=example.somewhere,
        judgement=judged.get(example.passage),
    )
    if example.answers and not first.answers:
        return []
    others = (
        encode_pair(example.question, p, (), tokenizer, group, judgement=judged.get(p))
        for p in negatives
    )
    return [replace(pair, labelled=example.labelled) for pair in (first, *others)]


def encode_pair(
    question: str,
    passage: Text,
    answers: Sequence[tuple[int, int]],
    tokenizer: Tokenizer,
    group: int = 0,
    *,
    somewhere: bool = False,
    judgement: Judgement | None = None,
) -> Pair:
    """Return a pair with its targets as tokens; the first token stands for no answer.

    `somewhere` says that the passage answers, and `answers` at most in which of its sentences.
    """
    encoding = tokenizer.encode(question, passage.joined)
    spans = token_spans(encoding, passage.body_start)
    inside = [n for n, span in enumerate(spans) if span]
    starts: list[int] = []
    ends: list[int] = []
    for start, end in answers:
        first = next((n for n, s in enumerate(spans) if s and s[0] <= start < s[1]), None)
        last = next((n for n, s in enumerate(spans) if s and s[0] < end <= s[1]), None)
        if first is not None and last is not None:
            starts.append(first)
            ends.append(last)
    sentences = _sentence_numbers(passage.body, spans)
    supports = {int(sentences[n]) for n in (inside if somewhere and not starts else starts)}
    return Pair(
        ids=np.array(encoding.ids, dtype=np.uint16),
        second=encoding.sequence_ids.index(1),
        first=inside[0],
        last=inside[-1] + 1,
        starts=() if somewhere else tuple(starts) or (0,),
        ends=() if somewhere else tuple(ends) or (0,),
        sentences=sentences,
        supports=tuple(sorted(supports)),
        group=group,
        answers=bool(starts) or somewhere,
        told=_told(judgement, spans, int(sentences.max())) if judgement else None,
    )


def _told(judgement: Judgement, spans: Sequence[tuple[int, int] | None], sentences: int) -> Told:
    """Return a judgement by these tokens, whichever tokens the teacher read."""
    starts, ends = (np.zeros(len(spans), dtype=np.float32) for _ in range(2))
    first_characters = np.array([-1 if span is None else span[0] for span in spans])
    for row, places in ((starts, judgement.starts), (ends, judgement.ends)):
        for character, probability in places:
            # The last token that begins at or before the character holds it.
            before = np.flatnonzero((first_characters >= 0) & (first_characters <= character))
            row[before[-1] if character >= 0 and len(before) else 0] += probability
        np.divide(row, max(row.sum(), 1e-6), out=row)
    supports = np.full(sentences, NO_SUPPORT, dtype=np.float16)
    read = judgement.supports[:sentences]
    supports[: len(read)] = read
    return Told(
        starts.astype(np.float16),
        ends.astype(np.float16),
        supports,
        judgement.relevance,
        judgement.answerable,
    )


def _sentence_numbers(body: str, spans: Sequence[tuple[int, int] | None]) -> NDArray[np.uint8]:
    """Return the number of each token's sentence, from 1 on; 0 for tokens outside the passage."""
    ends = np.array([sentence.end for sentence in split_sentences(body)])
    numbers = [0 if span is None else int((ends <= span[0]).sum()) + 1 for span in spans]
    return np.minimum(numbers, min(len(ends), 255)).astype(np.uint8)


def pack(drawn: Sequence[Drawn], *, tokens: int, rng: random.Random) -> list[list[Drawn]]:
    """Return the questions in batches of similar length, each of about so many tokens."""
    mixed = list(drawn)
    rng.shuffle(mixed)
    batches: list[list[Drawn]] = []
    for first in range(0, len(mixed), _SORTED_TOGETHER):
        part = sorted(mixed[first : first + _SORTED_TOGETHER], key=_longest)
        batches += within(
            part, tokens * _CHARACTERS, length=_longest, rows=lambda one: 1 + len(one.negatives)
        )
    rng.shuffle(batches)
    return batches


def within(
    ordered: Iterable[_Item],
    most: float,
    *,
    length: Callable[[_Item], int],
    rows: Callable[[_Item], int] = lambda _: 1,
) -> Iterator[list[_Item]]:
    """Yield runs of items, which come by their length, of at most so much with their padding."""
    run: list[_Item] = []
    height = 0
    for item in ordered:
        # It is the longest of the run so far, so the others are padded to its length.
        if run and (height + rows(item)) * length(item) > most:
            yield run
            run, height = [], 0
        run.append(item)
        height += rows(item)
    if run:
        yield run


def length_of(drawn: Drawn) -> int:
    """Return the characters that are read of a question with each of its passages."""
    texts = (drawn.example.passage, *drawn.negatives)
    return sum(_read_of(drawn.example.question, text) for text in texts)


def _longest(drawn: Drawn) -> int:
    texts = (drawn.example.passage, *drawn.negatives)
    return max(_read_of(drawn.example.question, text) for text in texts)


def _read_of(question: str, text: Text) -> int:
    return min(len(question) + len(text.joined), _LONGEST_INPUT)


class Encoder:
    """Makes batches of tensors in the processes that load them, each with its own tokenizer."""

    def __init__(self, base: Path, longest: int) -> None:
        self._base, self._longest = base, longest
        self._tokenizer: Tokenizer | None = None

    def __call__(self, drawn: list[Drawn]) -> Batch | None:
        """Return a batch; None if no answer of it lies within the longest input."""
        if self._tokenizer is None:
            self._tokenizer = load_tokenizer(self._base, longest=self._longest)
        pairs = [
            pair
            for group, one in enumerate(drawn)
            for pair in encode_group(one.example, one.negatives, self._tokenizer, group)
        ]
        return collate(pairs) if pairs else None


def collate(pairs: list[Pair]) -> Batch:
    """Return the pairs as padded tensors."""
    shape = (len(pairs), max(len(pair.ids) for pair in pairs))
    ids, mask, types = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    allowed, starts, ends = (torch.zeros(shape, dtype=torch.bool) for _ in range(3))
    sentences = torch.zeros(shape, dtype=torch.long)
    most = max(int(pair.sentences.max()) for pair in pairs)
    supports = torch.zeros((len(pairs), most), dtype=torch.bool)
    for row, pair in enumerate(pairs):
        length = len(pair.ids)
        ids[row, :length] = torch.from_numpy(pair.ids.astype(np.int64))
        types[row, pair.second : length] = 1
        mask[row, :length] = 1
        allowed[row, 0] = True
        allowed[row, pair.first : pair.last] = True
        starts[row, list(pair.starts)] = True
        ends[row, list(pair.ends)] = True
        sentences[row, :length] = torch.from_numpy(pair.sentences.astype(np.int64))
        supports[row, [number - 1 for number in pair.supports]] = True
    group = torch.tensor([pair.group for pair in pairs])
    answers = torch.tensor([pair.answers for pair in pairs])
    labelled = torch.tensor([pair.labelled for pair in pairs])
    lesson = _lesson(pairs, shape[1], most)
    return Batch(
        ids,
        mask,
        types,
        allowed,
        starts,
        ends,
        sentences,
        supports,
        group,
        answers,
        labelled,
        lesson,
    )


def _lesson(pairs: list[Pair], tokens: int, sentences: int) -> Lesson:
    told = torch.tensor([pair.told is not None for pair in pairs])
    starts, ends = (torch.zeros((len(pairs), tokens)) for _ in range(2))
    supports = torch.full((len(pairs), sentences), NO_SUPPORT)
    relevance, answerable = (torch.zeros(len(pairs)) for _ in range(2))
    for row, pair in enumerate(pairs):
        if pair.told is not None:
            starts[row, : len(pair.told.starts)] = torch.from_numpy(pair.told.starts).float()
            ends[row, : len(pair.told.ends)] = torch.from_numpy(pair.told.ends).float()
            supports[row, : len(pair.told.supports)] = torch.from_numpy(pair.told.supports).float()
            relevance[row] = pair.told.relevance
            answerable[row] = pair.told.answerable
    return Lesson(told, starts, ends, supports, relevance, answerable)
