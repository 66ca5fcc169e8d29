"""Weighs the sentences of the passages and returns those that answer the question, best first.

The trained reader (`rag.models.reading`) reads the best passages. A linear model then picks the
sentence, from the reader's judgements and a few other signals. A logistic model says how likely
that sentence is to answer, and less so if it is not clear which answer is the best
(`rag.evidence.clarity`). `bench/fit_reader.py` fitted both on data that the reader was not
trained on, and `bench/` reports results on other data again. Without a reader, the other signals
alone decide.

The likeliest sentences are then held against the question (`rag.evidence.fitness`). One that does
not fit comes after those that do, of the same article as well.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from rag.dates.entry_days import Moment, entry_at, told_at, told_on
from rag.evidence.bylines import with_byline
from rag.evidence.clarity import Marked, clarity_of
from rag.evidence.fitness import Candidate, cost_of, other_figure_of_period, value_of_period
from rag.evidence.retrieval import FoundPassage
from rag.evidence.signals import (
    READER_SIGNALS,
    WORD_SIGNALS,
    Signalled,
    Signals,
    take_signals,
)
from rag.models.linear import Mixture, log_odds, logistic, read_mixture
from rag.models.reading import PACKAGED_READER, Reading, ReadingModel, Text
from rag.question.asked import AskedPart
from rag.records import Article
from rag.text.sentences import Span

# If the first passages give this much confidence, the next ones are not read. The last ones are
# read only beside a sure answer, for what else there is to tell. On 4,590 questions of five sets,
# that gives as many right and wrong answers as reading all ten first: of each set the same share to
# within .015, with 4.6 passages read in place of 10.
_FIRST_READ, _DECISIVE = 3, 0.6
_READ = 5
# Of a longer question the end is read, where it asks. A character is one token at the most, so that
# the reader's 384 tokens always have room for some of the passage.
_LONGEST_QUESTION = 320
MIXTURE_FILE = "mixture.json"
# So many sentences are held against the question, the likeliest first, if they have this
# confidence. Answers come from sentences with more, and each costs about a millisecond.
_HELD, _LEAST_HELD = 20, 0.1

# So much less sure than the best is a sentence that is 1 behind it in the choice. The confidence is
# fitted on the best sentence of each question. About .5 would make it right on the next seven, but
# hides the newer of two values; at 0, values of other things take the place of the right ones.
_BEHIND = 0.2


@cache
def load_mixture(*, is_read: bool) -> Mixture:
    """Return the weights of the signals, with those of the packaged reader if it has read."""
    if is_read:
        folder = files("rag.models").joinpath(PACKAGED_READER)
        return read_mixture(folder.joinpath(MIXTURE_FILE), WORD_SIGNALS + READER_SIGNALS)
    return read_mixture(files("rag.evidence").joinpath(MIXTURE_FILE), WORD_SIGNALS)


# A reader that the user configures is not calibrated. If its relevance makes a sentence stand out
# among the passages, the sentence moves up by this much. The confidence is that of the words.
_OTHER_RELEVANCE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence of a passage as an answer: where it is, its score, and how likely it is right.

    If the reader marked the words that answer, `answer` says where they are, in characters of the
    article.
    """

    found: FoundPassage
    span: Span
    vector: NDArray[np.float32]
    score: float
    confidence: float
    signals: Signals
    answer: Span | None = None

    @property
    def text(self) -> str:
        """The sentence, byte for byte."""
        return self.found.article.text[self.span.start : self.span.end]

    @property
    def published(self) -> date | None:
        """The day of its article, or that of the entry of a live blog in which it is."""
        return told_on(self.found.article, self.span.start)

    @property
    def told_at(self) -> Moment:
        """That day, with the time of the entry, to compare it with others."""
        return told_at(self.found.article, self.span.start)

    @property
    def report(self) -> tuple[str, int]:
        """What tells it: the article, and in a live blog the place of the entry, -1 elsewhere."""
        entry = entry_at(self.found.article, self.span.start)
        return self.found.article.id, entry.entry.start if entry else -1

    @property
    def words(self) -> Span:
        """The sentence without the time of its entry, in a live blog, if that does not answer."""
        entry = entry_at(self.found.article, self.span.start)
        body = entry.entry.body if entry else self.span.start
        if not self.span.start < body < self.span.end:
            return self.span
        if self.answer is not None and self.answer.start < body:
            return self.span
        return Span(body, self.span.end)

    def marks(self, start: int, end: int) -> bool:
        """Say whether the reader marked any of the characters `[start, end)` of the article."""
        return self.answer is not None and start < self.answer.end and self.answer.start < end

    @property
    def marked(self) -> str:
        """The words that the reader marked in the sentence, empty if it marked none."""
        return self.found.article.text[self.answer.start : self.answer.end] if self.answer else ""


