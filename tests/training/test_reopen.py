"""The shipped weights can be trained on."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from rag.models.embedding import packaged_model
from training.int8 import write_int8
from training.model import ReaderModel
from training.outliers import part_outliers
from training.reopen import reopened

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(3)
    path = tmp_path_factory.mktemp("reader") / "model.onnx"
    network = ReaderModel(packaged_model(), layers=2, attention="eager")
    ids = torch.arange(1000, 1040).reshape(2, 20)
    texts = (ids, torch.ones_like(ids), torch.zeros_like(ids))
    part_outliers(
        network.eval(), lambda: network(*texts), of=("intermediate.dense", "output.dense")
    )
    write_int8(
        network,
        path,
        row="pair",
        inputs=_INPUTS,
        outputs={"judgement": {0: "pair"}, "edges": {0: "pair", 1: "token"}},
    )
    return path


def test_reopened_network_says_what_the_int8_model_says(exported: Path) -> None:
    network = ReaderModel(packaged_model(), layers=2)
    network.load_state_dict(reopened(exported, network))
    network.eval()
    rng = np.random.default_rng(5)
    ids = rng.integers(1000, 9000, size=(2, 40))
    given = (ids, np.ones_like(ids), np.repeat([[0] * 10 + [1] * 30], 2, axis=0))
    session = onnxruntime.InferenceSession(str(exported))
    said = session.run(None, dict(zip(_INPUTS, given, strict=True)))
    with torch.no_grad():
        again = network(*(torch.tensor(values) for values in given))
    for before, after in zip(said, again, strict=True):
        assert np.abs(before - after.numpy()).mean() < 0.05 * np.abs(before).max()


def test_model_of_another_depth_is_refused(exported: Path) -> None:
    with pytest.raises(ValueError, match=r"layer\.2"):
        reopened(exported, ReaderModel(packaged_model(), layers=3))
