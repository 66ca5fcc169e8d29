"""Measure how well the network does on examples that it was not trained on."""

from collections.abc import Iterable, Sequence

import numpy as np
import torch
from tokenizers import Tokenizer

from bench.scores import auc
from bench.spans import token_f1
from rag.models.reading import make_reading
from rag.text.sentences import Span, split_sentences
from training.batches import collate, encode_pair
from training.examples import Example
from training.model import ReaderModel

_AT_ONCE = 16
# Enough of each set to see where training goes; `bench/` measures the shipped model on all.
_MOST = 200


def scores_on(
    model: ReaderModel, sets: dict[str, list[Example]], tokenizer: Tokenizer
) -> dict[str, float]:
    """Return, for each set, span F1 inside the right passage and how well silence is told apart."""
    scores: dict[str, float] = {}
    for name, examples in sets.items():
        some = examples[:: max(1, len(examples) // _MOST)]
        answered = [example for example in some if example.answers]
        spans = best_spans(model, answered, tokenizer)
        scores[f"{name} f1"] = _mean(
            max(token_f1(text, e.passage.body[a:b]) for a, b in e.answers)
            for e, (text, *_) in zip(answered, spans, strict=True)
        )
        silent = [Example(name, e.question, e.negatives[0], (), ()) for e in some if e.negatives]
        silent += [example for example in some if not example.answers]
        others = best_spans(model, silent, tokenizer)
        scores[f"{name} sentence"] = _mean(
            holds_answer(e, sentence)
            for e, (_, _, _, sentence) in zip(answered, spans, strict=True)
        )
        scores[f"{name} auc"] = auc([s[1] for s in spans], [s[1] for s in others])
        scores[f"{name} relevance auc"] = auc([s[2] for s in spans], [s[2] for s in others])
    return scores


def best_spans(
    model: ReaderModel, examples: Sequence[Example], tokenizer: Tokenizer
) -> list[tuple[str, float, float, Span]]:
    """Return each example's best span, its margin over no answer, relevance, and best sentence."""
    pairs = [encode_pair(e.question, e.passage, e.answers, tokenizer) for e in examples]
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n].ids))
    found: dict[int, tuple[str, float, float, Span]] = {}
    model.eval()
    device = next(model.parameters()).device
    for first in range(0, len(order), _AT_ONCE):
        places = order[first : first + _AT_ONCE]
        batch = collate([pairs[n] for n in places]).to(device)
        with torch.no_grad():
            judgement, edges = model(batch.input_ids, batch.attention_mask, batch.token_type_ids)
        judgement, edges = judgement.float().cpu(), edges.float().cpu()
        for row, n in enumerate(places):
            passage = examples[n].passage
            encoding = tokenizer.encode(examples[n].question, passage.joined)
            reading = make_reading(
                relevance=float(judgement[row, 0]),
                answerable=float(judgement[row, 1]),
                offsets=np.array(encoding.offsets, dtype=np.int64) - passage.body_start,
                second=np.array([sequence == 1 for sequence in encoding.sequence_ids]),
                edges=edges[row, : len(encoding.ids)].numpy(),
            )
            best = reading.best_span()
            assert best is not None  # every passage has a token
            text = passage.body[best.span.start : best.span.end]
            sentences = split_sentences(passage.body)
            supported = max(sentences, key=lambda span: reading.support_of(span.start, span.end))
            found[n] = (text, best.score - reading.silence, reading.relevance, supported)
    return [found[n] for n in range(len(examples))]


def holds_answer(example: Example, sentence: Span) -> bool:
    """Say whether an answer of the example starts in a sentence."""
    return any(sentence.start <= start < sentence.end for start, _ in example.answers)


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
