"""Run a BERT encoder over a batch without its padding, as a processor does it fastest.

The layers are those of `transformers`, so that weights, checkpoints and exports stay the same. What
differs: the linear parts see only tokens that are there, texts of like length attend together, and
what dropout leaves out is the same for all tokens of a text, so that few numbers are drawn.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from transformers import BertModel

# Rows that attend together are padded to the longest of them.
_ROWS_TOGETHER = 8


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows that attend together: `places` `(rows, length)` of their tokens, `there` which are."""

    places: Tensor
    there: Tensor
    absent: Tensor  # (rows, 1, 1, length), what is added to the scores of tokens


def encode_packed(
    encoder: BertModel,
    input_ids: Tensor,
    attention_mask: Tensor,
    token_type_ids: Tensor,
    *,
    dropout: float = 0.0,
) -> Tensor:
    """Return `(n, tokens, width)`, what the last layer says of each token; zero for padding."""
    embedded = encoder.embeddings(input_ids=input_ids, token_type_ids=token_type_ids)
    is_there = attention_mask.bool()
    hidden = embedded[is_there]
    lengths = attention_mask.sum(1)
    rows = _together(lengths, hidden.dtype)
    row_of = torch.arange(len(lengths)).repeat_interleave(lengths)
    for layer in encoder.encoder.layer:
        hidden = _layer(layer, hidden, rows, row_of, dropout)
    padded = torch.zeros(*input_ids.shape, hidden.shape[-1], dtype=hidden.dtype)
    padded[is_there] = hidden
    return padded


def _together(lengths: Tensor, dtype: torch.dtype) -> list[_Rows]:
    starts = lengths.cumsum(0) - lengths
    order = lengths.argsort(descending=True)
    found = []
    for chosen in order.split(_ROWS_TOGETHER):
        steps = torch.arange(int(lengths[chosen].max()))
        there = steps < lengths[chosen, None]
        places = torch.where(there, starts[chosen, None] + steps, 0)
        absent = torch.zeros(there.shape, dtype=dtype).masked_fill(~there, float("-inf"))
        found.append(_Rows(places, there, absent[:, None, None]))
    return found


def _layer(layer: Any, hidden: Tensor, rows: list[_Rows], row_of: Tensor, dropout: float) -> Tensor:
    own, joined = layer.attention.self, layer.attention.output
    parts = (own.query, own.key, own.value)
    weight = torch.cat([part.weight for part in parts])
    bias = torch.cat([part.bias for part in parts])
    asked = functional.linear(hidden, weight, bias)
    heads: int = own.num_attention_heads
    read = _Attention.apply(asked, heads, rows)
    said = _drop(joined.dense(read), row_of, dropout)
    hidden = joined.LayerNorm(said + hidden)
    inner = functional.gelu(layer.intermediate.dense(hidden))
    outer = _drop(layer.output.dense(inner), row_of, dropout)
    return layer.output.LayerNorm(outer + hidden)


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
            scores += some.absent.to(scores.dtype)
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
