"""Export the trained network as int8 ONNX and check it: `python -m training.export --work DIR`.

Writes `rag/models/dateline-reader/` (the model, its tokenizer, its record) after comparing the int8
model with the network on examples held out of training.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from bench.spans import token_f1
from rag.models.onnx_models import COMPRESSED_FILE, MODEL_FILE, TOKENIZER_FILE, model_digest
from rag.models.reading import META_FILE, PACKAGED_READER, OnnxReadingModel
from training.coarse import FINEST, coarsen, write_compressed
from training.data_sets import read_sets
from training.evaluate import best_spans
from training.examples import Example
from training.int8 import write_int8
from training.model import ReaderModel, load_tokenizer
from training.outliers import part_outliers
from training.train import LONGEST

_TARGET = Path(__file__).parent.parent / "rag" / "models" / PACKAGED_READER
_BASE_NAME = "intfloat/multilingual-e5-small"
_LARGEST = 45_000_000  # bytes
# Longer than any passage with its headline and a question.
_LONGEST_READ = 384
_COMPARED = 200
# The layers that have inputs far larger than the others, and how many texts of a set show these.
_WITH_OUTLIERS = ("intermediate.dense", "output.dense", "attn.o")
_SHOWN = 70


def main() -> int:
    """Export, compare, and put the folder in its place."""
    parser = argparse.ArgumentParser(prog="python -m training.export")
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    parser.add_argument("--base", type=Path, required=True, help="folder of the base network")
    parser.add_argument("--base-name", default=_BASE_NAME)
    parser.add_argument("--layers", type=int, help="lower layers that were trained; all by default")
    parser.add_argument(
        "--levels",
        type=int,
        default=FINEST,
        help=f"steps of a weight on both sides of 0, at most {FINEST}",
    )
    parser.add_argument("--target", type=Path, default=_TARGET)
    options = parser.parse_args()
    model = ReaderModel(options.base, layers=options.layers, attention="eager")
    state = torch.load(options.work / "checkpoint.pt", weights_only=True)
    model.load_state_dict(state["model"])
    model.eval()
    tokenizer = load_tokenizer(options.base, longest=LONGEST)
    sets = read_sets("tune")
    examples = sets["newsqa"]
    shown = [*examples[_COMPARED : _COMPARED + _SHOWN], *sets["asked"][-_SHOWN:]]
    parted = deepcopy(model)
    if options.levels < FINEST:
        coarsen(parted, levels=options.levels, read=lambda: best_spans(parted, shown, tokenizer))
    part_outliers(parted, lambda: best_spans(parted, shown, tokenizer), of=_WITH_OUTLIERS)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_int8(
            parted,
            folder / MODEL_FILE,
            row="pair",
            inputs=("input_ids", "attention_mask", "token_type_ids"),
            outputs={"judgement": {0: "pair"}, "edges": {0: "pair", 1: "token"}},
        )
        shutil.copyfile(options.base / TOKENIZER_FILE, folder / TOKENIZER_FILE)
        write_compressed(folder / MODEL_FILE, folder / COMPRESSED_FILE)
        (folder / MODEL_FILE).unlink()
        weights = (folder / COMPRESSED_FILE).read_bytes()
        meta = {
            "name": PACKAGED_READER,
            "base": options.base_name,
            "steps": state["step"],
            "longest_tokens": _LONGEST_READ,
            "sha256": model_digest(weights, (folder / TOKENIZER_FILE).read_bytes()),
        }
        (folder / META_FILE).write_text(json.dumps(meta, indent=1) + "\n")
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(f"{size:,} bytes; {_compare(model, OnnxReadingModel(folder), tokenizer, examples)}")
        if size > _LARGEST:
            sys.exit(f"{size:,} bytes are more than {_LARGEST:,}")
        options.target.mkdir(parents=True, exist_ok=True)
        (options.target / MODEL_FILE).unlink(missing_ok=True)
        for path in folder.iterdir():
            shutil.copyfile(path, options.target / path.name)
    return 0


def _compare(
    model: ReaderModel,
    exported: OnnxReadingModel,
    tokenizer: Tokenizer,
    examples: Sequence[Example],
) -> str:
    """Return in words how far the int8 model is from the network, on what was held out."""
    examples = examples[:_COMPARED]
    spans = best_spans(model, examples, tokenizer)
    before = [_f1(text, example) for example, (text, *_) in zip(examples, spans, strict=True)]
    after, same = [], 0
    relevance: list[float] = []
    for example, (text, _, judged, _) in zip(examples, spans, strict=True):
        (reading,) = exported.read(example.question, [example.passage])
        found = reading.best_span()
        assert found is not None
        read = example.passage.body[found.span.start : found.span.end]
        after.append(_f1(read, example))
        same += read == text
        relevance.append(abs(reading.relevance - judged))
    return (
        f"span F1 {np.mean(before):.3f} before and {np.mean(after):.3f} after quantising, the same "
        f"span in {same} of {len(examples)}, relevance off by {np.mean(relevance):.2f} on average"
    )


def _f1(text: str, example: Example) -> float:
    return max(token_f1(text, example.passage.body[a:b]) for a, b in example.answers)


if __name__ == "__main__":
    sys.exit(main())
