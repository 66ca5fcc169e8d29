from pathlib import Path

import pytest
import torch
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertForQuestionAnswering,
    BertForSequenceClassification,
    BertTokenizerFast,
)

from rag.errors import ModelError
from rag.models.embedding import packaged_model
from rag.models.reading import Text, load_reading_model
from rag.models.reading_torch import TorchReadingModel
from rag.settings import load_settings

TEXTS = [Text("Ferry", "The ferry sailed on Monday."), Text("", "A loaf won.")]


def make_model(folder: Path, kind: type, labels: int = 1) -> str:
    """Write a tiny untrained model with the packaged model's words, and return its folder."""
    torch.manual_seed(4)
    config = BertConfig(
        vocab_size=30522,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=labels,
    )
    kind(config).save_pretrained(folder)
    BertTokenizerFast.from_pretrained(packaged_model()).save_pretrained(folder)
    return str(folder)


def test_a_cross_encoder_gives_relevance_and_marks_nothing(tmp_path: Path) -> None:
    name = make_model(tmp_path, BertForSequenceClassification)
    first, second = TorchReadingModel(name).read("When did it sail?", TEXTS)
    assert first.relevance != second.relevance
    assert first.best_span() is None


def test_a_question_answering_model_marks_words_of_the_passage(tmp_path: Path) -> None:
    model = load_reading_model(
        load_settings(reader=make_model(tmp_path, BertForQuestionAnswering, labels=2))
    )
    assert model is not None
    first, _ = model.read("When did it sail?", TEXTS)
    best = first.best_span()
    assert best is not None
    assert 0 <= best.span.start < best.span.end <= len(TEXTS[0].body)
    assert first.relevance == pytest.approx(best.score - first.silence)


def test_a_model_of_another_kind_is_refused_by_name(tmp_path: Path) -> None:
    name = make_model(tmp_path, BertForMaskedLM)
    with pytest.raises(ModelError, match="BertForMaskedLM"):
        TorchReadingModel(name)


def test_a_classifier_of_several_labels_is_refused(tmp_path: Path) -> None:
    name = make_model(tmp_path, BertForSequenceClassification, labels=3)
    with pytest.raises(ModelError, match="3 labels"):
        TorchReadingModel(name)


def test_a_model_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="DATELINE_READER"):
        TorchReadingModel(str(tmp_path / "nowhere"))
