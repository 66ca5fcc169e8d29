"""Rounds the weights of a network to few values, so that the file of its int8 model gets small.

An int8 matrix whose rows have 33 values each takes about four and a half bits a weight once the
file is compressed (`write_compressed`). The product is computed in int8 all the same.

What rounding one weight of an output changes is made up for by the weights that are rounded after
it, as far as the inputs that the layer reads allow it (Frantar et al., "GPTQ: Accurate
Post-Training Quantization for Generative Pre-trained Transformers", 2023).
"""

import zlib
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn

from training.outliers import OUTLIERS, watched

# What the int8 format has on both sides of 0 (`training.int8` leaves out a bit).
FINEST = 64
# Weights that are rounded one by one before the others make up for them.
_BLOCK = 128
# Added to how large the inputs are on average, for inputs that are nearly always 0.
_DAMPING = 0.01
# A stream of gzip, as `gzip.decompress` reads it.
_GZIP = 31


def coarsen(network: nn.Module, *, levels: int, read: Callable[[], object]) -> None:
    """Round each output's weights of the linear layers to `levels` steps on both sides of 0.

    `read` lets the network read texts, by which is known what the layers' inputs are like.
    """
    layers = [
        layer
        for layer in network.modules()
        # Matrices of fewer rows are not rounded to int8 either.
        if isinstance(layer, nn.Linear) and layer.out_features > OUTLIERS
    ]
    products = [torch.zeros(layer.in_features, layer.in_features) for layer in layers]
    with watched(layers, lambda place, given: products[place].addmm_(given.T, given)):
        read()
    with torch.no_grad():
        for layer, product in zip(layers, products, strict=True):
            layer.weight.copy_(_rounded(layer.weight.clone(), product, levels))


def _rounded(weights: Tensor, product: Tensor, levels: int) -> Tensor:
    """Return `(outputs, inputs)` weights rounded input by input, the later ones corrected."""
    largest = weights.abs().amax(1).clamp_min(1e-12)
    damped = product + torch.eye(len(product)) * (_DAMPING * product.diagonal().mean() + 1e-9)
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(damped))
    spread = torch.linalg.cholesky(inverse, upper=True)
    for first in range(0, weights.shape[1], _BLOCK):
        block, own = weights[:, first : first + _BLOCK], spread[first:, first:]
        errors = torch.empty_like(block)
        for place in range(block.shape[1]):
            weight = block[:, place].clone()
            block[:, place] = _nearest(weight, largest, levels)
            errors[:, place] = (weight - block[:, place]) / own[place, place]
            behind = own[place, place + 1 : block.shape[1]]
            block[:, place + 1 :] -= errors[:, place, None] * behind
        size = block.shape[1]
        weights[:, first + size :] -= errors @ own[:size, size:]
    return weights


def _nearest(weights: Tensor, largest: Tensor, levels: int) -> Tensor:
    """Return the nearest of the values that both the levels and the int8 format have."""
    steps = (weights / largest * levels).round().clamp(-levels, levels)
    return (steps * FINEST / levels).round() / FINEST * largest


def write_compressed(source: Path, target: Path) -> None:
    """Write a file so that each byte takes as many bits as its frequency asks for.

    Weights have no repetitions, and looking for some costs space.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP, 9, zlib.Z_HUFFMAN_ONLY)
    target.write_bytes(packer.compress(source.read_bytes()) + packer.flush())
