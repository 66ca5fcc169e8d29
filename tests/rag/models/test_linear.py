"""Tests reading and writing the weights of mixtures by their names."""

import json
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ModelError
from rag.evidence.reader import load_mixture
from rag.evidence.signals import READER_SIGNALS, WORD_SIGNALS
from rag.models.linear import Mixture, logistic, read_mixture, write_mixture

NAMES = ["near", "told"]
KEPT = Mixture(sentence=np.array([1.5, -2.0]), confidence=np.array([0.25, 3.0]), offset=-1.0)


def test_a_mixture_is_read_as_it_was_written_whatever_the_order(tmp_path: Path) -> None:
    path = tmp_path / "mixture.json"
    path.write_text(write_mixture(KEPT, NAMES), encoding="utf-8")
    read = read_mixture(path, NAMES[::-1])
    assert read.sentence.tolist() == [-2.0, 1.5]
    assert read.confidence.tolist() == [3.0, 0.25]
    assert read.offset == -1.0


@pytest.mark.parametrize(
    "kept", ["", "{}", '{"sentence": {"near": 1}, "confidence": {"near": 1}, "offset": 0}']
)
def test_a_file_without_these_weights_is_refused(tmp_path: Path, kept: str) -> None:
    path = tmp_path / "mixture.json"
    path.write_text(kept, encoding="utf-8")
    with pytest.raises(ModelError, match=r"mixture\.json"):
        read_mixture(path, NAMES)


def test_a_weight_too_many_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mixture.json"
    kept = json.loads(write_mixture(KEPT, NAMES))
    kept["sentence"]["other"] = 1.0
    path.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(ModelError, match="other"):
        read_mixture(path, NAMES)


def test_the_packaged_mixtures_have_the_signals() -> None:
    assert len(load_mixture(is_read=False).sentence) == len(WORD_SIGNALS)
    assert len(load_mixture(is_read=True).sentence) == len(WORD_SIGNALS + READER_SIGNALS)


def test_a_logistic_is_a_probability_even_of_extremes() -> None:
    assert logistic(0) == 0.5
    assert 0 <= logistic(-1e9) < logistic(1e9) <= 1
