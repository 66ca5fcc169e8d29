import torch

from rag.models.embedding import packaged_model
from training.model import ReaderModel
from training.packed import encode_packed

_LENGTHS = (9, 31, 4, 17, 30, 12, 8, 22, 19, 5)  # more rows than attend together


def texts() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    torch.manual_seed(3)
    mask = torch.zeros(len(_LENGTHS), max(_LENGTHS), dtype=torch.long)
    for row, length in enumerate(_LENGTHS):
        mask[row, :length] = 1
    ids = torch.randint(200, 20_000, mask.shape) * mask
    return ids, mask, (torch.arange(mask.shape[1]) > 3).long() * mask


def test_the_layers_say_the_same_without_the_padding() -> None:
    encoder = ReaderModel(packaged_model(), layers=2).eval().encoder
    ids, mask, types = texts()
    theirs = encoder(input_ids=ids, attention_mask=mask, token_type_ids=types)[0]
    ours = encode_packed(encoder, ids, mask, types)
    assert ours.shape == theirs.shape
    assert torch.allclose(ours, theirs * mask[..., None], atol=1e-4)


def test_the_layers_learn_the_same_without_the_padding() -> None:
    encoder = ReaderModel(packaged_model(), layers=2).eval().encoder
    ids, mask, types = texts()
    wanted = torch.randn(*mask.shape, encoder.config.hidden_size) * mask[..., None]
    gradients = []
    for packed in (False, True):
        encoder.zero_grad()
        if packed:
            read = encode_packed(encoder, ids, mask, types)
        else:
            read = encoder(input_ids=ids, attention_mask=mask, token_type_ids=types)[0]
        (read * wanted).sum().backward()
        gradients.append(
            {n: p.grad.clone() for n, p in encoder.named_parameters() if p.grad is not None}
        )
    theirs, ours = gradients
    assert theirs.keys() == ours.keys()
    for name, gradient in theirs.items():
        assert torch.allclose(gradient, ours[name], atol=1e-3 * float(gradient.abs().max()) + 1e-3)


def test_dropout_leaves_out_the_same_of_all_tokens_of_a_text() -> None:
    encoder = ReaderModel(packaged_model(), layers=1).encoder
    ids, mask, types = texts()
    one, other = (encode_packed(encoder, ids, mask, types, dropout=0.5) for _ in range(2))
    assert not torch.allclose(one, other)
    assert torch.equal(one * (1 - mask[..., None]), torch.zeros_like(one))
