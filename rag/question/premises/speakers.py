"""Finds whose words a question asks for, and to whom: "What did Ruiz say?", "tell Osk"."""

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
_TO_WHOM = re.compile(
    r"\b(?i:what)\s+(?:did|does|has|have|had)\s+[^?,]*?\s(?:tell|told|(?:say|said|repl(?:y|ied)|write|written|explain(?:ed)?)"
    r"\s+to)\s+(?P<whom>(?:[A-Z][\w.’'-]*\s*){1,4})",
)
_OF_SOMEBODY = re.compile(r"['’]s?$")


def asked_speaker(question: str) -> frozenset[str]:
    """Return the words of the name of whoever is asked about, in plain form; empty if not named."""
    found = _WHO_SAYS.search(question)
    if found is None:
        return frozenset()
    return _named_last(found["one"] or found["two"])


def asked_addressee(question: str) -> frozenset[str]:
    """Return the words of the name of whoever the asked words are said to; empty if not named."""
    found = _TO_WHOM.search(question)
    return _named_last(found["whom"]) if found else frozenset()


def _named_last(words: str) -> frozenset[str]:
    """Return the words of the name that ends some words of a question, if it may be a person's."""
    # The question is cut, so that the first word is not taken for the opening of a sentence.
    party = f"as {words.rstrip()}"
    *_, name = [[], *find_names(party)]
    # "The Denver doctor" and "Hasbro's chief" are described, not named: another name may be theirs.
    if not name or party[name[-1].end :].strip(" .!") or _OF_SOMEBODY.search(name[-1].text):
        return frozenset()
    # A single initial is a letter of many words.
    parts = [plain(part) for part in parts_of(name) if len(part.replace(".", "")) > 1]
    if place_at(parts, 0):  # a government speaks through people with names of their own
        return frozenset()
    return frozenset(word for word in parts if word not in TITLES and word not in TIME_WORDS)
