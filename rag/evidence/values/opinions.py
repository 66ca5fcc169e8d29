"""Ranks opinion, analysis and satire behind news, unless the question asks for an opinion."""

from collections.abc import Sequence

from rag.evidence.choosing import NEARLY_AS_SURE
from rag.evidence.reader import Evidence
from rag.question.asked import AskedPart
from rag.text.words import stems_of


def news_first(
    part: AskedPart, evidence: Sequence[Evidence], *, threshold: float
) -> list[Evidence]:
    """Return evidence with news that is sure enough to answer before opinion and satire."""
    if not evidence or not evidence[0].found.hit.genre:
        return list(evidence)
    if asks_for_opinion(part, evidence):
        return list(evidence)
    least = max(threshold, NEARLY_AS_SURE * evidence[0].confidence)
    news = [p for p in evidence if not p.found.hit.genre and p.confidence >= least]
    rest = [p for p in evidence if p.found.hit.genre or p.confidence < least]
    return [*news, *rest]


def asks_for_opinion(part: AskedPart, evidence: Sequence[Evidence]) -> bool:
    """Say whether a question asks what somebody thinks, or names the author of an opinion."""
    if part.wanted.is_of_opinion:
        return True
    authors = " ".join(
        name for p in evidence if p.found.hit.genre for name in p.found.article.authors
    )
    return bool(part.names & stems_of(authors))
