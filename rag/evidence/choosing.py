"""Chooses the evidence that an answer shows.

Each source gives one piece of evidence, and evidence about other events is kept apart. If the
question asks for the present state, the newest comes first. `reader` has weighed every sentence
before, and `citations` checks the chosen ones afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.evidence.carriers import is_corrected
from rag.evidence.reader import Evidence
from rag.models.vectors import mean_vector
from rag.records import Hit
from rag.text.particulars import tells_otherwise
from rag.text.polarity import denied_words
from rag.text.terms import counted_terms

_MOST_ANSWERS = 2
_MOST_OTHERS = 3
# Reports of one event are close in meaning and in time. Both limits were set on the sample archive
# and have not been measured on other data yet.
_SAME_EVENT_COSINE = 0.5
_SAME_EVENT_DAYS = 7
# Sentences that are this close in meaning, or share this much of their words, say the same thing.
_COPY_COSINE = 0.97
_COPY_WORDS = 0.8
# Evidence with this share of the best confidence is nearly as sure: it may come first because it is
# newer, or is news and no opinion, and its value may replace an older one.
NEARLY_AS_SURE = 0.5
# A hit with this share of the best score may come first because it is newer.
_NEARLY_AS_GOOD = 0.6
BEST_HITS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Evidence about the best supported event, and about others that also fit the question."""

    answer: list[Evidence]
    other_events: list[Evidence]


def sort_evidence(evidence: Sequence[Evidence], *, threshold: float) -> Chosen:
    """Return the evidence to show, with each copied sentence once and other events apart."""
    best = evidence[0]
    answer = [best]
    others: list[Evidence] = []
    for piece in evidence[1:]:
        if piece.confidence < threshold:
            continue
        if any(_is_one_source(piece, given) for given in [*answer, *others]):
            continue
        if same_event(best, piece):
            answer.append(piece)
        elif not any(same_event(other, piece) for other in others):
            others.append(piece)
    return Chosen(answer=answer[:_MOST_ANSWERS], other_events=others[:_MOST_OTHERS])


def _is_one_source(piece: Evidence, given: Evidence) -> bool:
    """Say whether two pieces come from copies of one story, or use nearly the same words.

    Where sentences that are worded alike differ in a number, a date or a name, each is given, but
    not what the given one corrects.
    """
    article, by = piece.found.article, given.found.article
    denials = {bool(denied_words(told.text)) for told in (piece, given)}
    is_other = len(denials) > 1 or tells_otherwise(piece.text, given.text)
    if is_other and not is_corrected(article, by):
        return False
    cluster = article.cluster
    return says_the_same(piece, given) or (cluster != "" and cluster == by.cluster)


def says_the_same(one: Evidence, other: Evidence) -> bool:
    """Say whether two sentences are copies of each other, as in reprinted agency stories."""
    if float(one.vector @ other.vector) >= _COPY_COSINE:
        return True
    words, others = counted_terms(one.text), counted_terms(other.text)
    return len(words & others) >= _COPY_WORDS * max(1, len(words | others))


def same_event(one: Evidence, other: Evidence) -> bool:
    """Say whether two pieces of evidence are likely about one event."""
    published, again = one.published, other.published
    far = timedelta(days=_SAME_EVENT_DAYS)
    if published and again and abs(published - again) > far:
        return False
    return same_matter(one, other)


def same_matter(one: Evidence, other: Evidence) -> bool:
    """Say whether two pieces of evidence are likely about one matter, whenever they were told."""
    return _closeness(one, other) >= _SAME_EVENT_COSINE


def _closeness(one: Evidence, other: Evidence) -> float:
    """Return the cosine of the two passages' mean sentence vectors.

    An entry of a live blog is short, and says little beside the sentence itself.
    """
    passages = float(mean_vector(one.found.vectors) @ mean_vector(other.found.vectors))
    if max(one.report[1], other.report[1]) < 0:
        return passages
    return max(passages, float(one.vector @ other.vector))


def newest_hits_first(hits: Sequence[Hit]) -> list[Hit]:
    """Return hits for a question about the present: of the best few, the newest first.

    A hit that scores much less than the best does not come first because it is new. How many are
    asked for does not change their order.
    """
    least = _NEARLY_AS_GOOD * hits[0].score if hits else 0.0
    good = [hit for hit in hits[:BEST_HITS] if hit.score >= least]
    rest = [hit for hit in hits[:BEST_HITS] if hit.score < least]
    newest = sorted(good, key=lambda hit: hit.published or date.min, reverse=True)
    return [*newest, *rest, *hits[BEST_HITS:]]


def newest_first(evidence: Sequence[Evidence], *, threshold: float) -> list[Evidence]:
    """Return evidence for a question about the present, the newest good answers first.

    Evidence that is much less sure than the best does not come first because it is new.
    """
    if not evidence:
        return []
    least = max(threshold, NEARLY_AS_SURE * evidence[0].confidence)
    well = [piece for piece in evidence if piece.confidence >= least]
    well.sort(key=lambda piece: piece.told_at, reverse=True)
    return [*well, *(piece for piece in evidence if piece.confidence < least)]
