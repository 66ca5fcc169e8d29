"""Examples -> batches of tensors: whole groups, of like length, under a budget of tokens."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

from training.examples import Example, Passage
from training.model import second_text, token_spans

# Groups are sorted by length within so many, so that batches differ from pass to pass.
_SORTED_TOGETHER = 400


@dataclass(frozen=True, slots=True)
class Pair:
    """A tokenised pair: which tokens may start or end an answer, and which do."""

    encoding: Encoding
    allowed: list[int]
    starts: list[int]
    ends: list[int]
    group: int
    answers: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded pairs, `n` of them, with their targets.

    `allowed`, `starts` and `ends` are `(n, tokens)` masks; `group` `(n,)` numbers the questions;
    `answers` `(n,)` says which passages answer theirs.
    """

    input_ids: Tensor
    attention_mask: Tensor
    token_type_ids: Tensor
    allowed: Tensor
    starts: Tensor
    ends: Tensor
    group: Tensor
    answers: Tensor

    def to(self, device: torch.device) -> "Batch":
        """Return the batch on a device."""
        return Batch(*(getattr(self, field.name).to(device) for field in fields(self)))


def encode_group(
    example: Example, negatives: Sequence[Passage], tokenizer: Tokenizer, group: int
) -> list[Pair]:
    """Return the pairs of one question; none if its answer lies beyond the longest input."""
    first = encode_pair(example.question, example.passage, example.answers, tokenizer, group)
    if example.answers and not first.answers:
        return []
    return [first, *(encode_pair(example.question, p, (), tokenizer, group) for p in negatives)]


def encode_pair(
    question: str,
    passage: Passage,
    answers: Sequence[tuple[int, int]],
    tokenizer: Tokenizer,
    group: int = 0,
) -> Pair:
    """Return a pair with its targets as tokens; the first token stands for no answer."""
    second, passage_start = second_text(passage)
    encoding = tokenizer.encode(question, second)
    spans = token_spans(encoding, passage_start)
    allowed = [0, *(n for n, span in enumerate(spans) if span)]
    starts: list[int] = []
    ends: list[int] = []
    for start, end in answers:
        first = next((n for n, s in enumerate(spans) if s and s[0] <= start < s[1]), None)
        last = next((n for n, s in enumerate(spans) if s and s[0] < end <= s[1]), None)
        if first is not None and last is not None:
            starts.append(first)
            ends.append(last)
    found = bool(starts)
    return Pair(encoding, allowed, starts or [0], ends or [0], group, found)


def pack(groups: list[list[Pair]], *, tokens: int, rng: random.Random) -> list[list[Pair]]:
    """Return the pairs as batches of whole groups, each of at most so many tokens with padding."""
    rng.shuffle(groups)
    batches: list[list[Pair]] = []
    for first in range(0, len(groups), _SORTED_TOGETHER):
        part = sorted(groups[first : first + _SORTED_TOGETHER], key=_longest)
        batches += _fill(part, tokens)
    rng.shuffle(batches)
    return batches


def _fill(groups: list[list[Pair]], tokens: int) -> Iterator[list[Pair]]:
    batch: list[Pair] = []
    for group in groups:
        # Sorted by length, so that this group is the longest of the batch.
        if batch and (len(batch) + len(group)) * _longest(group) > tokens:
            yield batch
            batch = []
        batch = [*batch, *group]
    if batch:
        yield batch


def _longest(group: list[Pair]) -> int:
    return max(len(pair.encoding.ids) for pair in group)


def collate(pairs: list[Pair]) -> Batch:
    """Return the pairs as padded tensors."""
    shape = (len(pairs), _longest(pairs))
    ids, mask, types = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    allowed, starts, ends = (torch.zeros(shape, dtype=torch.bool) for _ in range(3))
    for row, pair in enumerate(pairs):
        length = len(pair.encoding.ids)
        ids[row, :length] = torch.tensor(pair.encoding.ids)
        types[row, :length] = torch.tensor(pair.encoding.type_ids)
        mask[row, :length] = 1
        allowed[row, pair.allowed] = True
        starts[row, pair.starts] = True
        ends[row, pair.ends] = True
    group = torch.tensor([pair.group for pair in pairs])
    answers = torch.tensor([pair.answers for pair in pairs])
    return Batch(ids, mask, types, allowed, starts, ends, group, answers)
