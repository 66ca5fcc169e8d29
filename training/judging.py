"""Let a trained network judge pairs, many at once: `python -m training.judging` asks a teacher.

It reads the examples of a file and writes them with the teacher's judgements.
"""

import argparse
import pickle
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.models.reading import Text
from training.batches import Batch, Pair, collate, encode_pair, within
from training.examples import Example
from training.judgements import NO_ANSWER, Judgement
from training.losses import sentence_support
from training.model import (
    END,
    START,
    SUPPORT,
    ReaderModel,
    best_device,
    half_precision,
    load_tokenizer,
    token_spans,
)
from training.shares import SHARES
from training.train import LONGEST

_TOKENS = 60_000  # of a batch, padding included
_LIKELIEST = 6  # places kept of a start and of an end
_LEAST = 0.003
# So many look-alikes of a question are put to the teacher.
_NEGATIVES = 3
_SEED = 14
_PASSES = 2
_SHARES = SHARES["first"]

Question = tuple[str, Text]
# Of the pairs of a batch, `n` of them: relevance and answerability `(n, 2)`, the probabilities of
# starts and of ends `(n, tokens)`, and the supports `(n, sentences)`.
Outputs = tuple[NDArray[np.float16], NDArray[np.float16], NDArray[np.float16], NDArray[np.float16]]


def main() -> int:
    """Write the examples with what the teacher says of them."""
    parser = argparse.ArgumentParser(prog="python -m training.judging")
    parser.add_argument("--base", type=Path, required=True, help="folder of the teacher's base")
    parser.add_argument("--weights", type=Path, required=True, help="the teacher's checkpoint")
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    teacher = Teacher(options.base, options.weights)
    sets = pickle.loads(options.examples.read_bytes())  # noqa: S301  # written by training
    sets["train"] = {
        name: judged(teacher, _wanted(name, some))
        for name, some in sets["train"].items()
        if name in _SHARES
    }
    options.output.write_bytes(pickle.dumps(sets))
    return 0


def _wanted(name: str, examples: list[Example]) -> list[Example]:
    """Return as many examples as a few passes draw of a set."""
    rng = random.Random(_SEED)  # noqa: S311  # drawing examples
    most = round(_PASSES * _SHARES[name].share * len(examples))
    return examples if most >= len(examples) else rng.sample(examples, most)


def judged(teacher: "Teacher", examples: Sequence[Example]) -> list[Example]:
    """Return examples with judgements of their passage and of a few look-alikes."""
    rng = random.Random(_SEED)  # noqa: S311  # drawing examples
    fewer = [
        replace(e, negatives=tuple(rng.sample(e.negatives, min(_NEGATIVES, len(e.negatives)))))
        for e in examples
    ]
    asked = [(e.question, p) for e in fewer for p in (e.passage, *e.negatives)]
    said = iter(teacher.judge(asked))
    return [
        replace(e, judgements=tuple(next(said) for _ in (e.passage, *e.negatives))) for e in fewer
    ]


class Teacher:
    """A trained network that judges pairs in large batches."""

    def __init__(self, base: Path, weights: Path) -> None:
        self._base = base
        self._device = best_device()
        self._model = ReaderModel(base)
        state = torch.load(weights, weights_only=True, map_location="cpu")
        self._model.load_state_dict(state["model"])
        self._model.to(self._device).eval()

    def judge(self, asked: Sequence[Question]) -> list[Judgement]:
        """Return a judgement of each question and passage."""
        found: dict[int, Judgement] = {}
        for places, judgements in self._read(asked):
            found |= dict(zip(places, judgements, strict=True))
        return [found[n] for n in range(len(asked))]

    def _read(self, asked: Sequence[Question]) -> Iterator[tuple[list[int], list[Judgement]]]:
        with Pool(initializer=_open_tokenizer, initargs=(self._base,)) as pool:
            encoded = pool.map(_encode, asked, chunksize=500)
            lengths = [len(pair.ids) for pair, _ in encoded]
            order = sorted(range(len(asked)), key=lengths.__getitem__)
            batches = list(within(order, _TOKENS, length=lengths.__getitem__))
            read = (
                ([encoded[n][1] for n in places], self._outputs([encoded[n][0] for n in places]))
                for places in batches
            )
            yield from zip(batches, pool.imap(_judgements, read), strict=True)

    def _outputs(self, pairs: list[Pair]) -> Outputs:
        batch = collate(pairs).to(self._device)
        with torch.no_grad(), half_precision(self._device):
            judgement, edges = self._model(
                batch.input_ids, batch.attention_mask, batch.token_type_ids
            )
        return _probabilities(batch, judgement.float(), edges.float())


def _probabilities(batch: Batch, judgement: torch.Tensor, edges: torch.Tensor) -> Outputs:
    """Return the judgements, the probabilities of starts and ends, and the sentences' support."""
    bounds = edges.masked_fill(~batch.allowed.unsqueeze(-1), -1e4)
    parts = (
        judgement,
        bounds[..., START].softmax(1),
        bounds[..., END].softmax(1),
        sentence_support(batch, edges[..., SUPPORT]),
    )
    judged, starts, ends, supports = (part.cpu().numpy().astype(np.float16) for part in parts)
    return judged, starts, ends, supports


_tokenizer: Tokenizer | None = None


def _open_tokenizer(base: Path) -> None:
    global _tokenizer  # noqa: PLW0603  # one for each process of the pool
    torch.set_num_threads(1)
    _tokenizer = load_tokenizer(base, longest=LONGEST)


def _encode(asked: Question) -> tuple[Pair, NDArray[np.int32]]:
    """Return a pair without targets, and the first character of each of its tokens."""
    assert _tokenizer is not None
    question, passage = asked
    spans = token_spans(_tokenizer.encode(question, passage.joined), passage.body_start)
    firsts = np.array([NO_ANSWER if span is None else span[0] for span in spans], dtype=np.int32)
    return encode_pair(question, passage, (), _tokenizer), firsts


def _judgements(read: tuple[list[NDArray[np.int32]], Outputs]) -> list[Judgement]:
    firsts, (judged, starts, ends, supports) = read
    return [
        Judgement(
            relevance=float(judged[row, 0]),
            answerable=float(judged[row, 1]),
            starts=_likeliest(starts[row], firsts[row]),
            ends=_likeliest(ends[row], firsts[row]),
            supports=tuple(float(s) for s in supports[row] if np.isfinite(s) and s > -1000),
        )
        for row in range(len(firsts))
    ]


def _likeliest(
    probabilities: NDArray[np.float16], firsts: NDArray[np.int32]
) -> tuple[tuple[int, float], ...]:
    best = np.argsort(-probabilities[: len(firsts)])[:_LIKELIEST]
    return tuple(
        (int(firsts[n]), float(probabilities[n])) for n in best if probabilities[n] > _LEAST
    )


if __name__ == "__main__":
    sys.exit(main())
