"""Opens exported models from their folders and checks their digests, with ONNX Runtime.

The embedding model and the packaged reader have such folders. A folder holds weights, a tokenizer,
and a record with the SHA-256 of both.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

from rag.errors import ModelError

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"


class ExportedModel(NamedTuple):
    """A session of ONNX Runtime, a tokenizer without padding, and the model's record.

    `longest` is the number of tokens that the model reads.
    """

    session: Any
    tokenizer: Any
    longest: int
    record: dict[str, Any]


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
        weights = (folder / MODEL_FILE).read_bytes()
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
    session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    tokens = Tokenizer.from_buffer(tokenizer)
    tokens.no_padding()
    return ExportedModel(session, tokens, longest, record)


def model_digest(weights: bytes, tokenizer: bytes) -> str:
    """Return the SHA-256, in hexadecimal, of the two files that a model's results depend on."""
    digest = hashlib.sha256(weights)
    digest.update(tokenizer)
    return digest.hexdigest()
