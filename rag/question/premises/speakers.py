"""Finds whose words a question asks for: "What did Ruiz say?", "according to Ruiz"."""

import re

from rag.text.names import TIME_WORDS, TITLES, find_names, parts_of
from rag.text.places import place_at
from rag.text.words import plain

_ASKS = (
    r"say|tell|reply|answer|claim|argue|think|warn|explain|describe|write|believe|promise|"
    r"deny|admit"
)
# Whoever asks why, how or when somebody said a thing to be may be told so in other people's words.
_WHO_SAYS = re.compile(
    rf"\bwhat\s+(?:did|does|do|has|have|had)\s+(?P<one>(?:the\s+)?[^?,]*?)\s+(?:{_ASKS})\b"
    r"|\baccording\s+to\s+(?P<two>[^?,]+)",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(r"['’]s?$")


def asked_speaker(question: str) -> frozenset[str]:
    """Return the words of the name of whoever is asked about, in plain form; empty if not named."""
    found = _WHO_SAYS.search(question)
    if found is None:
        return frozenset()
    # The question is cut, so that the first word is not taken for the opening of a sentence.
    party = f"as {(found['one'] or found['two']).rstrip()}"
    *_, name = [[], *find_names(party)]
    # "The Denver doctor" and "Hasbro's chief" are described, not named: another name may be theirs.
    if not name or party[name[-1].end :].strip(" .!") or _OF_SOMEBODY.search(name[-1].text):
        return frozenset()
    # A single initial is a letter of many words.
    words = [plain(part) for part in parts_of(name) if len(part.replace(".", "")) > 1]
    if place_at(words, 0):  # a government speaks through people with names of their own
        return frozenset()
    return frozenset(word for word in words if word not in TITLES and word not in TIME_WORDS)
