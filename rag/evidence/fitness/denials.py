"""Finds that a sentence denies what the question takes for granted, or the other way round.

"Why did Ruiz not sign?" is not answered by why she signed. To a question that wants yes or no, a
denial is an answer.
"""

import re

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.polarity import find_denials

_YES_OR_NO = re.compile(
    r"\W*(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)(?:n['’]t)?\s",
    re.IGNORECASE,
)
# A denial that only says whom is meant: "Which members who did not vote were fined?"
_IN_RELATIVE_CLAUSE = re.compile(
    r"\w\s+(?:who|that|which)\s+(?:\w+n['’]t|(?:\w+\s+)?(?:not|never)|cannot)\b", re.IGNORECASE
)


def check_denials(candidate: Candidate) -> Misfit | None:
    """Return the words that only one of question and sentence denies."""
    question = candidate.question
    if _YES_OR_NO.match(question) or _IN_RELATIVE_CLAUSE.search(question):
        return None
    words = next(find_denials(question, [candidate.text], is_strict=True), None)
    return Misfit(kind="denial", value=words) if words else None
