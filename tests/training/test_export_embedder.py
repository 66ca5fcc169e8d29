"""Tests that the recipe of the packaged embedding model gives the model that ships."""

from pathlib import Path

import numpy as np
import pytest

from rag.models.embedding import EMBEDDER_RECORD, OnnxEmbedder, load_embedder
from rag.models.onnx_models import TOKENIZER_FILE
from rag.settings import load_settings

TEXTS = ["The ceasefire took effect at midnight.", "Rain.", "Who counted 1,432 ballots by hand?"]


@pytest.mark.scale
@pytest.mark.filterwarnings("ignore")  # torch warns of the exporter that the recipe names
def test_the_recipe_gives_the_vectors_that_stored_archives_have(tmp_path: Path) -> None:
    # It takes seconds to import sentence-transformers, which no test needs that is run often.
    from training.export_embedder import export

    record = export(tmp_path)
    packaged = load_embedder(load_settings())
    made = OnnxEmbedder(tmp_path, name=packaged.name)
    np.testing.assert_array_equal(made.embed(TEXTS), packaged.embed(TEXTS))
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [EMBEDDER_RECORD, "model.onnx", TOKENIZER_FILE]
    assert record["cosine_lowest"] > 0.98
