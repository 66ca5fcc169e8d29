"""Keeps the few inputs of a layer that are far larger than its others out of the int8 product.

An int8 layer rounds all its inputs to 255 steps of one size. If one input is ten times as large as
the others, these have 25 steps left. So the largest are multiplied apart, in float32, and the
layer sees them as 0 (Dettmers et al., "LLM.int8(): 8-bit Matrix Multiplication for Transformers at
Scale", 2022). The inputs of a layer that are large are the same for every text.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

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
    largest = [torch.zeros(layer.in_features) for layer in layers.values()]

    def look(place: int, given: Tensor) -> None:
        largest[place] = torch.maximum(largest[place], given.abs().amax(0))

    with watched([*layers.values()], look):
        read()
    for (name, layer), inputs in zip(layers.items(), largest, strict=True):
        outliers = inputs.topk(min(OUTLIERS, layer.in_features)).indices.sort().values
        network.set_submodule(name, PartedLinear(layer, outliers))


@contextmanager
def watched(layers: Sequence[nn.Linear], look: Callable[[int, Tensor], object]) -> Iterator[None]:
    """Show `look` what each layer is given, `(tokens, inputs)`, with the place of the layer."""

    def watch(place: int) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def show(_: nn.Module, given: tuple[Tensor, ...]) -> None:
            look(place, given[0].detach().flatten(end_dim=-2))

        return show

    watching = [layer.register_forward_pre_hook(watch(place)) for place, layer in enumerate(layers)]
    try:
        yield
    finally:
        for one in watching:
            one.remove()
