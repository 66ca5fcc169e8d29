"""Reads linear models over named numbers from the JSON files that hold their weights.

`bench/fit_reader.py` fits the models and writes the files.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import ModelError

Weights = NDArray[np.floating[Any]]


def logistic(x: float) -> float:
    """Return the probability, 0 to 1, that a logistic model gives to a sum of `x`."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, x))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """The weights of signals.

    `sentence` `(signals,)` chooses a sentence. `confidence` `(signals,)` says how likely it is to
    answer, after `offset` is added to its sum.
    """

    sentence: Weights
    confidence: Weights
    offset: float

    def confidence_of(self, signals: NDArray[np.floating[Any]]) -> float:
        """Return the probability, 0 to 1, that a chosen sentence answers."""
        return logistic(float(self.confidence @ signals) + self.offset)


def read_mixture(file: Traversable, names: Sequence[str]) -> Mixture:
    """Return the mixture in a JSON file, with its weights in the order of these names.

    Raises:
        ModelError: the file cannot be read, or does not have exactly these names.
    """
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        sentence, confidence = (
            np.array([kept[key][name] for name in names], dtype=np.float32)
            for key in ("sentence", "confidence")
        )
        offset = float(kept["offset"])
        known = set(kept["sentence"]) | set(kept["confidence"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{file} cannot be read ({type(error).__name__}: {error}); install dateline again"
        ) from error
    if known != set(names):
        wrong = sorted(known ^ set(names))
        raise ModelError(
            f"{file} has weights missing or left over: {wrong}; install dateline again"
        )
    return Mixture(sentence=sentence, confidence=confidence, offset=offset)


def write_mixture(mixture: Mixture, names: Sequence[str]) -> str:
    """Return a mixture as the JSON that `read_mixture` reads."""
    weights = {
        key: {name: round(float(weight), 3) for name, weight in zip(names, row, strict=True)}
        for key, row in (("sentence", mixture.sentence), ("confidence", mixture.confidence))
    }
    return json.dumps({**weights, "offset": round(mixture.offset, 3)}, indent=2) + "\n"
