"""Inputs that are far larger than the others are multiplied apart, and not rounded."""

from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn

from training.int8 import write_int8
from training.outliers import OUTLIERS, PartedLinear, part_outliers

WIDTH = 64
LARGE = (5, 40)


class Network(nn.Module):  # type: ignore[misc]  # torch is not followed
    """Numbers become vectors, of which two dimensions are large, and go through two layers."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(4)
        self.numbers = nn.Embedding(50, WIDTH)
        self.first = nn.Linear(WIDTH, WIDTH)
        self.last = nn.Linear(WIDTH, 12)
        self.size = torch.ones(WIDTH)
        self.size[list(LARGE)] = 200
        with torch.no_grad():
            self.first.weight /= self.size

    def forward(self, given: Tensor) -> Tensor:
        said: Tensor = self.last(torch.tanh(self.first(self.numbers(given) * self.size)))
        return said


def parted() -> Network:
    network = Network()
    part_outliers(network, lambda: network(torch.arange(50).reshape(5, 10)), of=["first"])
    return network


def off(network: Network, path: Path) -> float:
    """Return how far the int8 model is from the network in float32, on average."""
    write_int8(network, path, row="row", inputs=("given",), outputs={"said": {0: "row"}})
    given = np.arange(50).reshape(10, 5)
    (said,) = onnxruntime.InferenceSession(str(path)).run(None, {"given": given})
    with torch.no_grad():
        wanted = Network()(torch.tensor(given)).numpy()
    return float(np.abs(said - wanted).mean())


def test_the_largest_inputs_are_found_and_the_layer_says_the_same() -> None:
    network, given = parted(), torch.arange(20).reshape(2, 10)
    assert isinstance(network.first, PartedLinear)
    assert type(network.last) is nn.Linear
    assert len(network.first.outliers) == OUTLIERS
    assert set(LARGE) <= set(network.first.outliers.tolist())
    assert torch.allclose(network(given), Network()(given), atol=1e-4)


def test_the_int8_model_is_nearer_with_the_largest_inputs_apart(tmp_path: Path) -> None:
    whole, apart = (off(one, tmp_path / "model.onnx") for one in (Network(), parted()))
    assert apart < whole / 3