def unweighed(found: FoundPassage) -> Iterator[Evidence]:
    """Yield the sentences of a passage that was not read, as evidence of no confidence."""
    for place, span in enumerate(found.hit.sentences):
        yield Evidence(
            found=found,
            span=span,
            vector=found.vectors[place],
            score=0.0,
            confidence=0.0,
            signals={},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The sentences of the passages that were read, best first, and the readings of these."""

    sentences: list[Evidence]
    readings: Sequence[Reading]


def read_sentences(
    asked: AskedPart,
    found: Sequence[FoundPassage],
    weights: Mapping[int, float],
    *,
    passages: int,
    model: ReadingModel | None = None,
    beside: Sequence[Evidence] = (),
) -> Read:
    """Return the sentences of the passages as evidence, best first.

    `weights` are the IDFs of the question's terms in an archive of `passages` passages. The trained
    reader reads the first passages, and fewer if it is sure of an answer in them. All is less sure,
    if one of the sentences `beside`, which were read before, may answer too.
    """
    readings: list[Reading] = []
    evidence: list[Evidence] = []
    for some in (found[:_FIRST_READ], found[:_READ]) if _is_packaged(model) else (found,):
        readings += _read_passages(asked, some[len(readings) :], model)
        every = _weigh_all(
            asked, some, weights, passages=passages, model=model, readings=readings, among=found
        )
        evidence = _hold_against(asked, every, model, beside=beside)
        if any(piece.confidence >= _DECISIVE for piece in evidence):
            break
    return Read(sentences=evidence, readings=readings)


def read_on(
    asked: AskedPart,
    found: Sequence[FoundPassage],
    weights: Mapping[int, float],
    read: Read,
    *,
    passages: int,
    model: ReadingModel | None = None,
) -> list[Evidence]:
    """Return the sentences of the passages that `read_sentences` left unread, best first."""
    known = {id(piece.found) for piece in read.sentences}
    if all(id(item) in known for item in found):
        return []
    readings = [*read.readings, *_read_passages(asked, found[len(read.readings) :], model)]
    every = _weigh_all(asked, found, weights, passages=passages, model=model, readings=readings)
    unread = [piece for piece in every if id(piece.found) not in known]
    return _hold_against(asked, unread, model, beside=read.sentences)


def best_of_each_article(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the best sentence of each article, best first."""
    best: dict[str, Evidence] = {}
    for piece in evidence:
        best.setdefault(piece.found.article.id, piece)
    return list(best.values())


def _hold_against(
    asked: AskedPart,
    evidence: Sequence[Evidence],
    model: ReadingModel | None,
    *,
    beside: Sequence[Evidence] = (),
) -> list[Evidence]:
    """Return evidence best first, after what does not fit the question was lowered.

    All is less sure, if it is not clear then which answer is the best, also of those `beside`, and
    a sentence the more, the further it is behind the best.
    """
    ranked = sorted(evidence, key=lambda piece: -piece.score)
    likely = [piece for piece in ranked if piece.confidence >= _LEAST_HELD][:_HELD]
    articles = list({piece.found.article.id: piece.found.article for piece in ranked}.values())
    held = {id(piece): _lowered(asked, piece, articles) for piece in likely}
    fitting = [held.get(id(piece), piece) for piece in ranked]
    fitting.sort(key=lambda piece: -piece.score)
    weighed = load_mixture(is_read=_is_packaged(model))
    if not weighed.clarity:
        return fitting
    every = [*fitting, *beside]
    scores, marked = [p.score for p in every], [Marked(p.text, p.marked) for p in every]
    unclear = -weighed.clarity * clarity_of(scores, marked, asked.kind, asked.wanted.toll)
    best = max(scores, default=0.0)
    return [_less_sure(piece, unclear + _BEHIND * (best - piece.score)) for piece in fitting]


def _lowered(asked: AskedPart, piece: Evidence, articles: Sequence[Article]) -> Evidence:
    """Return a sentence with the score and the confidence that its misfits leave it.

    If it tells of two times and one is asked about, the figure of that one answers.
    """
    found = _in_its_entry(piece)
    candidate = Candidate(
        asked=asked, found=found, span=piece.span, answer=piece.answer, articles=articles
    )
    cost = cost_of(candidate)
    value = value_of_period(candidate)
    if value is None and piece.answer is not None:
        value = other_figure_of_period(candidate, piece.answer)
    if value:
        piece = replace(piece, answer=value)
    return _less_sure(replace(piece, score=piece.score - cost), cost) if cost else piece


def _in_its_entry(piece: Evidence) -> FoundPassage:
    """Return the passage of a sentence, if it is of a live blog as published with its entry.

    What an entry tells is no plan because the blog began on the day before, and each of its
    sentences has the time of the entry.
    """
    found, dated = piece.found, entry_at(piece.found.article, piece.span.start)
    if dated is None or dated.day is None:
        return found
    time, start = dated.time, piece.span.start
    article = replace(found.article, published=dated.day)
    if time in found.hit.times and start <= time.start < piece.span.end:
        return replace(found, article=article)
    times = (*found.hit.times, replace(time, start=start, end=start))
    return replace(found, article=article, hit=replace(found.hit, times=times))


def _less_sure(piece: Evidence, taken: float) -> Evidence:
    """Return a sentence with so much taken from the logarithm of its odds."""
    return replace(piece, confidence=logistic(log_odds(piece.confidence) - taken))


def weigh_sentences(
    asked: AskedPart,
    found: Sequence[FoundPassage],
    weights: Mapping[int, float],
    *,
    passages: int,
    model: ReadingModel | None = None,
) -> list[Evidence]:
    """Return every sentence of the passages as evidence, without choosing among them."""
    readings = _read_passages(asked, found, model)
    return _weigh_all(asked, found, weights, passages=passages, model=model, readings=readings)


def rank_passages(
    asked: AskedPart,
    found: Sequence[FoundPassage],
    weights: Mapping[int, float],
    *,
    passages: int,
    model: ReadingModel | None = None,
) -> list[FoundPassage]:
    """Return the passages by how well their best sentences answer, best first.

    The score of each hit is then the confidence in its best sentence, 0 to 1. Where that is more
    than the score of the hit before it, it has the score of that one.
    """
    every = weigh_sentences(asked, found, weights, passages=passages, model=model)
    best: dict[int, Evidence] = {}
    for piece in _hold_against(asked, every, model):
        best.setdefault(id(piece.found), piece)
    scores = accumulate((piece.confidence for piece in best.values()), min)
    return [
        replace(piece.found, hit=replace(piece.found.hit, score=score))
        for piece, score in zip(best.values(), scores, strict=True)
    ]


def _read_passages(
    asked: AskedPart, found: Sequence[FoundPassage], model: ReadingModel | None
) -> list[Reading]:
    """Return a reading of each passage; no readings without a model."""
    if model is None or not found:
        return []
    texts = [Text(with_byline(item, asked), item.hit.text) for item in found]
    return model.read(asked.text[-_LONGEST_QUESTION:], texts)


def _weigh_all(
    asked: AskedPart,
    found: Sequence[FoundPassage],
    weights: Mapping[int, float],
    *,
    passages: int,
    model: ReadingModel | None,
    readings: Sequence[Reading],
    among: Sequence[FoundPassage] | None = None,
) -> list[Evidence]:
    every = take_signals(asked, found, weights, passages=passages, readings=readings, among=among)
    if not readings:
        return [_weigh(sentence, load_mixture(is_read=False)) for sentence in every]
    if _is_packaged(model):
        return [_weigh(sentence, load_mixture(is_read=True)) for sentence in every]
    return _weigh_uncalibrated(every)


def _is_packaged(model: ReadingModel | None) -> bool:
    """Say whether the confidence of a model is calibrated."""
    return model is not None and model.name == PACKAGED_READER


def _weigh_uncalibrated(sentences: Sequence[Signalled]) -> list[Evidence]:
    """Return the sentences weighed by the words, and by how far the reader makes them stand out."""
    relevance = np.array([sentence.signals["relevance"] for sentence in sentences])
    spread = float(relevance.std()) or 1.0
    evidence = []
    for sentence, judged in zip(sentences, relevance - relevance.mean(), strict=True):
        piece = _weigh(sentence, load_mixture(is_read=False))
        stands_out = _OTHER_RELEVANCE * float(judged) / spread
        behind = sentence.signals["span_lead"] if sentence.answer else 0.0
        evidence.append(replace(piece, score=piece.score + stands_out + behind))
    return evidence


def _weigh(sentence: Signalled, weighed: Mixture) -> Evidence:
    return Evidence(
        found=sentence.found,
        span=sentence.span,
        vector=sentence.vector,
        score=weighed.score_of(sentence.signals),
        confidence=weighed.confidence_of(sentence.signals),
        signals=sentence.signals,
        answer=sentence.answer,
    )
