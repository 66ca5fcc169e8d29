"""Tests the choice of an engine, which needs no cluster."""

import sys
from pathlib import Path

import numpy as np
import pytest

from ingest.command import with_processes
from ingest.engines import LocalEngine, open_engine
from ingest.run import Options
from rag.errors import SettingsError
from rag.models.embedding import load_embedder
from rag.settings import load_settings
from tests.fakes import HashingEmbedder


def test_an_engine_that_is_not_installed_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.delitem(sys.modules, "ingest.ray_engine", raising=False)
    with pytest.raises(SettingsError, match=r"pip install '\.\[ray\]'"):
        open_engine("ray", load_settings())


def test_the_local_engine_shares_an_array_by_a_file(tmp_path: Path) -> None:
    array = np.array([3, 5, 8], dtype=np.uint64)
    shared = LocalEngine().share(array, tmp_path)
    assert shared().tolist() == [3, 5, 8]
    assert list(tmp_path.iterdir())


def test_no_worker_is_told_a_key() -> None:
    settings = load_settings(qdrant_api_key="swordfish", llm_api_key="herring")
    embedder = load_embedder(settings)
    options = with_processes(Options(), settings, embedder, LocalEngine())
    (sent,) = options.load_embedder.args  # type: ignore[union-attr]  # it is a partial
    assert (sent.qdrant_api_key, sent.llm_api_key) == (None, None)


class TwoCards(LocalEngine):
    """An engine with two GPUs."""

    gpus = 2
    processors = 16  # type: ignore[assignment]


@pytest.mark.parametrize(("device", "workers", "gpus"), [("auto", 2, 1), ("cpu", 1, 0)])
def test_a_model_on_torch_gets_the_cards_unless_the_setting_says_otherwise(
    device: str, workers: int, gpus: int
) -> None:
    settings = load_settings(embedding_device=device)
    options = with_processes(Options(), settings, HashingEmbedder(), TwoCards())
    assert (options.embedding_workers, options.embedding_gpus) == (workers, gpus)
    assert (options.workers, options.articles_each) == (16, 64 if gpus else 4)
