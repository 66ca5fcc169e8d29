"""A question and its passages -> evidence: the sentences that answer it, best first, or none.

The trained reader (`reading`) reads the best passages; a linear model over its judgements and a
dozen other signals picks the sentence, a logistic one says how likely it is to answer. Both were
fitted by `bench/fit_reader.py` on data the reader was not trained on; yet other data is what
`bench/` reports. Without a reader the same is done with the other signals alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.evidence.retrieval import Found, Question
from rag.evidence.signals import (
    READER_SIGNALS,
    WORD_SIGNALS,
    Signalled,
    Signals,
    take_signals,
    text_terms,
)
from rag.models.logistic import logistic
from rag.models.reading import PACKAGED_READER, Reading, ReadingModel, Text
from rag.text.sentences import Span

# Confidence enough in the first passages to leave the others unread: a tenth off the mean time, and
# no first citation lost on the sample and on quiz questions.
_FIRST_READ = 5
_DECISIVE = 0.8
# Sentences this close in meaning, or sharing this much of their words, say the same thing.
_COPY_COSINE = 0.97
_COPY_WORDS = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """How the signals are weighed: to choose a sentence, and to say how likely it answers."""

    sentence: Signals
    confidence: Signals
    offset: float

    def confidence_of(self, signals: NDArray[np.floating[Any]]) -> float:
        """Return the probability, 0 to 1, that a chosen sentence answers."""
        return logistic(float(self.confidence @ signals) + self.offset)


def _weights(named: str, names: Sequence[str]) -> Signals:
    """Return weights in the order of their names, written as `bench/fit_reader.py` prints them."""
    given = dict(pair.split() for pair in named.split(","))
    assert given.keys() == set(names), given.keys() ^ set(names)
    return np.array([float(given[name]) for name in names], dtype=np.float32)


WORDS_ALONE = Mixture(
    sentence=_weights(
        "similarity 3.10, coverage 1.08, context_coverage 2.29, passage_coverage 2.42, "
        "retrieval 2.25, kind_held 1.45, kind_missing -1.45, length 0.84, ends 0.25, asks "
        "-1.17, lead 1.18, absent -0.00, names_missing 0.10, year_missing -1.02, "
        "timed_coverage -0.44, timed_happening 1.16",
        WORD_SIGNALS,
    ),
    confidence=_weights(
        "similarity 3.51, coverage 0.58, context_coverage 2.41, passage_coverage -0.40, "
        "retrieval 1.45, kind_held 0.28, kind_missing -0.27, length 1.11, ends 0.51, asks "
        "-0.47, lead 1.27, absent 0.50, names_missing 0.07, year_missing -2.88, "
        "timed_coverage 0.70, timed_happening -0.16",
        WORD_SIGNALS,
    ),
    offset=-10.09,
)
WITH_READER = Mixture(
    sentence=_weights(
        "similarity 1.46, coverage 0.12, context_coverage 1.34, passage_coverage 1.75, "
        "retrieval 1.39, kind_held 1.04, kind_missing -1.04, length 0.79, ends -0.39, asks "
        "-0.88, lead 0.06, absent -0.00, names_missing 0.36, year_missing -0.60, "
        "timed_coverage 0.49, timed_happening 1.11, relevance 0.41, answerable -1.04, "
        "passage_span 1.02, sentence_span 0.05, span_lead 0.98",
        WORD_SIGNALS + READER_SIGNALS,
    ),
    confidence=_weights(
        "similarity 2.05, coverage -0.90, context_coverage 2.22, passage_coverage -0.11, "
        "retrieval 0.97, kind_held -0.25, kind_missing -1.34, length 0.77, ends -0.36, asks "
        "-1.39, lead 0.66, absent -0.75, names_missing -0.09, year_missing -3.13, "
        "timed_coverage 1.18, timed_happening 0.32, relevance 1.84, answerable -2.88, "
        "passage_span 0.64, sentence_span -0.14, span_lead 0.82",
        WORD_SIGNALS + READER_SIGNALS,
    ),
    offset=-5.09,
)
# A model of one's own is not calibrated: standing out among the passages by its relevance moves a
# sentence up by so much, and the confidence is that of the words.
_OTHER_RELEVANCE = 1.0
_RELEVANCE = READER_SIGNALS.index("relevance")
_SPAN_LEAD = READER_SIGNALS.index("span_lead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence of a passage as an answer: where it is, its score, and how likely it is right.

    `answer` are the words in it that answer, in characters of the article, where a reader marks
    them.
    """

    found: Found
    span: Span
    vector: Signals
    score: float
    confidence: float
    signals: Signals
    answer: Span | None = None

    @property
    def text(self) -> str:
        """The sentence, byte for byte."""
        return self.found.article.text[self.span.start : self.span.end]


