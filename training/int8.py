"""Writes a torch network that reads tokens as an int8 ONNX model.

`training.export` uses it for the reader, and `training.export_embedder` for the embedding model.
"""

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.outliers import OUTLIERS


def write_int8(
    network: torch.nn.Module,
    target: Path,
    *,
    row: str,
    inputs: Sequence[str],
    outputs: Mapping[str, Mapping[int, str]],
) -> None:
    """Write a network that reads tokens as an int8 model.

    `row` is the name of a row of the inputs. `outputs` gives the names of their free dimensions.
    Matrices of a few rows stay as they are (`training.outliers`).
    """
    fp32 = target.with_name("fp32.onnx")
    axes = {name: {0: row, 1: "token"} for name in inputs} | dict(outputs)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # tracing warns about constant shapes; compared afterwards
        torch.onnx.export(
            network.eval(),
            tuple(torch.ones(2, 8, dtype=torch.int64) for _ in inputs),
            str(fp32),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
    onnx.checker.check_model(str(fp32))
    graph = onnx.load(fp32).graph
    flat = {
        matrix.name for matrix in graph.initializer if matrix.dims and matrix.dims[0] <= OUTLIERS
    }
    quantize_dynamic(
        fp32,
        target,
        per_channel=True,
        reduce_range=True,  # without VNNI, 8-bit products overflow 16-bit sums
        weight_type=QuantType.QInt8,
        nodes_to_exclude=[
            node.name
            for node in graph.node
            if node.op_type == "MatMul" and not flat.isdisjoint(node.input)
        ],
    )
    fp32.unlink()
