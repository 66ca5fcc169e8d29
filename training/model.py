"""Define the reader's network: one MiniLM over question and passage, with three heads.

`[CLS] question [SEP] title, line break, passage [SEP]` -> relevance and answerability (from the
first token) and the start and end of the answer (one score a token; the first token stands for no
answer).
"""

from pathlib import Path

from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn
from transformers import AutoModel


class ReaderModel(nn.Module):  # type: ignore[misc]  # torch is not followed
    """The encoder with its heads."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        # Without attention dropout a step takes two thirds of the time on a CPU.
        self.encoder = AutoModel.from_pretrained(
            base, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.judgement = nn.Linear(width, 2)  # relevance, answerability
        self.edges = nn.Linear(width, 2)  # start, end
        # The words stay as the base model knows them: less to overfit with, and to compute.
        for parameter in self.encoder.embeddings.parameters():
            parameter.requires_grad = False

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return `(n, 2)` relevance and answerability, and `(n, tokens, 2)` start and end."""
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        )[0]
        hidden = self.dropout(hidden)
        return self.judgement(hidden[:, 0]), self.edges(hidden)


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
