"""The network -> how well it does on examples it was not trained on."""

from collections.abc import Iterable, Sequence

import torch

from bench.spans import token_f1
from rag.embedding import packaged_model
from training.batches import Pair, collate, encode_pair
from training.examples import Example
from training.model import ReaderModel, load_tokenizer, second_text

_AT_ONCE = 16
_LONGEST_ANSWER = 30  # tokens
# Enough of each set to see where training goes; `bench/` measures the shipped model on all.
_MOST = 100


def scores_on(
    model: ReaderModel, sets: dict[str, list[Example]], *, longest: int
) -> dict[str, float]:
    """Return, for each set, span F1 inside the right passage and how well silence is told apart."""
    scores: dict[str, float] = {}
    for name, examples in sets.items():
        some = examples[:: max(1, len(examples) // _MOST)]
        answered = [example for example in some if example.answers]
        spans = best_spans(model, answered, longest=longest)
        scores[f"{name} f1"] = _mean(
            max(token_f1(text, e.passage.text[a:b]) for a, b in e.answers)
            for e, (text, _, _) in zip(answered, spans, strict=True)
        )
        silent = [Example(name, e.question, e.negatives[0], (), ()) for e in some if e.negatives]
        silent += [example for example in some if not example.answers]
        others = best_spans(model, silent, longest=longest)
        scores[f"{name} auc"] = auc([s[1] for s in spans], [s[1] for s in others])
        scores[f"{name} relevance auc"] = auc([s[2] for s in spans], [s[2] for s in others])
    return scores


def best_spans(
    model: ReaderModel, examples: Sequence[Example], *, longest: int
) -> list[tuple[str, float, float]]:
    """Return each example's best span, its margin over no answer, and the passage's relevance."""
    tokenizer = load_tokenizer(packaged_model(), longest=longest)
    pairs = [encode_pair(e.question, e.passage, e.answers, tokenizer) for e in examples]
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n].ids))
    found: dict[int, tuple[str, float, float]] = {}
    model.eval()
    for first in range(0, len(order), _AT_ONCE):
        places = order[first : first + _AT_ONCE]
        batch = collate([pairs[n] for n in places])
        with torch.no_grad():
            judgement, edges = model(batch.input_ids, batch.attention_mask, batch.token_type_ids)
        for row, n in enumerate(places):
            start, end, margin = _best_span(pairs[n], edges[row])
            passage = examples[n].passage
            second, shift = second_text(passage)
            offsets = tokenizer.encode(examples[n].question, second).offsets
            text = passage.text[offsets[start][0] - shift : offsets[end][1] - shift]
            found[n] = (text, margin, float(judgement[row, 0]))
    return [found[n] for n in range(len(examples))]


def _best_span(pair: Pair, edges: torch.Tensor) -> tuple[int, int, float]:
    """Return the first and last token of the best span and its margin over no answer."""
    first, last = pair.first, pair.last
    starts, ends = edges[first:last, 0], edges[first:last, 1]
    scores = starts[:, None] + ends[None, :]
    in_order = torch.ones_like(scores).triu().tril(_LONGEST_ANSWER - 1).bool()
    scores = scores.masked_fill(~in_order, -1e9)
    place = int(scores.argmax())
    start, end = divmod(place, scores.shape[1])
    margin = float(scores.flatten()[place] - edges[0, 0] - edges[0, 1])
    return first + start, first + end, margin


def auc(higher: Sequence[float], lower: Sequence[float]) -> float:
    """Return the chance that a value of the first list exceeds one of the second."""
    if not higher or not lower:
        return 0.0
    low = torch.tensor(sorted(lower))
    values = torch.tensor(higher)
    below = torch.searchsorted(low, values, right=False) + torch.searchsorted(
        low, values, right=True
    )
    return float(below.sum()) / (2 * len(higher) * len(lower))


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
