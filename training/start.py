"""Take the weights to start from out of a reader that was exported before.

Training of the first reader cost an hour on a machine with bfloat16; whoever goes on from it keeps
that. Its int8 weights differ so little from the trained ones that the spans it marks are the same.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.model import ReaderModel

# The last matrix of the judgements was exported together with its bias.
_PRODUCT_ENDINGS = ("/Gemm_MatMul_quant", "/MatMul_quant")


def start_from(model: ReaderModel, exported: Path) -> None:
    """Load an export's weights; heads that it does not have keep those that they have.

    Raises:
        ValueError: the export is of another network.
    """
    state = model.state_dict()
    weights = _exported_weights(exported)
    if unknown := weights.keys() - state.keys():
        raise ValueError(f"{exported} has weights that the network has not: {sorted(unknown)}")
    for name, weight in weights.items():
        if weight.shape == state[name].shape:
            state[name] = weight
        elif name.startswith("edges."):
            # Start and end come first among what is said of a token; new heads start at zero.
            state[name] = torch.zeros_like(state[name])
            state[name][: len(weight)] = weight
        else:
            raise ValueError(f"{name} has shape {tuple(weight.shape)} in {exported}")
    model.load_state_dict(state)


def _exported_weights(path: Path) -> dict[str, Tensor]:
    """Return the weights by the names of the network's parameters, words left out."""
    graph = onnx.load(str(path)).graph
    arrays = {kept.name: numpy_helper.to_array(kept) for kept in graph.initializer}
    weights = {
        name: torch.from_numpy(array.copy())
        for name, array in arrays.items()
        if name.endswith((".weight", ".bias"))
    }
    for node in graph.node:
        ending = next((end for end in _PRODUCT_ENDINGS if node.name.endswith(end)), None)
        if node.op_type != "MatMulInteger" or ending is None:
            continue
        name = node.name.removesuffix(ending).strip("/").replace("/", ".")
        quantized = node.input[1].removesuffix("_quantized")
        scale, zero = arrays[f"{quantized}_scale"], arrays[f"{quantized}_zero_point"]
        values = (arrays[node.input[1]].astype(np.float32) - zero) * scale
        weights[f"{name}.weight"] = torch.from_numpy(values.T.copy())
    return weights
