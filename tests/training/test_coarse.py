"""Tests that coarse weights stay near the old ones and get small in a file."""

import gzip
from pathlib import Path

import torch
from torch import nn

from training.coarse import coarsen, write_compressed


def test_each_output_has_few_weights_and_none_moves_far() -> None:
    layer = nn.Linear(64, 8)
    before = layer.weight.detach().clone()
    coarsen(nn.Sequential(layer), levels=15)
    step = before.abs().amax(1, keepdim=True) / 15
    assert all(len(row.unique()) <= 31 for row in layer.weight)
    assert ((layer.weight - before).abs() <= step / 2 + 1e-6).all()


def test_a_compressed_file_is_what_it_was_and_takes_what_its_bytes_ask_for(tmp_path: Path) -> None:
    source, target = tmp_path / "model", tmp_path / "model.gz"
    source.write_bytes(bytes(torch.randint(0, 16, (100_000,), dtype=torch.uint8).tolist()))
    write_compressed(source, target)
    assert gzip.decompress(target.read_bytes()) == source.read_bytes()
    assert target.stat().st_size < 52_000  # four bits a byte
