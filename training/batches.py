"""Make batches of tensors from examples: whole groups of similar length, up to a token limit."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from rag.models.reading import Text
from rag.text.sentences import split_sentences
from training.examples import Example
from training.model import token_spans

# Groups are sorted by length within so many, so that batches differ from pass to pass.
_SORTED_TOGETHER = 400


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


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded pairs, `n` of them, with their targets.

    `allowed`, `starts` and `ends` are `(n, tokens)` masks, `sentences` `(n, tokens)` numbers the
    sentence of each token and `supports` `(n, sentences)` masks those that answer, both from 1 on;
    `group` `(n,)` numbers the questions; `answers` `(n,)` says which passages answer theirs.
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

    def to(self, device: torch.device) -> "Batch":
        """Return the batch on a device."""
        return Batch(*(getattr(self, field.name).to(device) for field in fields(self)))


def encode_group(
    example: Example, negatives: Sequence[Text], tokenizer: Tokenizer, group: int
) -> list[Pair]:
    """Return the pairs of one question; none if its answer lies beyond the longest input."""
    first = encode_pair(
        example.question,
        example.passage,
        example.answers,
        tokenizer,
        group,
        somewhere=example.somewhere,
    )
    if example.answers and not first.answers:
        return []
    return [first, *(encode_pair(example.question, p, (), tokenizer, group) for p in negatives)]


def encode_pair(
    question: str,
    passage: Text,
    answers: Sequence[tuple[int, int]],
    tokenizer: Tokenizer,
    group: int = 0,
    *,
    somewhere: bool = False,
) -> Pair:
    """Return a pair with its targets as tokens; the first token stands for no answer.

    `somewhere` says that the passage answers, but not in which of its words.
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
    supports = {int(sentences[n]) for n in (inside if somewhere else starts)}
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
    )


def _sentence_numbers(body: str, spans: Sequence[tuple[int, int] | None]) -> NDArray[np.uint8]:
    """Return the number of each token's sentence, from 1 on; 0 for tokens outside the passage."""
    ends = np.array([sentence.end for sentence in split_sentences(body)])
    numbers = [0 if span is None else int((ends <= span[0]).sum()) + 1 for span in spans]
    return np.minimum(numbers, min(len(ends), 255)).astype(np.uint8)


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
    return max(len(pair.ids) for pair in group)


def collate(pairs: list[Pair]) -> Batch:
    """Return the pairs as padded tensors."""
    shape = (len(pairs), _longest(pairs))
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
    return Batch(ids, mask, types, allowed, starts, ends, sentences, supports, group, answers)
