"""Export the network that weighs words as int8 ONNX: `python -m training.export_carrying`.

Writes `rag/models/dateline-carrier/` (the model, its tokenizer, its record) after comparing the
int8 model with the network on conversations held out of training.
"""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

import torch

from rag.models.carrying import (
    CARRIER_RECORD,
    PACKAGED_CARRIER,
    CarryingModel,
    Encoded,
    OnnxCarryingModel,
    Weighed,
    encode,
)
from rag.models.embedding import BASE_SHA256, DEFAULT_MODEL
from rag.models.onnx_models import MODEL_FILE, TOKENIZER_FILE, model_digest
from training.carrier_model import LONGEST, CarrierModel, load_tokenizer, pruned_tokenizer
from training.conversations import Conversation, examples, read_conversations
from training.int8 import write_int8
from training.operating_point import choose, scores_of

_TARGET = Path(__file__).parent.parent / "rag" / "models" / PACKAGED_CARRIER
_LARGEST = 14_000_000  # bytes
_COMPARED = 300


def main() -> int:
    """Export, compare, and put the folder in its place."""
    parser = argparse.ArgumentParser(prog="python -m training.export_carrying")
    parser.add_argument("--work", type=Path, default=Path("training/work-carrying"))
    parser.add_argument("--target", type=Path, default=_TARGET)
    options = parser.parse_args()
    model = CarrierModel(attention="eager")
    state = torch.load(options.work / "checkpoint.pt", weights_only=True)
    model.load_state_dict(state["model"])
    model.eval()
    held_out = read_conversations("tune")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _write(model, folder, steps=state["step"])
        least, scores = choose(OnnxCarryingModel(folder), held_out)
        with torch.no_grad():
            model.score.bias -= least  # what is carried has a logit over 0 from here on
        _write(model, folder, steps=state["step"])
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(f"{size:,} bytes; least logit {least:.1f} gives {scores}")
        print(_compare(model, OnnxCarryingModel(folder), held_out))
        if size > _LARGEST:
            sys.exit(f"{size:,} bytes are more than {_LARGEST:,}")
        options.target.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            shutil.copyfile(path, options.target / path.name)
    return 0


def _write(model: CarrierModel, folder: Path, *, steps: int) -> None:
    """Write the int8 model, its tokenizer and its record into a folder."""
    write_int8(
        model,
        folder / MODEL_FILE,
        row="question",
        inputs=("input_ids", "attention_mask", "roles", "marks"),
        outputs={"scores": {0: "question", 1: "token"}, "needs": {0: "question"}},
    )
    (folder / TOKENIZER_FILE).write_text(pruned_tokenizer(), encoding="utf-8")
    tokenizer = (folder / TOKENIZER_FILE).read_bytes()
    record = {
        "name": PACKAGED_CARRIER,
        "base": f"sentence-transformers/{DEFAULT_MODEL}",
        "base_sha256": BASE_SHA256,
        "steps": steps,
        "longest_tokens": LONGEST,
        "sha256": model_digest((folder / MODEL_FILE).read_bytes(), tokenizer),
    }
    (folder / CARRIER_RECORD).write_text(json.dumps(record, indent=1) + "\n")


def _compare(
    model: CarrierModel, exported: CarryingModel, conversations: list[Conversation]
) -> str:
    """Return in words how far the int8 model is from the network, on what was held out."""
    asked = list(examples(conversations))[:_COMPARED]
    tokenizer = load_tokenizer()
    before = [
        _weighed(model, encode(tokenizer, e.question, e.turns, longest=LONGEST)) for e in asked
    ]
    after = [exported.weigh(e.question, e.turns) for e in asked]
    f1 = (scores_of(asked, found).f1 for found in (before, after))
    return "F1 {:.3f} in float32 and {:.3f} in int8".format(*f1)


def _weighed(model: CarrierModel, encoded: Encoded) -> Weighed:
    rows = (encoded.ids, [1] * len(encoded.ids), encoded.roles, encoded.marks)
    with torch.no_grad():
        tokens, needs = model(*(torch.tensor([row]) for row in rows))
    logits = [float(tokens[0, word.first : word.last].mean()) for word in encoded.words]
    return Weighed(tuple(encoded.words), tuple(logits), float(needs[0]))


if __name__ == "__main__":
    sys.exit(main())
