"""Reads linear models over named numbers from the JSON files that hold their weights.

`bench/fit_reader.py` fits the models and writes the files.
"""

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from rag.errors import ModelError


def logistic(x: float) -> float:
    """Return the probability, 0 to 1, that a logistic model gives to a sum of `x`."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, x))))


def log_odds(probability: float) -> float:
    """Return the sum to which a logistic model gives a probability; 0 and 1 count as nearly so."""
    near = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(near / (1 - near))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """The weights of signals, by their names.

    `sentence` chooses a sentence. `confidence` says how likely it is to answer, after `offset` is
    added to its sum. A signal that is not named does not count. `clarity` is the weight of
    how clear it is which of the sentences is the best.
    """

    sentence: Mapping[str, float]
    confidence: Mapping[str, float]
    offset: float
    clarity: float = 0.0

    def score_of(self, signals: Mapping[str, float]) -> float:
        """Return how well a sentence answers, to compare it with others."""
        return _weighed(self.sentence, signals)

    def confidence_of(self, signals: Mapping[str, float]) -> float:
        """Return the probability, 0 to 1, that a sentence answers which is clearly the best."""
        return logistic(_weighed(self.confidence, signals) + self.offset)


def _weighed(weights: Mapping[str, float], signals: Mapping[str, float]) -> float:
    return sum(weight * signals[name] for name, weight in weights.items())


def read_mixture(file: Traversable, known: Collection[str]) -> Mixture:
    """Return the mixture in a JSON file, whose names must be among the known signals.

    Raises:
        ModelError: the file cannot be read, or has a name that is not known.
    """
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        sentence, confidence = (
            {str(name): float(weight) for name, weight in kept[key].items()}
            for key in ("sentence", "confidence")
        )
        offset, clarity = float(kept["offset"]), float(kept["clarity"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{file} cannot be read ({type(error).__name__}: {error}); install dateline again"
        ) from error
    if unknown := sorted((sentence.keys() | confidence.keys()) - set(known)):
        raise ModelError(
            f"{file} has weights of unknown signals: {unknown}; install dateline again"
        )
    return Mixture(sentence=sentence, confidence=confidence, offset=offset, clarity=clarity)


def write_mixture(mixture: Mixture) -> str:
    """Return a mixture as the JSON that `read_mixture` reads."""
    weights = {
        key: {name: round(weight, 3) for name, weight in of_names.items()}
        for key, of_names in (("sentence", mixture.sentence), ("confidence", mixture.confidence))
    }
    rest = {"offset": round(mixture.offset, 3), "clarity": round(mixture.clarity, 3)}
    return json.dumps({**weights, **rest}, indent=2) + "\n"
