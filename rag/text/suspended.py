"""Keeps with a length that it is suspended: "18 months, suspended for two years".

Without these words the short answer to "how long was he jailed for?" would say that he was jailed.
"""

import re

from rag.text.sentences import Span

_UNIT = r"(?:days?|weeks?|months?|years?)\b"
_ENDS_WITH_LENGTH = re.compile(rf"\b{_UNIT}(?:['’]|\s(?:in|of)\s\w+|['’]\s\w+)?$", re.IGNORECASE)
_SUSPENDED_BEHIND = re.compile(
    r"(?:['’]|\s(?:in|of))?(?:\s(?:prison|jail|custody|imprisonment|detention))?,?"
    r"\s(?:(?:but|and|which|that|is|was|were|wholly|partly|all)\s){0,3}suspended\b"
    rf"(?:\s(?:for|over)\s(?:[\w-]+\s){{1,4}}?{_UNIT}"
    r"|(?:\s(?:prison|jail))?\s(?:sentences?|terms?|bans?)\b)?",
    re.IGNORECASE,
)
_SUSPENDED_BEFORE = re.compile(
    r"\b(?:(?:an?|the|his|her|their)\s)?suspended\s(?:(?:prison|jail)\s)?(?:sentences?|terms?|bans?)"
    r"\s(?:of|for)\s(?:\w+\s)?$",
    re.IGNORECASE,
)


def with_suspension(text: str, span: Span, within: Span) -> Span:
    """Return marked words that end with a length, with the words that say that it is suspended.

    All are in characters of `text`, and `within` is the sentence.
    """
    if _ENDS_WITH_LENGTH.search(text, span.start, span.end) is None:
        return span
    before = _SUSPENDED_BEFORE.search(text, within.start, span.start)
    behind = _SUSPENDED_BEHIND.match(text, span.end, within.end)
    start = before.start() if before else span.start
    return Span(start, behind.end() if behind else span.end)
