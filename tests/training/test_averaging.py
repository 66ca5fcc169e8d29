"""The mean of two readers' weights lies between them."""

import pytest
import torch

from training.averaging import averaged


def test_a_quarter_of_the_way_from_the_first_to_the_second() -> None:
    first = {"edges.weight": torch.tensor([[0.0, 2.0]]), "edges.bias": torch.tensor([1.0])}
    second = {"edges.weight": torch.tensor([[4.0, 2.0]]), "edges.bias": torch.tensor([-1.0])}
    mean = averaged(first, second, share=0.25)
    assert mean["edges.weight"].tolist() == [[1.0, 2.0]]
    assert mean["edges.bias"].tolist() == [0.5]


def test_weights_of_different_networks_are_refused() -> None:
    with pytest.raises(ValueError, match="one network"):
        averaged({"a": torch.zeros(1)}, {"b": torch.zeros(1)}, share=0.5)
