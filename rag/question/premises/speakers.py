"""Finds whose words a question asks for: "What did Ruiz say?", "according to Ruiz"."""

import re

from rag.text.names import TIME_WORDS, TITLES, find_names
from rag.text.words import plain

_ASKS = (
    r"say|tell|reply|answer|claim|argue|think|warn|explain|describe|write|call|believe|promise|"
    r"deny|admit"
)
_WHO_SAYS = re.compile(
    rf"\b(?:did|does|do|has|have|had)\s+(?P<one>(?:the\s+)?[^?,]*?)\s+(?:{_ASKS})\b"
    r"|\baccording\s+to\s+(?P<two>[^?,]+)",
    re.IGNORECASE,
)


def asked_speaker(question: str) -> frozenset[str]:
    """Return the words of the name of whoever is asked about, in plain form; empty if not named."""
    found = _WHO_SAYS.search(question)
    if found is None:
        return frozenset()
    # The question is cut, so that the first word is not taken for the opening of a sentence.
    name = next(find_names(f"as {found['one'] or found['two']}"), [])
    words = (plain(word.text) for word in name)
    return frozenset(word for word in words if word not in TITLES and word not in TIME_WORDS)
