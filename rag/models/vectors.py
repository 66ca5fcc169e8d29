"""Defines the arrays that hold vectors of texts, and computes the mean of several vectors."""

import numpy as np
from numpy.typing import NDArray

# Unit rows `(n, dim)`, or one unit vector `(dim,)`.
Vectors = NDArray[np.float32]


def mean_vector(vectors: Vectors) -> Vectors:
    """Return the mean of rows `(n, dim)` as a unit vector `(dim,)`."""
    mean: Vectors = vectors.mean(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)
