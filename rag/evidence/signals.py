"""Computes the signals of each sentence: numbers that speak for it or against it as an answer.

Some come from the words, the vectors and the retrieval, others from the trained reader, if it has
read the passage. `reader` weighs them.
"""

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.dates.event_times import dating_times, times_within
from rag.evidence.bylines import with_byline
from rag.evidence.kinds_of_marks import is_of_other_kind
from rag.evidence.retrieval import FIRST_LOOK, FoundPassage
from rag.models.reading import Marked, Reading
from rag.question.asked import AskedPart
from rag.question.kinds import holds_kind, years_in
from rag.records import EventTime, Hit, word_count
from rag.store.model import CANDIDATES
from rag.text.datelines import dateline_end
from rag.text.governing import in_one_clause, is_denied_clause, with_denial
from rag.text.journeys import place_of_move
from rag.text.names import plain_parts
from rag.text.reasons import tells_no_reason
from rag.text.sentences import Span
from rag.text.speakers import find_addressed
from rag.text.terms import TermShares, counted_terms, known_weights
from rag.text.words import stems_of, words_of

# News puts what matters first. A sentence belongs to the lead if it starts within this many
# characters.
_LEAD_CHARACTERS = 600
_FULL_LENGTH_WORDS = 40
# In a small archive the IDF of a word says little. So it is mixed with the weight of a usual word,
# which counts as much as the number of passages below.
_USUAL_WEIGHT = 6.0
_USUAL_PASSAGES = 500
# These words alone are no answer, because they do not say who or what is meant.
_PRONOUNS = frozenset(
    "i me my we us our you your he him his she her hers it its they them their theirs "
    "this that these those who which one himself herself itself themselves".split()
)
_AROUND_WORDS = " \t\n\"'“”‘’.,;:!?()"
# Logits are divided by this, so that they have the scale of the other signals.
_LOGIT_SCALE = 5.0
# The nearness of passages is multiplied by this for the same reason.
_NEARNESS_SCALE = 5.0
# A sentence with no possible answer in it counts as this far below the best.
_NO_PLACE = -4.0

WORD_SIGNALS = (
    "similarity coverage context_coverage passage_coverage nearness standing kind_held "
    "kind_missing length ends asks lead absent names_missing year_missing"
).split()
READER_SIGNALS = ("relevance answerable support passage_span sentence_span span_lead").split()
# How far the best passage of a question stands out in a large archive.
_USUAL_STANDING = 1.2

Signals = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signalled:
    """A sentence of a passage, its signals, and the reader's answer in it, if there is one.

    `signals` has `WORD_SIGNALS`, and `READER_SIGNALS` too if the passage was read. `answer` is in
    characters of the article.
    """

    found: FoundPassage
    span: Span
    vector: NDArray[np.float32]
    signals: Signals
    answer: Span | None


def take_signals(
    asked: AskedPart,
    found: Sequence[FoundPassage],
    weights: Mapping[int, float],
    *,
    passages: int,
    readings: Sequence[Reading] | None = None,
    among: Sequence[FoundPassage] | None = None,
) -> list[Signalled]:
    """Return every sentence of the passages with its signals.

    `weights` are the IDFs of the question's terms in an archive of `passages` passages. `readings`
    has one reading for each of `found`. `among` are all passages that were found, best first, if
    `found` are some of them.
    """
    terms = shares_of(asked, weights, passages=passages)
    texts = [f"{with_byline(item, asked)}\n{item.hit.text}" for item in found]
    read_terms = counted_terms("\n".join(texts))
    shared = _Shared(
        asked=asked,
        terms=terms,
        absent=1 - terms.coverage(read_terms),
        candidates=_candidates(len(among or found), passages),
        every=min(CANDIDATES, passages),
        is_only=passages == 1,
    )
    return [
        sentence
        for n, item in enumerate(found)
        for sentence in _of_passage(item, shared, readings[n] if readings else None)
    ]


def _candidates(found: int, passages: int) -> int:
    """Return among how many passages a search chose that found so many in an archive."""
    # Fewer than a search looks at are all that there are, as where a filter leaves few.
    return min(CANDIDATES, passages) if found >= FIRST_LOOK else found


