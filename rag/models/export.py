"""Exports a sentence-transformers model as int8 ONNX and compares it with the original.

The export runs once, in its own process (`python -m rag.models.export MODEL_DIR TARGET_DIR`). On a
CPU, only the export needs torch, and the gigabyte of memory that it takes is free again when the
process ends.
"""

import json
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sentence_transformers import SentenceTransformer

from rag.errors import ModelError
from rag.models.embedding import EXPORT_META, OnnxEmbedder
from rag.models.onnx_models import MODEL_FILE, TOKENIZER_FILE, model_digest

# The least cosine to the original over the check sentences. For all-MiniLM-L6-v2, the mean is .991
# and the lowest .984. A broken export is far below.
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


def export(model_dir: Path, target: Path) -> None:
    """Write `target/model.onnx`, its tokenizer and its record, either all or none of them.

    Raises:
        ModelError: the vectors of the int8 model differ too much from those of the original.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".export-") as scratch:
        folder = Path(scratch) / "model"
        folder.mkdir()
        model = SentenceTransformer(
            str(model_dir), device="cpu", model_kwargs={"attn_implementation": "eager"}
        )
        write_int8(
            _PooledEncoder(model),
            folder / MODEL_FILE,
            row="text",
            inputs=("input_ids", "attention_mask"),
            outputs={"vectors": {0: "text"}},
        )
        shutil.copyfile(model_dir / "tokenizer.json", folder / TOKENIZER_FILE)
        digest = model_digest(
            (folder / MODEL_FILE).read_bytes(), (folder / TOKENIZER_FILE).read_bytes()
        )
        meta = {"sha256": digest, "max_tokens": model.get_max_seq_length()}
        (folder / EXPORT_META).write_text(json.dumps(meta))
        meta |= _compare(model, OnnxEmbedder(folder, name=model_dir.name))
        (folder / EXPORT_META).write_text(json.dumps(meta, indent=1))
        try:
            os.rename(folder, target)
        except OSError:
            if not (target / EXPORT_META).exists():  # else another process was first
                raise


def write_int8(
    network: torch.nn.Module,
    target: Path,
    *,
    row: str,
    inputs: Sequence[str],
    outputs: Mapping[str, Mapping[int, str]],
) -> None:
    """Write a network that reads tokens as an int8 model.

    `row` is the name of a row of the inputs. `outputs` gives the names of their free dimensions.
    """
    fp32 = target.with_name("fp32.onnx")
    axes = {name: {0: row, 1: "token"} for name in inputs} | dict(outputs)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # tracing warns about constant shapes; compared afterwards
        torch.onnx.export(
            network.eval(),
            tuple(torch.ones(2, 8, dtype=torch.int64) for _ in inputs),
            str(fp32),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
    onnx.checker.check_model(str(fp32))
    quantize_dynamic(
        fp32,
        target,
        per_channel=True,
        reduce_range=True,  # without VNNI, 8-bit products overflow 16-bit sums
        weight_type=QuantType.QInt8,
    )
    fp32.unlink()


def _compare(model: SentenceTransformer, exported: OnnxEmbedder) -> dict[str, float]:
    original = model.encode(list(_CHECK_SENTENCES), normalize_embeddings=True)
    cosines = np.sum(np.asarray(original) * exported.embed(_CHECK_SENTENCES), axis=1)
    lowest, mean = float(cosines.min()), float(cosines.mean())
    if lowest < _LOWEST_COSINE or mean < _MEAN_COSINE:
        raise ModelError(
            f"the int8 copy of {exported.name} differs from the original: cosine {mean:.3f} on "
            f"average and {lowest:.3f} at worst, wanted {_MEAN_COSINE} and {_LOWEST_COSINE}; set "
            "DATELINE_EMBEDDING_RUNTIME=torch to use the original"
        )
    return {"cosine_mean": round(mean, 4), "cosine_lowest": round(lowest, 4)}


if __name__ == "__main__":
    try:
        export(Path(sys.argv[1]), Path(sys.argv[2]))
    except ModelError as error:
        sys.exit(str(error))
