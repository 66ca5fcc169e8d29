"""Tells whether a question's time is when reports came out: "articles from May"."""

import re

from rag.question.asked_time.model import NEAR, Stretch
from rag.text.verbs import has_past_verb

NEWS_AFTER = re.compile(
    r"(?:['’]s?)?\s+(?:news|articles?|stor(?:y|ies)|coverage|headlines?|editions?)\b", re.IGNORECASE
)
_NEWS = re.compile(
    r"\b(?:(?P<verb>publish(?:ed)?|reported|written|wrote|write|printed|posted)"
    r"|(?P<noun>articles?|stor(?:y|ies)|news|coverage|reports?|reporting|headlines?|editions?)"
    r"|that|which|who|whose|when|where|while|because|happened|occurred|took|did|says?|said|mentions?)"
    r"\b",
    re.IGNORECASE,
)
_BY_WHOM_ABOUT_WHAT = re.compile(
    r"\s*(?:$|[,.;?!]|(?:about|against|at|by|concerning|for|from|in|of|on|over|regarding)\b)",
    re.IGNORECASE,
)
# "How many crimes were reported in 2019?" asks for no reports.
_OF_OTHER_THINGS = re.compile(
    r"\b(?!(?:what|anything|nothing|something|that|which|it|this|articles?|stor(?:y|ies)|news|reports?"
    r"|coverage|headlines?|editions?|pieces?|editorials?|columns?|interviews?)\b)[\w-]+\s+"
    r"(?:was|were|is|are|been|be|being)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
# "What song did they write in 1967?", "How many books has she published since 2010?"
_THING_IN_FRONT = re.compile(
    r"^\W*(?:what|which|how\s+(?:many|much))\s+(?!(?:articles?|stor(?:y|ies)|news|reports?|coverage"
    r"|headlines?|editions?|pieces?|editorials?|columns?|interviews?|did|does|has|have|had)\b)"
    r"(?:[\w’'-]+\s+){1,3}?(?:did|does|do|has|have|had)\s",
    re.IGNORECASE,
)


def is_published(question: str, start: int, stretch: Stretch) -> bool:
    """Say whether a time is when reports came out: "articles from May", "written in May"."""
    if NEWS_AFTER.match(question, stretch.end):
        return True
    before = question[max(0, start - NEAR) : start]
    if not before.strip():
        return _opens_report(question[stretch.end : stretch.end + NEAR])
    found = next(reversed(list(_NEWS.finditer(before))), None)
    if found is None or not (found["verb"] or found["noun"]):
        return False
    between = before[found.end() :]
    if has_past_verb(between):
        return False
    preposition = question[start : start + 5].lower().split()[:1]
    # Results for a year come out after it.
    is_for = preposition == ["for"]
    if found["noun"] and not (is_for and found["noun"].lower().startswith("report")):
        return between.strip().lower() in {"", "of", "of the"} or preposition == ["from"]
    # "Who wrote the constitution in 1787?" does not ask for a report. In "reported on the attack on
    # 10 March", the day is that of the attack.
    is_of_topic = (
        found.group().lower() == "reported"
        and between.strip() != ""
        and preposition in (["on"], ["at"])
    )
    is_of_others = (
        _OF_OTHER_THINGS.search(before[: found.start()]) is not None
        or _THING_IN_FRONT.match(question) is not None
        or is_for
    )
    return bool(_BY_WHOM_ABOUT_WHAT.match(between)) and not (is_of_topic or is_of_others)


def _opens_report(after: str) -> bool:
    """Say whether a report follows a time at the start of a question: "what was written"."""
    found = next((m for m in _NEWS.finditer(after) if m["verb"]), None)
    if found is None or has_past_verb(after[: found.start()]):
        return False
    return _BY_WHOM_ABOUT_WHAT.match(after, found.end()) is not None