def read(
    question: Question,
    found: Sequence[Found],
    weights: Mapping[int, float],
    *,
    passages: int,
    model: ReadingModel | None = None,
) -> list[Evidence]:
    """Return the best sentence of each article, best first.

    `weights` are the IDFs of the question's terms in an archive of so many `passages`. Where the
    trained reader is sure of an answer in the first few passages, the others are not read.
    """
    readings: list[Reading] = []
    evidence: list[Evidence] = []
    for some in (found[:_FIRST_READ], found) if _is_packaged(model) else (found,):
        readings += _read_passages(question, some[len(readings) :], model)
        evidence = _weigh_all(
            question, some, weights, passages=passages, model=model, readings=readings
        )
        if any(piece.confidence >= _DECISIVE for piece in evidence):
            break
    best: dict[str, Evidence] = {}
    for piece in sorted(evidence, key=lambda piece: -piece.score):
        best.setdefault(piece.found.article.id, piece)
    return list(best.values())


def weigh_sentences(
    question: Question,
    found: Sequence[Found],
    weights: Mapping[int, float],
    *,
    passages: int,
    model: ReadingModel | None = None,
) -> list[Evidence]:
    """Return every sentence of the passages as evidence, weighed but not chosen from."""
    readings = _read_passages(question, found, model)
    return _weigh_all(question, found, weights, passages=passages, model=model, readings=readings)


def _read_passages(
    question: Question, found: Sequence[Found], model: ReadingModel | None
) -> list[Reading]:
    """Return a reading of each passage; none without a model."""
    if model is None or not found:
        return []
    return model.read(question.text, [Text(i.article.title, i.hit.text) for i in found])


def _weigh_all(
    question: Question,
    found: Sequence[Found],
    weights: Mapping[int, float],
    *,
    passages: int,
    model: ReadingModel | None,
    readings: Sequence[Reading],
) -> list[Evidence]:
    every = take_signals(question, found, weights, passages=passages, readings=readings)
    if not readings:
        return [_weigh(sentence, WORDS_ALONE) for sentence in every]
    if _is_packaged(model):
        return [_weigh(sentence, WITH_READER) for sentence in every]
    return _weigh_uncalibrated(every)


def _is_packaged(model: ReadingModel | None) -> bool:
    """Say whether the confidence of a model is calibrated."""
    return model is not None and model.name == PACKAGED_READER


def says_the_same(one: Evidence, other: Evidence) -> bool:
    """Say whether two sentences are copies of each other, as in reprinted agency stories."""
    if float(one.vector @ other.vector) >= _COPY_COSINE:
        return True
    words, others = text_terms(one.text), text_terms(other.text)
    return len(words & others) >= _COPY_WORDS * max(1, len(words | others))


def _weigh_uncalibrated(sentences: Sequence[Signalled]) -> list[Evidence]:
    """Weigh by the words, and by how the reader's relevance and answers stand out."""
    words = len(WORD_SIGNALS)
    relevance = np.array([sentence.signals[words + _RELEVANCE] for sentence in sentences])
    spread = float(relevance.std()) or 1.0
    evidence = []
    for sentence, judged in zip(sentences, relevance - relevance.mean(), strict=True):
        piece = _weigh(replace(sentence, signals=sentence.signals[:words]), WORDS_ALONE)
        stands_out = _OTHER_RELEVANCE * float(judged) / spread
        behind = float(sentence.signals[words + _SPAN_LEAD]) if sentence.answer else 0.0
        evidence.append(replace(piece, score=piece.score + stands_out + behind))
    return evidence


def _weigh(sentence: Signalled, mixture: Mixture) -> Evidence:
    return Evidence(
        found=sentence.found,
        span=sentence.span,
        vector=sentence.vector,
        score=float(mixture.sentence @ sentence.signals),
        confidence=mixture.confidence_of(sentence.signals),
        signals=sentence.signals,
        answer=sentence.answer,
    )
