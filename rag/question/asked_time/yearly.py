"""Tells whether a question's day comes every year: "Why is Victory Day marked on 8 November?"."""

import re

from rag.question.asked_time.model import NEAR, Stretch
from rag.question.asked_time.publication import is_published
from rag.question.asked_time.relations import RELATION
from rag.question.asked_time.stretches import tense_of
from rag.text.calendar import MONTH

# These are on different days in different countries.
_OF_A_COUNTRY = re.compile(r"(?:independence|memorial|remembrance) day", re.IGNORECASE)
_HOLIDAY = re.compile(r"\D*\b(?:christmas|easter|thanksgiving|halloween|day|eve|year['’]s)")
_DATE = re.compile(rf"\b{MONTH}\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.?!;](?:\s|$)")
# An occasion that comes back on its day. If it has a name, it does so in every tense: "Who spoke at
# the Victory Day parade on 8 November?". Without a name it does so only in the present: "Which
# holiday is on 8 November?".
_OCCASION = re.compile(
    r"\b[A-Z][\w’'.-]*\s+(?:[A-Z][\w’'.-]*\s+){0,4}"
    r"(?:Day|Eve|Festival|Feast|Holiday|Anniversary|Birthday)\b"
)
_RECURRING = re.compile(
    r"\b(?:anniversar(?:y|ies)|holidays?|festivals?|feasts?|birthdays?|celebrat\w+|commemorat\w+"
    r"|observ(?:e|es|ed|ance)|mark(?:s|ed)?|honou?r(?:s|ed)?)\b",
    re.IGNORECASE,
)
_YEAR_OR_RELATIVE = re.compile(
    r"\b(?:\d{4}|ago|today|tonight|tomorrow|yesterday|(?:last|this|next|past|coming|previous|recent)"
    r"\s+(?:\w+\s+)?(?:years?|months?|weeks?|weekend|spring|summer|autumn|fall|winter))\b",
    re.IGNORECASE,
)


def is_yearly(question: str, stretch: Stretch) -> bool:
    """Say whether days come back every year and the question does not say which year it means."""
    around = question[max(0, stretch.start - NEAR) : stretch.end + NEAR]
    if _YEAR_OR_RELATIVE.search(around) or stretch.text[:5].lower() in {"last ", "this ", "next "}:
        return False
    found = RELATION.search(question, max(0, stretch.start - NEAR), stretch.start)
    if is_published(question, found.start() if found else stretch.start, stretch):
        return False
    if _OF_A_COUNTRY.search(stretch.text):
        return True
    is_present = tense_of(question, stretch.start) == "present"
    if _HOLIDAY.match(stretch.text.lower()):
        return is_present
    if not _DATE.search(stretch.text):
        return False
    return _names(_OCCASION, question, stretch) or (
        is_present and _names(_RECURRING, question, stretch)
    )


def _names(pattern: re.Pattern[str], question: str, stretch: Stretch) -> bool:
    """Say whether a pattern matches in the sentence around a stretch."""
    before = _SENTENCE_END.split(question[max(0, stretch.start - NEAR) : stretch.start])[-1]
    after = _SENTENCE_END.split(question[stretch.end : stretch.end + NEAR])[0]
    return pattern.search(before) is not None or pattern.search(after) is not None
