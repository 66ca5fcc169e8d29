"""Finds that a sentence only says who worked on the article, as "Reporting by Ana Vos" does."""

import re

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.credits import is_credit

# Who worked on it may be what is asked.
_ASKS_WHO = re.compile(
    r"\b(?:report(?:ed|ers?|ing)?|wrote|writ(?:es?|ers?|ing|ten)|authors?|bylines?|journalists?|"
    r"correspondents?|edit(?:ed|ors?|ing)?|compiled?|translat\w+|photo\w*|pictur\w+|"
    r"illustrat\w+|graphics?|videos?|research\w*|contribut\w+|produc\w+|credits?)\b",
    re.IGNORECASE,
)


def check_credit(candidate: Candidate) -> Misfit | None:
    """Return the sentence, if it is a credit and no question about who worked on something."""
    if _ASKS_WHO.search(candidate.asked.text) or not is_credit(candidate.text):
        return None
    return Misfit(kind="credit", value=candidate.text)
