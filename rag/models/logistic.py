"""A weighed sum -> a probability."""

import math


def logistic(x: float) -> float:
    """Return the probability, 0 to 1, that a logistic model gives with a sum of `x`."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, x))))
