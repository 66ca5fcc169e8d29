"""Define the reader's network: one encoder over question and passage, with its heads.

`<s> question </s></s> title, line break, passage </s>` -> relevance and answerability (from the
first token), and of every token: whether the answer starts or ends there (the first token stands
for no answer), and how far it speaks for its sentence as the one that answers. A sentence's support
is the mean over its tokens.
"""

from pathlib import Path

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from training.packed import encode_packed, is_packable

# What is said of a token, in the order of the last dimension of `edges`.
START, END, SUPPORT = range(3)


class ReaderModel(nn.Module):  # type: ignore[misc]  # torch is not followed
    """The encoder with its heads."""

    def __init__(
        self,
        base: Path,
        *,
        layers: int | None = None,
        dropout: float = 0.0,
        attention: str | None = None,
        frozen: int = 0,
    ) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            base,
            add_pooling_layer=False,
            attn_implementation=attention,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=dropout,
        )
        if layers:
            del self.encoder.encoder.layer[layers:]
        self._types = hasattr(self.encoder.embeddings, "token_type_embeddings")
        self._word_dropout = dropout
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.judgement = nn.Linear(width, 2)  # relevance, answerability
        self.edges = nn.Linear(width, 3)  # start, end, support
        # The words stay as the base model knows them: less to overfit with.
        for parameter in self.encoder.embeddings.parameters():
            parameter.requires_grad = False
        for parameter in self.encoder.encoder.layer[:frozen].parameters():
            parameter.requires_grad = False
        # The packed layers of MPNet do not learn it.
        for name, parameter in self.encoder.named_parameters():
            if "relative_attention_bias" in name:
                parameter.requires_grad = False

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return `(n, 2)` relevance and answerability, and `(n, tokens, 3)` what tokens say."""
        if self.training and input_ids.device.type == "cpu" and is_packable(self.encoder):
            hidden = encode_packed(
                self.encoder,
                input_ids,
                attention_mask,
                token_type_ids,
                dropout=self._word_dropout,
            )
        else:
            types = {"token_type_ids": token_type_ids} if self._types else {}
            hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask, **types)[0]
        hidden = self.dropout(hidden)
        return self.judgement(hidden[:, 0]), self.edges(hidden)


def best_device() -> torch.device:
    """Return the GPU if there is one, else the processor."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def half_precision(device: torch.device) -> torch.autocast:
    """Return what lets the device compute in bfloat16, if it has instructions for it.

    A processor without them takes 30 times as long; one with them, a quarter of the time.
    """
    able = device.type == "cuda" or any(
        torch.cpu.get_capabilities().get(name, False) for name in ("avx512_bf16", "amx_bf16")
    )
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=able)


def load_tokenizer(base: Path, *, longest: int) -> Tokenizer:
    """Return the base model's tokenizer for pairs, the passage cut at `longest` tokens."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest, strategy="only_second")
    return tokenizer


def token_spans(encoding: Encoding, passage_start: int) -> list[tuple[int, int] | None]:
    """Return each token's offsets in the passage; None for tokens outside of it."""
    return [
        (start - passage_start, end - passage_start)
        if sequence == 1 and start >= passage_start and end > start
        else None
        for sequence, (start, end) in zip(encoding.sequence_ids, encoding.offsets, strict=True)
    ]
