"""Counts how much two answers share, in the way of SQuAD (Rajpurkar et al. 2016)."""

import re
import string
from collections import Counter

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = frozenset(string.punctuation + "“”‘’")


def token_f1(given: str, wanted: str) -> float:
    """Return the harmonic mean of precision and recall of words."""
    one, other = words(given), words(wanted)
    common = sum((Counter(one) & Counter(other)).values())
    if not common:
        return float(one == other)
    precision, recall = common / len(one), common / len(other)
    return 2 * precision * recall / (precision + recall)


def exact_match(given: str, wanted: str) -> float:
    """Return 1 where both are the same words, else 0."""
    return float(words(given) == words(wanted))


def words(text: str) -> list[str]:
    """Return the words that are compared: lower case, without punctuation and articles."""
    plain = "".join(character for character in text.lower() if character not in _PUNCTUATION)
    return _ARTICLES.sub(" ", plain).split()
