"""Finds that a sentence has nothing by which it could tell when something happened."""

import re

from rag.evidence.fitness.records import Candidate, Misfit
from rag.text.numerals import NUMERALS
from rag.text.patterns import any_of

# Not only times that are read: "once the talks are over", "ten past one", "on the thirty-first".
_MAY_TELL_WHEN = re.compile(
    r"\d|\b(?:when|whenever|once|after|before|as|until|till|following|during|while|since|ago"
    r"|earlier|later|prior|amid|under|upon|ahead|by the time|wake"
    r"|dusk|dawn|sun\w+|lunchtime|noon|midnight|o['’]clock|eve"
    r"|days?|weeks?|months?|years?|century|decades?|season|ages|wartime|era"
    rf"|\w+ieth|(?:\w+-)?(?:first|second|third|\w+th)|{any_of(NUMERALS)})\b",
    re.IGNORECASE,
)


def check_undated(candidate: Candidate) -> Misfit | None:
    """Return the beginning of a sentence without any time, if the question is when.

    Of 1,409 sentences that answer such questions, 3 have none. Of 989 that share the most words
    with such a question that nothing answers, 155 have none.
    """
    if candidate.asked.kind != "when" or candidate.times or _MAY_TELL_WHEN.search(candidate.text):
        return None
    return Misfit(kind="undated", value=candidate.text[:40])
