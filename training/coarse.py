"""Rounds the weights of a network to few values, so that the file of its int8 model gets small.

An int8 matrix whose rows have 31 values each takes about four bits a weight once the file is
compressed (`write_compressed`). The product is computed in int8 all the same.
"""

import zlib
from pathlib import Path

import torch
from torch import nn

# A stream of gzip, as `gzip.decompress` reads it.
_GZIP = 31


def coarsen(network: nn.Module, *, levels: int) -> None:
    """Round each output's weights of the linear layers to `levels` steps on both sides of 0."""
    with torch.no_grad():
        for layer in network.modules():
            if isinstance(layer, nn.Linear):
                step = layer.weight.abs().amax(1, keepdim=True).clamp_min(1e-12) / levels
                layer.weight.copy_((layer.weight / step).round() * step)


def write_compressed(source: Path, target: Path) -> None:
    """Write a file so that each byte takes as many bits as its frequency asks for.

    Weights have no repetitions, and looking for some costs space.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP, 9, zlib.Z_HUFFMAN_ONLY)
    target.write_bytes(packer.compress(source.read_bytes()) + packer.flush())
