"""Tests that coarse weights stay near the old ones and get small in a file."""

import gzip
from copy import deepcopy
from pathlib import Path

import torch
from torch import Tensor, nn

from training.coarse import coarsen, write_compressed


def coarse(layer: nn.Linear, given: Tensor, *, levels: int) -> nn.Linear:
    """Return the layer with its weights rounded as it asks for that reads this."""
    rounded = deepcopy(layer)
    coarsen(nn.Sequential(rounded), levels=levels, read=lambda: rounded(given))
    return rounded


def test_each_output_has_few_weights_and_the_largest_stays() -> None:
    torch.manual_seed(1)
    layer = nn.Linear(64, 12)
    rounded = coarse(layer, torch.randn(500, 64), levels=16)
    assert all(len(row.unique()) <= 33 for row in rounded.weight)
    largest = layer.weight.abs().amax(1)
    assert (rounded.weight.abs().amax(1) <= largest + 1e-6).all()
    # What the int8 format has: multiples of a sixty-fourth of the largest.
    steps = rounded.weight / largest[:, None] * 64
    assert torch.allclose(steps, steps.round(), atol=1e-3)


def test_inputs_that_go_together_make_up_for_each_other() -> None:
    torch.manual_seed(2)
    layer = nn.Linear(64, 12)
    given = torch.randn(2000, 8) @ torch.randn(8, 64) + 0.1 * torch.randn(2000, 64)
    rounded = coarse(layer, given, levels=8)
    step = layer.weight.abs().amax(1, keepdim=True) / 8
    plain = (layer.weight / step).round() * step
    wanted = layer(given)
    off = (rounded(given) - wanted).square().mean()
    assert off < (given @ plain.T + layer.bias - wanted).square().mean() / 3


def test_matrices_of_few_rows_stay() -> None:
    head = nn.Linear(64, 3)
    assert torch.equal(coarse(head, torch.randn(9, 64), levels=2).weight, head.weight)


def test_a_compressed_file_is_what_it_was_and_takes_what_its_bytes_ask_for(tmp_path: Path) -> None:
    source, target = tmp_path / "model", tmp_path / "model.gz"
    source.write_bytes(bytes(torch.randint(0, 16, (100_000,), dtype=torch.uint8).tolist()))
    write_compressed(source, target)
    assert gzip.decompress(target.read_bytes()) == source.read_bytes()
    assert target.stat().st_size < 52_000  # four bits a byte
