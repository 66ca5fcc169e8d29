"""Opens exported models from their folders and checks their digests, with ONNX Runtime.

The embedding model and the packaged reader have such folders. A folder holds weights, which may be
compressed, a tokenizer, and a record with the SHA-256 of both.
"""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

from rag.errors import ModelError

MODEL_FILE = "model.onnx"
COMPRESSED_FILE = f"{MODEL_FILE}.gz"
TOKENIZER_FILE = "tokenizer.json"
_GZIP = b"\x1f\x8b"


class ExportedModel(NamedTuple):
    """A session of ONNX Runtime, a tokenizer without padding, and the model's record.

    `longest` is the number of tokens that the model reads, and `inputs` are the names of what it is
    given.
    """

    session: Any
    tokenizer: Any
    longest: int
    record: dict[str, Any]
    inputs: frozenset[str]


def open_exported(
    folder: Path, *, record_file: str, longest_key: str, named: str, remedy: str, threads: int
) -> ExportedModel:
    """Return the model in a folder; with 0 `threads`, it gets one for each core.

    `longest_key` is the key in the record for the number of tokens that the model reads. `named` is
    the name of the model for people, and `remedy` says what to do if it was altered.

    Raises:
        ModelError: a file is missing, cannot be read, or was altered.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    try:
        record = json.loads((folder / record_file).read_text(encoding="utf-8"))
        weights = weights_file(folder).read_bytes()
        tokenizer = (folder / TOKENIZER_FILE).read_bytes()
        wanted, longest = record["sha256"], int(record[longest_key])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"the {named} in {folder} cannot be read ({type(error).__name__}: {error}); {remedy}"
        ) from error
    if model_digest(weights, tokenizer) != wanted:
        raise ModelError(f"the {named} in {folder} was altered since it was made; {remedy}")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Threads that spin while they wait take half the processor and gain nothing. A question took
    # 179 ms without spinning, 304 ms with it, and far more beside other work.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(
        decompressed(weights), options, providers=["CPUExecutionProvider"]
    )
    tokens = Tokenizer.from_buffer(tokenizer)
    tokens.no_padding()
    inputs = frozenset(one.name for one in session.get_inputs())
    return ExportedModel(session, tokens, longest, record, inputs)


def weights_file(folder: Path) -> Path:
    """Return the file of the weights in a folder, the compressed one if there is one."""
    compressed = folder / COMPRESSED_FILE
    return compressed if compressed.is_file() else folder / MODEL_FILE


def decompressed(weights: bytes) -> bytes:
    """Return the model of a file of weights, compressed or not."""
    return gzip.decompress(weights) if weights.startswith(_GZIP) else weights


def model_digest(weights: bytes, tokenizer: bytes) -> str:
    """Return the SHA-256, in hexadecimal, of the two files that a model's results depend on."""
    digest = hashlib.sha256(weights)
    digest.update(tokenizer)
    return digest.hexdigest()
