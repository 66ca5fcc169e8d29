"""Tests reading and writing the weights of mixtures by their names."""

import json
from pathlib import Path

import pytest

from rag.errors import ModelError
from rag.evidence.reader import load_mixture
from rag.evidence.signals import READER_SIGNALS
from rag.models.linear import Mixture, logistic, read_mixture, write_mixture

NAMES = ["near", "told", "left out"]
KEPT = Mixture(sentence={"near": 1.5, "told": -2.0}, confidence={"told": 3.0}, offset=-1.0)


def test_a_mixture_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "mixture.json"
    path.write_text(write_mixture(KEPT), encoding="utf-8")
    assert read_mixture(path, NAMES) == KEPT


def test_signals_are_weighed_by_their_names_and_others_do_not_count() -> None:
    signals = {"told": 0.5, "near": 2.0, "left out": 100.0}
    assert KEPT.score_of(signals) == 2.0
    assert KEPT.confidence_of(signals) == logistic(0.5)


@pytest.mark.parametrize("kept", ["", "{}", '{"sentence": 1, "confidence": {}, "offset": 0}'])
def test_a_file_without_weights_is_refused(tmp_path: Path, kept: str) -> None:
    path = tmp_path / "mixture.json"
    path.write_text(kept, encoding="utf-8")
    with pytest.raises(ModelError, match=r"mixture\.json"):
        read_mixture(path, NAMES)


def test_a_weight_of_no_known_signal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mixture.json"
    kept = json.loads(write_mixture(KEPT))
    kept["sentence"]["other"] = 1.0
    path.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(ModelError, match="other"):
        read_mixture(path, NAMES)


def test_the_packaged_mixtures_know_their_signals() -> None:
    assert load_mixture(is_read=False).sentence
    assert load_mixture(is_read=True).sentence.keys() & set(READER_SIGNALS)


def test_a_logistic_is_a_probability_even_of_extremes() -> None:
    assert logistic(0) == 0.5
    assert 0 <= logistic(-1e9) < logistic(1e9) <= 1
