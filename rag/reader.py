"""A question and its passages -> evidence: the sentences that answer it, best first, or none.

No language model and no trained network: a linear model over a dozen measured signals picks the
sentence, a logistic one says how likely it is to answer. Both were fitted by `bench/fit_reader.py`
on halves of the data; the other halves are what `bench/` reports.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.questions import Kind, expected_kind, holds_kind
from rag.records import word_count
from rag.retrieval import Found, Question
from rag.sentences import Span
from rag.terms import question_terms

# What a term that no passage holds weighs, at least: as much as one in an archive of 8,000 passages.
_ABSENT_WEIGHT = 9.0
# Sentences this close in meaning, or sharing this much of their words, say the same thing.
_COPY_COSINE = 0.97
_COPY_WORDS = 0.8
# News puts what matters first: a sentence counts as the lead up to this many characters in.
_LEAD_CHARACTERS = 600
_FULL_LENGTH_WORDS = 40

SENTENCE_SIGNALS = (
    "similarity coverage context_coverage passage_coverage retrieval kind_held kind_missing "
    "length ends asks lead"
).split()
_SENTENCE_WEIGHTS = np.array(
    [2.60, 2.10, 1.75, 1.60, 1.80, 1.00, -1.00, 0.70, 0.85, -0.75, 1.90], dtype=np.float32
)
CONFIDENCE_SIGNALS = (
    "similarity coverage context_coverage passage_coverage kind_missing score absent".split()
)
_CONFIDENCE_WEIGHTS = np.array([4.0, 1.0, 1.5, 1.5, -1.0, 0.1, -3.0], dtype=np.float32)
_CONFIDENCE_OFFSET = -4.0

Signals = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence of a passage as an answer: where it is, its score, and how likely it is right."""

    found: Found
    span: Span
    vector: Signals
    score: float
    confidence: float
    signals: Signals

    @property
    def text(self) -> str:
        """The sentence, byte for byte."""
        return self.found.article.text[self.span.start : self.span.end]


def read(question: Question, found: Sequence[Found], weights: Mapping[int, float]) -> list[Evidence]:
    """Return the best sentence of each article, best first; `weights` are the IDFs of the terms."""
    if not found:
        return []
    lexicon = _Lexicon.of(question, weights)
    evidence = [piece for item in found for piece in _read_passage(question, item, lexicon)]
    evidence.sort(key=lambda piece: -piece.score)
    best: dict[str, Evidence] = {}
    for piece in evidence:
        best.setdefault(piece.found.article.id, piece)
    return list(best.values())


def says_the_same(one: Evidence, other: Evidence) -> bool:
    """Say whether two sentences are copies of each other, as in reprinted agency stories."""
    if float(one.vector @ other.vector) >= _COPY_COSINE:
        return True
    words, others = set(question_terms(one.text).indices), set(question_terms(other.text).indices)
    return len(words & others) >= _COPY_WORDS * max(1, len(words | others))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lexicon:
    """The question's terms with their weights, as shares of their sum."""

    kind: Kind
    shares: Mapping[int, float]
    absent: float

    @classmethod
    def of(cls, question: Question, weights: Mapping[int, float]) -> "_Lexicon":
        absent = max([_ABSENT_WEIGHT, *weights.values()])
        all_weights = {term: weights.get(term, absent) for term in question.terms.indices}
        total = sum(all_weights.values()) or 1.0
        shares = {term: weight / total for term, weight in all_weights.items()}
        return cls(
            kind=expected_kind(question.text),
            shares=shares,
            absent=sum(share for term, share in shares.items() if term not in weights),
        )

    def coverage(self, terms: set[int]) -> float:
        """Return the share of the question's weight that is among `terms`, 0 to 1."""
        return sum(share for term, share in self.shares.items() if term in terms)


def _read_passage(question: Question, found: Found, lexicon: _Lexicon) -> list[Evidence]:
    article, hit = found.article, found.hit
    sentences = [article.text[s.start : s.end] for s in hit.sentences]
    terms = [set(question_terms(sentence).indices) for sentence in sentences]
    title = set(question_terms(article.title).indices)
    passage_coverage = lexicon.coverage(title.union(*terms))
    similarities = found.vectors @ question.vector
    evidence: list[Evidence] = []
    for i, (span, sentence) in enumerate(zip(hit.sentences, sentences, strict=True)):
        around = title.union(*terms[max(0, i - 1) : i + 2])
        held = holds_kind(sentence, lexicon.kind, question.text)
        sentence_signals = [
            float(similarities[i]),
            lexicon.coverage(terms[i]),
            lexicon.coverage(around),
            passage_coverage,
            hit.score,
            float(held),
            float(lexicon.kind != "other" and not held),
            min(1.0, word_count([sentence]) / _FULL_LENGTH_WORDS),
            float(sentence.endswith((".", "!", "?", '"', "”", "'", "’"))),
            float("?" in sentence),
            max(0.0, 1 - span.start / _LEAD_CHARACTERS),
        ]
        evidence.append(_weigh(found, span, found.vectors[i], sentence_signals, lexicon))
    return evidence


def _weigh(
    found: Found, span: Span, vector: Signals, sentence_signals: list[float], lexicon: _Lexicon
) -> Evidence:
    score = float(np.dot(_SENTENCE_WEIGHTS, sentence_signals))
    named = dict(zip(SENTENCE_SIGNALS, sentence_signals, strict=True))
    named |= {"score": score, "absent": lexicon.absent}
    signals = np.array([named[name] for name in CONFIDENCE_SIGNALS], dtype=np.float32)
    return Evidence(
        found=found,
        span=span,
        vector=vector,
        score=score,
        confidence=_logistic(float(_CONFIDENCE_WEIGHTS @ signals) + _CONFIDENCE_OFFSET),
        signals=signals,
    )


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, x))))
