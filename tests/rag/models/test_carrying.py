"""Tests what the model for follow-ups reads, and that the packaged one tells what is needed."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from rag.errors import ModelError
from rag.models import carrying
from rag.models.carrying import (
    MARKS,
    ROLES,
    OnnxCarryingModel,
    Turn,
    Weighed,
    encode,
    load_carrying_model,
    terms_in,
)
from rag.models.onnx_models import TOKENIZER_FILE
from rag.settings import load_settings

PACKAGED = Path(carrying.__file__).parent / carrying.PACKAGED_CARRIER
FERRY = Turn("When did the ferry strike in Port Alder begin?", "The strike began on Monday.")


@pytest.fixture(scope="module")
def model() -> OnnxCarryingModel:
    return OnnxCarryingModel(PACKAGED)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(PACKAGED / TOKENIZER_FILE))


def words_of(weighed: Weighed, turns: list[Turn]) -> dict[str, float]:
    texts = [turns[w.turn][w.in_answer][w.start : w.end] for w in weighed.words]
    return dict(zip(texts, weighed.logits, strict=True))


@given(
    question=st.text(max_size=80),
    turns=st.lists(st.builds(Turn, st.text(max_size=200), st.text(max_size=300)), max_size=8),
)
def test_words_are_at_their_places_and_have_tokens(
    tokenizer: Tokenizer, question: str, turns: list[Turn]
) -> None:
    encoded = encode(tokenizer, question, turns, longest=60)
    assert len(encoded.ids) == len(encoded.roles) == len(encoded.marks) <= 60
    assert max(encoded.roles) < ROLES
    assert max(encoded.marks) < MARKS
    for word in encoded.words:
        text = turns[word.turn][word.in_answer][word.start : word.end]
        assert word.terms == terms_in(text)
        assert not word.terms & terms_in(question)
        assert 0 < word.first < word.last <= len(encoded.ids)


def test_the_first_and_the_last_questions_are_read_and_the_last_answer(
    tokenizer: Tokenizer,
) -> None:
    turns = [Turn(f"Who saw comet{n}?", f"Nobody saw star{n}.") for n in range(6)]
    encoded = encode(tokenizer, "Why?", turns, longest=200)
    read = {(word.turn, word.in_answer) for word in encoded.words}
    assert read == {(0, False), (3, False), (4, False), (5, False), (5, True)}


def test_what_a_follow_up_is_about_weighs_more_than_the_rest(model: OnnxCarryingModel) -> None:
    weighed = model.weigh("Who called it?", [FERRY])
    logits = words_of(weighed, [FERRY])
    assert min(logits["ferry"], logits["Port"], logits["Alder"]) > logits["begin"]
    assert weighed.needs > 0


@pytest.mark.parametrize(
    "question",
    ["Who won the Harbour Cup in 2019?", "When did the ferry strike in Port Alder end?"],
)
def test_a_complete_question_needs_less(model: OnnxCarryingModel, question: str) -> None:
    needs = model.weigh(question, [FERRY]).needs
    assert needs < model.weigh("And how did it end?", [FERRY]).needs


def test_without_words_to_carry_nothing_is_weighed(model: OnnxCarryingModel) -> None:
    assert model.weigh("Why?", []) == Weighed()
    assert model.weigh("Why?", [Turn("And?", "")]).words == ()


def test_a_process_has_one_model() -> None:
    assert load_carrying_model(load_settings()) is load_carrying_model(load_settings())


def test_a_model_that_was_altered_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(PACKAGED, folder)
    (folder / TOKENIZER_FILE).write_text("{}")
    with pytest.raises(ModelError, match="altered"):
        OnnxCarryingModel(folder)
