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

from rag.event_times import times_within
from rag.questions import Kind, expected_kind, holds_kind, named_in, years_in
from rag.records import word_count
from rag.retrieval import Found, Question
from rag.sentences import Span
from rag.terms import question_terms
from rag.verbs import with_base_forms

# Sentences this close in meaning, or sharing this much of their words, say the same thing.
_COPY_COSINE = 0.97
_COPY_WORDS = 0.8
# News puts what matters first: a sentence counts as the lead up to this many characters in.
_LEAD_CHARACTERS = 600
_FULL_LENGTH_WORDS = 40
# In a small archive the IDF of a word says little; it is mixed with this weight of a usual word,
# which counts as much as this many passages do.
_USUAL_WEIGHT = 6.0
_USUAL_PASSAGES = 500

SIGNALS = (
    "similarity coverage context_coverage passage_coverage retrieval kind_held kind_missing "
    "length ends asks lead absent names_missing year_missing"
).split()
# One weight a signal, in the order of SIGNALS.
_SENTENCE_WEIGHTS = np.array(
    [3.78, 1.79, 1.63, 1.38, 1.52, 1.13, -1.13, 0.13, 0.67, -1.24, 1.67, 0.0, -1.07, -0.37],
    dtype=np.float32,
)
_CONFIDENCE_WEIGHTS = np.array(
    [2.18, 1.44, 1.41, 0.05, 1.32, -0.07, -1.22, 0.38, 0.49, -1.95, 1.10, -1.50, 0.72, -2.36],
    dtype=np.float32,
)
_CONFIDENCE_OFFSET = -8.18

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


def read(
    question: Question, found: Sequence[Found], weights: Mapping[int, float], *, passages: int
) -> list[Evidence]:
    """Return the best sentence of each article, best first.

    `weights` are the IDFs of the question's terms in an archive of so many `passages`.
    """
    best: dict[str, Evidence] = {}
    every = weigh_sentences(question, found, weights, passages=passages)
    for piece in sorted(every, key=lambda piece: -piece.score):
        best.setdefault(piece.found.article.id, piece)
    return list(best.values())


def weigh_sentences(
    question: Question, found: Sequence[Found], weights: Mapping[int, float], *, passages: int
) -> list[Evidence]:
    """Return every sentence of the passages as evidence, weighed but not chosen from."""
    lexicon = _Lexicon.of(question, weights, passages)
    read_terms = _terms("\n".join(f"{item.article.title}\n{item.hit.text}" for item in found))
    shared = _Shared(absent=1 - lexicon.coverage(read_terms), spread=_spread(len(found)))
    return [piece for item in found for piece in _read_passage(question, item, lexicon, shared)]


def says_the_same(one: Evidence, other: Evidence) -> bool:
    """Say whether two sentences are copies of each other, as in reprinted agency stories."""
    if float(one.vector @ other.vector) >= _COPY_COSINE:
        return True
    words, others = _terms(one.text), _terms(other.text)
    return len(words & others) >= _COPY_WORDS * max(1, len(words | others))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lexicon:
    """The question's terms with their weights, as shares of their sum."""

    kind: Kind
    shares: Mapping[int, float]
    names: frozenset[int]
    years: set[str]

    @classmethod
    def of(cls, question: Question, weights: Mapping[int, float], passages: int) -> "_Lexicon":
        # What the engine's formula, log(1 + (N - n + .5) / (n + .5)), gives a word of no passage.
        rarest = math.log(2 * passages + 2)
        trust = passages / (passages + _USUAL_PASSAGES)
        terms = _terms(question.text)
        mixed = {t: trust * weights.get(t, rarest) + (1 - trust) * _USUAL_WEIGHT for t in terms}
        total = sum(mixed.values()) or 1.0
        shares = {term: weight / total for term, weight in mixed.items()}
        return cls(
            kind=expected_kind(question.text),
            shares=shares,
            names=frozenset(_terms(named_in(question.text))),
            years=years_in(question.text),
        )

    def coverage(self, terms: set[int]) -> float:
        """Return the share of the question's weight that is among `terms`, 0 to 1."""
        return sum(share for term, share in self.shares.items() if term in terms)

    def missing_names(self, terms: set[int]) -> float:
        """Return the share of the question's names that is not among `terms`, 0 to 1."""
        return len(self.names - terms) / len(self.names) if self.names else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What all passages read have in common: the question's words in none, the scores' spread."""

    absent: float
    spread: float


def _spread(count: int) -> float:
    """Return how much wider fused scores lie than they would among many passages.

    A fused score is a sum of z-scores over the candidates, cut at 3; among n values no z-score
    exceeds the root of n - 1, so that the best of three passages looks poorer than it is.
    """
    return 3 / min(3.0, math.sqrt(max(1, count - 1)))


def _read_passage(
    question: Question, found: Found, lexicon: _Lexicon, shared: _Shared
) -> list[Evidence]:
    article, hit = found.article, found.hit
    sentences = [article.text[s.start : s.end] for s in hit.sentences]
    terms = [_terms(sentence) for sentence in sentences]
    title = _terms(article.title)
    in_passage = title.union(*terms)
    years = years_in(f"{article.published} {article.title} {hit.text}")
    passage_coverage = lexicon.coverage(in_passage)
    similarities = found.vectors @ question.vector
    evidence: list[Evidence] = []
    for i, (span, sentence) in enumerate(zip(hit.sentences, sentences, strict=True)):
        around = title.union(*terms[max(0, i - 1) : i + 2])
        held = _holds(sentence, span, found, lexicon.kind, question.text)
        signals = [
            float(similarities[i]),
            lexicon.coverage(terms[i]),
            lexicon.coverage(around),
            passage_coverage,
            1 + (hit.score - 1) * shared.spread,
            float(held),
            float(lexicon.kind != "other" and not held),
            min(1.0, word_count([sentence]) / _FULL_LENGTH_WORDS),
            float(sentence.endswith((".", "!", "?", '"', "”", "'", "’"))),
            float("?" in sentence),
            max(0.0, 1 - span.start / _LEAD_CHARACTERS),
            shared.absent,
            lexicon.missing_names(in_passage),
            float(not lexicon.years <= years),
        ]
        evidence.append(_weigh(found, i, np.array(signals, dtype=np.float32)))
    return evidence


def _holds(sentence: str, span: Span, found: Found, kind: Kind, question: str) -> bool:
    """Say whether a sentence holds what is asked for; a time if the tagger found one in it."""
    if kind == "when" and found.hit.times:
        times = times_within(found.hit.times, span.start, span.end)
        return any(time.type in ("DATE", "TIME") for time in times)
    return holds_kind(sentence, kind, question)


def _weigh(found: Found, sentence: int, signals: Signals) -> Evidence:
    return Evidence(
        found=found,
        span=found.hit.sentences[sentence],
        vector=found.vectors[sentence],
        score=float(_SENTENCE_WEIGHTS @ signals),
        confidence=_logistic(float(_CONFIDENCE_WEIGHTS @ signals) + _CONFIDENCE_OFFSET),
        signals=signals,
    )


def _terms(text: str) -> set[int]:
    return set(question_terms(with_base_forms(text)).indices)


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, x))))
