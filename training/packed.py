"""Run a BERT or MPNet encoder over a batch without its padding, as a processor does it fastest.

The layers are those of `transformers`, so that weights, checkpoints and exports stay the same. What
differs: the linear parts see only tokens that are there, texts of like length attend together, and
what dropout leaves out is the same for all tokens of a text, so that few numbers are drawn. What
MPNet adds to the scores by the distance of two tokens is not learned further.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel, MPNetModel

Packable = BertModel | MPNetModel

# Rows that attend together are padded to the longest of them.
_ROWS_TOGETHER = 8


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows that attend together: `places` `(rows, length)` of their tokens, `there` which are."""

    places: Tensor
    there: Tensor
    added: Tensor  # (rows, heads or 1, length or 1, length), what is added to the scores of tokens


class _Layer(NamedTuple):
    """The parts of a layer, by what they do."""

    asked: tuple[nn.Linear, nn.Linear, nn.Linear]  # queries, keys, values
    joined: nn.Linear
    joined_norm: nn.LayerNorm
    inner: nn.Linear
    outer: nn.Linear
    outer_norm: nn.LayerNorm


def is_packable(encoder: object) -> bool:
    """Whether `encode_packed` knows the layers of an encoder."""
    return isinstance(encoder, Packable)


def encode_packed(
    encoder: Packable,
    input_ids: Tensor,
    attention_mask: Tensor,
    token_type_ids: Tensor,
    *,
    dropout: float = 0.0,
) -> Tensor:
    """Return `(n, tokens, width)`, what the last layer says of each token; zero for padding."""
    if isinstance(encoder, MPNetModel):
        embedded = encoder.embeddings(input_ids=input_ids)
    else:
        embedded = encoder.embeddings(input_ids=input_ids, token_type_ids=token_type_ids)
    is_there = attention_mask.bool()
    hidden = embedded[is_there]
    lengths = attention_mask.sum(1)
    rows = _together(lengths, _by_distance(encoder, embedded))
    row_of = torch.arange(len(lengths)).repeat_interleave(lengths)
    heads: int = encoder.config.num_attention_heads
    for layer in encoder.encoder.layer:
        parts = _parts(layer)
        is_learned = parts.inner.weight.requires_grad
        hidden = _run(parts, hidden, heads, rows, row_of, dropout if is_learned else 0.0)
    padded = torch.zeros(*input_ids.shape, hidden.shape[-1], dtype=hidden.dtype)
    padded[is_there] = hidden
    return padded


def _parts(layer: Any) -> _Layer:
    inner, outer = layer.intermediate.dense, layer.output
    if hasattr(layer.attention, "attn"):
        own = layer.attention.attn
        asked, joined, norm = (own.q, own.k, own.v), own.o, layer.attention.LayerNorm
    else:
        own, output = layer.attention.self, layer.attention.output
        asked, joined, norm = (own.query, own.key, own.value), output.dense, output.LayerNorm
    return _Layer(asked, joined, norm, inner, outer.dense, outer.LayerNorm)


def _by_distance(encoder: Packable, embedded: Tensor) -> Tensor:
    """Return what two tokens gain by their distance, `(1, heads, tokens, tokens)`; a 0 for BERT."""
    if isinstance(encoder, MPNetModel):
        with torch.no_grad():
            gained: Tensor = encoder.encoder.compute_position_bias(embedded[:1])  # type: ignore[no-untyped-call]
            return gained
    return torch.zeros(1, 1, 1, 1, dtype=embedded.dtype)


def _together(lengths: Tensor, by_distance: Tensor) -> list[_Rows]:
    starts = lengths.cumsum(0) - lengths
    order = lengths.argsort(descending=True)
    found = []
    for chosen in order.split(_ROWS_TOGETHER):
        longest = int(lengths[chosen].max())
        there = torch.arange(longest) < lengths[chosen, None]
        places = torch.where(there, starts[chosen, None] + torch.arange(longest), 0)
        absent = torch.zeros(there.shape, dtype=by_distance.dtype)
        absent = absent.masked_fill(~there, float("-inf"))[:, None, None]
        found.append(_Rows(places, there, by_distance[:, :, :longest, :longest] + absent))
    return found


def _run(
    layer: _Layer, hidden: Tensor, heads: int, rows: list[_Rows], row_of: Tensor, dropout: float
) -> Tensor:
    weight = torch.cat([part.weight for part in layer.asked])
    bias = torch.cat([part.bias for part in layer.asked])
    asked = functional.linear(hidden, weight, bias)
    read = _Attention.apply(asked, heads, rows)
    said = _drop(layer.joined(read), row_of, dropout)
    hidden = layer.joined_norm(said + hidden)
    inner = functional.gelu(layer.inner(hidden))
    outer = _drop(layer.outer(inner), row_of, dropout)
    return layer.outer_norm(outer + hidden)


def _drop(values: Tensor, row_of: Tensor, dropout: float) -> Tensor:
    """Leave out some of the dimensions of each row, the same for all of its tokens."""
    if not dropout:
        return values
    shape = (int(row_of[-1]) + 1, values.shape[1])
    kept = (torch.rand(shape) >= dropout).to(values.dtype) / (1 - dropout)
    return values * kept[row_of]


class _Attention(torch.autograd.Function):  # type: ignore[misc]  # torch is not followed
    """Attention of the tokens of each row, `(tokens, 3 * width)` to `(tokens, width)`."""

    @staticmethod
    def forward(ctx: Any, asked: Tensor, heads: int, rows: list[_Rows]) -> Tensor:
        width = asked.shape[1] // 3
        read = torch.empty(len(asked), width, dtype=asked.dtype)
        ctx.rows, ctx.heads, ctx.scale = rows, heads, (width // heads) ** -0.5
        kept = []
        for some in rows:
            query, key, value = _apart(asked[some.places], 3 * heads).chunk(3, dim=1)
            scores = torch.matmul(query * ctx.scale, key.transpose(-1, -2))
            scores += some.added.to(scores.dtype)
            chances = scores.softmax(-1)
            read[some.places[some.there]] = _joined(torch.matmul(chances, value))[some.there]
            kept += [query, key, value, chances]
        ctx.save_for_backward(*kept)
        return read

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None, None]:
        kept = ctx.saved_tensors
        asked = torch.empty(len(gradient), 3 * gradient.shape[1], dtype=gradient.dtype)
        for number, some in enumerate(ctx.rows):
            query, key, value, chances = kept[4 * number : 4 * number + 4]
            of_read = gradient[some.places].masked_fill_(~some.there[..., None], 0)
            of_read = _apart(of_read, ctx.heads)
            of_value = torch.matmul(chances.transpose(-1, -2), of_read)
            of_chances = torch.matmul(of_read, value.transpose(-1, -2))
            of_scores = torch._softmax_backward_data(of_chances, chances, -1, chances.dtype)
            of_query = torch.matmul(of_scores, key) * ctx.scale
            of_key = torch.matmul(of_scores.transpose(-1, -2), query) * ctx.scale
            together = torch.cat([of_query, of_key, of_value], dim=1)
            asked[some.places[some.there]] = _joined(together)[some.there]
        return asked, None, None


def _apart(values: Tensor, heads: int) -> Tensor:
    """Return `(rows, heads, length, width)` of `(rows, length, heads * width)`."""
    return values.unflatten(2, (heads, -1)).transpose(1, 2).contiguous()


def _joined(values: Tensor) -> Tensor:
    return values.transpose(1, 2).flatten(2)
