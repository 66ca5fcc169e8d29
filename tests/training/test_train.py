import pickle
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import torch

from bench.scores import auc
from rag.models.embedding import packaged_model
from rag.models.reading import Text
from training.batches import length_of
from training.examples import Example, draw
from training.judgements import Judgement
from training.model import ReaderModel
from training.resuming import set_rates
from training.shares import SHARES
from training.train import Training, batches_of, shared

ALL = SHARES["first"]


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


def test_a_share_is_put_to_look_alikes_alone() -> None:
    drawn = draw(examples(400), share=1.0, negatives=2, missing=0.25, rng=random.Random(2))
    missing = [(one, negatives) for one, negatives in drawn if not one.answers]
    assert 80 < len(missing) < 120
    for one, negatives in missing:
        assert one.passage.body.startswith("Nothing about it")
        assert [one.passage, *negatives] == list(dict.fromkeys([one.passage, *negatives]))
        assert len(negatives) == 1


def test_the_same_seed_draws_the_same() -> None:
    one, other = (
        draw(examples(50), share=0.3, negatives=2, rng=random.Random(9)) for _ in range(2)
    )
    assert one == other


def test_the_parts_of_a_batch_have_all_of_it_and_are_about_as_long() -> None:
    batch = draw(examples(60), share=1.0, negatives=2.5, rng=random.Random(3))
    parts = shared(batch, 2)
    assert Counter(one for part in parts for one in part) == Counter(batch)
    one, other = (sum(map(length_of, part)) for part in parts)
    assert abs(one - other) < 0.05 * one
    assert parts == shared(batch, 2)


def training(work: Path, model: ReaderModel) -> Training:
    return Training(model, packaged_model(), work, 1e-4, torch.device("cpu"))


def weights(model: ReaderModel) -> list[torch.Tensor]:
    return [parameter.detach().clone() for parameter in model.parameters()]


def test_training_goes_on_where_it_stopped(tmp_path: Path) -> None:
    batches = batches_of({"newsqa": examples(4)}, ALL, 0, tokens=60)
    assert len(batches) > 1
    model = ReaderModel(packaged_model())
    before = weights(model)
    training(tmp_path, model).run(batches, seconds=1e9)
    assert any(not torch.equal(a, b) for a, b in zip(before, weights(model), strict=True))
    again = ReaderModel(packaged_model())
    training(tmp_path, again).run(batches, seconds=1e9)  # nothing is left to do
    assert all(torch.equal(a, b) for a, b in zip(weights(model), weights(again), strict=True))


def test_training_ends_when_its_time_is_over(tmp_path: Path) -> None:
    model = ReaderModel(packaged_model())
    before = weights(model)
    training(tmp_path, model).run(
        batches_of({"newsqa": examples(4)}, ALL, 0, tokens=60), seconds=1e-9
    )
    assert all(torch.equal(a, b) for a, b in zip(before, weights(model), strict=True))


def test_what_has_neither_label_nor_judgement_teaches_nothing() -> None:
    unlabelled = replace(examples(1)[0], labelled=False)
    said = Judgement(relevance=1.0, answerable=1.0, starts=(), ends=(), supports=())
    assert batches_of({"newsqa": [unlabelled]}, ALL, 0, tokens=60) == []
    assert batches_of({"newsqa": [replace(unlabelled, judgements=(said,))]}, ALL, 0, tokens=60)


def test_learning_rates_rise_and_fall() -> None:
    model = ReaderModel(packaged_model())
    optimizer = torch.optim.AdamW([{"params": list(model.parameters()), "rate": 1e-4}])
    rates = []
    for progress in (0.0, 0.03, 0.06, 0.5, 1.0):
        set_rates(optimizer, progress)
        rates.append(optimizer.param_groups[0]["lr"])
    assert rates[0] == rates[-1] == 0
    assert rates[1] < rates[2] > rates[3] > rates[4]


def test_the_area_under_the_curve_counts_pairs_in_order() -> None:
    assert auc([2.0, 3.0], [1.0, 2.5]) == 0.75
    assert auc([1.0], [1.0]) == 0.5


def test_words_are_not_trained_and_upper_layers_can_be_left_out() -> None:
    model = ReaderModel(packaged_model(), layers=2)
    trained = [name for name, p in model.named_parameters() if p.requires_grad]
    assert not any("embeddings" in name for name in trained)
    assert any("layer.1." in name for name in trained)
    assert not any("layer.2." in name for name in trained)


def test_two_processes_share_a_training(tmp_path: Path) -> None:
    sets = {"train": {"newsqa": examples(5)}, "tune": {}}
    (tmp_path / "examples.pickle").write_bytes(pickle.dumps(sets))
    command = [sys.executable, "-m", "training.train", "--processes", "2", "--passes", "1"]
    command += ["--work", str(tmp_path), "--base", str(packaged_model()), "--tokens", "60"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    state = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert state["step"] == len(batches_of(sets["train"], ALL, 0, tokens=60))
    before = ReaderModel(packaged_model()).state_dict()
    assert any(not torch.equal(before[name], value) for name, value in state["model"].items())
