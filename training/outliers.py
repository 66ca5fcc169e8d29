"""Keeps the few inputs of a layer that are far larger than its others out of the int8 product.

An int8 layer rounds all its inputs to 255 steps of one size. If one input is ten times as large as
the others, these have 25 steps left. So the largest are multiplied apart, in float32, and the
layer sees them as 0 (Dettmers et al., "LLM.int8(): 8-bit Matrix Multiplication for Transformers at
Scale", 2022). The inputs of a layer that are large are the same for every text.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

# Of each layer. One or two are far larger than all others; 16 or 48 give no better spans.
OUTLIERS = 8


class PartedLinear(nn.Linear):  # type: ignore[misc]  # torch is not followed
    """A linear layer that multiplies its outliers apart from its other inputs."""

    def __init__(self, layer: nn.Linear, outliers: Tensor) -> None:
        """Part `layer`, whose weights it shares, at the places `(outliers,)` of its inputs."""
        super().__init__(layer.in_features, layer.out_features, bias=layer.bias is not None)
        self.weight, self.bias = layer.weight, layer.bias
        others = torch.ones(layer.in_features).index_fill(0, outliers, 0.0)
        self.register_buffer("others", others, persistent=False)
        self.register_buffer("outliers", outliers, persistent=False)
        of_outliers = layer.weight.detach()[:, outliers].clone()
        self.register_buffer("of_outliers", of_outliers, persistent=False)

    def forward(self, given: Tensor) -> Tensor:
        """Return what the layer does, in two products."""
        rest = functional.linear(given * self.others, self.weight, self.bias)
        return rest + functional.linear(given[..., self.outliers], self.of_outliers)


def part_outliers(network: nn.Module, read: Callable[[], object], *, of: Sequence[str]) -> None:
    """Part the linear layers whose names end with one of `of`.

    `read` lets the network read texts, by which the largest inputs of each layer are found.
    """
    layers = {
        name: layer
        for name, layer in network.named_modules()
        if isinstance(layer, nn.Linear) and name.endswith(tuple(of))
    }
    largest = {name: torch.zeros(layer.in_features) for name, layer in layers.items()}

    def watch(name: str) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def look(_: nn.Module, given: tuple[Tensor, ...]) -> None:
            found = given[0].detach().abs().flatten(end_dim=-2).amax(0)
            largest[name] = torch.maximum(largest[name], found)

        return look

    watching = [layer.register_forward_pre_hook(watch(name)) for name, layer in layers.items()]
    read()
    for one in watching:
        one.remove()
    for name, layer in layers.items():
        outliers = largest[name].topk(min(OUTLIERS, layer.in_features)).indices.sort().values
        network.set_submodule(name, PartedLinear(layer, outliers))
