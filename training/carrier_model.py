"""Define the network that weighs the words of earlier turns, and the batches that it reads.

The words of a question and of the turns before it -> a score of every token, and whether the
question needs any word of the turns. It has the lower layers of all-MiniLM-L6-v2 and the most
frequent pieces of its vocabulary.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from rag.models.carrying import MARKS, ROLES, Encoded
from rag.models.embedding import packaged_model
from training.conversations import Example

# The most tokens of a question with its turns; nearly all have fewer.
LONGEST = 176
# The vocabulary is sorted by frequency, and what is left out falls into smaller pieces: these need
# 3 % more tokens than all 30,522.
PIECES = 15_000
LAYERS = 4
# These are not trained, and are told nothing of roles and marks: a third less to compute.
_FROZEN_LAYERS = 2


class CarrierModel(nn.Module):  # type: ignore[misc]  # torch is not followed
    """The lower layers of the encoder, told the role and the marks of each token."""

    def __init__(self, *, attention: str = "sdpa") -> None:
        super().__init__()
        encoder = AutoModel.from_pretrained(
            packaged_model(),
            add_pooling_layer=False,
            attn_implementation=attention,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
        encoder.resize_token_embeddings(PIECES)
        width = encoder.config.hidden_size
        self.embeddings = encoder.embeddings
        self.lower = encoder.encoder.layer[:_FROZEN_LAYERS]
        self.upper = encoder.encoder.layer[_FROZEN_LAYERS:LAYERS]
        self.roles = nn.Embedding(ROLES, width)
        self.marks = nn.Embedding(MARKS, width)
        nn.init.zeros_(self.roles.weight)
        nn.init.zeros_(self.marks.weight)
        self.dropout = nn.Dropout(0.1)
        self.score = nn.Linear(width, 1)
        self.needs = nn.Linear(width, 1)
        for part in (self.embeddings, self.lower):
            for parameter in part.parameters():
                parameter.requires_grad = False

    @property
    def heads(self) -> list[nn.Parameter]:
        """The parameters that begin untrained."""
        parts = (self.roles, self.marks, self.score, self.needs)
        return [parameter for part in parts for parameter in part.parameters()]

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, roles: Tensor, marks: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return `(n, tokens)`, the scores of tokens, and `(n,)`, whether any is needed."""
        hidden = self.embeddings(input_ids)
        mask = (1.0 - attention_mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in self.lower:
            hidden = layer(hidden, mask)
        hidden = hidden + self.roles(roles) + self.marks(marks)
        for layer in self.upper:
            hidden = layer(hidden, mask)
        hidden = self.dropout(hidden)
        return self.score(hidden).squeeze(-1), self.needs(hidden[:, 0]).squeeze(-1)


def load_tokenizer() -> Tokenizer:
    """Return the base model's tokenizer with the first pieces of its vocabulary only."""
    return Tokenizer.from_str(pruned_tokenizer())


def pruned_tokenizer() -> str:
    """Return the same as JSON."""
    kept: dict[str, Any] = json.loads((packaged_model() / "tokenizer.json").read_text())
    vocabulary = kept["model"]["vocab"]
    kept["model"]["vocab"] = {piece: n for piece, n in vocabulary.items() if n < PIECES}
    kept["padding"] = kept["truncation"] = None
    return json.dumps(kept, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded examples, `n` of them, with their targets.

    `tokens` `(pieces,)` are places in the flattened batch, and `token_words` `(pieces,)` the words
    that they are pieces of. `word_terms` `(words,)` says of which term a word is an occurrence,
    `wanted` `(terms,)` which terms are wanted, and `needs` `(n,)` which questions need any.
    """

    input_ids: Tensor
    attention_mask: Tensor
    roles: Tensor
    marks: Tensor
    tokens: Tensor
    token_words: Tensor
    word_terms: Tensor
    wanted: Tensor
    needs: Tensor


def collate(pairs: Sequence[tuple[Example, Encoded]]) -> Batch:
    """Return examples as tensors."""
    shape = (len(pairs), max(len(encoded.ids) for _, encoded in pairs))
    ids, mask, roles, marks = (torch.zeros(shape, dtype=torch.long) for _ in range(4))
    tokens: list[int] = []
    token_words: list[int] = []
    word_terms: list[int] = []
    wanted: list[float] = []
    for row, (example, encoded) in enumerate(pairs):
        length = len(encoded.ids)
        ids[row, :length] = torch.tensor(encoded.ids)
        roles[row, :length] = torch.tensor(encoded.roles)
        marks[row, :length] = torch.tensor(encoded.marks)
        mask[row, :length] = 1
        places: dict[frozenset[int], int] = {}
        for word in encoded.words:
            if word.terms not in places:
                places[word.terms] = len(wanted)
                wanted.append(float(bool(word.terms & example.wanted)))
            pieces = range(row * shape[1] + word.first, row * shape[1] + word.last)
            tokens += pieces
            token_words += [len(word_terms)] * len(pieces)
            word_terms.append(places[word.terms])
    needs = [any(word.terms & e.wanted for word in encoded.words) for e, encoded in pairs]
    places_of = (torch.tensor(x, dtype=torch.long) for x in (tokens, token_words, word_terms))
    targets = (torch.tensor(x, dtype=torch.float) for x in (wanted, needs))
    return Batch(ids, mask, roles, marks, *places_of, *targets)


def term_logits(batch: Batch, scores: Tensor) -> Tensor:
    """Return `(terms,)`: of each term the highest mean over the pieces of an occurrence."""
    of_pieces = scores.flatten()[batch.tokens]
    words = len(batch.word_terms)
    sums = torch.zeros(words).index_add(0, batch.token_words, of_pieces)
    counts = torch.zeros(words).index_add(0, batch.token_words, torch.ones_like(of_pieces))
    least = torch.full((len(batch.wanted),), -math.inf)
    return least.scatter_reduce(0, batch.word_terms, sums / counts, reduce="amax")
