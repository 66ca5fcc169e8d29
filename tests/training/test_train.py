import random
from pathlib import Path

import torch

from bench.scores import auc
from rag.models.embedding import packaged_model
from rag.models.reading import Text
from training.batches import encode_group
from training.examples import Example, draw
from training.model import ReaderModel, load_tokenizer
from training.resuming import restore, save, set_rates
from training.train import _optimizer, _step


def examples(count: int) -> list[Example]:
    negatives = tuple(Text("", f"Nothing about it, {n}.") for n in range(6))
    return [
        Example("ours", f"Question {n}?", Text("", "It was so."), ((0, 2),), negatives)
        for n in range(count)
    ]


def test_a_share_is_drawn_with_so_many_look_alikes_on_average() -> None:
    drawn = draw(examples(400), share=0.5, negatives=1.5, rng=random.Random(2))
    assert len(drawn) == 200
    mean = sum(len(negatives) for _, negatives in drawn) / 200
    assert 1.35 < mean < 1.65


def test_the_same_seed_draws_the_same() -> None:
    one, other = (
        draw(examples(50), share=0.3, negatives=2, rng=random.Random(9)) for _ in range(2)
    )
    assert one == other


def test_training_goes_on_where_it_stopped(tmp_path: Path) -> None:
    tokenizer = load_tokenizer(packaged_model(), longest=32)
    (example,) = examples(1)
    pairs = encode_group(example, example.negatives[:1], tokenizer, 0)
    torch.manual_seed(1)
    model = ReaderModel(packaged_model())
    optimizer = _optimizer(model)
    set_rates(optimizer, 0.5)
    _step(model, optimizer, pairs, torch.device("cpu"), 1)
    save(tmp_path, model, optimizer, 1)
    again = ReaderModel(packaged_model())
    optimizer_again = _optimizer(again)
    assert restore(tmp_path, again, optimizer_again) == 1
    for one, other in zip(model.parameters(), again.parameters(), strict=True):
        assert torch.equal(one, other)
    state, restored = optimizer.state_dict()["state"], optimizer_again.state_dict()["state"]
    assert state.keys() == restored.keys()
    assert all(torch.equal(state[n]["exp_avg"], restored[n]["exp_avg"]) for n in state)


def test_without_a_checkpoint_training_starts_at_the_beginning(tmp_path: Path) -> None:
    model = ReaderModel(packaged_model())
    assert restore(tmp_path, model, _optimizer(model)) == 0


def test_learning_rates_rise_and_fall() -> None:
    model = ReaderModel(packaged_model())
    optimizer = _optimizer(model)
    rates = []
    for progress in (0.0, 0.03, 0.06, 0.5, 1.0):
        set_rates(optimizer, progress)
        rates.append(optimizer.param_groups[0]["lr"])
    assert rates[0] == rates[-1] == 0
    assert rates[1] < rates[2] > rates[3] > rates[4]


def test_the_area_under_the_curve_counts_pairs_in_order() -> None:
    assert auc([2.0, 3.0], [1.0, 2.5]) == 0.75
    assert auc([1.0], [1.0]) == 0.5


def test_frozen_layers_are_not_trained() -> None:
    model = ReaderModel(packaged_model(), frozen_layers=2)
    trained = [name for name, p in model.named_parameters() if p.requires_grad]
    assert not any("layer.1." in name for name in trained)
    assert any("layer.2." in name for name in trained)
