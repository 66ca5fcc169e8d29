"""Finds that an amount was only asked for or offered, where the question asks what was decided."""

import re

from rag.evidence.fitness.led_amounts import lead_to_all
from rag.evidence.fitness.records import Candidate, Misfit

_DECIDED = re.compile(
    r"\b(?:agree[sd]?|approve[sd]?|adopt(?:s|ed)?|award(?:s|ed)?|settle[sd]?|pass(?:es|ed)?"
    r"|accept(?:s|ed)?|grant(?:s|ed)?|ratif(?:y|ies|ied)|endorse[sd]?|receive[sd]?"
    r"|g[eo]ts?|wins?|won)\b",
    re.IGNORECASE,
)
# What stands before the amount: "crews want 700 crowns", "the cabinet proposed spending of 61".
_ONLY_WANTED = re.compile(
    r"\b(?:offer(?:s|ed|ing)?|want(?:s|ed|ing)?|demand(?:s|ed|ing)?|propos(?:es?|ed|ing)"
    r"|seek(?:s|ing)?|sought|request(?:s|ed|ing)?|suggest(?:s|ed|ing)?"
    r"|(?:ask(?:s|ed|ing)?|call(?:s|ed|ing)?|push(?:es|ed|ing)?)\s+for)\s+(?:[\w’'-]+\s+){0,4}?\W*$",
    re.IGNORECASE,
)


def check_stage(candidate: Candidate) -> Misfit | None:
    """Return the words that say that every amount of a sentence was only wanted or offered."""
    if not candidate.premises.amounts and candidate.asked.kind != "number":
        return None
    if not _DECIDED.search(candidate.asked.text) or _DECIDED.search(candidate.text):
        return None
    wanted = lead_to_all(candidate.text, _ONLY_WANTED.search)
    return Misfit(kind="stage", value=wanted) if wanted else None
