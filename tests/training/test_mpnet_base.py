"""The base of the reader with fewer words and layers, on a small network that is made here."""

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import MPNetConfig, MPNetModel

from training import mpnet_base
from training.model import ReaderModel, load_tokenizer
from training.packed import encode_packed

_PIECES = (
    "<s> <pad> </s> <unk> [UNK] [unused0] talks ended rare ##ly t ##t a ##a r ##r e ##e ë <mask>"
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    torch.manual_seed(5)
    pieces = _PIECES.split()
    config = MPNetConfig(
        vocab_size=len(pieces),
        hidden_size=16,
        num_hidden_layers=3,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=40,
    )
    MPNetModel(config, add_pooling_layer=False).save_pretrained(tmp_path / "base")
    numbers = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordPiece(numbers, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.RobertaProcessing(
        ("</s>", 2), ("<s>", 0), add_prefix_space=False
    )
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>", "[UNK]", "<mask>"])
    tokenizer.enable_truncation(8)
    tokenizer.save(str(tmp_path / "base" / "tokenizer.json"))
    return tmp_path / "base"


def test_the_base_keeps_frequent_words_and_reads_the_others_in_pieces(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mpnet_base, "counted_texts", lambda: ["Talks ended"] * 12 + ["rarely"])
    monkeypatch.setattr("sys.argv", ["", str(base), str(tmp_path / "less"), "--layers", "2"])
    assert mpnet_base.main() == 0
    words = load_tokenizer(tmp_path / "less", longest=30)
    read = words.encode("talks", "ended rare").tokens
    assert read == "<s> talks </s> </s> ended r ##a ##r ##e </s>".split()
    less = ReaderModel(tmp_path / "less").encoder
    whole = ReaderModel(base, layers=2).encoder
    of_whole = Tokenizer.from_file(str(base / "tokenizer.json"))
    texts = [model.encode("talks", "ended").ids for model in (words, of_whole)]
    said = [
        model(input_ids=torch.tensor([ids])).last_hidden_state
        for model, ids in zip((less, whole), texts, strict=True)
    ]
    assert torch.allclose(*said, atol=1e-5)


def test_the_packed_layers_of_this_base_say_and_learn_the_same(base: Path) -> None:
    encoder = ReaderModel(base, frozen=1).eval().encoder
    mask = (torch.arange(9) < torch.tensor([[9], [4], [7]])).long()
    ids = torch.randint(6, 18, mask.shape)
    gradients = []
    for packed in (False, True):
        encoder.zero_grad()
        read = (
            encode_packed(encoder, ids, mask, torch.zeros_like(ids))
            if packed
            else encoder(input_ids=ids, attention_mask=mask)[0] * mask[..., None]
        )
        (read.cumsum(-1) ** 2).sum().backward()
        learned = {n: p.grad.clone() for n, p in encoder.named_parameters() if p.grad is not None}
        gradients.append((read.detach(), learned))
    (theirs, theirs_learned), (ours, ours_learned) = gradients
    assert torch.allclose(theirs, ours, atol=1e-5)
    assert theirs_learned.keys() == ours_learned.keys()
    assert not any("layer.0." in name for name in ours_learned)
    assert any("layer.1." in name for name in ours_learned)
    for name, gradient in theirs_learned.items():
        assert torch.allclose(gradient, ours_learned[name], rtol=1e-3, atol=1e-4)
