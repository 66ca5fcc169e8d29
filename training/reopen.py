"""Make weights to go on training from of the reader that ships: `python -m training.reopen`.

The checkpoint of a training is four times as large as the int8 model that is made of it, and is not
kept. What rounding took away is small beside what training then changes.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

import rag.models
from rag.models.onnx_models import decompressed, weights_file
from rag.models.reading import PACKAGED_READER
from training.model import ReaderModel

_SHIPPED = Path(rag.models.__file__).parent / PACKAGED_READER
_INT8 = "_quantized"
_TURNED = "_Transposed"

Weights = NDArray[np.float32]


def main() -> int:
    """Write the weights as a checkpoint that `training.train --weights` reads."""
    parser = argparse.ArgumentParser(prog="python -m training.reopen")
    parser.add_argument("--base", type=Path, required=True, help="folder of the base network")
    parser.add_argument("--layers", type=int, help="lower layers that were trained; all by default")
    parser.add_argument("--reader", type=Path, default=_SHIPPED, help="folder of the reader")
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    model = ReaderModel(options.base, layers=options.layers)
    torch.save({"model": reopened(weights_file(options.reader), model)}, options.target)
    return 0


def reopened(path: Path, model: ReaderModel) -> dict[str, torch.Tensor]:
    """Return the weights of an int8 model by their names in the network that it was made of.

    Raises:
        ValueError: the model is not of such a network.
    """
    graph = onnx.load_from_string(decompressed(path.read_bytes())).graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    read = iter(_products(graph, stored))
    found: dict[str, torch.Tensor] = {}
    for name, wanted in model.state_dict().items():
        if name in stored:
            weights = stored[name]
        elif f"{name}{_INT8}" in stored:
            weights = _restored(name, stored)
        elif f"{name}{_TURNED}{_INT8}" in stored:
            weights = _restored(f"{name}{_TURNED}", stored).T
        else:  # a product's matrix, which has lost its name, and stands the other way round
            weights = _restored(next(read, ""), stored).T
        if weights.shape != tuple(wanted.shape):
            raise ValueError(f"{path}: {name} is {weights.shape} and not {tuple(wanted.shape)}")
        found[name] = torch.tensor(np.ascontiguousarray(weights), dtype=wanted.dtype)
    return found


def _products(graph: onnx.GraphProto, stored: dict[str, Weights]) -> list[str]:
    """Return the matrices without a name of their own, in the order of the network."""
    names = (name.removesuffix(_INT8) for node in graph.node for name in node.input)
    return [
        name
        for name in dict.fromkeys(names)
        if stored.get(f"{name}{_INT8}", np.empty(0)).ndim == 2 and ".weight" not in name
    ]


def _restored(name: str, stored: dict[str, Weights]) -> Weights:
    """Return a matrix as it was before it was rounded to int8."""
    try:
        rounded, zero = (stored[f"{name}{end}"] for end in (_INT8, "_zero_point"))
        scale = stored[f"{name}_scale"]
    except KeyError as error:
        raise ValueError(f"the model has no {error.args[0]}: it is not one of ours") from error
    restored: Weights = (rounded.astype(np.float32) - zero.astype(np.float32)) * scale
    return restored


if __name__ == "__main__":
    sys.exit(main())