def shares_of(asked: AskedPart, weights: Mapping[int, float], *, passages: int) -> TermShares:
    """Return the terms of the question, with their shares of its weight.

    `weights` are their IDFs in an archive of `passages` passages.
    """
    known = known_weights(asked.terms, weights, passages=passages)
    trust = passages / (passages + _USUAL_PASSAGES)
    return TermShares.of(
        {term: trust * weight + (1 - trust) * _USUAL_WEIGHT for term, weight in known.items()}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What all passages have in common.

    `asked` is the question, and `terms` are its terms with their shares of its weight. `absent` is
    the share of the weight that is in no passage. `candidates` is the number of passages that the
    search chose among, and `every` that without a filter. With `is_only` the archive has no other
    passage.
    """

    asked: AskedPart
    terms: TermShares
    absent: float
    candidates: int
    every: int
    is_only: bool

    def standing(self, found: FoundPassage) -> float:
        """Return how far a passage stands out, as it would among many candidates.

        A fused score is a sum of z-scores among the candidates of the search. The more there are,
        the further the best is out: by .23 of the scale among 3, .40 among 6, .53 among 11, .66
        among 22, .82 among 44 and 1.0 among 88, in the mean over questions on parts of the invented
        archives. A passage that a filter of outlets leaves alone does not stand out; those of the
        question's days are compared with all others. The only one of an archive does as the best
        usually does, so that a first article can be asked about.
        """
        if self.is_only:
            return _USUAL_STANDING
        if found.anywhere is not None:
            return (found.anywhere - 1) * math.cbrt(CANDIDATES / self.every)
        return (found.fused - 1) * math.cbrt(CANDIDATES / self.candidates)


def _of_passage(
    found: FoundPassage, shared: _Shared, reading: Reading | None
) -> Iterator[Signalled]:
    article, hit, asked = found.article, found.hit, shared.asked
    sentences = [article.text[s.start : s.end] for s in hit.sentences]
    pairs = list(zip(hit.sentences, sentences, strict=True))
    terms = [counted_terms(sentence) for sentence in sentences]
    title = counted_terms(with_byline(found, asked))
    in_passage = title.union(*terms)
    years = years_in(f"{article.published} {article.title} {hit.text}")
    passage_coverage = shared.terms.coverage(in_passage)
    similarities = found.vectors @ asked.vector
    judged = list(_judged(reading, hit, pairs, asked)) if reading else [(None, {})] * len(pairs)
    for i, (span, sentence) in enumerate(pairs):
        around = title.union(*terms[max(0, i - 1) : i + 2])
        if asked.kind == "when":
            held = bool(_dating(sentence, span, hit, asked))
        else:
            held = holds_kind(sentence, asked.kind, asked.words)
        signals = {
            "similarity": float(similarities[i]),
            "coverage": shared.terms.coverage(terms[i]),
            "context_coverage": shared.terms.coverage(around),
            "passage_coverage": passage_coverage,
            "nearness": hit.score * _NEARNESS_SCALE,
            "standing": shared.standing(found),
            "kind_held": float(held),
            "kind_missing": float(asked.kind != "other" and not held),
            "length": min(1.0, word_count([sentence]) / _FULL_LENGTH_WORDS),
            "ends": float(sentence.endswith((".", "!", "?", '"', "”", "'", "’"))),
            "asks": float("?" in sentence),
            "lead": max(0.0, 1 - span.start / _LEAD_CHARACTERS),
            "absent": shared.absent,
            "names_missing": _missing(asked.names, in_passage),
            "year_missing": float(not asked.years <= years),
        }
        marked, of_reader = judged[i]
        yield Signalled(
            found=found,
            span=span,
            vector=found.vectors[i],
            signals={**signals, **of_reader},
            answer=_as_said(asked, hit, article.text, span, marked) if marked else None,
        )


def _missing(names: Set[int], terms: Set[int]) -> float:
    """Return the share of the question's names that are not among `terms`, 0 to 1."""
    return len(names - terms) / len(names) if names else 0.0


def _dating(sentence: str, span: Span, hit: Hit, asked: AskedPart) -> list[EventTime]:
    """Return the times that may answer a when-question, without the dateline and other years."""
    filed = span.start + dateline_end(sentence)
    return dating_times(times_within(hit.times, filed, span.end), asked.years)


def _marked(
    reading: Reading, span: Span, sentence: str, hit: Hit, asked: AskedPart
) -> Marked | None:
    """Return the best answer in a sentence, outside its dateline if it has one.

    A pronoun alone is none, nor a full stop, and neither is who or what place the question names,
    nor what cannot be of the kind that is wanted, such as a year where it asks for a place.
    If the best is a name or an amount alone where the question asks why, the sentence has none.
    """
    first, last = span.start + dateline_end(sentence) - hit.start, span.end - hit.start
    skipped: list[Span] = []
    while (marked := reading.best_span(first, last, other_than=skipped)) is not None:
        words = hit.text[marked.span.start : marked.span.end]
        said = words.strip(_AROUND_WORDS).lower()
        if _says_nothing(words, asked) or _tells_no_reason(sentence, span, hit, marked, asked):
            return None
        place = Span(*(at + hit.start - span.start for at in marked.span))
        is_answer = not (_repeats(words, asked) or is_of_other_kind(sentence, place, asked))
        if said and said not in _PRONOUNS and is_answer:
            break
        skipped.append(marked.span)
    return marked


def _as_said(asked: AskedPart, hit: Hit, text: str, within: Span, marked: Marked) -> Span:
    """Return the marked words of an article so that they say what their sentence says of them."""
    span = Span(marked.span.start + hit.start, marked.span.end + hit.start)
    wanted = asked.wanted
    if asked.kind == "where":
        span = place_of_move(asked.text, text, span, within)
    if asked.kind != "other" or wanted.noun or wanted.shape == "list":
        span = in_one_clause(text, span, within, asked=wanted.stems, words=asked.words)
    is_denied = asked.kind == "other" and is_denied_clause(text, span, within)
    if not wanted.is_of_denial and (wanted.shape == "yes-no" or is_denied):
        span = with_denial(text, span, within)
    return span


def _repeats(words: str, asked: AskedPart) -> bool:
    """Say whether words only repeat the question, where it asks for a person, a place or a thing.

    Of 4,201 answers to who and where 3 do, but where the question gives the choice. "The fault at
    the works" answers "what fault" in none of 6,749. Whoever is gone is not who came.
    """
    noun = asked.wanted.noun
    if noun and words.lower().startswith(f"the {noun} "):
        return True
    if asked.kind not in ("who", "where"):
        return False
    named = plain_parts([word for word in words_of(words) if word.is_capitalised])
    if asked.kind == "who" and tuple(named[-1:]) in {name[-1:] for name in asked.premises.gone}:
        return any(_is_one_of(named, name) for name in asked.premises.gone)
    names = asked.premises.names
    is_choice = "or" in asked.words or (asked.kind == "who" and len(names) > 1)
    whole = any(set(name.words) <= set(named) for name in names)
    if not whole or is_choice:
        return False
    return stems_of(words) <= asked.wanted.stems or _is_fuller(words, named, asked)


def _is_fuller(words: str, named: Sequence[str], asked: AskedPart) -> bool:
    """Say whether words are the name of whoever was spoken to, with a first name.

    "Who told Orr?" is not answered by "Eva Orr", but "Who is Orr's mother?" may be.
    """
    if asked.kind != "who" or len(named) != len(words_of(words)):
        return False
    spoken_to = (asked.text[name.start : name.end] for name in find_addressed(asked.text))
    return any(plain_parts(words_of(name))[-1:] == list(named[-1:]) for name in spoken_to)


def _says_nothing(words: str, asked: AskedPart) -> bool:
    """Say whether words only repeat a question of what something is: "What is Storm Orr?"."""
    said = stems_of(words) if asked.wanted.is_of_nature else set()
    return bool(said) and said <= asked.wanted.stems


def _tells_no_reason(
    sentence: str, within: Span, hit: Hit, marked: Marked, asked: AskedPart
) -> bool:
    """Say whether marked words, in characters of the passage, cannot say what asks for a reason."""
    if asked.kind != "other":
        return False
    start, end = (place + hit.start - within.start for place in marked.span)
    return tells_no_reason(sentence, Span(start, end), asked.wanted.reason)


def _is_one_of(named: Sequence[str], name: Sequence[str]) -> bool:
    """Say whether a name is that of whoever is gone: "Orr" and "Tom Orr", not "Eva Orr"."""
    return len(name) == 1 or set(named) <= set(name)


def _judged(
    reading: Reading, hit: Hit, pairs: Sequence[tuple[Span, str]], asked: AskedPart
) -> Iterator[tuple[Marked | None, Signals]]:
    """Yield, for each sentence of a passage, the best answer in it and what the reader says."""
    marks = [_marked(reading, span, sentence, hit, asked) for span, sentence in pairs]
    best = max(filter(None, marks), key=lambda marked: marked.score, default=None)
    for (span, _), marked in zip(pairs, marks, strict=True):
        support = reading.support_of(span.start - hit.start, span.end - hit.start)
        yield (
            marked,
            {"support": support / _LOGIT_SCALE, **_span_signals(reading, best, marked)},
        )


def _span_signals(reading: Reading, best: Marked | None, marked: Marked | None) -> Signals:
    """Return what the reader says of a sentence's passage and of the best answer in it."""
    passage = (best.score - reading.silence) / _LOGIT_SCALE if best else 0.0
    sentence = (marked.score - reading.silence) / _LOGIT_SCALE if marked else _NO_PLACE
    behind = (marked.score - best.score) / _LOGIT_SCALE if marked and best else _NO_PLACE
    return {
        "relevance": reading.relevance / _LOGIT_SCALE,
        "answerable": reading.answerable / _LOGIT_SCALE,
        "passage_span": passage,
        "sentence_span": max(_NO_PLACE, sentence),
        "span_lead": max(_NO_PLACE, behind),
    }
