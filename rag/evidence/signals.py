"""A question and its passages -> what speaks for each sentence, as numbers; `reader` weighs them.

Sixteen signals come from the words, the vectors and the retrieval; five more from the trained
reader where one has read the passage.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.dates.event_times import times_within
from rag.dates.timed_clauses import dating_times, timed_clauses
from rag.evidence.retrieval import Found, Question
from rag.models.reading import Marked, Reading
from rag.question.kinds import Kind, expected_kind, holds_kind, named_in, years_in
from rag.records import EventTime, Hit, word_count
from rag.text.datelines import dateline_end
from rag.text.paraphrases import happenings_in, in_plain_words, with_countries
from rag.text.sentences import Span
from rag.text.terms import question_terms

# News puts what matters first: a sentence counts as the lead up to this many characters in.
_LEAD_CHARACTERS = 600
_FULL_LENGTH_WORDS = 40
# In a small archive the IDF of a word says little; it is mixed with this weight of a usual word,
# which counts as much as this many passages do.
_USUAL_WEIGHT = 6.0
_USUAL_PASSAGES = 500
# Logits are divided by this, to lie where the other signals do.
_LOGIT_SCALE = 5.0
# A sentence without any place for an answer is as far below the best as this.
_NO_PLACE = -4.0

WORD_SIGNALS = (
    "similarity coverage context_coverage passage_coverage retrieval kind_held kind_missing "
    "length ends asks lead absent names_missing year_missing timed_coverage timed_happening"
).split()
READER_SIGNALS = "relevance answerable passage_span sentence_span span_lead".split()

Signals = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signalled:
    """A sentence of a passage, what speaks for it, and the reader's answer in it, if any.

    `signals` are `WORD_SIGNALS`, and `READER_SIGNALS` after them where the passage was read;
    `answer` is in characters of the article.
    """

    found: Found
    span: Span
    vector: NDArray[np.float32]
    signals: Signals
    answer: Span | None


def take_signals(
    question: Question,
    found: Sequence[Found],
    weights: Mapping[int, float],
    *,
    passages: int,
    readings: Sequence[Reading] | None = None,
) -> list[Signalled]:
    """Return every sentence of the passages with its signals.

    `weights` are the IDFs of the question's terms in an archive of so many `passages`; `readings`
    belong to `found`, one each.
    """
    lexicon = _Lexicon.of(question, weights, passages)
    read_terms = text_terms("\n".join(f"{item.article.title}\n{item.hit.text}" for item in found))
    shared = _Shared(absent=1 - lexicon.coverage(read_terms), spread=_spread(len(found)))
    return [
        sentence
        for n, item in enumerate(found)
        for sentence in _of_passage(
            question, item, lexicon, shared, readings[n] if readings else None
        )
    ]


def text_terms(text: str) -> set[int]:
    """Return the terms of a text, put in plain words."""
    return plain_terms(in_plain_words(text))


def plain_terms(plain: str) -> set[int]:
    """Return the terms of a text that is in plain words already."""
    return set(question_terms(plain).indices)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lexicon:
    """The question's terms with their weights, as shares of their sum.

    `happenings` is what it says is done, in plain words, `subjects` the terms of all else.
    """

    kind: Kind
    shares: Mapping[int, float]
    names: frozenset[int]
    years: set[str]
    happenings: set[str]
    subjects: set[int]

    @classmethod
    def of(cls, question: Question, weights: Mapping[int, float], passages: int) -> "_Lexicon":
        # What the engine's formula, log(1 + (N - n + .5) / (n + .5)), gives a word of no passage.
        rarest = math.log(2 * passages + 2)
        trust = passages / (passages + _USUAL_PASSAGES)
        plain = in_plain_words(question.text)
        terms, happenings = plain_terms(plain), happenings_in(plain)
        mixed = {t: trust * weights.get(t, rarest) + (1 - trust) * _USUAL_WEIGHT for t in terms}
        total = sum(mixed.values()) or 1.0
        shares = {term: weight / total for term, weight in mixed.items()}
        return cls(
            kind=expected_kind(question.text),
            shares=shares,
            names=frozenset(text_terms(named_in(question.text))),
            years=years_in(question.text),
            happenings=happenings,
            subjects=text_terms(with_countries(question.text)) - plain_terms(" ".join(happenings)),
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


def _of_passage(
    question: Question, found: Found, lexicon: _Lexicon, shared: _Shared, reading: Reading | None
) -> Iterator[Signalled]:
    article, hit = found.article, found.hit
    sentences = [article.text[s.start : s.end] for s in hit.sentences]
    pairs = list(zip(hit.sentences, sentences, strict=True))
    terms = [text_terms(sentence) for sentence in sentences]
    title = text_terms(article.title)
    in_passage = title.union(*terms)
    years = years_in(f"{article.published} {article.title} {hit.text}")
    passage_coverage = lexicon.coverage(in_passage)
    similarities = found.vectors @ question.vector
    marks = [_marked(reading, span, sentence, hit) for span, sentence in pairs] if reading else []
    best = max(filter(None, marks), key=lambda marked: marked.score, default=None)
    for i, (span, sentence) in enumerate(pairs):
        around = title.union(*terms[max(0, i - 1) : i + 2])
        times = _dating(sentence, span, hit, lexicon)
        # Where the tagger found nothing in the passage, the pattern may.
        if lexicon.kind == "when" and hit.times:
            held = bool(times)
        else:
            held = holds_kind(sentence, lexicon.kind, question.text)
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
            *_timed(sentence, span, times, lexicon),
        ]
        marked = None
        if reading:
            marked = marks[i]
            signals += _reader_signals(reading, best, marked)
        yield Signalled(
            found=found,
            span=span,
            vector=found.vectors[i],
            signals=np.array(signals, dtype=np.float32),
            answer=Span(marked.span.start + hit.start, marked.span.end + hit.start)
            if marked
            else None,
        )


def _dating(sentence: str, span: Span, hit: Hit, lexicon: _Lexicon) -> list[EventTime]:
    """Return the times that may answer a when-question: not the dateline, nor of other years."""
    if lexicon.kind != "when":
        return []
    filed = span.start + dateline_end(sentence)
    return dating_times(times_within(hit.times, filed, span.end), lexicon.years)


def _timed(
    sentence: str, span: Span, times: Sequence[EventTime], lexicon: _Lexicon
) -> tuple[float, float]:
    """Return how much of a when-question is said beside a time, and whether what is done is.

    The second is 1 if it is and -1 if only something else is dated: "the truce began on Tuesday" to
    when it was signed. That of other things counts nothing: "the exchange began on Friday".
    """
    clauses = [in_plain_words(words) for _, words in timed_clauses(sentence, span.start, times)]
    covered = max((lexicon.coverage(plain_terms(clause)) for clause in clauses), default=0.0)
    told = {happening for clause in clauses for happening in happenings_in(clause)}
    if not lexicon.happenings or not told:
        return covered, 0.0
    if not lexicon.happenings & told:
        return covered, -1.0
    return covered, float(bool(lexicon.subjects & text_terms(with_countries(sentence))))


def _marked(reading: Reading, span: Span, sentence: str, hit: Hit) -> Marked | None:
    """Return the best answer in a sentence; its dateline, if it has one, answers nothing."""
    first = span.start + dateline_end(sentence)
    return reading.best_span(first - hit.start, span.end - hit.start)


def _reader_signals(reading: Reading, best: Marked | None, marked: Marked | None) -> list[float]:
    """Return `READER_SIGNALS` of a sentence: of its passage, and of the best answer in it."""
    passage = (best.score - reading.silence) / _LOGIT_SCALE if best else 0.0
    sentence = (marked.score - reading.silence) / _LOGIT_SCALE if marked else _NO_PLACE
    behind = (marked.score - best.score) / _LOGIT_SCALE if marked and best else _NO_PLACE
    return [
        reading.relevance / _LOGIT_SCALE,
        reading.answerable / _LOGIT_SCALE,
        passage,
        max(_NO_PLACE, sentence),
        max(_NO_PLACE, behind),
    ]
