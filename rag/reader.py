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

from rag.logistic import logistic
from rag.reading import PACKAGED_READER, Reading, ReadingModel, Text
from rag.retrieval import Found, Question
from rag.sentences import Span
from rag.signals import READER_SIGNALS, WORD_SIGNALS, Signalled, Signals, take_signals, text_terms

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
        "similarity 3.78, coverage 1.79, context_coverage 1.63, passage_coverage 1.38, "
        "retrieval 1.52, kind_held 1.13, kind_missing -1.13, length 0.13, ends 0.67, asks -1.24, "
        "lead 1.67, absent 0.0, names_missing -1.07, year_missing -0.37",
        WORD_SIGNALS,
    ),
    confidence=_weights(
        "similarity 2.18, coverage 1.44, context_coverage 1.41, passage_coverage 0.05, "
        "retrieval 1.32, kind_held -0.07, kind_missing -1.22, length 0.38, ends 0.49, asks -1.95, "
        "lead 1.10, absent -1.50, names_missing 0.72, year_missing -2.36",
        WORD_SIGNALS,
    ),
    offset=-8.18,
)
WITH_READER = Mixture(
    sentence=_weights(
        "similarity 1.90, coverage 0.09, context_coverage 1.25, passage_coverage 1.40, "
        "retrieval 1.47, kind_held 1.04, kind_missing -1.04, length 0.83, ends -0.40, asks "
        "-0.89, lead 0.15, absent -0.00, names_missing 0.14, year_missing -0.56, relevance "
        "0.47, answerable -1.11, passage_span 1.02, sentence_span 0.06, span_lead 0.96",
        WORD_SIGNALS + READER_SIGNALS,
    ),
    confidence=_weights(
        "similarity 2.39, coverage -0.99, context_coverage 2.31, passage_coverage -0.70, "
        "retrieval 1.12, kind_held -0.19, kind_missing -1.38, length 0.34, ends 0.08, asks "
        "-1.30, lead 0.79, absent 0.52, names_missing 0.02, year_missing -3.28, relevance 2.02, "
        "answerable -2.83, passage_span 0.81, sentence_span -0.41, span_lead 0.79",
        WORD_SIGNALS + READER_SIGNALS,
    ),
    offset=-5.49,
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
