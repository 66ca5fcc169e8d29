"""Keeps quiet what Hugging Face's library says of each try to download a model.

Without a network, it tries dozens of times before it gives up, and writes two lines for each of
them. What went wrong in the end is in the error, which says it once.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_TRIES = "huggingface_hub.utils._http"


@contextmanager
def quiet_tries() -> Iterator[None]:
    """Let no warning of a try through while a model is loaded; errors pass."""
    tries = logging.getLogger(_TRIES)
    level = tries.level
    tries.setLevel(logging.ERROR)
    try:
        yield
    finally:
        tries.setLevel(level)
