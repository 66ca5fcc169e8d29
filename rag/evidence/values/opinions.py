"""Ranks opinion, analysis and satire behind news, unless the question asks for an opinion."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from rag.evidence.choosing import BEST_HITS, NEARLY_AS_SURE
from rag.evidence.reader import Evidence
from rag.evidence.retrieval import FoundPassage
from rag.question.asked import AskedPart
from rag.records import Hit
from rag.text.words import stems_of

# In a search, news comes before an opinion if it has nine tenths of its score.
_BEFORE_OPINION = 0.9


def news_first(
    part: AskedPart, evidence: Sequence[Evidence], *, threshold: float
) -> list[Evidence]:
    """Return evidence with news that is sure enough to answer before opinion and satire."""
    if not evidence or not evidence[0].found.hit.genre:
        return list(evidence)
    if asks_for_opinion(part, (piece.found for piece in evidence)):
        return list(evidence)
    least = max(threshold, NEARLY_AS_SURE * evidence[0].confidence)
    news = [p for p in evidence if not p.found.hit.genre and p.confidence >= least]
    rest = [p for p in evidence if p.found.hit.genre or p.confidence < least]
    return [*news, *rest]


def news_hits_first(part: AskedPart, found: Sequence[FoundPassage]) -> list[Hit]:
    """Return the hits, the best few with opinion and satire behind news of nearly the same score.

    How many are asked for does not change their order. The score of none is more than that of the
    hit before it.
    """
    hits = [item.hit for item in found]
    if not any(hit.genre for hit in hits[:BEST_HITS]) or asks_for_opinion(part, found[:BEST_HITS]):
        return hits
    best = sorted(
        hits[:BEST_HITS], key=lambda hit: -hit.score * (_BEFORE_OPINION if hit.genre else 1)
    )
    hits = [*best, *hits[BEST_HITS:]]
    scores = accumulate((hit.score for hit in hits), min)
    return [replace(hit, score=score) for hit, score in zip(hits, scores, strict=True)]


def asks_for_opinion(part: AskedPart, found: Iterable[FoundPassage]) -> bool:
    """Say whether a question asks what somebody thinks, or names the author of an opinion."""
    if part.wanted.is_of_opinion:
        return True
    authors = " ".join(name for item in found if item.hit.genre for name in item.article.authors)
    return bool(part.names & stems_of(authors))
