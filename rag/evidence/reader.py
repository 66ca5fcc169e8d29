"""A question and its passages -> evidence: the sentences that answer it, best first, or none.

The trained reader (`reading`) reads the best passages; a linear model over its judgements and a
dozen other signals picks the sentence, a logistic one says how likely it is to answer. Both were
fitted by `bench/fit_reader.py` on data the reader was not trained on; yet other data is what
`bench/` reports. Without a reader the same is done with the other signals alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from rag.evidence.retrieval import FoundPassage
from rag.evidence.signals import (
    READER_SIGNALS,
    WORD_SIGNALS,
    Signalled,
    Signals,
    take_signals,
)
from rag.models.linear import Mixture, read_mixture
from rag.models.reading import PACKAGED_READER, Reading, ReadingModel, Text
from rag.question.asked import AskedPart
from rag.text.sentences import Span

# Confidence enough in the first passages to leave the others unread: a tenth off the mean time, and
# no first citation lost on the sample and on quiz questions.
_FIRST_READ = 5
_DECISIVE = 0.8
MIXTURE_FILE = "mixture.json"


@cache
def load_mixture(*, is_read: bool) -> Mixture:
    """Return how signals are weighed, with the packaged reader's among them or without."""
    if is_read:
        folder = files("rag.models").joinpath(PACKAGED_READER)
        return read_mixture(folder.joinpath(MIXTURE_FILE), WORD_SIGNALS + READER_SIGNALS)
    return read_mixture(files("rag.evidence").joinpath(MIXTURE_FILE), WORD_SIGNALS)


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

    found: FoundPassage
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
    asked: AskedPart,
    found: Sequence[FoundPassage],
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
        readings += _read_passages(asked, some[len(readings) :], model)
        evidence = _weigh_all(
            asked, some, weights, passages=passages, model=model, readings=readings
        )
        if any(piece.confidence >= _DECISIVE for piece in evidence):
            break
    best: dict[str, Evidence] = {}
    for piece in sorted(evidence, key=lambda piece: -piece.score):
        best.setdefault(piece.found.article.id, piece)
    return list(best.values())


def weigh_sentences(
    asked: AskedPart,
    found: Sequence[FoundPassage],
    weights: Mapping[int, float],
    *,
    passages: int,
    model: ReadingModel | None = None,
) -> list[Evidence]:
    """Return every sentence of the passages as evidence, weighed but not chosen from."""
    readings = _read_passages(asked, found, model)
    return _weigh_all(asked, found, weights, passages=passages, model=model, readings=readings)


def _read_passages(
    asked: AskedPart, found: Sequence[FoundPassage], model: ReadingModel | None
) -> list[Reading]:
    """Return a reading of each passage; none without a model."""
    if model is None or not found:
        return []
    return model.read(asked.text, [Text(i.article.title, i.hit.text) for i in found])


def _weigh_all(
    asked: AskedPart,
    found: Sequence[FoundPassage],
    weights: Mapping[int, float],
    *,
    passages: int,
    model: ReadingModel | None,
    readings: Sequence[Reading],
) -> list[Evidence]:
    every = take_signals(asked, found, weights, passages=passages, readings=readings)
    if not readings:
        return [_weigh(sentence, load_mixture(is_read=False)) for sentence in every]
    if _is_packaged(model):
        return [_weigh(sentence, load_mixture(is_read=True)) for sentence in every]
    return _weigh_uncalibrated(every)


def _is_packaged(model: ReadingModel | None) -> bool:
    """Say whether the confidence of a model is calibrated."""
    return model is not None and model.name == PACKAGED_READER


def _weigh_uncalibrated(sentences: Sequence[Signalled]) -> list[Evidence]:
    """Weigh by the words, and by how the reader's relevance and answers stand out."""
    words = len(WORD_SIGNALS)
    relevance = np.array([sentence.signals[words + _RELEVANCE] for sentence in sentences])
    spread = float(relevance.std()) or 1.0
    evidence = []
    for sentence, judged in zip(sentences, relevance - relevance.mean(), strict=True):
        piece = _weigh(
            replace(sentence, signals=sentence.signals[:words]), load_mixture(is_read=False)
        )
        stands_out = _OTHER_RELEVANCE * float(judged) / spread
        behind = float(sentence.signals[words + _SPAN_LEAD]) if sentence.answer else 0.0
        evidence.append(replace(piece, score=piece.score + stands_out + behind))
    return evidence


def _weigh(sentence: Signalled, weighed: Mixture) -> Evidence:
    return Evidence(
        found=sentence.found,
        span=sentence.span,
        vector=sentence.vector,
        score=float(weighed.sentence @ sentence.signals),
        confidence=weighed.confidence_of(sentence.signals),
        signals=sentence.signals,
        answer=sentence.answer,
    )
